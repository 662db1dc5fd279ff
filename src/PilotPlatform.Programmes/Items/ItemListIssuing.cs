using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Requests;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using CultureInfo = System.Globalization.CultureInfo;

namespace PilotPlatform.Programmes.Items;

/// <summary>印发: a draft becomes the list's next version, once.</summary>
internal sealed class ItemListIssuing(
    PlatformDbContext db, ICurrentScope scope, ItemListAppService lists, ItemListReader reader, RegionRequestOutcomes requests, IRegionDirectory directory, INotifier notifier,
    Texts texts, IIdGenerator ids, TimeProvider time)
{
    private const int MostProblemsTold = 3;

    /// <summary>Issues the draft. Whoever asks again, because the answer got lost or somebody was quicker, gets the version that the draft has become.</summary>
    public async Task<ItemListDto> IssueAsync(Guid id, IssueItemListDto input, CancellationToken cancellationToken)
    {
        var check = new InputCheck().Text(input.Note, "note", ItemListEdition.NoteLength, required: false);
        var list = await lists.LoadListAsync(id, cancellationToken);
        var draft = await lists.FindDraftAsync(id, cancellationToken);
        if (draft is null || draft.ConcurrencyStamp != input.ConcurrencyStamp)
        {
            var issued = await IssuedFromAsync(id, input, cancellationToken);
            if (issued is null && draft is null && list.Version > 0)
            {
                issued = await db.Set<ItemListEdition>().AsNoTracking().FirstAsync(e => e.ListId == id && e.Version == list.Version, cancellationToken);
            }

            return issued is null ? throw new StaleStampException(nameof(ItemListDraft), id) : await AnswerAgainAsync(issued, input, cancellationToken);
        }

        var programme = await lists.EnsureProgrammeAsync(list.ProgrammeId, cancellationToken);
        var today = time.Today();
        var documentDate = input.DocumentDate ?? today;
        check.That(documentDate <= today, "documentDate", ProgrammesErrorCodes.DocumentDateInFuture)
            .That(programme.IssueDate is not { } notice || documentDate >= notice, "documentDate", ProgrammesErrorCodes.DocumentDateBeforeNotice, ("date", programme.IssueDate?.ToString("O", CultureInfo.InvariantCulture)))
            .ThrowIfAny();
        var content = draft.Content;
        EnsureReady(ItemListCheck.Of(content, await directory.GetAsync(cancellationToken), texts));

        content = content with { Items = [.. content.Items.Select(i => i with { BatchDate = i.BatchDate ?? documentDate })] };
        var edition = list.Issue(
            ids.NewId(), draft.ConcurrencyStamp, content, await reader.InForceAsync(list, cancellationToken), scope.Identity.DisplayName, input.Note?.Trim() ?? "", documentDate, time);
        db.Add(edition);
        db.AddMany(content.Items.Select((item, index) => new ServiceItem(ids.NewId(), edition, index + 1, item)));
        db.Remove(draft);
        await requests.IssuedAsync(list, edition, content, cancellationToken);
        await TellAsync(list, programme, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Two pressed at once. Nothing of this one was written; where the other's is the version asked for, it is the answer to both.
            if (await IssuedFromAsync(id, input, cancellationToken) is { } issued)
            {
                return await AnswerAgainAsync(issued, input, cancellationToken);
            }

            throw;
        }

        return await reader.GetAsync(id, null, cancellationToken);
    }

    /// <summary>The version that the draft became; null if that state was never issued.</summary>
    private async Task<ItemListEdition?> IssuedFromAsync(Guid id, IssueItemListDto input, CancellationToken cancellationToken) =>
        input.ConcurrencyStamp is { Length: > 0 } stamp
            ? await db.Set<ItemListEdition>().AsNoTracking().FirstOrDefaultAsync(e => e.ListId == id && e.DraftStamp == stamp, cancellationToken)
            : null;

    private async Task<ItemListDto> AnswerAgainAsync(ItemListEdition issued, IssueItemListDto input, CancellationToken cancellationToken) =>
        issued.IsWhatIsAskedFor(input)
            ? await reader.GetAsync(issued.ListId, issued.Version, cancellationToken)
            // Another date or note, or nothing to issue any more: it must not look as if that had been issued.
            : throw new BusinessException(ProgrammesErrorCodes.ItemListIssuedAlready).WithData("title", issued.Title).WithData("version", issued.Version)
                .WithData("at", ChinaTime.FromUtc(issued.IssuedAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)).WithData("by", issued.IssuedBy);

    private static void EnsureReady(ItemListCheckDto check)
    {
        foreach (var (kind, code) in new[]
        {
            (ItemProblemKind.Undecided, ProgrammesErrorCodes.ItemListUndecided), (ItemProblemKind.Incomplete, ProgrammesErrorCodes.ItemListIncomplete),
            (ItemProblemKind.Number, ProgrammesErrorCodes.ItemListNumbersDiffer),
        })
        {
            var told = check.Problems.Where(p => p.Kind == kind).Select(p => p.Text).ToList();
            if (told.Count > 0)
            {
                throw new BusinessException(code).WithData("count", told.Count).WithData("what", string.Join('\n', told.Take(MostProblemsTold)));
            }
        }
    }

    private async Task TellAsync(ItemList list, Programme programme, CancellationToken cancellationToken)
    {
        var regionIds = await db.Set<Assignment>().AsNoTracking().Where(a => a.ThemeId == list.ThemeId && a.RevocationMark == "").Select(a => a.RegionId).Distinct().ToListAsync(cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);
        foreach (var region in regions.InAdministrativeOrder(regionIds.Select(r => regions.Find(r)).OfType<RegionInfo>(), r => r.Id))
        {
            var values = new Dictionary<string, string>
            {
                ["body"] = programme.IssuingBody,
                ["title"] = list.Title,
                ["count"] = list.ItemCount.ToString(CultureInfo.InvariantCulture),
                ["version"] = list.Version.ToString(CultureInfo.InvariantCulture),
            };
            notifier.Notify(region.Tenant, ProgrammesPermissions.View, new NotificationMessage("programmes.item-list-issued", values, $"/programmes/items/{list.Id}", null));
        }
    }
}
