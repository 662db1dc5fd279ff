using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Bpmn.Execution;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Jobs;

namespace PilotPlatform.Workflows.Instances;

/// <summary>Where an instance stands as a whole.</summary>
internal enum WorkflowInstanceStatus
{
    Running,
    Completed,
    Terminated,
    Failed,
}

/// <summary>
/// One run of a flow. Its tokens and variables are one column: a step reads and writes one row, however many tokens there
/// are. Each change of it is a <see cref="WorkflowStep"/>, so the row log leaves it out.
/// </summary>
[NotAudited]
internal sealed class WorkflowInstance : TenantEntity
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private ProcessState? state;
    private Dictionary<string, Guid>? doers;
    private LoadedRows loaded = LoadedRows.None;
    private List<WorkflowIncident>? opened;

    private WorkflowInstance()
    {
    }

    public WorkflowInstance(Guid id, WorkflowVersion version, string startKey, WorkflowSubject subject, Guid? startedBy, string startedByName)
        : base(id, subject.Region)
    {
        VersionId = version.Id;
        Key = version.Key;
        StartKey = startKey;
        SubjectType = subject.Type;
        SubjectId = subject.Id;
        Title = subject.Title;
        Link = subject.Link;
        PartOf = subject.PartOf;
        IssuerId = subject.Issuer.Id;
        IssuerPath = subject.Issuer.Path;
        StartedBy = startedBy;
        StartedByName = startedByName;
    }

    public Guid VersionId { get; private set; }

    public string Key { get; private set; } = "";

    /// <summary>What the domain asked for; the definition's own key differs when the issuer chose another.</summary>
    public string StartKey { get; private set; } = "";

    public string SubjectType { get; private set; } = "";

    public Guid SubjectId { get; private set; }

    public string Title { get; private set; } = "";

    public string Link { get; private set; } = "";

    /// <summary>The larger thing whose page shows it.</summary>
    public Guid? PartOf { get; private set; }

    public Guid IssuerId { get; private set; }

    public string IssuerPath { get; private set; } = "";

    public Guid? StartedBy { get; private set; }

    public string StartedByName { get; private set; } = "";

    public WorkflowInstanceStatus Status { get; private set; } = WorkflowInstanceStatus.Running;

    /// <summary>Empty while it runs for its subject, then its own id: of two starts at once the index lets one through.</summary>
    public Guid RunMark { get; private set; }

    public DateTime? EndedAt { get; private set; }

    /// <summary>How many steps were taken; the last step's number.</summary>
    public int StepCount { get; private set; }

    /// <summary>The last step that moved a token or with which work began; remarks and urges do not count.</summary>
    public int LastMove { get; private set; }

    /// <summary>The machine's state as JSON.</summary>
    public string StateJson { get; private set; } = "{}";

    /// <summary>Node id → who completed it last, as JSON.</summary>
    public string DoersJson { get; private set; } = "{}";

    /// <summary>The call activity that waits for this instance's end.</summary>
    public Guid? ParentInstanceId { get; private set; }

    public int? ParentExecutionId { get; private set; }

    public WorkflowSubject Subject => new(SubjectType, SubjectId, Title, Link, Owner, new TenantRef(IssuerId, IssuerPath), PartOf);

    public void CalledBy(WorkflowInstance parent, int executionId)
    {
        ParentInstanceId = parent.Id;
        RunMark = Id;
        ParentExecutionId = executionId;
    }

    /// <summary>The caller went on without it.</summary>
    public void Orphan() => ParentExecutionId = null;

    /// <summary>The machine's state; changed in place, then put back with <see cref="Advance"/>.</summary>
    public ProcessState State() => state ??= ProcessState.FromJson(StateJson);

    public IReadOnlyDictionary<string, Guid> Doers() => doers ??= JsonSerializer.Deserialize<Dictionary<string, Guid>>(DoersJson, Json)!;

    public void NoteDoer(string nodeId, Guid userId) => PutDoers(new(Doers(), StringComparer.Ordinal) { [nodeId] = userId });

    /// <summary>The nodes' ids in another version: the four-eyes rule must know them there too.</summary>
    public void RenameDoers(IReadOnlyDictionary<string, string> mapping)
    {
        var renamed = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var (nodeId, userId) in Doers())
        {
            renamed[mapping.GetValueOrDefault(nodeId, nodeId)] = userId;
        }

        PutDoers(renamed);
    }

    /// <summary>Puts the changed state back and counts the step.</summary>
    public int Advance(ProcessState changed, DateTime now, bool moves = true)
    {
        state = changed;
        StateJson = changed.ToJson();
        if (Status == WorkflowInstanceStatus.Running && changed.Outcome is { } outcome)
        {
            Status = outcome switch
            {
                ProcessOutcome.Completed => WorkflowInstanceStatus.Completed,
                ProcessOutcome.Terminated => WorkflowInstanceStatus.Terminated,
                _ => WorkflowInstanceStatus.Failed,
            };
            EndedAt = now;
            RunMark = Id;
        }

        StepCount++;
        if (moves)
        {
            LastMove = StepCount;
        }

        return StepCount;
    }

    /// <summary>Puts a former state back and counts the step.</summary>
    public int Restore(string stateJson, string doersJson, DateTime now)
    {
        DoersJson = doersJson;
        doers = null;
        return Advance(ProcessState.FromJson(stateJson), now);
    }

    /// <summary>Pins another version.</summary>
    public void MoveTo(Guid versionId) => VersionId = versionId;

    /// <summary>Rows of the instance that were read together with it, which its step need not look for.</summary>
    public LoadedRows Loaded() => loaded;

    public void LoadedWith(LoadedRows rows) => loaded = rows;

    /// <summary>What was amiss since it was read: nobody who looked before knows of it, nor does the database before the save.</summary>
    public IReadOnlyList<WorkflowIncident> OpenedIncidents() => opened ?? (IReadOnlyList<WorkflowIncident>)[];

    public void Opened(WorkflowIncident incident) => (opened ??= []).Add(incident);

    private void PutDoers(Dictionary<string, Guid> changed)
    {
        doers = changed;
        DoersJson = JsonSerializer.Serialize(changed, Json);
    }

    public void RequireRunning()
    {
        if (Status != WorkflowInstanceStatus.Running)
        {
            throw new BusinessException(WorkflowsErrorCodes.InstanceEnded);
        }
    }
}

