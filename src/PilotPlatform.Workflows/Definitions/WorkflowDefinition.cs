using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Workflows.Definitions;

/// <summary>流程: a flow that a region keeps under a key. Regions below inherit it and may override it where it allows that.</summary>
internal sealed class WorkflowDefinition : TenantEntity, IInheritedDownwards
{
    private WorkflowDefinition()
    {
    }

    public WorkflowDefinition(Guid id, TenantRef owner, string key, string name, bool allowsOverride)
        : base(id, owner)
    {
        Key = key;
        Name = name;
        AllowsOverride = allowsOverride;
    }

    /// <summary>What starts it, such as <c>pilots.submission</c>; unique within the region.</summary>
    public string Key { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Regions below may have their own of the same key.</summary>
    public bool AllowsOverride { get; private set; }

    /// <summary>The version that new instances take; null until one is published, and after the last was retired.</summary>
    public Guid? CurrentVersionId { get; private set; }

    public int LastVersion { get; private set; }

    public bool IsInherited { get; private set; }

    public void Rename(string name, bool allowsOverride)
    {
        Name = name;
        AllowsOverride = allowsOverride;
    }

    /// <summary>Makes a draft the version in force.</summary>
    public void Publish(WorkflowVersion draft, string note, DateTime now, string byName)
    {
        draft.Publish(++LastVersion, note, now, byName);
        CurrentVersionId = draft.Id;
        IsInherited = true;
    }

    /// <summary>Takes a version out of force; instances that run on it stay on it.</summary>
    public void Retire(WorkflowVersion version, WorkflowVersion? successor)
    {
        version.Retire();
        if (CurrentVersionId == version.Id)
        {
            CurrentVersionId = successor?.Id;
        }
    }
}

/// <summary>Where a version stands.</summary>
internal enum WorkflowVersionStatus
{
    Draft,
    Published,
    Retired,
}

/// <summary>One version of a flow. Once published it never changes but for being retired; instances pin theirs.</summary>
internal sealed class WorkflowVersion : TenantEntity, IInheritedDownwards, IRegionDraft
{
    private WorkflowVersion()
    {
    }

    public WorkflowVersion(Guid id, WorkflowDefinition definition, string xml)
        : base(id, definition.Owner)
    {
        DefinitionId = definition.Id;
        Key = definition.Key;
        Xml = xml;
        IsDraft = true;
    }

    public Guid DefinitionId { get; private set; }

    public string Key { get; private set; } = "";

    /// <summary>From 1; 0 for a draft.</summary>
    public int Number { get; private set; }

    public WorkflowVersionStatus Status { get; private set; } = WorkflowVersionStatus.Draft;

    public bool IsDraft { get; private set; }

    public bool IsInherited { get; private set; }

    /// <summary>The BPMN document. Kept out of the audit log for its size: each version is kept anyway.</summary>
    [Sensitive]
    public string Xml { get; private set; } = "";

    public string Note { get; private set; } = "";

    public DateTime? PublishedAt { get; private set; }

    public string PublishedByName { get; private set; } = "";

    public void Redraw(string xml)
    {
        if (Status != WorkflowVersionStatus.Draft)
        {
            throw new BusinessException(WorkflowsErrorCodes.NoDraft);
        }

        Xml = xml;
    }

    internal void Publish(int number, string note, DateTime now, string byName)
    {
        if (Status != WorkflowVersionStatus.Draft)
        {
            throw new BusinessException(WorkflowsErrorCodes.NoDraft);
        }

        Number = number;
        Note = note;
        Status = WorkflowVersionStatus.Published;
        IsDraft = false;
        IsInherited = true;
        PublishedAt = now;
        PublishedByName = byName;
    }

    internal void Retire()
    {
        if (Status != WorkflowVersionStatus.Published)
        {
            throw new BusinessException(WorkflowsErrorCodes.NotPublished);
        }

        Status = WorkflowVersionStatus.Retired;
    }
}

/// <summary>An issuer's choice of a flow for one of its themes or programmes, instead of the key's usual one.</summary>
[TakesTurns]
internal sealed class WorkflowChoice : TenantEntity, IInheritedDownwards
{
    private WorkflowChoice()
    {
    }

    public WorkflowChoice(Guid id, TenantRef owner, string key, Guid chosenFor, string chosenKey)
        : base(id, owner)
    {
        Key = key;
        ChosenFor = chosenFor;
        ChosenKey = chosenKey;
    }

    /// <summary>The key that the domain starts.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The theme or programme.</summary>
    public Guid ChosenFor { get; private set; }

    /// <summary>The key of the definition that is taken instead.</summary>
    public string ChosenKey { get; private set; } = "";

    public bool IsInherited { get; private set; } = true;

    public void Choose(string chosenKey) => ChosenKey = chosenKey;
}

internal static class WorkflowLimits
{
    public const int Key = 80;
    public const int Name = 200;
    public const int Note = 1000;
    public const int NodeId = 200;
    public const int PersonName = 100;

    /// <summary>The largest BPMN document, in characters; the widest reference model has 140,000.</summary>
    public const int Xml = 1_000_000;
}

internal sealed class WorkflowDefinitionConfiguration : IEntityTypeConfiguration<WorkflowDefinition>
{
    public void Configure(EntityTypeBuilder<WorkflowDefinition> builder)
    {
        builder.ToTable("WorkflowsDefinitions");
        builder.Property(x => x.Key).HasMaxLength(WorkflowLimits.Key);
        builder.Property(x => x.Name).HasMaxLength(WorkflowLimits.Name);
        builder.HasIndex(x => new { x.TenantPath, x.Key }).IsUnique();
        builder.HasIndex(x => x.Key);
    }
}

internal sealed class WorkflowVersionConfiguration : IEntityTypeConfiguration<WorkflowVersion>
{
    public void Configure(EntityTypeBuilder<WorkflowVersion> builder)
    {
        builder.ToTable("WorkflowsVersions");
        builder.Property(x => x.Key).HasMaxLength(WorkflowLimits.Key);
        builder.Property(x => x.Note).HasMaxLength(WorkflowLimits.Note);
        builder.Property(x => x.PublishedByName).HasMaxLength(WorkflowLimits.PersonName);
        builder.HasOne<WorkflowDefinition>().WithMany().HasForeignKey(x => x.DefinitionId);
        // One draft (number 0) a definition: two people who begin one at once share it.
        builder.HasIndex(x => new { x.DefinitionId, x.Number }).IsUnique();
    }
}

internal sealed class WorkflowChoiceConfiguration : IEntityTypeConfiguration<WorkflowChoice>
{
    public void Configure(EntityTypeBuilder<WorkflowChoice> builder)
    {
        builder.ToTable("WorkflowsChoices");
        builder.Property(x => x.Key).HasMaxLength(WorkflowLimits.Key);
        builder.Property(x => x.ChosenKey).HasMaxLength(WorkflowLimits.Key);
        // By region, lest one that guesses a theme's id keeps its issuer from choosing.
        builder.HasIndex(x => new { x.TenantPath, x.ChosenFor, x.Key }).IsUnique();
    }
}
