using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Requests;

/// <summary>The life of a request for further items.</summary>
internal enum RegionRequestStatus
{
    /// <summary>Being written; the region alone sees it.</summary>
    Draft,

    /// <summary>Handed in; waits for the list's issuer.</summary>
    Submitted,

    /// <summary>Taken back by the region.</summary>
    Withdrawn,

    /// <summary>Sent back to be mended; may be handed in again.</summary>
    Returned,

    /// <summary>Its items stand in the draft of the list's next version.</summary>
    Accepted,

    /// <summary>The issuer said no.</summary>
    Refused,
}

/// <summary>An item that a region asks for: one that the list has for others, or one named freely.</summary>
/// <param name="ItemId">The item of the list; null for one that is named.</param>
/// <param name="Name">事项名称.</param>
/// <param name="OfficeName">The office that would hand it over.</param>
/// <param name="Mode">How it would be handed over, where the region says.</param>
/// <param name="ListedAs">The item that it became in the list's draft, and keeps in the version issued from it; null unless it was accepted.</param>
/// <param name="LeftOut">Why the issuer left it out when it accepted others.</param>
[NotMapped]
internal sealed record RequestedItem(Guid? ItemId, string Name, string OfficeName, string? Mode, Guid? ListedAs = null, string? LeftOut = null);

/// <summary>A file that goes with a request.</summary>
[NotMapped]
internal sealed record RequestFile(Guid Id, string Name, long Size);

/// <summary>基层点单: a region asks the issuer of a list for further items. Owned by the region that asks, so that no sibling sees it.</summary>
internal sealed class RegionRequest : TenantEntity, IRegionDraft
{
    public const int ReasonsLength = 4000;
    public const int DecisionLength = 500;
    public const int MostItems = 200;
    public const int MostFiles = 10;

    private RegionRequest()
    {
    }

    public RegionRequest(Guid id, ItemList list, TenantRef region)
        : base(id, region)
    {
        ListId = list.Id;
        ProgrammeId = list.ProgrammeId;
        IssuerId = list.TenantId;
        ListTitle = list.Title;
    }

    public Guid ListId { get; private set; }

    public Guid ProgrammeId { get; private set; }

    /// <summary>The region that issued the list and decides.</summary>
    public Guid IssuerId { get; private set; }

    /// <summary>The list's title when it was asked for, also for a region between that does not read the list.</summary>
    public string ListTitle { get; private set; } = "";

    /// <summary>Until it is handed in for the first time.</summary>
    public bool IsDraft { get; private set; } = true;

    public RegionRequestStatus Status { get; private set; } = RegionRequestStatus.Draft;

    public string Reasons { get; private set; } = "";

    public IReadOnlyList<RequestedItem> Items { get; private set; } = [];

    public IReadOnlyList<RequestFile> Files { get; private set; } = [];

    public int ItemCount { get; private set; }

