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
        var awaiting = await AwaitingIssueAsync(list, cancellationToken);
        awaiting.ForEach(request => request.Issue(edition, issued));
        await TellOfReopeningAsync([.. awaiting.Where(r => r.IssuedVersion is null)], list, cancellationToken);
    }

    public async Task DroppedAsync(ItemList list, CancellationToken cancellationToken)
    {
        var awaiting = await AwaitingIssueAsync(list, cancellationToken);
        awaiting.ForEach(request => request.Reopen());
        await TellOfReopeningAsync(awaiting, list, cancellationToken);
    }

    public async Task TellAsync(string key, RegionRequest request, ItemList list, CancellationToken cancellationToken) =>
        Tell(key, request, list, await IssuingBodyAsync(list, cancellationToken));

    private async Task TellOfReopeningAsync(List<RegionRequest> reopened, ItemList list, CancellationToken cancellationToken)
    {
        if (reopened.Count > 0)
        {
            var body = await IssuingBodyAsync(list, cancellationToken);
            reopened.ForEach(request => Tell("programmes.items-request-reopened", request, list, body));
        }
    }

    private Task<string> IssuingBodyAsync(ItemList list, CancellationToken cancellationToken) =>
        db.Set<Programme>().Where(p => p.Id == list.ProgrammeId).Select(p => p.IssuingBody).FirstAsync(cancellationToken);

    private void Tell(string key, RegionRequest request, ItemList list, string body)
    {
        var values = new Dictionary<string, string>
        {
            ["body"] = body, ["title"] = list.Title, ["count"] = request.ItemCount.ToString(CultureInfo.InvariantCulture),
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
