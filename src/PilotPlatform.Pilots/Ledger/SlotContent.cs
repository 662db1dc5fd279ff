using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>Where one version of a slot's content stands.</summary>
internal enum SlotContentStatus
{
    Draft,
    HandedIn,
    Returned,
    Confirmed,
}

/// <summary>What a person fills in; the slot's version holds it.</summary>
internal sealed record SlotFilling(bool IsNotApplicable, string Text, string ContactName, string ContactPhone, IReadOnlyList<SubmissionFile> Files)
{
    public static readonly SlotFilling Nothing = new(false, "", "", "", []);

    /// <summary>There is something to hand in: for “not applicable” the reason, else a file, a text or a person.</summary>
    public bool IsFilled => IsNotApplicable ? Text.Length > 0 : Files.Count > 0 || Text.Length > 0 || ContactName.Length > 0;
}

/// <summary>One version of what a slot holds. The region alone sees it until it is handed in; then it never changes but for the decision.</summary>
[TakesTurns]
internal sealed class SlotContent : TenantEntity, IRegionDraft
{
    private SlotContent()
    {
    }

    public SlotContent(Guid id, ItemSlot slot)
        : base(id, slot.Owner)
    {
        PilotId = slot.PilotId;
        SlotId = slot.Id;
        Version = slot.LatestVersion + 1;
    }

    public Guid PilotId { get; private set; }

    public Guid SlotId { get; private set; }

    public int Version { get; private set; }

    public bool IsDraft { get; private set; } = true;

    public SlotContentStatus Status { get; private set; } = SlotContentStatus.Draft;

    public bool IsNotApplicable { get; private set; }

    /// <summary>The text, or why the item needs none of this. Kept out of the audit log: a draft at first, and it may name people.</summary>
    [Sensitive]
    public string Text { get; private set; } = "";

    /// <summary>A person to turn to (专员, 联络员).</summary>
    [Sensitive]
    public string ContactName { get; private set; } = "";

    /// <summary>Personal data: in no log and in no export, shown only beside the slot.</summary>
    [Sensitive]
    public string ContactPhone { get; private set; } = "";

    [Sensitive]
    public IReadOnlyList<SubmissionFile> Files { get; private set; } = [];

    /// <summary>Whether there is something to hand in; stored, so that lists need not read the content.</summary>
    public bool IsFilled { get; private set; }

    public DateTime? HandedInAt { get; private set; }

    public string HandedInByName { get; private set; } = "";

    public DateTime? DecidedAt { get; private set; }

    public string DecidedByName { get; private set; } = "";

    /// <summary>Why it was returned.</summary>
    public string Reason { get; private set; } = "";

    public SlotFilling Filling => new(IsNotApplicable, Text, ContactName, ContactPhone, Files);

    public void Rewrite(SlotFilling filling, TimeProvider time)
    {
        if (!IsDraft)
        {
            throw new BusinessException(PilotsErrorCodes.SlotLocked).WithData("status", Status.ToString());
        }

        IsNotApplicable = filling.IsNotApplicable;
        Text = filling.Text;
        ContactName = filling.ContactName;
        ContactPhone = filling.ContactPhone;
        Files = filling.Files;
        IsFilled = filling.IsFilled;
        Touch(time);
    }

    public void HandIn(DateTime now, string byName)
    {
        if (!IsFilled)
        {
            throw new BusinessException(PilotsErrorCodes.SlotIsEmpty);
        }

        IsDraft = false;
        Status = SlotContentStatus.HandedIn;
        HandedInAt = now;
        HandedInByName = byName;
    }

    public void Confirm(DateTime now, string byName) => Decide(SlotContentStatus.Confirmed, "", now, byName);

    public void Return(string reason, DateTime now, string byName) => Decide(SlotContentStatus.Returned, reason, now, byName);

    private void Decide(SlotContentStatus decision, string reason, DateTime now, string byName)
    {
        if (Status != SlotContentStatus.HandedIn)
        {
            throw new BusinessException(PilotsErrorCodes.SlotNotHandedIn).WithData("status", Status.ToString());
        }

        Status = decision;
        Reason = reason;
        DecidedAt = now;
        DecidedByName = byName;
    }
}

internal sealed class SlotContentConfiguration : IEntityTypeConfiguration<SlotContent>
{
    public void Configure(EntityTypeBuilder<SlotContent> builder)
    {
        builder.ToTable("PilotsSlotContents");
        builder.Property(x => x.Text).HasMaxLength(LedgerLimits.Text);
        builder.Property(x => x.ContactName).HasMaxLength(LedgerLimits.ContactName);
        builder.Property(x => x.ContactPhone).HasMaxLength(LedgerLimits.ContactPhone);
        builder.Property(x => x.Files).AsJson();
        builder.Property(x => x.HandedInByName).HasMaxLength(100);
        builder.Property(x => x.DecidedByName).HasMaxLength(100);
        builder.Property(x => x.Reason).HasMaxLength(LedgerLimits.Reason);
        builder.Ignore(x => x.Filling);
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasOne<ItemSlot>().WithMany().HasForeignKey(x => x.SlotId);
        // Two drafts begun at once: the index lets one through, the other person is told.
        builder.HasIndex(x => new { x.SlotId, x.Version }).IsUnique();
        builder.HasIndex(x => new { x.PilotId, x.IsDraft });
    }
}
