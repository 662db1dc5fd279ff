using System.Text.Json;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.Instances;

internal sealed class GetInstancesInput : PagedInput
{
    /// <summary>我发起的.</summary>
    public bool? StartedByMe { get; init; }

    public Guid? SubjectId { get; init; }

    /// <summary>The larger thing whose flows are wanted, such as a pilot.</summary>
    public Guid? PartOf { get; init; }

    public string? Key { get; init; }

    public WorkflowInstanceStatus? Status { get; init; }

    public string? Search { get; init; }
}

internal sealed record InstanceListItemDto(
    Guid Id, string Key, string DefinitionName, int Version, string Title, Guid RegionId, string RegionName, WorkflowInstanceStatus Status,
    DateTime StartedAt, string StartedByName, DateTime? EndedAt, string Link);

/// <summary>Who: who has it, or the region and role it is offered to, in words; empty where the caller may not know.</summary>
internal sealed record LiveNodeDto(string NodeId, string Name, DateTime? Since, IReadOnlyList<string> Who, DateOnly? DueOn, StatusLight? Light, Guid? TaskId);

internal sealed record HistoryItemDto(int Number, DateTime At, WorkflowStepKind Kind, string NodeId, string NodeName, string ActorName, string Note);

internal sealed record ExpectedNodeDto(string NodeId, string Name, bool Certain);

internal sealed record InstanceDto(
    InstanceListItemDto Instance, string Xml, IReadOnlyList<LiveNodeDto> Live, IReadOnlyList<string> DoneNodes, IReadOnlyList<string> TakenFlows,
    IReadOnlyList<HistoryItemDto> History, IReadOnlyList<ExpectedNodeDto> Expected, IReadOnlyDictionary<string, JsonElement> Variables, string ConcurrencyStamp);
