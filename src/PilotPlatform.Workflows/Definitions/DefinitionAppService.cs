using Microsoft.EntityFrameworkCore;
using PilotPlatform.Bpmn;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Instances;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Definitions;

/// <summary>Flow definitions: those of one's own region to draw, those of regions above to read and override.</summary>
internal sealed class DefinitionAppService(
    PlatformDbContext db, ModelInspector inspector, WorkflowDirectory directory, IRegionDirectory regions, ICurrentScope scope, IIdGenerator ids, Texts texts, TimeProvider time)
{
    private static readonly SortList<WorkflowDefinition> Sorts = new SortList<WorkflowDefinition>()
        .Allow("key", x => x.Key)
        .Allow("name", x => x.Name)
        .Otherwise(q => q.OrderBy(x => x.Key).ThenBy(x => x.TenantPath));

    public async Task<PagedResult<DefinitionListItemDto>> ListAsync(GetDefinitionsInput input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Search, "search", 100, required: false).ThrowIfAny();
        var query = db.Set<WorkflowDefinition>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(input.Search))
        {
            var words = input.Search.Trim();
            query = query.Where(d => d.Name.Contains(words) || d.Key.Contains(words));
        }

        var page = await query.ToPageAsync(input, Sorts, d => d, cancellationToken);
        return new(page.TotalCount, await ItemsAsync(page.Items, cancellationToken));
    }

    public async Task<DefinitionDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var definition = await db.Set<WorkflowDefinition>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancellationToken)
            ?? throw new NotFoundException(nameof(WorkflowDefinition), id);
        var versions = await db.Set<WorkflowVersion>().AsNoTracking().Where(v => v.DefinitionId == id).OrderByDescending(v => v.Number)
            .Select(v => new VersionListItemDto(
                v.Id, v.Number, v.Status, v.Note, v.PublishedAt, v.PublishedByName,
                db.Set<WorkflowInstance>().Count(i => i.VersionId == v.Id && i.Status == WorkflowInstanceStatus.Running)))
            .ToListAsync(cancellationToken);
        return new((await ItemsAsync([definition], cancellationToken))[0], [.. versions.OrderByDescending(v => v.Status == WorkflowVersionStatus.Draft)]);
    }

    public async Task<VersionDto> GetVersionAsync(Guid id, CancellationToken cancellationToken)
    {
        var version = await db.Set<WorkflowVersion>().AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, cancellationToken)
            ?? throw new NotFoundException(nameof(WorkflowVersion), id);
        return await VersionAsync(version, cancellationToken);
    }

    /// <summary>A definition of one's own: new, or of a key that a region above has and allows to override.</summary>
    public async Task<VersionDto> CreateAsync(CreateDefinitionDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Name, "name", WorkflowLimits.Name).Text(input.Key, "key", WorkflowLimits.Key)
            .That(input.Key.Length > 0 && input.Key.All(c => c is '.' or '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9')), "key", PlatformErrorCodes.InvalidInput)
            .ThrowIfAny();
        var tenant = scope.RequiredTenant;
        await RequireAllowedAsync(input.Key, tenant, cancellationToken);
        if (await db.Set<WorkflowDefinition>().AnyAsync(d => d.Key == input.Key && d.TenantPath == tenant.Path, cancellationToken))
        {
            throw new BusinessException(WorkflowsErrorCodes.KeyTaken);
        }

        var xml = input.Xml ?? (await directory.FindAsync(input.Key, tenant, cancellationToken))?.Xml ?? EmptyFlow.Xml(input.Key, input.Name.Trim());
        ModelInspector.Read(xml);
        var definition = new WorkflowDefinition(ids.NewId(), tenant, input.Key, input.Name.Trim(), input.AllowsOverride);
        var draft = new WorkflowVersion(ids.NewId(), definition, xml);
        db.AddRange(definition, draft);
        await db.SaveChangesAsync(cancellationToken);
        return await VersionAsync(draft, cancellationToken);
    }

    public async Task<DefinitionDto> EditAsync(Guid id, EditDefinitionDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Name, "name", WorkflowLimits.Name).Stamp(input.ConcurrencyStamp).ThrowIfAny();
        var definition = await OwnAsync(id, cancellationToken);
        definition.EnsureStamp(input.ConcurrencyStamp);
        definition.Rename(input.Name.Trim(), input.AllowsOverride);
        // What is said here is the last word of this region: a rule from before would go before it.
        if (await OwnRuleAsync(definition.Key, cancellationToken) is { } rule && rule.Allows != input.AllowsOverride)
        {
            rule.Decide(input.AllowsOverride);
        }

        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(id, cancellationToken);
    }

    /// <summary>Whether regions below may have their own of a flow that is in force here, drawn by this region or not.</summary>
    public async Task DecideOverrideAsync(DecideOverrideDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Key, "key", WorkflowLimits.Key).ThrowIfAny();
        var tenant = scope.RequiredTenant;
        if (await directory.FindAsync(input.Key, tenant, cancellationToken) is null)
        {
            throw new BusinessException(WorkflowsErrorCodes.NotPublished);
        }

        if (input.Allows)
        {
            await RequireAllowedAsync(input.Key, tenant, cancellationToken);
        }

        var rule = await OwnRuleAsync(input.Key, cancellationToken);
        if (rule is not null)
        {
            rule.EnsureStamp(input.ConcurrencyStamp);
            rule.Decide(input.Allows);
        }
        else
        {
            db.Add(new WorkflowOverrideRule(ids.NewId(), tenant, input.Key, input.Allows));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The draft of one's own definition, begun from the version in force when there is none.</summary>
    public async Task<VersionDto> OpenDraftAsync(Guid id, CancellationToken cancellationToken)
    {
        var definition = await OwnAsync(id, cancellationToken);
        var draft = await DraftAsync(id, cancellationToken);
        if (draft is null)
        {
            var last = await db.Set<WorkflowVersion>().AsNoTracking().Where(v => v.DefinitionId == id).OrderByDescending(v => v.Number).FirstAsync(cancellationToken);
            draft = new WorkflowVersion(ids.NewId(), definition, last.Xml);
            db.Add(draft);
            await db.SaveChangesAsync(cancellationToken);
        }

        return await VersionAsync(draft, cancellationToken);
    }

    /// <summary>Saves the draft, finished or not: only what cannot be read as BPMN at all is refused.</summary>
    public async Task<VersionDto> SaveDraftAsync(Guid id, SaveDraftDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Stamp(input.ConcurrencyStamp).ThrowIfAny();
        ModelInspector.Read(input.Xml);
        await OwnAsync(id, cancellationToken);
        var draft = await DraftAsync(id, cancellationToken) ?? throw new BusinessException(WorkflowsErrorCodes.NoDraft);
        draft.EnsureStamp(input.ConcurrencyStamp);
        draft.Redraw(input.Xml);
        await db.SaveChangesAsync(cancellationToken);
        return await VersionAsync(draft, cancellationToken);
    }

    public async Task<VersionDto> PublishAsync(Guid id, PublishDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Note, "note", WorkflowLimits.Note).Stamp(input.ConcurrencyStamp).ThrowIfAny();
        var definition = await OwnAsync(id, cancellationToken);
        var draft = await DraftAsync(id, cancellationToken) ?? throw new BusinessException(WorkflowsErrorCodes.NoDraft);
        draft.EnsureStamp(input.ConcurrencyStamp);
        // It may have been forbidden since the draft was begun.
        await RequireAllowedAsync(definition.Key, definition.Owner, cancellationToken);
        await inspector.RequirePublishableAsync(draft.Xml, cancellationToken);
        definition.Publish(draft, input.Note.Trim(), time.UtcNow(), scope.Identity.DisplayName);
        await db.SaveChangesAsync(cancellationToken);
        return await VersionAsync(draft, cancellationToken);
    }

    public async Task<DefinitionDto> RetireAsync(Guid versionId, StampDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Stamp(input.ConcurrencyStamp).ThrowIfAny();
        var version = await db.Set<WorkflowVersion>().FirstOrDefaultAsync(v => v.Id == versionId, cancellationToken)
            ?? throw new NotFoundException(nameof(WorkflowVersion), versionId);
        var definition = await OwnAsync(version.DefinitionId, cancellationToken);
        version.EnsureStamp(input.ConcurrencyStamp);
        var successor = await Retirement.SuccessorOf(db, version).FirstOrDefaultAsync(cancellationToken);
        definition.Retire(version, successor);
        await db.SaveChangesAsync(cancellationToken);
        return await GetAsync(definition.Id, cancellationToken);
    }

    public async Task<ComparisonDto> CompareAsync(Guid beforeId, Guid afterId, CancellationToken cancellationToken)
    {
        var before = await GetVersionAsync(beforeId, cancellationToken);
        var after = await GetVersionAsync(afterId, cancellationToken);
        return new(before, after, ModelInspector.Compare(before.Xml, after.Xml));
    }

    /// <summary>Where the instances of a version stand.</summary>
    public async Task<MonitorDto> MonitorAsync(Guid versionId, CancellationToken cancellationToken)
    {
        var version = await GetVersionAsync(versionId, cancellationToken);
        var today = time.Today();
        var instances = db.Set<WorkflowInstance>().AsNoTracking().Where(i => i.VersionId == versionId);
        var byStatus = await instances.GroupBy(i => i.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var running = instances.Where(i => i.Status == WorkflowInstanceStatus.Running);
        var tasks = await db.Set<WorkflowTask>().AsNoTracking()
            .Where(t => (t.Status == WorkflowTaskStatus.Open || t.Status == WorkflowTaskStatus.Waiting) && running.Any(i => i.Id == t.InstanceId))
            .GroupBy(t => t.NodeId)
            .Select(g => new { NodeId = g.Key, Open = g.Count(), Overdue = g.Count(t => t.DueOn < today), Oldest = g.Min(t => t.OpenedAt) })
            .ToListAsync(cancellationToken);
        var incidents = await db.Set<WorkflowIncident>().AsNoTracking().Where(x => x.SettledAt == null && instances.Any(i => i.Id == x.InstanceId))
            .GroupBy(x => x.NodeId).Select(g => new { NodeId = g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        int CountOf(WorkflowInstanceStatus status) => byStatus.FirstOrDefault(s => s.Key == status)?.Count ?? 0;
        var names = ModelInspector.NamesOf(version.Xml);
        var nodes = tasks.Select(t => t.NodeId).Union(incidents.Select(i => i.NodeId)).Select(nodeId =>
        {
            var load = tasks.FirstOrDefault(t => t.NodeId == nodeId);
            return new NodeLoadDto(
                nodeId, names.GetValueOrDefault(nodeId, nodeId), load?.Open ?? 0, load?.Overdue ?? 0, load?.Oldest,
                incidents.FirstOrDefault(i => i.NodeId == nodeId)?.Count ?? 0);
        });
        return new(
            version, CountOf(WorkflowInstanceStatus.Running), CountOf(WorkflowInstanceStatus.Completed), CountOf(WorkflowInstanceStatus.Failed),
            [.. nodes.OrderByDescending(n => n.Open).ThenBy(n => n.NodeId, StringComparer.Ordinal)]);
    }

    private async Task RequireAllowedAsync(string key, TenantRef tenant, CancellationToken cancellationToken)
    {
        if ((await directory.AboveAsync(key, tenant, cancellationToken)).ForbiddenBy is { } path)
        {
            throw new BusinessException(WorkflowsErrorCodes.OverrideNotAllowed).WithData("region", NameOf(await regions.GetAsync(cancellationToken), path));
        }
    }

    /// <summary>By a path, the name of one of the regions above the caller or of the caller's own; the platform's for the root.</summary>
    private string NameOf(RegionMap map, string path) =>
        path == TenantRef.Root.Path ? texts.Get("Workflows:Platform") : map.FindByPath(path)?.Name ?? path;

    private Task<WorkflowOverrideRule?> OwnRuleAsync(string key, CancellationToken cancellationToken)
    {
        var path = scope.RequiredTenant.Path;
        return db.Set<WorkflowOverrideRule>().FirstOrDefaultAsync(r => r.Key == key && r.TenantPath == path, cancellationToken);
    }

    private async Task<WorkflowDefinition> OwnAsync(Guid id, CancellationToken cancellationToken)
    {
        var path = scope.RequiredTenant.Path;
        return await db.Set<WorkflowDefinition>().FirstOrDefaultAsync(d => d.Id == id && d.TenantPath == path, cancellationToken)
            ?? throw new NotFoundException(nameof(WorkflowDefinition), id);
    }

    private Task<WorkflowVersion?> DraftAsync(Guid definitionId, CancellationToken cancellationToken) =>
        db.Set<WorkflowVersion>().FirstOrDefaultAsync(v => v.DefinitionId == definitionId && v.Status == WorkflowVersionStatus.Draft, cancellationToken);

    private async Task<VersionDto> VersionAsync(WorkflowVersion version, CancellationToken cancellationToken)
    {
        var name = await db.Set<WorkflowDefinition>().AsNoTracking().Where(d => d.Id == version.DefinitionId).Select(d => d.Name).FirstAsync(cancellationToken);
        return new(
            version.Id, version.DefinitionId, version.Key, name, version.Number, version.Status, version.Xml, version.Note, version.PublishedAt,
            version.PublishedByName, version.TenantPath == scope.RequiredTenant.Path, version.ConcurrencyStamp);
    }

    private async Task<IReadOnlyList<DefinitionListItemDto>> ItemsAsync(IReadOnlyList<WorkflowDefinition> definitions, CancellationToken cancellationToken)
    {
        var tenant = scope.RequiredTenant;
        List<Guid> definitionIds = [.. definitions.Select(d => d.Id)];
        List<string> keys = [.. definitions.Select(d => d.Key).Distinct()];
        var versions = await db.Set<WorkflowVersion>().AsNoTracking()
            .Where(v => definitionIds.Contains(v.DefinitionId) && v.Status != WorkflowVersionStatus.Retired)
            .Select(v => new
            {
                v.Id, v.DefinitionId, v.Number, v.Status, v.PublishedAt,
                Running = db.Set<WorkflowInstance>().Count(i => i.VersionId == v.Id && i.Status == WorkflowInstanceStatus.Running),
                Incidents = db.Set<WorkflowIncident>().Count(x => x.SettledAt == null && db.Set<WorkflowInstance>().Any(i => i.Id == x.InstanceId && i.VersionId == v.Id)),
            }).ToListAsync(cancellationToken);
        // Rules come with the definitions of their key: one statement for both.
        var known = await db.Set<WorkflowDefinition>().AsNoTracking().Where(d => keys.Contains(d.Key) && d.CurrentVersionId != null)
            .Select(d => new { Definition = d, Rules = db.Set<WorkflowOverrideRule>().Where(r => r.Key == d.Key).ToList() }).ToListAsync(cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return [.. definitions.Select(d =>
        {
            var its = versions.Where(v => v.DefinitionId == d.Id).ToList();
            var current = its.FirstOrDefault(v => v.Id == d.CurrentVersionId);
            var rivals = known.Where(k => k.Definition.Key == d.Key).ToList();
            var rules = rivals.FirstOrDefault()?.Rules ?? [];
            var here = WorkflowDirectory.InForce(
                [.. rivals.Select(r => r.Definition).Where(r => TenantPaths.Covers(r.TenantPath, tenant.Path))], [.. rules.Where(r => TenantPaths.Covers(r.TenantPath, tenant.Path))]);
            return new DefinitionListItemDto(
                d.Id, d.Key, d.Name, d.TenantId, d.TenantPath == TenantRef.Root.Path ? "" : map.NameOf(d.Owner), d.TenantPath == tenant.Path, here.Definition?.Id == d.Id,
                rules.FirstOrDefault(r => r.TenantPath == d.TenantPath)?.Allows ?? d.AllowsOverride, d.CurrentVersionId, current?.Number, current?.PublishedAt,
                its.FirstOrDefault(v => v.Status == WorkflowVersionStatus.Draft)?.Id, its.Sum(v => v.Running), its.Sum(v => v.Incidents),
                new(
                    here.ForbiddenBy is { } by && by != tenant.Path, here.ForbiddenBy is not null,
                    here.ForbiddenBy is { } path ? NameOf(map, path) : null, rules.FirstOrDefault(r => r.TenantPath == tenant.Path)?.ConcurrencyStamp,
                    [.. rivals.Select(r => r.Definition).Where(r => r.TenantPath != tenant.Path && TenantPaths.Covers(tenant.Path, r.TenantPath)).Select(r => map.NameOf(r.Owner))]),
                d.ConcurrencyStamp);
        })];
    }
}
