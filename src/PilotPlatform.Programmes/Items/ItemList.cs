using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Items;

/// <summary>Where a list of items stands.</summary>
internal enum ItemListStatus
{
    /// <summary>Never issued; the issuer alone sees it.</summary>
    Draft,

    /// <summary>Issued; the programme's audience reads it.</summary>
    Issued,
}

/// <summary>事项清单 of a theme. Its content stands in the edition in force, and in a draft while one is being made.</summary>
internal sealed class ItemList : TenantEntity, IRegionDraft, IAudienceShared
{
    public const int TitleLength = 200;

    private ItemList()
    {
    }

    public ItemList(Guid id, Theme theme, string title)
        : base(id, theme.Owner)
    {
        AudienceKey = theme.ProgrammeId;
        ProgrammeId = theme.ProgrammeId;
        ThemeId = theme.Id;
        Title = title;
    }

    public Guid AudienceKey { get; private set; }

    /// <summary>Until it is issued for the first time.</summary>
    public bool IsDraft { get; private set; } = true;

    public Guid ProgrammeId { get; private set; }

    public Guid ThemeId { get; private set; }

    /// <summary>The title in force; before the first issue that of the draft.</summary>
    public string Title { get; private set; } = "";

    public ItemListStatus Status { get; private set; } = ItemListStatus.Draft;

    /// <summary>The version in force; 0 before the first.</summary>
    public int Version { get; private set; }

    /// <summary>不得调整、收回: an issued item can never be changed or removed. Once issued so, it stays so.</summary>
    public bool Locked { get; private set; }

    public int ItemCount { get; private set; }

    public DateTime? IssuedAt { get; private set; }

    /// <summary>The list's title follows its draft only until somebody else has read one.</summary>
    public void Rename(string title)
    {
        if (Status == ItemListStatus.Draft)
        {
            Title = title;
        }
    }

    /// <summary>Issues the content as the next version.</summary>
    /// <param name="editionId">The id of the edition.</param>
    /// <param name="draftStamp">The stamp of the draft that becomes the version; null for one that was never a draft.</param>
    /// <param name="content">What it says; its numbers were checked.</param>
    /// <param name="inForce">The items in force; empty before the first issue.</param>
    /// <param name="issuedBy">Who issues it.</param>
    /// <param name="note">What changed, in words.</param>
    /// <param name="documentDate">The date that the issued document bears.</param>
    /// <param name="time">Now.</param>
    public ItemListEdition Issue(
        Guid editionId, string? draftStamp, ItemListContent content, ItemListContent? inForce, string issuedBy, string note, DateOnly documentDate, TimeProvider time)
    {
        EnsureKept(content, inForce);
        Version++;
        Status = ItemListStatus.Issued;
        IsDraft = false;
        Title = content.Title;
        Locked |= content.Locked;
        ItemCount = content.Items.Count;
        IssuedAt = time.UtcNow();
        Raise(new ItemListIssued(Id, ProgrammeId, ThemeId, Version));
        return new ItemListEdition(editionId, this, draftStamp, content with { Items = [], Locked = Locked }, issuedBy, note, documentDate);
    }

    /// <summary>Refuses to change or to take back what a locked list has issued.</summary>
    public void EnsureKept(ItemListContent next, ItemListContent? inForce)
    {
        if (!Locked || inForce is null)
        {
            return;
        }

        var kept = next.Items.Where(i => i.Id is not null).ToDictionary(i => i.Id!.Value);
        foreach (var issued in inForce.Items)
        {
            if (!kept.TryGetValue(issued.Id!.Value, out var now) || ItemListChanges.FieldsOf(issued, now).Count > 0)
            {
                throw new BusinessException(ProgrammesErrorCodes.ItemListLocked).WithData("title", Title).WithData("item", issued.Name);
            }
        }

        if (inForce.Artefacts.FirstOrDefault(a => next.Artefacts.All(n => n.Key != a.Key)) is { } missing)
        {
            throw new BusinessException(ProgrammesErrorCodes.ItemListLocked).WithData("title", Title).WithData("item", missing.Name);
        }
    }
}

