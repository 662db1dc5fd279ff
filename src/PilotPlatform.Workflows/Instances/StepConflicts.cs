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
}
