using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Workflows.Definitions;

/// <summary>
/// What a region says about a flow that is in force for it, its own or inherited: whether regions below may have their own.
/// So an issuer decides about a standard flow without drawing it anew. It can narrow what stands above it, never widen it.
/// </summary>
internal sealed class WorkflowOverrideRule : TenantEntity, IInheritedDownwards
{
    private WorkflowOverrideRule()
    {
    }

    public WorkflowOverrideRule(Guid id, TenantRef owner, string key, bool allows)
        : base(id, owner)
    {
        Key = key;
        Allows = allows;
    }

    /// <summary>The definition's key.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Regions below may have their own of this key.</summary>
    public bool Allows { get; private set; }

    public bool IsInherited { get; private set; } = true;

    public void Decide(bool allows) => Allows = allows;
}

internal sealed class WorkflowOverrideRuleConfiguration : IEntityTypeConfiguration<WorkflowOverrideRule>
{
    public void Configure(EntityTypeBuilder<WorkflowOverrideRule> builder)
    {
        builder.ToTable("WorkflowsOverrideRules");
        builder.Property(x => x.Key).HasMaxLength(WorkflowLimits.Key);
        builder.HasIndex(x => new { x.TenantPath, x.Key }).IsUnique();
        builder.HasIndex(x => x.Key);
    }
}
