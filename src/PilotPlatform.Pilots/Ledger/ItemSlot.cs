using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Pilots.Pilots;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>Where a slot of the ledger stands, as everybody concerned may know; a draft never shows here.</summary>
internal enum ItemSlotStatus
{
    Open,
    HandedIn,
    Returned,
    Confirmed,
}

/// <summary>One slot of the ledger: what one item needs of one kind, such as 第 12 项的承接方案.</summary>
internal sealed class ItemSlot : TenantEntity
{
    private ItemSlot()
    {
    }

    public ItemSlot(Guid id, Pilot pilot, LedgerItem item, LedgerArtefact artefact, int artefactOrder)
        : base(id, pilot.Owner)
    {
        PilotId = pilot.Id;
        LedgerItemId = item.Id;
        IssuerTenantId = pilot.IssuerTenantId;
        ArtefactKey = artefact.Key;
        Refresh(artefact, artefactOrder);
    }

    public Guid PilotId { get; private set; }

    public Guid LedgerItemId { get; private set; }

    /// <summary>Who confirms it; copied from the pilot so that what waits is counted in SQL.</summary>
    public Guid IssuerTenantId { get; private set; }

    public string ArtefactKey { get; private set; } = "";

    public string ArtefactName { get; private set; } = "";

    public int ArtefactOrder { get; private set; }

    public ItemSlotStatus Status { get; private set; } = ItemSlotStatus.Open;

    /// <summary>The latest version handed in; 0 while there is none.</summary>
    public int LatestVersion { get; private set; }

    /// <summary>The latest version says that the item needs none of this.</summary>
    public bool IsNotApplicable { get; private set; }

    public DateTime? HandedInAt { get; private set; }

    /// <summary>The version of the list that no longer asks for it; the slot keeps what it held and takes no more changes.</summary>
    public int? ClosedInVersion { get; private set; }

    public bool IsFillable => ClosedInVersion is null && TakesContent(Status);

    /// <summary>Whether a slot that stands so takes a draft, while its list asks for it.</summary>
    public static bool TakesContent(ItemSlotStatus status) => status is ItemSlotStatus.Open or ItemSlotStatus.Returned;

    public void Refresh(LedgerArtefact artefact, int order)
    {
        ArtefactName = artefact.Name;
        ArtefactOrder = order;
    }

    public void Close(int listVersion) => ClosedInVersion ??= listVersion;

    /// <summary>A later version of the list asks for it again: it goes on where it stood.</summary>
    public void Reopen() => ClosedInVersion = null;

    /// <summary>Content may be drafted: nothing is under check and nothing is confirmed.</summary>
    public void RequireFillable()
    {
        RequireNotClosed();
        if (!TakesContent(Status))
        {
            throw new BusinessException(PilotsErrorCodes.SlotLocked).WithData("status", Status.ToString());
        }
    }

    /// <summary>There is something to confirm or to return.</summary>
    public void RequireHandedIn()
    {
        RequireNotClosed();
        if (Status != ItemSlotStatus.HandedIn)
        {
            throw new BusinessException(PilotsErrorCodes.SlotNotHandedIn).WithData("status", Status.ToString());
        }
    }

    public void HandIn(SlotContent content, DateTime now)
    {
        RequireFillable();
        Status = ItemSlotStatus.HandedIn;
        LatestVersion = content.Version;
        IsNotApplicable = content.IsNotApplicable;
        HandedInAt = now;
    }

    public void Confirm()
    {
        RequireHandedIn();
        Status = ItemSlotStatus.Confirmed;
    }

    public void Return()
    {
        RequireHandedIn();
        Status = ItemSlotStatus.Returned;
    }

    private void RequireNotClosed()
    {
        if (ClosedInVersion is { } version)
        {
            throw new BusinessException(PilotsErrorCodes.SlotClosed).WithData("version", version);
        }
    }
}

internal sealed class ItemSlotConfiguration : IEntityTypeConfiguration<ItemSlot>
{
    public void Configure(EntityTypeBuilder<ItemSlot> builder)
    {
        builder.ToTable("PilotsItemSlots");
        builder.Property(x => x.ArtefactKey).HasMaxLength(LedgerLimits.ArtefactKey);
        builder.Property(x => x.ArtefactName).HasMaxLength(LedgerLimits.ArtefactName);
        builder.Ignore(x => x.IsFillable);
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasOne<LedgerItem>().WithMany().HasForeignKey(x => x.LedgerItemId);
        builder.HasIndex(x => new { x.LedgerItemId, x.ArtefactKey }).IsUnique();
        builder.HasIndex(x => new { x.PilotId, x.Status });
        // What waits for a region, and what waits for an issuer, is found by equality.
        builder.HasIndex(x => new { x.TenantId, x.Status, x.PilotId });
        builder.HasIndex(x => new { x.IssuerTenantId, x.Status, x.PilotId });
    }
}
