using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;

namespace PilotPlatform.Workflows.Instances;

/// <summary>How a database says that somebody else was there at the same moment.</summary>
internal static class StepConflicts
{
    /// <summary>The stamp of the row had changed, or the number of the step was taken: which the database looks at first is its own affair. Or the two waited for one another.</summary>
    public static bool IsConflict(this IDatabaseProvider database, DbUpdateException error) =>
        error is DbUpdateConcurrencyException || (error.InnerException is DbException inner && (database.IsUniqueViolation(inner) || inner.IsRolledBackForAnother()));

    /// <summary>Class 40 of the SQL standard: the database itself undid the transaction, since two waited for one another (a deadlock) or it could not be put in a row with another.</summary>
    public static bool IsRolledBackForAnother(this DbException error) => error.SqlState?.StartsWith("40", StringComparison.Ordinal) == true;
}
