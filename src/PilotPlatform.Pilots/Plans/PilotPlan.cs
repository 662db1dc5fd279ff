using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Plans;

/// <summary>A phase as drafted; may still be incomplete.</summary>
[NotMapped]
internal sealed record DraftPhase(Guid Id, string Name, DateOnly? StartOn, DateOnly? EndOn, IReadOnlyList<DraftTask> Tasks);

/// <summary>A task as drafted; may still be incomplete.</summary>
[NotMapped]
internal sealed record DraftTask(Guid Id, string Name, Guid? OfficeId, DateOnly? DueOn);

/// <summary>
/// The region's working copy of its plan, one per pilot. It stays a draft for good: submitting copies it into phases and
/// tasks, which others see; what is typed afterwards is the region's own again until the next submission.
/// </summary>
[TakesTurns]
internal sealed class PlanDraft : TenantEntity, IRegionDraft
{
    private PlanDraft()
    {
    }

    public PlanDraft(Guid id, Pilot pilot)
        : base(id, pilot.Owner) => PilotId = pilot.Id;

    public Guid PilotId { get; private set; }

    public bool IsDraft { get; private set; } = true;

    /// <summary>What the region has typed; the audit log, which others read, must not tell it.</summary>
    [Sensitive]
    public IReadOnlyList<DraftPhase> Phases { get; private set; } = [];

    public void Rewrite(IReadOnlyList<DraftPhase> phases, TimeProvider time)
    {
        Phases = phases;
        Touch(time);
    }
}

/// <summary>A dated stage of a submitted plan.</summary>
internal sealed class PilotPhase : TenantEntity
{
    private PilotPhase()
    {
    }

    public PilotPhase(Guid id, Pilot pilot)
        : base(id, pilot.Owner) => PilotId = pilot.Id;

    public Guid PilotId { get; private set; }

    public int Order { get; private set; }

    public string Name { get; private set; } = "";

    public DateOnly StartOn { get; private set; }

    public DateOnly EndOn { get; private set; }

    public void Describe(int order, string name, DateOnly startOn, DateOnly endOn)
    {
        Order = order;
        Name = name;
        StartOn = startOn;
        EndOn = endOn;
    }
}

/// <summary>A task of a submitted plan.</summary>
internal sealed class PilotTask : TenantEntity
{
    private PilotTask()
    {
    }

    public PilotTask(Guid id, Pilot pilot)
        : base(id, pilot.Owner) => PilotId = pilot.Id;

    public Guid PilotId { get; private set; }

    public Guid PhaseId { get; private set; }

    public int Order { get; private set; }

    public string Name { get; private set; } = "";

    public Guid OfficeId { get; private set; }

    /// <summary>The office's name when the plan was submitted.</summary>
    public string OfficeName { get; private set; } = "";

    public DateOnly DueOn { get; private set; }

    public DateOnly? DoneOn { get; private set; }

    public void Describe(Guid phaseId, int order, string name, Guid officeId, string officeName, DateOnly dueOn)
    {
        PhaseId = phaseId;
        Order = order;
        Name = name;
        OfficeId = officeId;
        OfficeName = officeName;
        DueOn = dueOn;
    }

    public void Complete(DateOnly doneOn, DateOnly today)
    {
        if (DoneOn is not null)
        {
            throw new BusinessException(PilotsErrorCodes.TaskStateDiffers);
        }

        if (doneOn > today)
        {
            throw new InputException("doneOn", PilotsErrorCodes.DateInFuture);
        }

        DoneOn = doneOn;
    }

    public void Reopen()
    {
        if (DoneOn is null)
        {
            throw new BusinessException(PilotsErrorCodes.TaskStateDiffers);
        }

        DoneOn = null;
    }
}

/// <summary>进展: a short dated note that the issuer reads too.</summary>
internal sealed class ProgressNote : TenantEntity
{
    private ProgressNote()
    {
    }

    public ProgressNote(Guid id, Pilot pilot, DateOnly date, string text, string authorName)
        : base(id, pilot.Owner)
    {
        PilotId = pilot.Id;
        Date = date;
        Text = text;
        AuthorName = authorName;
    }

    public Guid PilotId { get; private set; }

    public DateOnly Date { get; private set; }

    public string Text { get; private set; } = "";

    public string AuthorName { get; private set; } = "";
}

internal sealed class PlanDraftConfiguration : IEntityTypeConfiguration<PlanDraft>
{
    public void Configure(EntityTypeBuilder<PlanDraft> builder)
    {
        builder.ToTable("PilotsPlanDrafts");
        builder.Property(x => x.Phases).AsJson();
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasIndex(x => x.PilotId).IsUnique();
    }
}

internal sealed class PilotPhaseConfiguration : IEntityTypeConfiguration<PilotPhase>
{
    public void Configure(EntityTypeBuilder<PilotPhase> builder)
    {
        builder.ToTable("PilotsPhases");
        builder.Property(x => x.Name).HasMaxLength(PlanLimits.Name);
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasIndex(x => new { x.PilotId, x.Order });
    }
}

internal sealed class PilotTaskConfiguration : IEntityTypeConfiguration<PilotTask>
{
    public void Configure(EntityTypeBuilder<PilotTask> builder)
    {
        builder.ToTable("PilotsTasks");
        builder.Property(x => x.Name).HasMaxLength(PlanLimits.Name);
        builder.Property(x => x.OfficeName).HasMaxLength(100);
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasOne<PilotPhase>().WithMany().HasForeignKey(x => x.PhaseId);
        builder.HasIndex(x => new { x.PilotId, x.Order });
        builder.HasIndex(x => new { x.TenantId, x.DoneOn, x.DueOn });
    }
}

internal sealed class ProgressNoteConfiguration : IEntityTypeConfiguration<ProgressNote>
{
    public void Configure(EntityTypeBuilder<ProgressNote> builder)
    {
        builder.ToTable("PilotsNotes");
        builder.Property(x => x.Text).HasMaxLength(PlanLimits.Note);
        builder.Property(x => x.AuthorName).HasMaxLength(100);
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasIndex(x => new { x.PilotId, x.Date });
    }
}

internal static class PlanLimits
{
    public const int Name = 200;
    public const int Note = 500;
    public const int Phases = 12;
    public const int TasksPerPhase = 50;
}