/// <summary>What is known of an instance's other rows.</summary>
/// <param name="Timers">Its timers; null when they were not read.</param>
/// <param name="HasOpenIncidents">Whether an incident of it is open; null when nobody looked.</param>
internal sealed record LoadedRows(IReadOnlyList<WorkflowJob>? Timers, bool? HasOpenIncidents)
{
    public static readonly LoadedRows None = new(null, null);
}

/// <summary>What a step was.</summary>
internal enum WorkflowStepKind
{
    Started,
    Claimed,
    Released,
    Completed,
    SentBack,
    Withdrawn,
    Reassigned,
    SignerAdded,
    CopiedTo,
    Urged,
    ServiceDone,
    ServiceFailed,
    Notified,
    TimerFired,
    MessageArrived,
    DoneElsewhere,
    CallReturned,
    IncidentRetried,
    IncidentSkipped,
    VariableChanged,
    Migrated,
    MigrationUndone,
    Terminated,

    /// <summary>The domain took a task away from somebody; nobody is named yet.</summary>
    Vacated,

    /// <summary>The domain gave somebody's task to another.</summary>
    HandedOver,

    /// <summary>The flow went on without the one who left.</summary>
    PlaceGivenUp,

    /// <summary>The delegation by which somebody had claimed it is over: it is to be claimed again.</summary>
    DelegationOver,
}

/// <summary>One step of an instance: who did what, and what the machine said. Append-only; the flow's own log.</summary>
[NotAudited]
[TakesTurns]
internal sealed class WorkflowStep : TenantEntity
{
    private WorkflowStep()
    {
    }

    public WorkflowStep(Guid id, WorkflowInstance instance, int number, WorkflowStepKind kind, string nodeId, Guid? actorId, string actorName, string note, string effectsJson)
        : base(id, instance.Owner)
    {
        InstanceId = instance.Id;
        Number = number;
        Kind = kind;
        NodeId = nodeId;
        ActorId = actorId;
        ActorName = actorName;
        Note = note;
        EffectsJson = effectsJson;
    }

