using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Items;
using PilotPlatform.Programmes.Programmes;
using CultureInfo = System.Globalization.CultureInfo;

namespace PilotPlatform.Programmes.Requests;

/// <summary>What becomes of accepted requests when the draft that holds their items is issued or dropped, and telling the regions. Saves nothing.</summary>
internal sealed class RegionRequestOutcomes(PlatformDbContext db, INotifier notifier)
{
    public async Task IssuedAsync(ItemList list, ItemListEdition edition, ItemListContent content, CancellationToken cancellationToken)
    {
        var issued = content.Items.Select(i => i.Id!.Value).ToHashSet();
        foreach (var request in await AwaitingIssueAsync(list, cancellationToken))
        {
            request.Issue(edition, issued);
            if (request.IssuedVersion is null)
            {
                await TellAsync("programmes.items-request-reopened", request, list, cancellationToken);
            }
        }
    }

    public async Task DroppedAsync(ItemList list, CancellationToken cancellationToken)
    {
        foreach (var request in await AwaitingIssueAsync(list, cancellationToken))
        {
            request.Reopen();
            await TellAsync("programmes.items-request-reopened", request, list, cancellationToken);
        }
    }

    public async Task TellAsync(string key, RegionRequest request, ItemList list, CancellationToken cancellationToken)
    {
        var programme = await db.Set<Programme>().AsNoTracking().FirstAsync(p => p.Id == list.ProgrammeId, cancellationToken);
        var values = new Dictionary<string, string>
        {
            ["body"] = programme.IssuingBody, ["title"] = list.Title, ["count"] = request.ItemCount.ToString(CultureInfo.InvariantCulture),
            ["accepted"] = request.Items.Count(i => i.ListedAs is not null).ToString(CultureInfo.InvariantCulture), ["reason"] = request.DecisionReason,
        };
        notifier.Notify(request.Owner, ProgrammesPermissions.RequestItems, new NotificationMessage(key, values, $"/programmes/items/requests/{request.Id}"));
    }

    // Requests accepted before their items were followed have nothing by which the version could be told.
    private async Task<List<RegionRequest>> AwaitingIssueAsync(ItemList list, CancellationToken cancellationToken) =>
        [
            .. (await db.Set<RegionRequest>().Where(r => r.ListId == list.Id && r.Status == RegionRequestStatus.Accepted && r.IssuedVersion == null).ToListAsync(cancellationToken))
                .Where(r => r.Items.Any(i => i.ListedAs is not null)),
        ];
}
