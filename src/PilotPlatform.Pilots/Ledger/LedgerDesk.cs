using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Pilots.Pilots;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>
/// Handing in, confirming and returning, one slot or many: all of them or none. An action over many is one line of the
/// pilot's story and one notice; a single one stands in the slot's own history.
/// </summary>
internal sealed class LedgerDesk(PlatformDbContext db, PilotDesk desk, LedgerAppService ledger, IFileLibrary files)
{
    public async Task<SlotDto> HandInAsync(Guid slotId, StampInput input, CancellationToken cancellationToken)
    {
        var pilotId = await PilotOfAsync(slotId, cancellationToken);
        await HandInAsync(await OwnAsync(pilotId, cancellationToken), [new SlotStampDto(slotId, input.ConcurrencyStamp)], cancellationToken);
        return await ledger.GetSlotAsync(slotId, cancellationToken);
    }

    public async Task<SlotDto> ConfirmAsync(Guid slotId, StampInput input, CancellationToken cancellationToken)
    {
        var pilotId = await PilotOfAsync(slotId, cancellationToken);
        await DecideAsync(await IssuedAsync(pilotId, cancellationToken), [new SlotStampDto(slotId, input.ConcurrencyStamp)], null, cancellationToken);
        return await ledger.GetSlotAsync(slotId, cancellationToken);
    }

