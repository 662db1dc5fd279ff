using System.Text.Json;
using PilotPlatform.Bpmn;
using PilotPlatform.Data;

namespace PilotPlatform.Workflows.Definitions;

internal sealed class GetDefinitionsInput : PagedInput
{
    public string? Search { get; init; }
}

/// <summary>
/// IsOwn: it belongs to the caller's region, which may draw it. IsInForceHere: new instances of the caller's region take it.
/// AllowsOverride: regions below the definition's own may have theirs, as it or its region's rule says.
/// </summary>
internal sealed record DefinitionListItemDto(
    Guid Id, string Key, string Name, Guid RegionId, string RegionName, bool IsOwn, bool IsInForceHere, bool AllowsOverride, Guid? CurrentVersionId,
    int? CurrentVersion, DateTime? PublishedAt, Guid? DraftId, int RunningInstances, int OpenIncidents, OverrideDto Override, string ConcurrencyStamp);

/// <summary>
/// What holds for the definition's key in the caller's region. IsForbiddenHere: it may not have its own. IsForbiddenBelow: those
/// below it may not. ForbiddenBy: the name of the region that says so. RuleStamp: of the caller's own rule, if there
/// is one. Overriding: regions below that have their own published.
/// </summary>
internal sealed record OverrideDto(bool IsForbiddenHere, bool IsForbiddenBelow, string? ForbiddenBy, string? RuleStamp, IReadOnlyList<string> Overriding);

/// <summary>ConcurrencyStamp: of the rule that the caller saw; null when there was none.</summary>
internal sealed record DecideOverrideDto(string Key, bool Allows, string? ConcurrencyStamp);

internal sealed record VersionListItemDto(Guid Id, int Number, WorkflowVersionStatus Status, string Note, DateTime? PublishedAt, string PublishedByName, int RunningInstances);

internal sealed record DefinitionDto(DefinitionListItemDto Definition, IReadOnlyList<VersionListItemDto> Versions);

internal sealed record VersionDto(
    Guid Id, Guid DefinitionId, string Key, string Name, int Number, WorkflowVersionStatus Status, string Xml, string Note, DateTime? PublishedAt,
    string PublishedByName, bool IsOwn, string ConcurrencyStamp);

/// <summary>Xml: the document; null begins with a copy of the version in force under this key, or with an empty flow.</summary>
internal sealed record CreateDefinitionDto(string Key, string Name, bool AllowsOverride, string? Xml);

internal sealed record EditDefinitionDto(string Name, bool AllowsOverride, string ConcurrencyStamp);

internal sealed record SaveDraftDto(string Xml, string ConcurrencyStamp);

internal sealed record CheckModelDto(string Xml);

internal sealed record FindingDto(string Code, FindingSeverity Severity, string ElementId, string Text);

internal sealed record CheckResultDto(IReadOnlyList<RefusalDto> Refusals, IReadOnlyList<FindingDto> Findings);

internal sealed record RefusalDto(string ElementId, string ElementType, string Reason, int Line);

internal sealed record PublishDto(string Note, string ConcurrencyStamp);

internal sealed record CatalogueItemDto(string Name, string Label);

internal sealed record CatalogueDto(
    IReadOnlyList<CatalogueItemDto> Handlers, IReadOnlyList<CatalogueItemDto> Events, IReadOnlyList<CatalogueItemDto> Roles,
    IReadOnlyList<CatalogueItemDto> Offices, IReadOnlyList<CatalogueItemDto> Keys);

internal sealed record DifferenceDto(
    string ElementId, ModelChangeKind Kind, string ElementType, string? Name, IReadOnlyList<PropertyChange> Properties);

internal sealed record ComparisonDto(VersionDto Before, VersionDto After, IReadOnlyList<DifferenceDto> Differences);

internal sealed record NodeLoadDto(string NodeId, string Name, int Open, int Overdue, DateTime? OldestSince, int Incidents);

internal sealed record MonitorDto(VersionDto Version, int Running, int Completed, int Failed, IReadOnlyList<NodeLoadDto> Nodes);

// Node ids of this version to those of the other; ids that are in both need none.
internal sealed record PreviewMigrationDto(Guid ToVersionId, IReadOnlyDictionary<string, string>? Mapping, IReadOnlyList<Guid>? InstanceIds)
{
    private static readonly Dictionary<string, string> Same = [];

    // A request may leave it out.
    internal IReadOnlyDictionary<string, string> Nodes => Mapping ?? Same;
}

internal sealed record MigrationProblemDto(Guid InstanceId, string Title, string NodeId, string Code, string? TargetId);

internal sealed record MigrationPreviewDto(int Instances, int Fitting, IReadOnlyList<MigrationProblemDto> Problems);

internal sealed record MigrationResultDto(int Moved, IReadOnlyList<MigrationProblemDto> Problems);
