using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Jobs;

/// <summary>What is to be done.</summary>
internal enum WorkflowJobKind
{
    /// <summary>Run a service task's handler.</summary>
    Service,

    /// <summary>Tell people.</summary>
    Send,

    /// <summary>Start a called process.</summary>
    Call,

    /// <summary>Tell the caller that the called process ended.</summary>
    Return,

    /// <summary>Fire a timer.</summary>
    Timer,
}

/// <summary>
/// Something that the engine does by itself when it is due. Written by the step that wants it and deleted by the step that
/// did it, in one transaction each, so it happens once: also with several nodes and after any downtime.
/// </summary>
[NotAudited]
internal sealed class WorkflowJob : TenantEntity
{
    private WorkflowJob()
    {
    }

    public WorkflowJob(Guid id, WorkflowInstance instance, WorkflowJobKind kind, int executionId, string nodeId, DateTime dueAt)
        : base(id, instance.Owner)
    {
        InstanceId = instance.Id;
        Kind = kind;
        ExecutionId = executionId;
        NodeId = nodeId;
        DueAt = dueAt;
    }

    public Guid InstanceId { get; private set; }

    public WorkflowJobKind Kind { get; private set; }

    /// <summary>The machine's execution or wait.</summary>
    public int ExecutionId { get; private set; }

    public string NodeId { get; private set; } = "";

    /// <summary>When (UTC); null while it waits for an administrator.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>A node works on it until then (UTC).</summary>
    public DateTime? LeasedUntil { get; private set; }

    /// <summary>Which look of which node took it.</summary>
    public Guid? LeaseId { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>For a cycle: how often it fires after this time; null for ever.</summary>
    public int? RepeatsLeft { get; private set; }

    /// <summary>For a cycle: its ISO 8601 interval.</summary>
    public string? Interval { get; private set; }

    /// <summary>For <see cref="WorkflowJobKind.Return"/>: the called process's variables as JSON, or its error.</summary>
    public string? Payload { get; private set; }

    /// <summary>Whose step wanted it: what a service does is done in their name.</summary>
    public Guid? ActorId { get; private set; }

    public string ActorName { get; private set; } = "";

    public void CausedBy(ScopeIdentity actor)
    {
        ActorId = actor.UserId;
        ActorName = actor.DisplayName;
    }

    public void Repeats(string interval, int? timesAfterFirst)
    {
        Interval = interval;
        RepeatsLeft = timesAfterFirst;
    }

    /// <summary>The node's id in another version.</summary>
    public void MoveTo(string nodeId) => NodeId = nodeId;

    public void Carries(string payload) => Payload = payload;

    public void NextAt(DateTime dueAt)
    {
        DueAt = dueAt;
        RepeatsLeft = RepeatsLeft - 1;
        LeasedUntil = null;
    }

    public void FailedAttempt(DateTime? nextAt)
    {
        Attempts++;
        DueAt = nextAt;
        LeasedUntil = null;
    }

    public void TryAgain(DateTime now)
    {
        Attempts = 0;
        DueAt = now;
        LeasedUntil = null;
    }
}

internal sealed class WorkflowJobConfiguration : IEntityTypeConfiguration<WorkflowJob>
{
    public void Configure(EntityTypeBuilder<WorkflowJob> builder)
    {
        builder.ToTable("WorkflowsJobs");
        builder.Property(x => x.NodeId).HasMaxLength(WorkflowLimits.NodeId);
        builder.Property(x => x.ActorName).HasMaxLength(WorkflowLimits.PersonName);
        builder.Property(x => x.Interval).HasMaxLength(100);
        builder.HasOne<WorkflowInstance>().WithMany().HasForeignKey(x => x.InstanceId);
        builder.HasIndex(x => x.DueAt);
        builder.HasIndex(x => new { x.InstanceId, x.ExecutionId }).IsUnique();
    }
}
