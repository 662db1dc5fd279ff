using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>
/// Many files at once: their names say where they belong, a person looks at it and corrects it, and only then are they placed.
/// What a slot holds is never replaced unless the person says so for that file.
/// </summary>
internal sealed class LedgerFiles(PlatformDbContext db, PilotDesk desk, LedgerAppService ledger, IFileLibrary files, IIdGenerator ids, TimeProvider time)
{
    /// <summary>Which file would go where; stores nothing. Three statements whatever the size: the pilot with its lists, the items, the slots with what they hold.</summary>
    public async Task<FileMatchesDto> MatchAsync(Guid pilotId, MatchFilesDto input, CancellationToken cancellationToken)
    {
        LedgerAppService.Given(input.Names, "names");
        var check = new InputCheck()
            .That(input.Names.Count <= LedgerLimits.FilesAtOnce, "names", PilotsErrorCodes.TooMany, ("max", LedgerLimits.FilesAtOnce));
        foreach (var (index, name) in input.Names.Take(LedgerLimits.FilesAtOnce).Index())
        {
            check.Text(name, $"names[{index}]", LedgerLimits.FileName);
        }

        check.ThrowIfAny();
        var (pilot, ledgers) = await ledger.WithLedgersAsync(pilotId, cancellationToken);
        desk.RequireOwn(pilot).RequireOpenForLedger();
        var items = await ledger.Narrow(pilotId, null, null, null).OrderBy(i => i.LedgerOrder).ThenBy(i => i.Order).ThenBy(i => i.Id)
            .Select(i => new { i.Id, i.Order, i.Number, i.Name, i.OfficeName }).ToListAsync(cancellationToken);
        var slots = await OpenSlotsAsync(pilotId, cancellationToken);
        var matcher = new FileNameMatcher(
            [.. items.Select(i => new MatchItem(i.Id, i.Order, i.Number))],
            [.. ledgers.SelectMany(l => l.Artefacts).DistinctBy(a => a.Key).Select(a => new MatchArtefact(a.Key, a.Name))]);
        var byPlace = slots.ToDictionary(s => (s.LedgerItemId, s.ArtefactKey));
        return new FileMatchesDto(
            [.. input.Names.Select(n => Place(n, matcher.Match(n), byPlace))],
            LedgerAppService.ColumnsOf(ledgers, []),
            [.. items.Select(i => new MatchedItemDto(i.Id, i.Number, i.Name, i.OfficeName))],
            slots);
    }

    /// <summary>Places uploaded files, all of them or none.</summary>
    public async Task<LedgerChangeDto> PlaceAsync(Guid pilotId, PlaceFilesDto input, CancellationToken cancellationToken)
    {
        var bySlot = LedgerAppService.Given(input.Files, "files").GroupBy(f => f.SlotId).ToList();
        new InputCheck()
            .That(input.Files.Count <= LedgerLimits.FilesAtOnce, "files", PilotsErrorCodes.TooMany, ("max", LedgerLimits.FilesAtOnce))
            .That(input.Files.Select(f => f.FileId).Distinct().Count() == input.Files.Count, "files", PilotsErrorCodes.GivenTwice)
            // One slot has one content, seen once: its files cannot disagree on that.
            .That(bySlot.TrueForAll(g => g.Select(f => (f.Replace, f.DraftStamp ?? "")).Distinct().Count() == 1), "files", PlatformErrorCodes.InvalidInput)
            .ThrowIfAny();
        var pilot = await desk.OwnAsync(pilotId, cancellationToken);
        pilot.RequireOpenForLedger();
        var slotIds = bySlot.Select(g => g.Key).ToList();
        var slots = await db.Set<ItemSlot>().Where(s => s.PilotId == pilotId && slotIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellationToken);
        var present = await PresentAsync(pilotId, slotIds, cancellationToken);
        var own = (await files.OwnAsync([.. input.Files.Select(f => f.FileId)], "files", cancellationToken)).ToDictionary(f => f.Id);
        foreach (var group in bySlot)
        {
            var slot = slots.GetValueOrDefault(group.Key) ?? throw new NotFoundException(nameof(ItemSlot), group.Key);
            slot.RequireFillable();
            var before = present.GetValueOrDefault(slot.Id);
            var draft = before is { IsDraft: true } ? before : null;
            if ((draft?.ConcurrencyStamp ?? "") != (group.First().DraftStamp ?? ""))
            {
                throw new StaleStampException(nameof(SlotContent), slot.Id);
            }

            var filling = before is null || group.First().Replace ? SlotFilling.Nothing : before.Filling;
            filling = filling with { IsNotApplicable = false, Files = [.. filling.Files, .. group.Select(f => own[f.FileId])] };
            if (filling.Files.Count > LedgerLimits.Files)
            {
                throw new InputException("files", PilotsErrorCodes.TooMany, ("max", LedgerLimits.Files));
            }

            if (draft is null)
            {
                draft = new SlotContent(ids.NewId(), slot);
                db.Add(draft);
            }

            draft.Rewrite(filling, time);
        }

        await db.SaveChangesAsync(cancellationToken);
        return new LedgerChangeDto(bySlot.Count, await ledger.TotalsAsync(pilot, cancellationToken));
    }