    public async Task<SlotDto> ReturnAsync(Guid slotId, ReturnSlotDto input, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Reason, "reason", LedgerLimits.Reason).ThrowIfAny();
        var pilotId = await PilotOfAsync(slotId, cancellationToken);
        await DecideAsync(await IssuedAsync(pilotId, cancellationToken), [new SlotStampDto(slotId, input.ConcurrencyStamp)], input.Reason.Trim(), cancellationToken);
        return await ledger.GetSlotAsync(slotId, cancellationToken);
    }

    public async Task<LedgerChangeDto> HandInManyAsync(Guid pilotId, ChangeSlotsDto input, CancellationToken cancellationToken)
    {
        Check(input.Slots).ThrowIfAny();
        var pilot = await OwnAsync(pilotId, cancellationToken);
        await HandInAsync(pilot, input.Slots, cancellationToken);
        return new LedgerChangeDto(input.Slots.Count, await ledger.TotalsAsync(pilot, cancellationToken));
    }

    public async Task<LedgerChangeDto> ConfirmManyAsync(Guid pilotId, ChangeSlotsDto input, CancellationToken cancellationToken)
    {
        Check(input.Slots).ThrowIfAny();
        var pilot = await IssuedAsync(pilotId, cancellationToken);
        await DecideAsync(pilot, input.Slots, null, cancellationToken);
        return new LedgerChangeDto(input.Slots.Count, await ledger.TotalsAsync(pilot, cancellationToken));
    }

    public async Task<LedgerChangeDto> ReturnManyAsync(Guid pilotId, ReturnSlotsDto input, CancellationToken cancellationToken)
    {
        Check(input.Slots).Text(input.Reason, "reason", LedgerLimits.Reason).ThrowIfAny();
        var pilot = await IssuedAsync(pilotId, cancellationToken);
        await DecideAsync(pilot, input.Slots, input.Reason.Trim(), cancellationToken);
        return new LedgerChangeDto(input.Slots.Count, await ledger.TotalsAsync(pilot, cancellationToken));
    }

    private static InputCheck Check(IReadOnlyList<SlotStampDto>? given)
    {
        // A body may lack what the type promises.
        var slots = LedgerAppService.Given(given, "slots");
        return new InputCheck()
            .That(slots.Count <= LedgerLimits.SlotsAtOnce, "slots", PilotsErrorCodes.TooMany, ("max", LedgerLimits.SlotsAtOnce))
            .That(slots.Select(s => s.SlotId).Distinct().Count() == slots.Count, "slots", PilotsErrorCodes.GivenTwice);
    }

    /// <summary>In turn with whoever else hands in or decides on the pilot's slots: who is the first, and who the last, is one of them.</summary>
    private Task<int> HandInAsync(Pilot pilot, IReadOnlyList<SlotStampDto> chosen, CancellationToken cancellationToken) =>
        db.InTurnAsync<Pilot, int>(p => p.Id == pilot.Id, () => HandInNowAsync(pilot, chosen, cancellationToken), cancellationToken);

    /// <summary>In turn, like handing in.</summary>
    private Task<int> DecideAsync(Pilot pilot, IReadOnlyList<SlotStampDto> chosen, string? returnReason, CancellationToken cancellationToken) =>
        db.InTurnAsync<Pilot, int>(p => p.Id == pilot.Id, () => DecideNowAsync(pilot, chosen, returnReason, cancellationToken), cancellationToken);

    private async Task<int> HandInNowAsync(Pilot pilot, IReadOnlyList<SlotStampDto> chosen, CancellationToken cancellationToken)
    {
        var slots = await SlotsAsync(pilot, chosen, cancellationToken);
        var slotIds = slots.Keys.ToList();
        var drafts = await NextVersionsAsync(slots, slotIds, cancellationToken);
        var waiting = await db.Set<ItemSlot>().AnyAsync(s => s.PilotId == pilot.Id && s.Status == ItemSlotStatus.HandedIn && s.ClosedInVersion == null, cancellationToken);
        foreach (var (slotId, stamp) in chosen)
        {
            var slot = slots[slotId];
            // Said before the stamp is looked at: a second click should learn that it is in, not that its page is old.
            slot.RequireFillable();
            var draft = drafts.GetValueOrDefault(slotId) ?? throw new BusinessException(PilotsErrorCodes.SlotIsEmpty);
            if (!draft.IsDraft)
            {
                // Handed in by somebody else between the two statements.
                throw new StaleStampException(nameof(ItemSlot), slotId);
            }

            draft.EnsureStamp(stamp);
            draft.HandIn(desk.Now, desk.ActorName);
            slot.HandIn(draft, desk.Now);
        }

        var released = drafts.Values.SelectMany(d => d.Files).Select(f => f.Id).Distinct().ToList();
        if (released.Count > 0)
        {
            await files.ReleaseAsync(released, cancellationToken);
        }

        var values = ValuesOf(chosen.Count);
        if (chosen.Count > 1)
        {
            await desk.RecordAsync(pilot, PilotHistoryKind.LedgerHandedIn, cancellationToken, values);
        }

        if (chosen.Count > 1 || !waiting)
        {
            // Slot by slot, the issuer is told of the first only: the rest joins what waits already.
            desk.TellIssuer(pilot, PilotsPermissions.ReviewDeliverables, "Pilots.LedgerHandedIn", null, LinkOf(pilot), values);
        }

        return await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<int> DecideNowAsync(Pilot pilot, IReadOnlyList<SlotStampDto> chosen, string? returnReason, CancellationToken cancellationToken)
    {
        var slots = await SlotsAsync(pilot, chosen, cancellationToken);
        var slotIds = slots.Keys.ToList();
        // Not by its status: it may have been decided on between the two statements, and then says so itself.
        var contents = (await db.Set<SlotContent>().Where(c => !c.IsDraft && slotIds.Contains(c.SlotId)).ToListAsync(cancellationToken))
            .Where(c => c.Version == slots[c.SlotId].LatestVersion).ToDictionary(c => c.SlotId);
        foreach (var (slotId, stamp) in chosen)
        {
            var slot = slots[slotId];
            slot.RequireHandedIn();
            slot.EnsureStamp(stamp);
            if (returnReason is null)
            {
                slot.Confirm();
                contents[slotId].Confirm(desk.Now, desk.ActorName);
            }
            else
            {
                slot.Return();
                contents[slotId].Return(returnReason, desk.Now, desk.ActorName);
            }
        }

        await TellOfDecisionAsync(pilot, chosen, returnReason, cancellationToken);
        return await db.SaveChangesAsync(cancellationToken);
    }

    private async Task TellOfDecisionAsync(Pilot pilot, IReadOnlyList<SlotStampDto> chosen, string? returnReason, CancellationToken cancellationToken)
    {
        var values = ValuesOf(chosen.Count);
        if (returnReason is not null)
        {
            (string Name, string Value)[] withReason = [.. values, ("reason", returnReason)];
            if (chosen.Count > 1)
            {
                await desk.RecordAsync(pilot, PilotHistoryKind.LedgerReturned, cancellationToken, withReason);
            }

            desk.TellRegion(pilot, PilotsPermissions.SubmitDeliverables, "Pilots.LedgerReturned", null, LinkOf(pilot), withReason);
            return;
        }

        var decided = chosen.Select(c => c.SlotId).ToList();
        var complete = !await db.Set<ItemSlot>().AnyAsync(
            s => s.PilotId == pilot.Id && s.ClosedInVersion == null && s.Status != ItemSlotStatus.Confirmed && !decided.Contains(s.Id), cancellationToken);
        if (chosen.Count > 1)
        {
            await desk.RecordAsync(pilot, PilotHistoryKind.LedgerConfirmed, cancellationToken, values);
        }

        if (complete)
        {
            await desk.RecordAsync(pilot, PilotHistoryKind.LedgerCompleted, cancellationToken);
            desk.TellRegion(pilot, PilotsPermissions.SubmitDeliverables, "Pilots.LedgerCompleted", null, LinkOf(pilot));
        }
        else if (chosen.Count > 1)
        {
            desk.TellRegion(pilot, PilotsPermissions.SubmitDeliverables, "Pilots.LedgerConfirmed", null, LinkOf(pilot), values);
        }
    }

    private async Task<Guid> PilotOfAsync(Guid slotId, CancellationToken cancellationToken) =>
        await db.Set<ItemSlot>().Where(s => s.Id == slotId).Select(s => (Guid?)s.PilotId).FirstOrDefaultAsync(cancellationToken)
        ?? throw new NotFoundException(nameof(ItemSlot), slotId);

    private async Task<Pilot> OwnAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var pilot = await desk.OwnAsync(pilotId, cancellationToken);
        pilot.RequireOpenForLedger();
        return pilot;
    }

    private async Task<Pilot> IssuedAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var pilot = await desk.IssuedAsync(pilotId, cancellationToken);
        pilot.RequireOpenForLedger();
        return pilot;
    }

    private async Task<Dictionary<Guid, ItemSlot>> SlotsAsync(Pilot pilot, IReadOnlyList<SlotStampDto> chosen, CancellationToken cancellationToken)
    {
        var chosenIds = chosen.Select(c => c.SlotId).ToList();
        var slots = await db.Set<ItemSlot>().Where(s => s.PilotId == pilot.Id && chosenIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellationToken);
        return chosenIds.Find(id => !slots.ContainsKey(id)) is var missing && missing != Guid.Empty ? throw new NotFoundException(nameof(ItemSlot), missing) : slots;
    }

    /// <summary>What would be handed in next, by slot: normally a draft.</summary>
    private async Task<Dictionary<Guid, SlotContent>> NextVersionsAsync(
        Dictionary<Guid, ItemSlot> slots, List<Guid> slotIds, CancellationToken cancellationToken) =>
        (await db.Set<SlotContent>().Where(c => (c.IsDraft || c.Status == SlotContentStatus.HandedIn) && slotIds.Contains(c.SlotId)).ToListAsync(cancellationToken))
            .Where(c => c.Version == slots[c.SlotId].LatestVersion + 1).ToDictionary(c => c.SlotId);

    private static string LinkOf(Pilot pilot) => $"/pilots/{pilot.Id}/ledger";

    private static (string Name, string Value)[] ValuesOf(int count) => [("count", count.ToString(CultureInfo.InvariantCulture))];
}
