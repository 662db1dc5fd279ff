using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;

namespace PilotPlatform.Workflows.Instances;

/// <summary>How a database says that somebody else was there at the same moment.</summary>
internal static class StepConflicts
{
    /// <summary>The stamp of the row had changed, or the number of the step was taken: which the database looks at first is its own affair. Or the two waited for one another.</summary>
    public static bool IsConflict(this IDatabaseProvider database, Exception error) =>
        error is DbUpdateConcurrencyException || (error is DbUpdateException { InnerException: DbException inner } && database.IsUniqueViolation(inner))
            || error.IsRolledBackForAnother();

    /// <summary>
    /// Class 40 of the SQL standard: the database itself undid the transaction, since two waited for one another (a deadlock) or it
    /// could not be put in a row with another. The mapper wraps such an error, more than once when it was saving.
    /// </summary>
    public static bool IsRolledBackForAnother(this Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is DbException { SqlState: ['4', '0', ..] })
            {
                return true;
            }
        }

        return false;
    }
}