    private static FileMatchDto Place(string name, NameMatch match, Dictionary<(Guid, string), MatchedSlotDto> byPlace)
    {
        if (match.ItemId is not { } item || match.ArtefactKey is not { } key)
        {
            return new FileMatchDto(name, null, match.Problem);
        }

        return byPlace.TryGetValue((item, key), out var slot)
            ? slot.IsFillable ? new FileMatchDto(name, slot.Id, null) : new FileMatchDto(name, null, FileMatchProblem.SlotNotOpen)
            : new FileMatchDto(name, null, FileMatchProblem.UnknownArtefact);
    }

    /// <summary>What the next version of any slot begins with: the draft, or what was returned.</summary>
    private IQueryable<SlotContent> Present() => db.Set<SlotContent>().Where(c => c.IsDraft || c.Status == SlotContentStatus.Returned);

    /// <summary>The same for some slots, to go on from.</summary>
    private async Task<Dictionary<Guid, SlotContent>> PresentAsync(Guid pilotId, List<Guid> slotIds, CancellationToken cancellationToken) =>
        (await Present().Where(c => c.PilotId == pilotId && slotIds.Contains(c.SlotId)).ToListAsync(cancellationToken))
            .GroupBy(c => c.SlotId).ToDictionary(g => g.Key, g => g.MaxBy(c => c.Version)!);

    /// <summary>The slots that the lists ask for, each with what a person has to know of its content and nothing else of it: no text, no telephone number.</summary>
    private async Task<IReadOnlyList<MatchedSlotDto>> OpenSlotsAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var rows = await db.Set<ItemSlot>().AsNoTracking().Where(s => s.PilotId == pilotId && s.ClosedInVersion == null)
            .GroupJoin(Present(), s => s.Id, c => c.SlotId, (s, c) => new { Slot = s, Contents = c })
            .SelectMany(x => x.Contents.DefaultIfEmpty(), (x, c) => new
            {
                x.Slot.Id, x.Slot.LedgerItemId, x.Slot.ArtefactKey, x.Slot.ArtefactOrder, x.Slot.Status,
                Version = c == null ? 0 : c.Version,
                DraftStamp = c != null && c.IsDraft ? c.ConcurrencyStamp : null,
                IsNotApplicable = c != null && c.IsNotApplicable,
                HasText = c != null && (c.Text != "" || c.ContactName != ""),
                Files = c == null ? null : c.Files,
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(r => r.ArtefactOrder).GroupBy(r => r.Id).Select(g => g.MaxBy(r => r.Version)!).Select(r => new MatchedSlotDto(
                r.Id, r.LedgerItemId, r.ArtefactKey, ItemSlot.TakesContent(r.Status), r.DraftStamp, r.IsNotApplicable, r.HasText, [.. (r.Files ?? []).Select(f => f.Name)])),
        ];
    }
}