    public DateTime? SubmittedAt { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    public string DecidedByName { get; private set; } = "";

    /// <summary>Why it was returned or refused, or what the issuer added on accepting it.</summary>
    public string DecisionReason { get; private set; } = "";

    /// <summary>The version that brought its items; null until then, and in requests accepted before it was kept.</summary>
    public int? IssuedVersion { get; private set; }

    /// <summary>The date of that version's document.</summary>
    public DateOnly? IssuedOn { get; private set; }

    public void Write(string reasons, IReadOnlyList<RequestedItem> items, IReadOnlyList<RequestFile> files)
    {
        EnsureEditable();
        Reasons = reasons;
        Items = items;
        Files = files;
        ItemCount = items.Count;
    }

    public void Submit(ItemList list, TimeProvider time)
    {
        EnsureEditable();
        ListTitle = list.Title;
        Status = RegionRequestStatus.Submitted;
        IsDraft = false;
        SubmittedAt = time.UtcNow();
    }

    public void Withdraw()
    {
        EnsureAwaitsDecision();
        Status = RegionRequestStatus.Withdrawn;
    }

    /// <summary>Accepts the items for the draft, but for those left out.</summary>
    /// <param name="leftOut">Why an item is left out, by its place.</param>
    /// <param name="ids">Where the ids come from that the accepted items get in the draft.</param>
    /// <param name="note">What the issuer adds.</param>
    /// <param name="byName">Who decides.</param>
    /// <param name="time">Now.</param>
    public void Accept(IReadOnlyDictionary<int, string> leftOut, IIdGenerator ids, string note, string byName, TimeProvider time)
    {
        Decide(RegionRequestStatus.Accepted, note, byName, time);
        Items = [.. Items.Select((item, n) => leftOut.TryGetValue(n, out var reason) ? item with { LeftOut = reason } : item with { ListedAs = ids.NewId() })];
    }

    /// <summary>Its items are issued. What the issuer took out of the draft again is not: a request that lost all of its items waits for a decision once more.</summary>
    public void Issue(ItemListEdition edition, IReadOnlySet<Guid> issued)
    {
        EnsureAwaitsIssue();
        if (!Items.Any(i => i.ListedAs is { } id && issued.Contains(id)))
        {
            Reopen();
            return;
        }

        Items = [.. Items.Select(i => i.ListedAs is { } id && !issued.Contains(id) ? i with { ListedAs = null } : i)];
        IssuedVersion = edition.Version;
        IssuedOn = edition.Dated;
    }

    /// <summary>The draft with its items is gone: it waits for a decision again.</summary>
    public void Reopen()
    {
        EnsureAwaitsIssue();
        Status = RegionRequestStatus.Submitted;
        Items = [.. Items.Select(i => i with { ListedAs = null, LeftOut = null })];
        DecidedAt = null;
        DecidedByName = "";
        DecisionReason = "";
    }

    public void Return(string reason, string byName, TimeProvider time) => Decide(RegionRequestStatus.Returned, reason, byName, time);

    public void Refuse(string reason, string byName, TimeProvider time) => Decide(RegionRequestStatus.Refused, reason, byName, time);

    public void EnsureEditable()
    {
        if (Status is not (RegionRequestStatus.Draft or RegionRequestStatus.Withdrawn or RegionRequestStatus.Returned))
        {
            throw new BusinessException(ProgrammesErrorCodes.RegionRequestNotEditable);
        }
    }

    private void Decide(RegionRequestStatus decision, string reason, string byName, TimeProvider time)
    {
        EnsureAwaitsDecision();
        Status = decision;
        DecisionReason = reason;
        DecidedByName = byName;
        DecidedAt = time.UtcNow();
    }

    private void EnsureAwaitsIssue()
    {
        if (Status != RegionRequestStatus.Accepted || IssuedVersion is not null)
        {
            throw new InvalidOperationException("Only a request whose items stand in a draft is issued or reopened.");
        }
    }

    private void EnsureAwaitsDecision()
    {
        if (Status != RegionRequestStatus.Submitted)
        {
            throw new BusinessException(ProgrammesErrorCodes.RegionRequestNotAwaitingDecision);
        }
    }
}

internal sealed class RegionRequestConfiguration : IEntityTypeConfiguration<RegionRequest>
{
    public void Configure(EntityTypeBuilder<RegionRequest> builder)
    {
        builder.ToTable("ProgrammesRegionRequests");
        builder.Property(x => x.ListTitle).HasMaxLength(ItemList.TitleLength);
        builder.Property(x => x.Reasons).HasMaxLength(RegionRequest.ReasonsLength);
        builder.Property(x => x.DecidedByName).HasMaxLength(100);
        builder.Property(x => x.DecisionReason).HasMaxLength(RegionRequest.DecisionLength);
        AsJson(builder.Property(x => x.Items));
        AsJson(builder.Property(x => x.Files));
        builder.HasOne<ItemList>().WithMany().HasForeignKey(x => x.ListId);
        builder.HasIndex(x => new { x.TenantPath, x.ListId });
        builder.HasIndex(x => new { x.IssuerId, x.Status });
    }

    // Written and read whole, never searched.
    private static void AsJson<T>(PropertyBuilder<IReadOnlyList<T>> property) => property.HasConversion(
        list => NoticeJson.Write(list),
        text => NoticeJson.Read<List<T>>(text),
        new ValueComparer<IReadOnlyList<T>>(
            (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.SequenceEqual(b)), list => list.Count, list => list));
}
