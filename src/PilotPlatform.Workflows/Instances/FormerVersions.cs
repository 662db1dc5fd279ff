using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Workflows.Migrations;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Instances;

/// <summary>Versions on which an instance ran before it was moved to another: what happened then is told by the nodes of then.</summary>
internal static class FormerVersions
{
    /// <summary>All of them, also those from which it was put back.</summary>
    public static async Task<IReadOnlyList<WorkflowModel>> OfAsync(
        PlatformDbContext db, WorkflowModels models, WorkflowInstance instance, CancellationToken cancellationToken)
    {
        var moves = await db.Set<WorkflowMigration>().AsNoTracking().Where(m => m.InstanceId == instance.Id).OrderByDescending(m => m.AtStep)
            .Select(m => new { m.FromVersionId, m.ToVersionId }).ToListAsync(cancellationToken);
        var former = new List<WorkflowModel>();
        foreach (var versionId in moves.SelectMany(m => new[] { m.FromVersionId, m.ToVersionId }).Where(v => v != instance.VersionId).Distinct())
        {
            former.Add(await models.GetAsync(versionId, cancellationToken));
        }

        return former;
    }

    /// <summary>The version of a task: the instance's own while it is to be done, that of the day when it was done or taken away.</summary>
    public static async Task<Guid> OfTaskAsync(PlatformDbContext db, WorkflowTask task, Guid versionId, CancellationToken cancellationToken) =>
        task.CompletedAt is not { } over ? versionId
        : await db.Set<WorkflowMigration>().Where(m => m.InstanceId == task.InstanceId && m.CreatedAt >= over).OrderBy(m => m.AtStep)
            .Select(m => (Guid?)m.FromVersionId).FirstOrDefaultAsync(cancellationToken) ?? versionId;
}
