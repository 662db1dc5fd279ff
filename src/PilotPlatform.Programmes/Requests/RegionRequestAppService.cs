using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using CultureInfo = System.Globalization.CultureInfo;

namespace PilotPlatform.Programmes.Requests;

/// <summary>The asking region's side of requests for further items, and reading them.</summary>
internal sealed class RegionRequestAppService(
    PlatformDbContext db, ICurrentScope scope, ItemListReader lists, IFileLibrary files, IRegionDirectory directory, INotifier notifier, IIdGenerator ids, TimeProvider time)
{
    private static readonly SortList<RegionRequest> Sorts = new SortList<RegionRequest>()
        .Allow("submittedAt", r => r.SubmittedAt).Allow("decidedAt", r => r.DecidedAt).Allow("status", r => r.Status).Allow("itemCount", r => r.ItemCount)
        .Otherwise(q => q.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id));

    public async Task<PagedResult<RegionRequestListItemDto>> ListAsync(GetRegionRequestsInput input, CancellationToken cancellationToken)
    {
        var requests = db.Set<RegionRequest>().AsNoTracking();
        requests = input.ListId is { } list ? requests.Where(r => r.ListId == list) : requests;
        requests = input.Status is { } status ? requests.Where(r => r.Status == status) : requests;
        var own = scope.RequiredTenant.Id;
        var regions = await directory.GetAsync(cancellationToken);
        var page = await requests.ToPageAsync(
            input, Sorts,
            r => new RegionRequestListItemDto(r.Id, r.ListId, r.ListTitle, r.TenantId, "", r.TenantId == own, r.Status, r.ItemCount, r.SubmittedAt, r.DecidedAt,
                r.IssuedVersion),
            cancellationToken);
        return new PagedResult<RegionRequestListItemDto>(page.TotalCount, [.. page.Items.Select(r => r with { RegionName = regions.Find(r.RegionId)?.Name ?? "" })]);
    }

    public async Task<RegionRequestDto> GetAsync(Guid id, CancellationToken cancellationToken) => await DescribeAsync(await LoadAsync(id, cancellationToken), cancellationToken);

    public async Task<RegionRequestDto> CreateAsync(CreateRegionRequestDto input, CancellationToken cancellationToken)
    {
        var list = await lists.FindAsync(input.ListId, cancellationToken);
        await EnsureMayAskAsync(list, cancellationToken);
        var request = new RegionRequest(ids.NewId(), list, scope.RequiredTenant);
        await WriteAsync(request, list, input.Reasons, input.Items, input.FileIds, cancellationToken);
        db.Add(request);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(request, cancellationToken);
    }

    public async Task<RegionRequestDto> ReviseAsync(Guid id, ReviseRegionRequestDto input, CancellationToken cancellationToken)
    {
        var request = await LoadOwnAsync(id, cancellationToken);
        request.EnsureStamp(input.ConcurrencyStamp);
        request.EnsureEditable();
        await WriteAsync(request, await lists.FindAsync(request.ListId, cancellationToken), input.Reasons, input.Items, input.FileIds, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(request, cancellationToken);
    }

    public async Task<RegionRequestDto> SubmitAsync(Guid id, RegionRequestStampDto input, CancellationToken cancellationToken)
    {
        var request = await LoadOwnAsync(id, cancellationToken);
        request.EnsureStamp(input.ConcurrencyStamp);
        request.EnsureEditable();
        var list = await lists.FindAsync(request.ListId, cancellationToken);
        await EnsureMayAskAsync(list, cancellationToken);
        new InputCheck().Text(request.Reasons, "reasons", RegionRequest.ReasonsLength).That(request.Items.Count > 0, "items", PlatformErrorCodes.Required).ThrowIfAny();
        // Between writing and handing in, the list may have got a new version.
        await CheckItemsAsync(list, request.Items, complete: true, cancellationToken);
        request.Submit(list, time);
        await files.ReleaseAsync([.. request.Files.Select(f => f.Id)], cancellationToken);
        await TellIssuerAsync("programmes.items-requested", request, list, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(request, cancellationToken);
    }

    public async Task<RegionRequestDto> WithdrawAsync(Guid id, RegionRequestStampDto input, CancellationToken cancellationToken)
    {
        var request = await LoadOwnAsync(id, cancellationToken);
        request.EnsureStamp(input.ConcurrencyStamp);
        request.Withdraw();
        await TellIssuerAsync("programmes.items-request-withdrawn", request, await lists.FindAsync(request.ListId, cancellationToken), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(request, cancellationToken);
    }

    /// <summary>Drops a request that nobody else has seen.</summary>
    public async Task DiscardAsync(Guid id, RegionRequestStampDto input, CancellationToken cancellationToken)
    {
        var request = await LoadOwnAsync(id, cancellationToken);
        request.EnsureStamp(input.ConcurrencyStamp);
        if (!request.IsDraft)
        {
            throw new BusinessException(ProgrammesErrorCodes.RegionRequestNotEditable);
        }

        db.Remove(request);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<RegionRequest> LoadAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<RegionRequest>().FirstOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(RegionRequest), id);

    public async Task<RegionRequestDto> DescribeAsync(RegionRequest request, CancellationToken cancellationToken)
    {
        var regions = await directory.GetAsync(cancellationToken);
        var own = scope.RequiredTenant.Id;
        return new RegionRequestDto(
            request.Id, request.ListId, request.ListTitle, request.ProgrammeId, request.TenantId, regions.NameOf(request.Owner), request.TenantId == own, request.IssuerId == own,
            request.Status, request.Reasons, request.Items, request.Files, request.SubmittedAt, request.DecidedAt, request.DecidedByName, request.DecisionReason,
            request.IssuedVersion, request.IssuedOn, request.ConcurrencyStamp);
    }

    // A region above sees the request and may decide on it; only the region itself writes it, so to others these verbs have no such request.
    private async Task<RegionRequest> LoadOwnAsync(Guid id, CancellationToken cancellationToken)
    {
        var request = await LoadAsync(id, cancellationToken);
        return request.TenantId == scope.RequiredTenant.Id ? request : throw new NotFoundException(nameof(RegionRequest), id);
    }

    private async Task EnsureMayAskAsync(ItemList list, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant;
        if (list.TenantId == own.Id || list.Status != ItemListStatus.Issued || !list.Owner.Covers(own))
        {
            throw new BusinessException(ProgrammesErrorCodes.ItemListTakesNoRequests).WithData("title", list.Title);
        }

        (await db.Set<Programme>().AsNoTracking().FirstAsync(p => p.Id == list.ProgrammeId, cancellationToken)).EnsurePublished();
    }

    private async Task WriteAsync(
        RegionRequest request, ItemList list, string? reasons, IReadOnlyList<AskedItemDto>? items, IReadOnlyList<Guid>? fileIds, CancellationToken cancellationToken)
    {
        new InputCheck()
            .That(reasons is not null, "reasons", PlatformErrorCodes.Required).Text(reasons, "reasons", RegionRequest.ReasonsLength, required: false)
            .That(items is not null && items.All(i => i is not null), "items", PlatformErrorCodes.Required)
            .That(items is null or { Count: <= RegionRequest.MostItems }, "items", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", RegionRequest.MostItems))
            .That(fileIds is null or { Count: <= RegionRequest.MostFiles }, "fileIds", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", RegionRequest.MostFiles))
            .ThrowIfAny();
        var wanted = items!.Select(i => new RequestedItem(i.ItemId, i.Name?.Trim() ?? "", i.OfficeName?.Trim() ?? "", string.IsNullOrWhiteSpace(i.Mode) ? null : i.Mode.Trim())).ToList();
        request.Write(reasons!.Trim(), await CheckItemsAsync(list, wanted, complete: false, cancellationToken), await FilesAsync([.. (fileIds ?? []).Distinct()], cancellationToken));
    }

    /// <summary>The items as the list has them: what is chosen is there and not the region's already, what is named has a name.</summary>
    private async Task<IReadOnlyList<RequestedItem>> CheckItemsAsync(ItemList list, IReadOnlyList<RequestedItem> wanted, bool complete, CancellationToken cancellationToken)
    {
        var chosen = wanted.Select(i => i.ItemId).OfType<Guid>().ToList();
        var (known, held) = await lists.ForRequestAsync(list, chosen, scope.RequiredTenant.Id, cancellationToken);
        var check = new InputCheck()
            .That(chosen.Distinct().Count() == chosen.Count, "items", ProgrammesErrorCodes.RequestedItemTwice);
        var result = new List<RequestedItem>();
        foreach (var (item, n) in wanted.Select((i, n) => (i, n)))
        {
            if (item.ItemId is not { } id)
            {
                check.Text(item.Name, $"items[{n}].name", ServiceItem.NameLength, complete).Text(item.OfficeName, $"items[{n}].officeName", ServiceItem.OfficeLength, required: false)
                    .Text(item.Mode, $"items[{n}].mode", ServiceItem.ModeLength, required: false);
                result.Add(item);
            }
            else if (known.GetValueOrDefault(id) is { } listed)
            {
                check.That(!held.Contains(id), $"items[{n}].itemId", ProgrammesErrorCodes.RequestedItemHeld, ("name", listed.Name));
                result.Add(new RequestedItem(id, listed.Name, listed.OfficeName, listed.Mode));
            }
            else
            {
                check.That(false, $"items[{n}].itemId", ProgrammesErrorCodes.RequestedItemGone, ("name", item.Name));
            }
        }

        check.ThrowIfAny();
        return result;
    }

    private async Task<IReadOnlyList<RequestFile>> FilesAsync(List<Guid> fileIds, CancellationToken cancellationToken) =>
        [.. (await files.FindOwnAsync(fileIds, "fileIds", ProgrammesErrorCodes.UnknownRequestFile, cancellationToken)).Select(f => new RequestFile(f.Id, f.Name, f.Size))];

    private async Task TellIssuerAsync(string key, RegionRequest request, ItemList list, CancellationToken cancellationToken)
    {
        var regions = await directory.GetAsync(cancellationToken);
        var values = new Dictionary<string, string>
        {
            ["region"] = regions.NameOf(request.Owner), ["title"] = list.Title, ["count"] = request.ItemCount.ToString(CultureInfo.InvariantCulture),
        };
        notifier.Notify(list.Owner, ProgrammesPermissions.EditItemLists, new NotificationMessage(key, values, $"/programmes/items/requests/{request.Id}"));
    }
}
