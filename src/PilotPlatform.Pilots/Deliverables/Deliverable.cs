using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;

namespace PilotPlatform.Pilots.Deliverables;

/// <summary>Where a deliverable stands, as everybody concerned may know; a draft never shows here.</summary>
internal enum DeliverableStatus
{
    Open,
    Submitted,
    Returned,
    Accepted,
}

/// <summary>成果: one slot of a pilot, filled by submissions of which every version is kept.</summary>
internal sealed class Deliverable : TenantEntity
{
    private Deliverable()
    {
    }

    public Deliverable(Guid id, Pilot pilot, Guid? requirementId, string name, DeliverableKind kind, int order, bool isRequired)
        : base(id, pilot.Owner)
    {
        PilotId = pilot.Id;
        RequirementId = requirementId;
        Name = name;
        Kind = kind;
        Order = order;
        IsRequired = isRequired;
        DueOn = pilot.DueOn;
        DueIsSoft = pilot.DueIsSoft;
    }

    public Guid PilotId { get; private set; }

    /// <summary>The theme's requirement; null for a slot that every pilot has.</summary>
    public Guid? RequirementId { get; private set; }

    public string Name { get; private set; } = "";

    public DeliverableKind Kind { get; private set; }

    public int Order { get; private set; }

    /// <summary>Whether the pilot needs it to be accepted; evidence is welcome, not required.</summary>
    public bool IsRequired { get; private set; }

    public DeliverableStatus Status { get; private set; } = DeliverableStatus.Open;

    /// <summary>The pilot's deadline, then the date that the last return set.</summary>
    public DateOnly? DueOn { get; private set; }

    public bool DueIsSoft { get; private set; }

    /// <summary>True once a version came in after its date.</summary>
    public bool WasLate { get; private set; }

    /// <summary>The latest version handed in; 0 while there is none.</summary>
    public int LatestVersion { get; private set; }

    public bool IsHandedIn => Status is DeliverableStatus.Submitted or DeliverableStatus.Accepted;

    public StatusLight LightOn(DateOnly today) => Lights.On(today, IsHandedIn ? null : DueOn, DueIsSoft, WasLate);

    /// <summary>A version may be drafted: nothing is under check and nothing is accepted.</summary>
    public void RequireUnlocked()
    {
        if (IsHandedIn)
        {
            throw new BusinessException(PilotsErrorCodes.DeliverableLocked).WithData("status", Status.ToString());
        }
    }

    public void HandIn(int version, DateOnly today)
    {
        RequireUnlocked();
        Status = DeliverableStatus.Submitted;
        LatestVersion = version;
        WasLate |= today > DueOn;
    }

    public void Return(DateOnly correctionDueOn)
    {
        RequireUnderCheck();
        Status = DeliverableStatus.Returned;
        DueOn = correctionDueOn;
        DueIsSoft = false;
    }

    public void Accept()
    {
        RequireUnderCheck();
        Status = DeliverableStatus.Accepted;
    }

    private void RequireUnderCheck()
    {
        if (Status != DeliverableStatus.Submitted)
        {
            throw new BusinessException(PilotsErrorCodes.AlreadyDecided);
        }
    }
}

internal sealed class DeliverableConfiguration : IEntityTypeConfiguration<Deliverable>
{
    public void Configure(EntityTypeBuilder<Deliverable> builder)
    {
        builder.ToTable("PilotsDeliverables");
        builder.Property(x => x.Name).HasMaxLength(300);
        builder.Ignore(x => x.IsHandedIn);
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasIndex(x => new { x.PilotId, x.Order });
        // What waits for a region is its own alone, so this finds it by equality; no list reads deliverables across regions.
        builder.HasIndex(x => new { x.TenantId, x.Status, x.DueOn });
    }
}
