using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using CultureInfo = System.Globalization.CultureInfo;

namespace PilotPlatform.Programmes.Requests;

/// <summary>What the issuer decides on a request: into the draft of the list's next version, back to be mended, or no.</summary>
internal sealed class RegionRequestDecisions(
    PlatformDbContext db, ICurrentScope scope, RegionRequestAppService requests, ItemListAppService lists, ItemListReader reader, RegionRequestOutcomes outcomes,
    IRegionDirectory directory, IIdGenerator ids, TimeProvider time)
{
    /// <summary>
    /// Puts the items into the draft, which is begun where there is none, as a further batch. Stated numbers stay as they are: where
    /// they no longer agree with the rows, the issuer settles that before issuing, as with every other change.
    /// </summary>
    public async Task<RegionRequestDto> AcceptAsync(Guid id, AcceptRegionRequestDto input, CancellationToken cancellationToken)
    {
        var (request, list) = await LoadAsync(id, input.Reason, needsReason: false, input.ConcurrencyStamp, cancellationToken);
        var leftOut = LeftOut(request, input.LeftOut ?? []);
        (await db.Set<Programme>().FirstAsync(p => p.Id == list.ProgrammeId, cancellationToken)).EnsurePublished();
        var inForce = await reader.InForceAsync(list, cancellationToken) ?? throw new NotFoundException(nameof(ItemListEdition), list.Version);
        var draft = await db.Set<ItemListDraft>().FirstOrDefaultAsync(d => d.ListId == list.Id, cancellationToken);
        if (draft is null)
        {
            draft = new ItemListDraft(ids.NewId(), list, inForce);
            db.Add(draft);
        }

        request.Accept(leftOut, ids, input.Reason?.Trim() ?? "", scope.Identity.DisplayName, time);
        draft.Save(await WithItemsAsync(draft.Content, inForce, request, list, cancellationToken));
        await outcomes.TellAsync(leftOut.Count == 0 ? "programmes.items-request-accepted" : "programmes.items-request-accepted-in-part", request, list, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await requests.DescribeAsync(request, cancellationToken);
    }

    public Task<RegionRequestDto> ReturnAsync(Guid id, DecideRegionRequestDto input, CancellationToken cancellationToken) =>
        DenyAsync(id, input, (request, reason, by) => request.Return(reason, by, time), "programmes.items-request-returned", cancellationToken);

    public Task<RegionRequestDto> RefuseAsync(Guid id, DecideRegionRequestDto input, CancellationToken cancellationToken) =>
        DenyAsync(id, input, (request, reason, by) => request.Refuse(reason, by, time), "programmes.items-request-refused", cancellationToken);

    private async Task<RegionRequestDto> DenyAsync(
        Guid id, DecideRegionRequestDto input, Action<RegionRequest, string, string> deny, string told, CancellationToken cancellationToken)
    {
        var (request, list) = await LoadAsync(id, input.Reason, needsReason: true, input.ConcurrencyStamp, cancellationToken);
        deny(request, input.Reason!.Trim(), scope.Identity.DisplayName);
        await outcomes.TellAsync(told, request, list, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await requests.DescribeAsync(request, cancellationToken);
    }

    private async Task<(RegionRequest Request, ItemList List)> LoadAsync(Guid id, string? reason, bool needsReason, string stamp, CancellationToken cancellationToken)
    {
        var request = await requests.LoadAsync(id, cancellationToken);
        // Refuses a region between, which sees the request and not always the list.
        if (request.IssuerId != scope.RequiredTenant.Id)
        {
            throw new BusinessException(ProgrammesErrorCodes.NotIssuer);
        }

        new InputCheck().Text(reason, "reason", RegionRequest.DecisionLength, needsReason).ThrowIfAny();
        request.EnsureStamp(stamp);
        return (request, await lists.LoadListAsync(request.ListId, cancellationToken));
    }

    /// <summary>Why items are left out, by their place.</summary>
    private static Dictionary<int, string> LeftOut(RegionRequest request, IReadOnlyList<LeftOutItemDto> given)
    {
        var check = new InputCheck().That(given.All(i => i is not null), "leftOut", PlatformErrorCodes.Required);
        check.ThrowIfAny();
        foreach (var (item, n) in given.Select((i, n) => (i, n)))
        {
            check.That(item.Index >= 0 && item.Index < request.Items.Count, $"leftOut[{n}].index", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", request.Items.Count - 1))
                .Text(item.Reason, $"leftOut[{n}].reason", RegionRequest.DecisionLength);
        }

        check.That(given.DistinctBy(i => i.Index).Count() == given.Count, "leftOut", ProgrammesErrorCodes.RequestedItemTwice)
            .That(given.Count < request.Items.Count, "leftOut", ProgrammesErrorCodes.RequestedItemsAllLeftOut).ThrowIfAny();
        return given.ToDictionary(i => i.Index, i => i.Reason.Trim());
    }

    private async Task<ItemListContent> WithItemsAsync(
        ItemListContent content, ItemListContent inForce, RegionRequest request, ItemList list, CancellationToken cancellationToken)
    {
        var groups = content.Groups.ToList();
        string? key = null;
        if (groups.Count > 0 || await OthersAsync(request, list, cancellationToken))
        {
            // The items are the region's alone, so they stand in a group of that one region.
            var group = groups.Find(g => g.RegionIds is [var only] && only == request.TenantId);
            if (group is null)
            {
                var regions = await directory.GetAsync(cancellationToken);
                group = new ItemGroup(KeyFor(groups), regions.NameOf(request.Owner), [request.TenantId], null, null, null);
                groups.Add(group);
            }

            key = group.Key;
        }

        var source = inForce.Items.ToDictionary(i => i.Id!.Value);
        var batch = inForce.Items.Select(i => i.Batch).DefaultIfEmpty(0).Max() + 1;
        var added = request.Items.Where(i => i.ListedAs is not null).Select((item, n) =>
        {
            var like = item.ItemId is { } itemId ? source.GetValueOrDefault(itemId) : null;
            return new ItemEntry(
                item.ListedAs, (content.Items.Count + n + 1).ToString(CultureInfo.InvariantCulture), item.Name, like?.Code, item.OfficeName, item.Mode, like?.Kind, key, [], batch, null);
        });
        return content with { Groups = groups, Items = [.. content.Items, .. added] };
    }

    private Task<bool> OthersAsync(RegionRequest request, ItemList list, CancellationToken cancellationToken) =>
        db.Set<Assignment>().AnyAsync(a => a.ThemeId == list.ThemeId && a.RevocationMark == "" && a.RegionId != request.TenantId, cancellationToken);

    private static string KeyFor(List<ItemGroup> groups)
    {
        var n = 1;
        while (groups.Exists(g => g.Key == $"g{n.ToString(CultureInfo.InvariantCulture)}"))
        {
            n++;
        }

        return $"g{n.ToString(CultureInfo.InvariantCulture)}";
    }
}