/// <summary>The next version of a list while it is being made; one at a time, the issuer's alone.</summary>
internal sealed class ItemListDraft : TenantEntity, IRegionDraft
{
    private ItemListDraft()
    {
    }

    public ItemListDraft(Guid id, ItemList list, ItemListContent content)
        : base(id, list.Owner)
    {
        ListId = list.Id;
        BaseVersion = list.Version;
        Save(content);
    }

    /// <summary>Always: what is issued is an edition.</summary>
    public bool IsDraft { get; private set; } = true;

    public Guid ListId { get; private set; }

    /// <summary>The version that it started from; 0 for the first.</summary>
    public int BaseVersion { get; private set; }

    /// <summary>An <see cref="ItemListContent"/>.</summary>
    public string ContentJson { get; private set; } = "";

    public int ItemCount { get; private set; }

    public ItemListContent Content => NoticeJson.Read<ItemListContent>(ContentJson);

    public void Save(ItemListContent content)
    {
        ContentJson = NoticeJson.Write(content);
        ItemCount = content.Items.Count;
    }
}

/// <summary>清单版本: what a list said when it was issued. Never changed.</summary>
[TakesTurns]
internal sealed class ItemListEdition : TenantEntity, IAudienceShared
{
    public const int NoteLength = 1000;

    private ItemListEdition()
    {
    }

    public ItemListEdition(Guid id, ItemList list, string? draftStamp, ItemListContent header, string issuedBy, string note, DateOnly documentDate)
        : base(id, list.Owner)
    {
        AudienceKey = list.AudienceKey;
        ListId = list.Id;
        Version = list.Version;
        DraftStamp = draftStamp;
        Title = list.Title;
        ItemCount = list.ItemCount;
        HeaderJson = NoticeJson.Write(header);
        IssuedAt = list.IssuedAt!.Value;
        IssuedBy = issuedBy;
        Note = note;
        DocumentDate = documentDate;
    }

    public Guid AudienceKey { get; private set; }

    public Guid ListId { get; private set; }

    public int Version { get; private set; }

    /// <summary>The stamp of the draft that it was: whoever issues that state again is asking for this version. Null in versions from before it was kept.</summary>
    public string? DraftStamp { get; private set; }

    public string Title { get; private set; } = "";

    public int ItemCount { get; private set; }

    /// <summary>An <see cref="ItemListContent"/> without its items, which are rows.</summary>
    public string HeaderJson { get; private set; } = "";

    public DateTime IssuedAt { get; private set; }

    public string IssuedBy { get; private set; } = "";

    /// <summary>What changed, in the issuer's words.</summary>
    public string Note { get; private set; } = "";

    /// <summary>成文日期: what the issued document bears; null in versions from before it was asked for.</summary>
    public DateOnly? DocumentDate { get; private set; }

    /// <summary>The document's date; without one the day of issue in China.</summary>
    public DateOnly Dated => DocumentDate ?? ChinaTime.DateOf(IssuedAt);

    public ItemListContent Header => NoticeJson.Read<ItemListContent>(HeaderJson);

    /// <summary>Whether issuing the draft as asked would have made this version; a date that is left out asks for none in particular.</summary>
    public bool IsWhatIsAskedFor(IssueItemListDto input) =>
        DraftStamp is not null && DraftStamp == input.ConcurrencyStamp && Note == (input.Note?.Trim() ?? "") && (input.DocumentDate is null || input.DocumentDate == DocumentDate);
}

/// <summary>事项 of an edition. Never changed; the same item has the same <see cref="ItemId"/> in every edition.</summary>
internal sealed class ServiceItem : TenantEntity, IAudienceShared
{
    public const int NumberLength = 20;
    public const int NameLength = 300;
    public const int CodeLength = 60;
    public const int OfficeLength = 100;
    public const int ModeLength = 40;
    public const int KindLength = 40;
    public const int KeyLength = 20;

    private ServiceItem()
    {
    }

    public ServiceItem(Guid id, ItemListEdition edition, int order, ItemEntry entry)
        : base(id, edition.Owner)
    {
        AudienceKey = edition.AudienceKey;
        EditionId = edition.Id;
        ItemId = entry.Id ?? throw new InvalidOperationException("An item has its id before it is issued.");
        Order = order;
        Number = entry.Number;
        Name = entry.Name;
        Code = entry.Code;
        OfficeName = entry.OfficeName;
        Mode = entry.Mode;
        Kind = entry.Kind;
        GroupKey = entry.GroupKey;
        RegionIds = [.. entry.RegionIds];
        Batch = entry.Batch;
        BatchDate = entry.BatchDate;
    }

