using System.Text.Json;
using PilotPlatform.Bpmn;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>The boxes of the inbox.</summary>
internal enum TaskBox
{
    /// <summary>待办: open, and the caller's to do.</summary>
    Todo,

    /// <summary>已办: done by the caller.</summary>
    Done,

    /// <summary>抄送我的.</summary>
    Copied,
}

/// <summary>What a task's date shows; the lights of all deadlines, and that there is no date.</summary>
internal enum TaskLight
{
    /// <summary>逾期.</summary>
    Red,

    /// <summary>临期.</summary>
    Amber,

    /// <summary>正常, or done in time.</summary>
    Green,

    /// <summary>已补办: done after its date.</summary>
    Yellow,

    /// <summary>Without a date.</summary>
    None,
}

internal sealed class GetTasksInput : PagedInput
{
    public TaskBox? Box { get; init; }

    public string? Search { get; init; }

    /// <summary>The definition's key.</summary>
    public string? Key { get; init; }

    public string? NodeId { get; init; }

    public Guid? RegionId { get; init; }

    /// <summary>Only what shows this light.</summary>
    public TaskLight? Light { get; init; }

    /// <summary>Only copies not read yet.</summary>
    public bool? Unread { get; init; }
}

/// <summary>A flow that occurs in a list, for choosing it.</summary>
internal sealed record InboxFlowDto(string Key, string Name);

internal sealed record PersonDto(Guid Id, string Name);

/// <summary>OfferedTo: whose inbox it is in: <c>role</c>, <c>office</c>, <c>person</c> or <c>people</c>. OnBehalfOf: the name of whoever delegated it to the caller, or null.</summary>
internal sealed record TaskListItemDto(
    Guid Id, Guid InstanceId, string NodeId, string Name, string Title, Guid RegionId, string RegionName, string Key,
    DateOnly? DueOn, StatusLight? Light, string OfferedTo, PersonDto? Assignee, bool ClaimedByMe, string? OnBehalfOf, DateTime OpenedAt,
    DateTime? CompletedAt, string CompletedByName, int UrgedTimes, bool AllowsBatch, bool IsUnread, string Link, WorkflowTaskStatus Status, string ConcurrencyStamp);

internal sealed record TaskFieldDto(string Name, string Label, FieldKind Kind, bool IsRequired, IReadOnlyList<FormOption> Options)
{
    public static IReadOnlyList<TaskFieldDto> Of(UserTask node) =>
        [.. node.Work.Fields.Select(f => new TaskFieldDto(f.Name, f.Label, f.Kind, f.IsRequired, f.Options))];
}

internal sealed record TaskStepDto(string NodeId, string Name);

internal sealed record TaskCommentDto(Guid Id, string AuthorName, DateTime At, string Text, IReadOnlyList<TaskFileDto> Files);

internal sealed record TaskFileDto(Guid Id, string Name, long Size);

/// <summary>What the caller may do with a task now.</summary>
internal sealed record TaskAbilitiesDto(
    bool Claim, bool Release, bool Complete, bool SendBack, bool Withdraw, bool Reassign, bool AddSigner, bool Copy, bool Urge, bool Comment);

/// <summary>DueIsProvisional: the day was counted in working days, in a year whose holidays are not known here yet.</summary>
internal sealed record TaskDto(
    TaskListItemDto Task, IReadOnlyList<TaskFieldDto> Fields, JsonElement Values, string Comment, TaskAbilitiesDto May,
    IReadOnlyList<TaskStepDto> SendBackTargets, IReadOnlyList<TaskCommentDto> Comments, string? AddedAs, string SubjectType, Guid SubjectId, bool DueIsProvisional);

internal sealed record TaskStampDto(string ConcurrencyStamp);

internal sealed record CompleteWorkflowTaskDto(Dictionary<string, JsonElement> Values, string? Comment, string ConcurrencyStamp);

internal sealed record CompleteBatchDto(IReadOnlyList<Guid> TaskIds, Dictionary<string, JsonElement> Values, string? Comment);

/// <summary>What became of each task of a batch: each is its own step, so one that fails leaves the others done. Reason: in words, why it was not done.</summary>
internal sealed record BatchResultDto(Guid TaskId, bool Done, string? ErrorCode, string? Reason);

internal sealed record SendBackDto(string ToNodeId, string Reason, string ConcurrencyStamp);

internal sealed record ReassignTaskDto(Guid UserId, string Reason, string ConcurrencyStamp);

internal sealed record AddSignerDto(Guid UserId, SignerPosition Position, string Reason, string ConcurrencyStamp);

internal sealed record CopyTaskDto(IReadOnlyList<Guid> UserIds);

internal sealed record UrgeTaskDto(string? Text);

internal sealed record CommentTaskDto(string Text, IReadOnlyList<Guid>? FileIds);

internal sealed record TaskCountsDto(int Todo, int Overdue, int CopiedUnread);

internal sealed record ColleagueDto(Guid Id, string Name, string RegionName);

internal sealed record DelegationDto(Guid Id, PersonDto From, PersonDto To, DateOnly First, DateOnly Last, bool IsActive, bool IsMine);

internal sealed record CreateDelegationDto(Guid ToUserId, DateOnly First, DateOnly Last);
