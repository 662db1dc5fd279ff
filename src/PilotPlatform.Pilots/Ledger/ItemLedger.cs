using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>What has to be prepared for each item of a ledger.</summary>
[NotMapped]
internal sealed record LedgerArtefact(string Key, string Name);

/// <summary>
/// 事项台账: one issued list of items as one pilot keeps it. The row is also the turnstile of its slots: whoever follows a
/// version of the list changes it, so that two messages at once cannot each add the same slots.
/// </summary>
internal sealed class ItemLedger : TenantEntity
{
    private ItemLedger()
    {
    }

    public ItemLedger(Guid id, Pilot pilot, Guid listId, int order)
        : base(id, pilot.Owner)
    {
        PilotId = pilot.Id;
        ListId = listId;
        Order = order;
    }

    public Guid PilotId { get; private set; }

    public Guid ListId { get; private set; }

    /// <summary>Its place among the pilot's ledgers, from 1.</summary>
    public int Order { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>The version of the list that the slots follow; 0 before the first.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<LedgerArtefact> Artefacts { get; private set; } = [];

    /// <summary>Follows a version of the list; false when that or a newer one is followed already.</summary>
    public bool Follow(IssuedItemList list)
    {
        if (list.Version <= Version)
        {
            return false;
        }

        Title = list.Title;
        Version = list.Version;
        Artefacts = [.. list.Artefacts.Select(a => new LedgerArtefact(a.Key, a.Name))];
        return true;
    }
}

/// <summary>An item of the list as the ledger shows it; refreshed with each version, kept when the list drops it.</summary>
internal sealed class LedgerItem : TenantEntity
{
    private LedgerItem()
    {
    }

    public LedgerItem(Guid id, ItemLedger ledger, ListedItem item)
        : base(id, ledger.Owner)
    {
        PilotId = ledger.PilotId;
        LedgerId = ledger.Id;
        LedgerOrder = ledger.Order;
        ItemId = item.Id;
        Refresh(item);
    }

    public Guid PilotId { get; private set; }

    public Guid LedgerId { get; private set; }

    /// <summary>The ledger's place, copied so that lists sort by it in SQL.</summary>
    public int LedgerOrder { get; private set; }

    public Guid ItemId { get; private set; }

    public int Order { get; private set; }

    public string Number { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string OfficeName { get; private set; } = "";

    public string? Mode { get; private set; }

    public void Refresh(ListedItem item)
    {
        Order = item.Order;
        Number = item.Number;
        Name = item.Name;
        OfficeName = item.OfficeName;
        Mode = item.Mode;
    }
}

internal sealed class ItemLedgerConfiguration : IEntityTypeConfiguration<ItemLedger>
{
    public void Configure(EntityTypeBuilder<ItemLedger> builder)
    {
        builder.ToTable("PilotsItemLedgers");
        builder.Property(x => x.Title).HasMaxLength(300);
        builder.Property(x => x.Artefacts).AsJson();
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasIndex(x => new { x.PilotId, x.ListId }).IsUnique();
    }
}

internal sealed class LedgerItemConfiguration : IEntityTypeConfiguration<LedgerItem>
{
    public void Configure(EntityTypeBuilder<LedgerItem> builder)
    {
        builder.ToTable("PilotsLedgerItems");
        builder.Property(x => x.Number).HasMaxLength(LedgerLimits.Number);
        builder.Property(x => x.Name).HasMaxLength(LedgerLimits.Name);
        builder.Property(x => x.OfficeName).HasMaxLength(LedgerLimits.Office);
        builder.Property(x => x.Mode).HasMaxLength(LedgerLimits.Mode);
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasOne<ItemLedger>().WithMany().HasForeignKey(x => x.LedgerId);
        builder.HasIndex(x => new { x.LedgerId, x.ItemId }).IsUnique();
        builder.HasIndex(x => new { x.PilotId, x.LedgerOrder, x.Order, x.Id });
    }
}

internal static class LedgerLimits
{
    public const int Number = 100;
    public const int Name = 500;
    public const int Office = 200;
    public const int Mode = 100;
    public const int ArtefactKey = 60;
    public const int ArtefactName = 200;
    public const int Text = 2000;
    public const int ContactName = 100;
    public const int ContactPhone = 40;
    public const int Reason = 1000;
    public const int Files = 20;

    /// <summary>Slots that one action may name: the whole ledger of a long list.</summary>
    public const int SlotsAtOnce = 1000;

    /// <summary>Files that are matched and placed at once.</summary>
    public const int FilesAtOnce = 200;
    public const int FileName = 255;
}