    public Guid AudienceKey { get; private set; }

    public Guid EditionId { get; private set; }

    public Guid ItemId { get; private set; }

    public int Order { get; private set; }

    public string Number { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string? Code { get; private set; }

    public string OfficeName { get; private set; } = "";

    public string? Mode { get; private set; }

    public string? Kind { get; private set; }

    public string? GroupKey { get; private set; }

    public List<Guid> RegionIds { get; private set; } = [];

    public int Batch { get; private set; }

    public DateOnly? BatchDate { get; private set; }

    public ItemEntry ToEntry() => new(ItemId, Number, Name, Code, OfficeName, Mode, Kind, GroupKey, RegionIds, Batch, BatchDate);
}

internal sealed class ItemListConfiguration : IEntityTypeConfiguration<ItemList>
{
    public void Configure(EntityTypeBuilder<ItemList> builder)
    {
        builder.ToTable("ProgrammesItemLists");
        builder.Property(x => x.Title).HasMaxLength(ItemList.TitleLength);
        builder.HasOne<Programme>().WithMany().HasForeignKey(x => x.ProgrammeId);
        builder.HasOne<Theme>().WithMany().HasForeignKey(x => x.ThemeId);
        builder.HasIndex(x => new { x.TenantPath, x.ProgrammeId, x.ThemeId });
    }
}

internal sealed class ItemListDraftConfiguration : IEntityTypeConfiguration<ItemListDraft>
{
    public void Configure(EntityTypeBuilder<ItemListDraft> builder)
    {
        builder.ToTable("ProgrammesItemListDrafts");
        builder.Ignore(x => x.Content);
        builder.HasOne<ItemList>().WithMany().HasForeignKey(x => x.ListId);
        builder.HasIndex(x => x.ListId).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.ListId });
    }
}

internal sealed class ItemListEditionConfiguration : IEntityTypeConfiguration<ItemListEdition>
{
    public void Configure(EntityTypeBuilder<ItemListEdition> builder)
    {
        builder.ToTable("ProgrammesItemListEditions");
        builder.Property(x => x.Title).HasMaxLength(ItemList.TitleLength);
        builder.Property(x => x.DraftStamp).HasMaxLength(40);
        builder.Property(x => x.IssuedBy).HasMaxLength(100);
        builder.Property(x => x.Note).HasMaxLength(ItemListEdition.NoteLength);
        builder.Ignore(x => x.Header);
        builder.Ignore(x => x.Dated);
        builder.HasOne<ItemList>().WithMany().HasForeignKey(x => x.ListId);
        builder.HasIndex(x => new { x.ListId, x.Version }).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.ListId });
    }
}

internal sealed class ServiceItemConfiguration : IEntityTypeConfiguration<ServiceItem>
{
    public void Configure(EntityTypeBuilder<ServiceItem> builder)
    {
        builder.ToTable("ProgrammesServiceItems");
        builder.Property(x => x.Number).HasMaxLength(ServiceItem.NumberLength);
        builder.Property(x => x.Name).HasMaxLength(ServiceItem.NameLength);
        builder.Property(x => x.Code).HasMaxLength(ServiceItem.CodeLength);
        builder.Property(x => x.OfficeName).HasMaxLength(ServiceItem.OfficeLength);
        builder.Property(x => x.Mode).HasMaxLength(ServiceItem.ModeLength);
        builder.Property(x => x.Kind).HasMaxLength(ServiceItem.KindLength);
        builder.Property(x => x.GroupKey).HasMaxLength(ServiceItem.KeyLength);
        builder.HasOne<ItemListEdition>().WithMany().HasForeignKey(x => x.EditionId);
        builder.HasIndex(x => new { x.EditionId, x.Order }).IsUnique();
        builder.HasIndex(x => new { x.EditionId, x.ItemId }).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.EditionId, x.Order });
    }
}
