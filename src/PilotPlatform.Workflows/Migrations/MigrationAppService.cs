using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Instances;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Migrations;

internal sealed class GetMigrationsInput : PagedInput;

/// <summary>
/// One migration as it was ordered. Moved: how many instances; Undone: how many of them were put back, by whom and when last;
/// Undoable: how many have taken no step since and can still be put back by the caller.
/// </summary>
internal sealed record MigrationListItemDto(
    Guid BatchId, Guid FromVersionId, int FromVersion, Guid ToVersionId, int ToVersion, DateTime At, string ByName, int Moved, int Undone, DateTime? UndoneAt,
    string UndoneByName, int Undoable);

internal sealed record MigrationBatchDto(Guid BatchId, int Moved, IReadOnlyList<MigrationProblemDto> Problems);

/// <summary>实例迁移: moves running instances to another version by an explicit mapping of node ids; checked, previewed, and undone until the next step.</summary>
internal sealed class MigrationAppService(
    PlatformDbContext db, WorkflowEngine engine, WorkflowModels models, ITenantScopes scopes, ICurrentScope scope, IIdGenerator ids)
{
    private const int BatchSize = 500;

    private static readonly SortList<BatchRow> Sorts = new SortList<BatchRow>()
        .Allow("at", x => x.At)
        .Otherwise(q => q.OrderByDescending(x => x.At).ThenBy(x => x.BatchId));

    /// <summary>What was moved from or to a version.</summary>
    public async Task<PagedResult<MigrationListItemDto>> ListAsync(Guid versionId, GetMigrationsInput input, CancellationToken cancellationToken)
    {
        if (!await db.Set<WorkflowVersion>().AnyAsync(v => v.Id == versionId, cancellationToken))
        {
            throw new NotFoundException(nameof(WorkflowVersion), versionId);
        }

        var path = scope.RequiredTenant.Path;
        var batches =
            from migration in db.Set<WorkflowMigration>().AsNoTracking()
            join instance in db.Set<WorkflowInstance>() on migration.InstanceId equals instance.Id
            join before in db.Set<WorkflowVersion>() on migration.FromVersionId equals before.Id
            join after in db.Set<WorkflowVersion>() on migration.ToVersionId equals after.Id
            where migration.FromVersionId == versionId || migration.ToVersionId == versionId
            group new { migration, instance } by new { migration.BatchId, migration.FromVersionId, From = before.Number, migration.ToVersionId, To = after.Number, migration.ByName } into batch
            select new BatchRow
            {
                BatchId = batch.Key.BatchId,
                FromVersionId = batch.Key.FromVersionId,
                From = batch.Key.From,
                ToVersionId = batch.Key.ToVersionId,
                To = batch.Key.To,
                ByName = batch.Key.ByName,
                At = batch.Min(x => x.migration.CreatedAt),
                Moved = batch.Count(),
                Undone = batch.Count(x => x.migration.UndoneAt != null),
                UndoneAt = batch.Max(x => x.migration.UndoneAt),
                UndoneByName = batch.Max(x => x.migration.UndoneByName)!,
                Undoable = batch.Count(x => x.migration.UndoneAt == null && x.instance.Status == WorkflowInstanceStatus.Running
                    && x.instance.StepCount == x.migration.AtStep && x.instance.IssuerPath.StartsWith(path)),
            };
        var page = await batches.ToPageAsync(input, Sorts, x => x, cancellationToken);
        return new(page.TotalCount, [.. page.Items.Select(x => new MigrationListItemDto(
            x.BatchId, x.FromVersionId, x.From, x.ToVersionId, x.To, x.At, x.ByName, x.Moved, x.Undone, x.UndoneAt, x.UndoneByName, x.Undoable))]);
    }

    public async Task<MigrationPreviewDto> PreviewAsync(Guid fromVersionId, PreviewMigrationDto input, CancellationToken cancellationToken)
    {
        var (from, to) = await ModelsAsync(fromVersionId, input, cancellationToken);
        var instances = await Running(fromVersionId, input).AsNoTracking().OrderBy(i => i.Id).Take(BatchSize).ToListAsync(cancellationToken);
        var problems = instances.SelectMany(i => Problems(i, from, to, input.Nodes)).ToList();
        var failing = problems.Select(p => p.InstanceId).Distinct().Count();
        return new(instances.Count, instances.Count - failing, problems);
    }

    /// <summary>Each instance is a step of its own; those that do not fit stay where they are and are named.</summary>
    public async Task<MigrationBatchDto> ApplyAsync(Guid fromVersionId, PreviewMigrationDto input, CancellationToken cancellationToken)
    {
        var (from, to) = await ModelsAsync(fromVersionId, input, cancellationToken);
        var batchId = ids.NewId();
        var problems = new List<MigrationProblemDto>();
        var moved = 0;
        var identity = scope.Identity;
        var wanted = await Running(fromVersionId, input).AsNoTracking().OrderBy(i => i.Id).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var instance in wanted)
        {
            var its = Problems(instance, from, to, input.Nodes).ToList();
            if (its.Count > 0)
            {
                problems.AddRange(its);
                continue;
            }

            try
            {
                await scopes.RunAsync(identity, services =>
                    services.GetRequiredService<MigrationAppService>().MoveAsync(instance.Id, fromVersionId, input, batchId, cancellationToken));
                moved++;
            }
            catch (Exception error) when (error is DbUpdateException or BusinessException)
            {
                // It took a step this moment; the administrator may try again.
                problems.Add(new(instance.Id, instance.Title, "", "moved-on", null));
            }
        }

        return new(batchId, moved, problems);
    }

    /// <summary>Puts the instances of a batch back that have not taken a step since; the others are named.</summary>
    public async Task<MigrationBatchDto> UndoAsync(Guid batchId, CancellationToken cancellationToken)
    {
        // As with moving: a region below the issuer leaves alone what the issuer decided.
        var path = scope.RequiredTenant.Path;
        var rows = await (
            from m in db.Set<WorkflowMigration>().AsNoTracking()
            join i in db.Set<WorkflowInstance>() on m.InstanceId equals i.Id
            where m.BatchId == batchId && m.UndoneAt == null && i.IssuerPath.StartsWith(path)
            select new { m.Id, m.InstanceId, i.Title }).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            throw new NotFoundException(nameof(WorkflowMigration), batchId);
        }

        var problems = new List<MigrationProblemDto>();
        var identity = scope.Identity;
        foreach (var row in rows)
        {
            try
            {
                await scopes.RunAsync(identity, services => services.GetRequiredService<MigrationAppService>().UndoOneAsync(row.Id, cancellationToken));
            }
            catch (Exception error) when (error is DbUpdateException or BusinessException)
            {
                problems.Add(new(row.InstanceId, row.Title, "", "moved-on", null));
            }
        }

        return new(batchId, rows.Count - problems.Count, problems);
    }

    private async Task MoveAsync(Guid instanceId, Guid fromVersionId, PreviewMigrationDto input, Guid batchId, CancellationToken cancellationToken)
    {
        var instance = await db.Set<WorkflowInstance>().FirstAsync(i => i.Id == instanceId, cancellationToken);
        instance.RequireRunning();
        if (instance.VersionId != fromVersionId)
        {
            throw new BusinessException(WorkflowsErrorCodes.MigrationDoesNotFit);
        }

        var to = await models.GetAsync(input.ToVersionId, cancellationToken);
        if (Problems(instance, await models.GetAsync(fromVersionId, cancellationToken), to, input.Nodes).Any())
        {
            // It stands elsewhere than when it was looked at.
            throw new BusinessException(WorkflowsErrorCodes.MigrationDoesNotFit);
        }

        var rows = await RowsAsync(instanceId, cancellationToken);
        var migration = new WorkflowMigration(
            ids.NewId(), batchId, instance, input.ToVersionId, scope.Identity.DisplayName, JsonSerializer.Serialize(input.Nodes), JsonSerializer.Serialize(Before.Of(instance, rows)));
        db.Add(migration);
        foreach (var task in rows.Tasks)
        {
            var nodeId = input.Nodes.GetValueOrDefault(task.NodeId, task.NodeId);
            task.MoveTo(nodeId, to.NameOf(nodeId));
        }

        rows.Jobs.ForEach(j => j.MoveTo(input.Nodes.GetValueOrDefault(j.NodeId, j.NodeId)));
        rows.Waits.ForEach(w => w.MoveTo(input.Nodes.GetValueOrDefault(w.NodeId, w.NodeId)));
        rows.Incidents.ForEach(i => i.MoveTo(input.Nodes.GetValueOrDefault(i.NodeId, i.NodeId)));
        await engine.MigrateAsync(instance, to, input.Nodes, cancellationToken);
        migration.Moved(instance.StepCount);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task UndoOneAsync(Guid migrationId, CancellationToken cancellationToken)
    {
        var migration = await db.Set<WorkflowMigration>().FirstAsync(m => m.Id == migrationId, cancellationToken);
        var instance = await db.Set<WorkflowInstance>().FirstAsync(i => i.Id == migration.InstanceId, cancellationToken);
        if (instance.Status != WorkflowInstanceStatus.Running || instance.StepCount != migration.AtStep)
        {
            throw new BusinessException(WorkflowsErrorCodes.StepTakenSince);
        }

        var before = JsonSerializer.Deserialize<Before>(migration.BeforeJson)!;
        var rows = await RowsAsync(instance.Id, cancellationToken);
        foreach (var task in rows.Tasks)
        {
            if (before.Tasks.FirstOrDefault(t => t.Id == task.Id) is { } was)
            {
                task.MoveTo(was.NodeId, was.Name);
            }
        }

        db.RemoveRange(rows.Jobs.Where(j => before.Jobs.All(b => b.ExecutionId != j.ExecutionId)));
        db.RemoveRange(rows.Waits.Where(w => before.Waits.All(b => b.WaitId != w.WaitId)));
        foreach (var was in before.Jobs)
        {
            if (rows.Jobs.FirstOrDefault(j => j.ExecutionId == was.ExecutionId) is { } kept)
            {
                kept.MoveTo(was.NodeId);
            }
            else
            {
                db.Add(was.Restore(ids.NewId(), instance));
            }
        }

        foreach (var was in before.Waits)
        {
            if (rows.Waits.FirstOrDefault(w => w.WaitId == was.WaitId) is { } kept)
            {
                kept.MoveTo(was.NodeId);
            }
            else
            {
                db.Add(new WorkflowMessageWait(ids.NewId(), instance, was.WaitId, was.NodeId, was.MessageName));
            }
        }

        foreach (var incident in rows.Incidents)
        {
            incident.MoveTo(before.Incidents?.FirstOrDefault(i => i.Id == incident.Id)?.NodeId ?? incident.NodeId);
        }

        instance.MoveTo(migration.FromVersionId);
        engine.Restore(instance, before.StateJson, before.DoersJson, new StepInfo(WorkflowStepKind.MigrationUndone, instance.Key));
        migration.Undo(engine.Now, scope.Identity.DisplayName);
        await db.SaveChangesAsync(cancellationToken);
    }

    private IQueryable<WorkflowInstance> Running(Guid versionId, PreviewMigrationDto input)
    {
        // A region below the issuer must not move what is decided about it to a flow of its own.
        var path = scope.RequiredTenant.Path;
        var query = db.Set<WorkflowInstance>()
            .Where(i => i.VersionId == versionId && i.Status == WorkflowInstanceStatus.Running && i.IssuerPath.StartsWith(path));
        return input.InstanceIds is { Count: > 0 } chosen ? query.Where(i => chosen.Contains(i.Id)) : query;
    }

    private async Task<(WorkflowModel From, WorkflowModel To)> ModelsAsync(Guid fromVersionId, PreviewMigrationDto input, CancellationToken cancellationToken)
    {
        var versions = await db.Set<WorkflowVersion>().AsNoTracking().Where(v => v.Id == fromVersionId || v.Id == input.ToVersionId)
            .Select(v => new { v.Id, v.Key, v.Status }).ToListAsync(cancellationToken);
        var from = versions.FirstOrDefault(v => v.Id == fromVersionId) ?? throw new NotFoundException(nameof(WorkflowVersion), fromVersionId);
        var to = versions.FirstOrDefault(v => v.Id == input.ToVersionId) ?? throw new NotFoundException(nameof(WorkflowVersion), input.ToVersionId);
        if (to.Status != WorkflowVersionStatus.Published || from.Id == to.Id)
        {
            throw new BusinessException(WorkflowsErrorCodes.NotPublished);
        }

        if (to.Key != from.Key)
        {
            throw new BusinessException(WorkflowsErrorCodes.MigrationDoesNotFit);
        }

        return (await models.GetAsync(from.Id, cancellationToken), await models.GetAsync(to.Id, cancellationToken));
    }

    private static IEnumerable<MigrationProblemDto> Problems(
        WorkflowInstance instance, WorkflowModel from, WorkflowModel to, IReadOnlyDictionary<string, string> mapping) =>
        from.Machine.MigrationProblems(instance.State(), to.Machine, mapping)
            .Select(p => new MigrationProblemDto(instance.Id, instance.Title, p.NodeId, p.Code, p.TargetId));

    private async Task<Rows> RowsAsync(Guid instanceId, CancellationToken cancellationToken) => new(
        await db.Set<WorkflowTask>().Where(t => t.InstanceId == instanceId && (t.Status == WorkflowTaskStatus.Open || t.Status == WorkflowTaskStatus.Waiting)).ToListAsync(cancellationToken),
        await db.Set<WorkflowJob>().Where(j => j.InstanceId == instanceId).ToListAsync(cancellationToken),
        await db.Set<WorkflowMessageWait>().Where(w => w.InstanceId == instanceId).ToListAsync(cancellationToken),
        await db.Set<WorkflowIncident>().Where(i => i.InstanceId == instanceId && i.SettledAt == null).ToListAsync(cancellationToken));

    internal sealed class BatchRow
    {
        public required Guid BatchId { get; init; }

        public required Guid FromVersionId { get; init; }

        public required int From { get; init; }

        public required Guid ToVersionId { get; init; }

        public required int To { get; init; }

        public required string ByName { get; init; }

        public required DateTime At { get; init; }

        public required int Moved { get; init; }

        public required int Undone { get; init; }

        public required DateTime? UndoneAt { get; init; }

        public required string UndoneByName { get; init; }

        public required int Undoable { get; init; }
    }

    internal sealed record Rows(List<WorkflowTask> Tasks, List<WorkflowJob> Jobs, List<WorkflowMessageWait> Waits, List<WorkflowIncident> Incidents);

    internal sealed record TaskBefore(Guid Id, string NodeId, string Name);

    internal sealed record IncidentBefore(Guid Id, string NodeId);

    internal sealed record WaitBefore(int WaitId, string NodeId, string MessageName);

    internal sealed record JobBefore(WorkflowJobKind Kind, int ExecutionId, string NodeId, DateTime? DueAt, int? RepeatsLeft, string? Interval)
    {
        public WorkflowJob Restore(Guid id, WorkflowInstance instance)
        {
            var job = new WorkflowJob(id, instance, Kind, ExecutionId, NodeId, DueAt ?? DateTime.MaxValue);
            if (Interval is not null)
            {
                job.Repeats(Interval, RepeatsLeft);
            }

            return job;
        }
    }

    // Incidents: null in what was kept before they moved along.
    internal sealed record Before(
        string StateJson, string DoersJson, IReadOnlyList<TaskBefore> Tasks, IReadOnlyList<JobBefore> Jobs, IReadOnlyList<WaitBefore> Waits,
        IReadOnlyList<IncidentBefore>? Incidents = null)
    {
        public static Before Of(WorkflowInstance instance, Rows rows) => new(
            instance.StateJson,
            instance.DoersJson,
            [.. rows.Tasks.Select(t => new TaskBefore(t.Id, t.NodeId, t.Name))],
            [.. rows.Jobs.Select(j => new JobBefore(j.Kind, j.ExecutionId, j.NodeId, j.DueAt, j.RepeatsLeft, j.Interval))],
            [.. rows.Waits.Select(w => new WaitBefore(w.WaitId, w.NodeId, w.MessageName))],
            [.. rows.Incidents.Select(i => new IncidentBefore(i.Id, i.NodeId))]);
    }
}