    public Guid InstanceId { get; private set; }

    /// <summary>From 1. Unique within the instance: of two people who act at once one is told to look again.</summary>
    public int Number { get; private set; }

    public WorkflowStepKind Kind { get; private set; }

    public string NodeId { get; private set; } = "";

    public Guid? ActorId { get; private set; }

    public string ActorName { get; private set; } = "";

    public string Note { get; private set; } = "";

    /// <summary>The machine's effects, compactly (<see cref="EffectCodec"/>).</summary>
    public string EffectsJson { get; private set; } = "[]";
}

/// <summary>A wait for a message of the subject.</summary>
[NotAudited]
internal sealed class WorkflowMessageWait : TenantEntity
{
    private WorkflowMessageWait()
    {
    }

    public WorkflowMessageWait(Guid id, WorkflowInstance instance, int waitId, string nodeId, string messageName)
        : base(id, instance.Owner)
    {
        InstanceId = instance.Id;
        SubjectId = instance.SubjectId;
        WaitId = waitId;
        NodeId = nodeId;
        MessageName = messageName;
    }

    public Guid InstanceId { get; private set; }

    public Guid SubjectId { get; private set; }

    public int WaitId { get; private set; }

    public string NodeId { get; private set; } = "";

    public string MessageName { get; private set; } = "";

    /// <summary>The node's id in another version.</summary>
    public void MoveTo(string nodeId) => NodeId = nodeId;
}

internal sealed class WorkflowInstanceConfiguration : IEntityTypeConfiguration<WorkflowInstance>
{
    public void Configure(EntityTypeBuilder<WorkflowInstance> builder)
    {
        builder.ToTable("WorkflowsInstances");
        builder.Ignore(x => x.Subject);
        builder.Property(x => x.Key).HasMaxLength(WorkflowLimits.Key);
        builder.Property(x => x.StartKey).HasMaxLength(WorkflowLimits.Key);
        builder.Property(x => x.SubjectType).HasMaxLength(40);
        builder.Property(x => x.Title).HasMaxLength(600);
        builder.Property(x => x.Link).HasMaxLength(300);
        builder.Property(x => x.IssuerPath).HasMaxLength(TenantPaths.MaxLength);
        builder.Property(x => x.StartedByName).HasMaxLength(WorkflowLimits.PersonName);
        builder.HasOne<WorkflowVersion>().WithMany().HasForeignKey(x => x.VersionId);
        builder.HasIndex(x => new { x.SubjectId, x.StartKey, x.RunMark }).IsUnique();
        builder.HasIndex(x => x.ParentInstanceId);
        builder.HasIndex(x => x.PartOf);
        builder.HasIndex(x => new { x.StartedBy, x.CreatedAt });
        builder.HasIndex(x => new { x.VersionId, x.Status });
    }
}

internal sealed class WorkflowStepConfiguration : IEntityTypeConfiguration<WorkflowStep>
{
    public void Configure(EntityTypeBuilder<WorkflowStep> builder)
    {
        builder.ToTable("WorkflowsSteps");
        builder.Property(x => x.NodeId).HasMaxLength(WorkflowLimits.NodeId);
        builder.Property(x => x.ActorName).HasMaxLength(WorkflowLimits.PersonName);
        builder.Property(x => x.Note).HasMaxLength(WorkflowLimits.Note);
        builder.HasOne<WorkflowInstance>().WithMany().HasForeignKey(x => x.InstanceId);
        builder.HasIndex(x => new { x.InstanceId, x.Number }).IsUnique();
    }
}

internal sealed class WorkflowMessageWaitConfiguration : IEntityTypeConfiguration<WorkflowMessageWait>
{
    public void Configure(EntityTypeBuilder<WorkflowMessageWait> builder)
    {
        builder.ToTable("WorkflowsMessageWaits");
        builder.Property(x => x.NodeId).HasMaxLength(WorkflowLimits.NodeId);
        builder.Property(x => x.MessageName).HasMaxLength(120);
        builder.HasOne<WorkflowInstance>().WithMany().HasForeignKey(x => x.InstanceId);
        builder.HasIndex(x => new { x.SubjectId, x.MessageName });
        builder.HasIndex(x => new { x.InstanceId, x.WaitId }).IsUnique();
    }
}
