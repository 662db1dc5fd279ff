using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Incidents;

/// <summary>What went wrong.</summary>
internal enum WorkflowIncidentKind
{
    /// <summary>A service, send or call did not succeed.</summary>
    Failed,

    /// <summary>A rule for who is to do a task found nobody.</summary>
    NoAssignee,

    /// <summary>The token cannot go on.</summary>
    Stuck,

    /// <summary>A timer's text could not be understood.</summary>
    BadTimer,
}

/// <summary>How it was settled.</summary>
internal enum WorkflowIncidentResolution
{
    Retried,
    Skipped,
    Assigned,

    /// <summary>The work it was about was cancelled or the instance ended.</summary>
    Vanished,
}

/// <summary>异常: something that an administrator must see. The token stays where it is.</summary>
internal sealed class WorkflowIncident : TenantEntity
{
    private WorkflowIncident()
    {
    }

    public WorkflowIncident(Guid id, WorkflowInstance instance, WorkflowIncidentKind kind, int executionId, string nodeId, string code, string detail)
        : base(id, instance.Owner)
    {
        InstanceId = instance.Id;
        Key = instance.Key;
        Title = instance.Title;
        Kind = kind;
        ExecutionId = executionId;
        NodeId = nodeId;
        Code = code.Length > 200 ? code[..200] : code;
        Detail = detail.Length > 2000 ? detail[..2000] : detail;
    }

    public Guid InstanceId { get; private set; }

    public string Key { get; private set; } = "";

    public string Title { get; private set; } = "";

    public WorkflowIncidentKind Kind { get; private set; }

    public int ExecutionId { get; private set; }

    public string NodeId { get; private set; } = "";

    public string Code { get; private set; } = "";

    public string Detail { get; private set; } = "";

    public DateTime? SettledAt { get; private set; }

    public WorkflowIncidentResolution? Resolution { get; private set; }

    public string SettledByName { get; private set; } = "";

    public string Reason { get; private set; } = "";

    /// <summary>The node in another version.</summary>
    public void MoveTo(string nodeId) => NodeId = nodeId;

    public void RequireOpen()
    {
        if (SettledAt is not null)
        {
            throw new BusinessException(WorkflowsErrorCodes.IncidentSettled);
        }
    }

    public void Settle(WorkflowIncidentResolution resolution, string byName, string reason, DateTime now)
    {
        RequireOpen();
        Resolution = resolution;
        SettledByName = byName;
        Reason = reason;
        SettledAt = now;
    }
}

internal sealed class WorkflowIncidentConfiguration : IEntityTypeConfiguration<WorkflowIncident>
{
    public void Configure(EntityTypeBuilder<WorkflowIncident> builder)
    {
        builder.ToTable("WorkflowsIncidents");
        builder.Property(x => x.Key).HasMaxLength(WorkflowLimits.Key);
        builder.Property(x => x.Title).HasMaxLength(600);
        builder.Property(x => x.NodeId).HasMaxLength(WorkflowLimits.NodeId);
        builder.Property(x => x.Code).HasMaxLength(200);
        builder.Property(x => x.Detail).HasMaxLength(2000);
        builder.Property(x => x.SettledByName).HasMaxLength(WorkflowLimits.PersonName);
        builder.Property(x => x.Reason).HasMaxLength(WorkflowLimits.Note);
        builder.HasOne<WorkflowInstance>().WithMany().HasForeignKey(x => x.InstanceId);
        builder.HasIndex(x => new { x.TenantPath, x.SettledAt, x.CreatedAt });
        builder.HasIndex(x => new { x.InstanceId, x.ExecutionId });
    }
}
