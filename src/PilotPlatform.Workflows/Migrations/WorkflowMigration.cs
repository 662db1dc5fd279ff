using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Migrations;

/// <summary>That an instance was moved to another version, and all that is needed to put it back until its next step.</summary>
internal sealed class WorkflowMigration : TenantEntity
{
    private WorkflowMigration()
    {
    }

    public WorkflowMigration(Guid id, Guid batchId, WorkflowInstance instance, Guid toVersionId, string byName, string mappingJson, string beforeJson)
        : base(id, instance.Owner)
    {
        BatchId = batchId;
        InstanceId = instance.Id;
        FromVersionId = instance.VersionId;
        ToVersionId = toVersionId;
        ByName = byName;
        MappingJson = mappingJson;
        BeforeJson = beforeJson;
    }

    /// <summary>The instances that were moved together.</summary>
    public Guid BatchId { get; private set; }

    public Guid InstanceId { get; private set; }

    public Guid FromVersionId { get; private set; }

    public Guid ToVersionId { get; private set; }

    /// <summary>Who moved it.</summary>
    public string ByName { get; private set; } = "";

    public string MappingJson { get; private set; } = "{}";

    /// <summary>Tokens and waits as they were. They hold variables, so the log leaves them out.</summary>
    [Sensitive]
    public string BeforeJson { get; private set; } = "{}";

    /// <summary>The instance's step that moved it.</summary>
    public int AtStep { get; private set; }

    public DateTime? UndoneAt { get; private set; }

    public string UndoneByName { get; private set; } = "";

    public void Moved(int step) => AtStep = step;

    public void Undo(DateTime now, string byName)
    {
        UndoneAt = now;
        UndoneByName = byName;
    }
}

internal sealed class WorkflowMigrationConfiguration : IEntityTypeConfiguration<WorkflowMigration>
{
    public void Configure(EntityTypeBuilder<WorkflowMigration> builder)
    {
        builder.ToTable("WorkflowsMigrations");
        builder.Property(x => x.ByName).HasMaxLength(WorkflowLimits.PersonName);
        builder.Property(x => x.UndoneByName).HasMaxLength(WorkflowLimits.PersonName);
        builder.HasOne<WorkflowInstance>().WithMany().HasForeignKey(x => x.InstanceId);
        builder.HasOne<WorkflowVersion>().WithMany().HasForeignKey(x => x.FromVersionId);
        builder.HasOne<WorkflowVersion>().WithMany().HasForeignKey(x => x.ToVersionId);
        builder.HasIndex(x => x.BatchId);
        builder.HasIndex(x => new { x.InstanceId, x.AtStep });
    }
}
