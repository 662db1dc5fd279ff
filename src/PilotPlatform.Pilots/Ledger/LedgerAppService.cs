using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Permissions;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Ledger;

/// <summary>The ledger as a matrix, one slot with its versions, and the region's own drafts.</summary>
internal sealed class LedgerAppService(
    PlatformDbContext db, PilotDesk desk, IFileLibrary files, ICurrentPermissions permissions, IIdGenerator ids, TimeProvider time)
{
    private const int DefaultPage = 50;
    private const int SearchLength = 100;

    private static readonly SortList<LedgerItem> Sorts = new SortList<LedgerItem>()
        .Allow("order", i => i.Order)
        .Allow("name", i => i.Name)
        .Allow("office", i => i.OfficeName)
        .Otherwise(q => q.OrderBy(i => i.LedgerOrder))
        .Ties(q => q.ThenBy(i => i.LedgerOrder).ThenBy(i => i.Order));

    /// <summary>Three statements whatever the size: the pilot with its lists, the counts, the page with its slots.</summary>
    public async Task<LedgerDto> GetAsync(Guid pilotId, GetLedgerInput input, CancellationToken cancellationToken)
    {
        CheckFilters(input.CheckPage(), input.Office, input.Search).ThrowIfAny();
        var (pilot, ledgers) = await WithLedgersAsync(pilotId, cancellationToken);
        var isOwn = desk.IsOwn(pilot);
        var counts = await CountsAsync(pilotId, cancellationToken);
        var (total, rows) = await PageAsync(pilotId, input, cancellationToken);
        var granted = await permissions.GetAsync(cancellationToken);
        return new LedgerDto(
            pilot.Id, pilot.Title, pilot.ProgrammeTitle, pilot.RegionName, pilot.IssuerName, pilot.Status, isOwn,
            CanFill: isOwn && pilot.IsOpenForLedger && granted.Contains(PilotsPermissions.SubmitDeliverables),
            CanDecide: desk.IsIssued(pilot) && pilot.IsOpenForLedger && granted.Contains(PilotsPermissions.ReviewDeliverables),
            [.. ledgers.Select(l => new LedgerListDto(l.ListId, l.Title, l.Version))],
            ColumnsOf(ledgers, rows.SelectMany(r => r.Slots)), TotalsOf(counts, isOwn),
            [.. counts.Where(c => !c.IsClosed).GroupBy(c => c.OfficeName).OrderBy(g => g.Min(c => c.FirstPlace))
                .Select(g => new LedgerOfficeDto(g.Key, g.Sum(c => c.Number), g.Where(c => c.Status == ItemSlotStatus.Confirmed).Sum(c => c.Number)))],
            total, rows);
    }

    public async Task<LedgerTotalsDto> TotalsAsync(Pilot pilot, CancellationToken cancellationToken) =>
        TotalsOf(await CountsAsync(pilot.Id, cancellationToken), desk.IsOwn(pilot));

    public async Task<SlotDto> GetSlotAsync(Guid id, CancellationToken cancellationToken)
    {
        var slot = await FindAsync(id, cancellationToken);
        return await DescribeAsync(await desk.SeenAsync(slot.PilotId, cancellationToken), slot, cancellationToken);
    }

    public async Task<SlotDto> SaveDraftAsync(Guid id, SaveSlotDraftDto input, CancellationToken cancellationToken)
    {
        var filling = Check(input);
        var slot = await FindAsync(id, cancellationToken);
        var pilot = await desk.OwnAsync(slot.PilotId, cancellationToken);
        pilot.RequireOpenForLedger();
        slot.RequireFillable();
        var draft = await db.Set<SlotContent>().FirstOrDefaultAsync(c => c.SlotId == id && c.IsDraft, cancellationToken);
        if (draft is null)
        {
            if (!string.IsNullOrEmpty(input.ConcurrencyStamp))
            {
                throw new StaleStampException(nameof(SlotContent), id);
            }

            draft = new SlotContent(ids.NewId(), slot);
            db.Add(draft);
        }
        else
        {
            draft.EnsureStamp(input.ConcurrencyStamp);
        }

        draft.Rewrite(filling with { Files = [.. await files.OwnAsync(input.FileIds, "fileIds", cancellationToken)] }, time);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(pilot, slot, cancellationToken);
    }

    /// <summary>Takes away what was drafted; what was handed in stays.</summary>
    public async Task<SlotDto> ClearAsync(Guid id, StampInput input, CancellationToken cancellationToken)
    {
        var slot = await FindAsync(id, cancellationToken);
        var pilot = await desk.OwnAsync(slot.PilotId, cancellationToken);
        pilot.RequireOpenForLedger();
        slot.RequireFillable();
        var draft = await db.Set<SlotContent>().FirstOrDefaultAsync(c => c.SlotId == id && c.IsDraft, cancellationToken)
            ?? throw new BusinessException(PilotsErrorCodes.SlotIsEmpty);
        draft.EnsureStamp(input.ConcurrencyStamp);
        db.Remove(draft);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(pilot, slot, cancellationToken);
    }

    /// <summary>A pilot that the caller sees, with its ledgers, in one statement.</summary>
    public async Task<(Pilot Pilot, IReadOnlyList<ItemLedger> Ledgers)> WithLedgersAsync(Guid pilotId, CancellationToken cancellationToken)
    {
        var rows = await db.Set<Pilot>().AsNoTracking().Where(p => p.Id == pilotId)
            .GroupJoin(db.Set<ItemLedger>(), p => p.Id, l => l.PilotId, (p, l) => new { p, l })
            .SelectMany(x => x.l.DefaultIfEmpty(), (x, l) => new { Pilot = x.p, Ledger = l }).ToListAsync(cancellationToken);
        return rows.Count == 0
            ? throw new NotFoundException(nameof(Pilot), pilotId)
            : (rows[0].Pilot, [.. rows.Where(r => r.Ledger is not null).Select(r => r.Ledger!).OrderBy(l => l.Order)]);
    }

    /// <summary>The items that the filters leave, unsorted.</summary>
    public IQueryable<LedgerItem> Narrow(Guid pilotId, string? office, LedgerFilter? state, string? search)
    {
        var slots = db.Set<ItemSlot>();
        IQueryable<LedgerItem> items = db.Set<LedgerItem>().AsNoTracking().Where(i => i.PilotId == pilotId);
        items = state switch
        {
            LedgerFilter.Closed => items.Where(i => slots.Any(s => s.LedgerItemId == i.Id && s.ClosedInVersion != null)),
            LedgerFilter.Filled => items.Where(i => slots.Any(s => s.LedgerItemId == i.Id && s.ClosedInVersion == null
                && db.Set<SlotContent>().Any(c => c.SlotId == s.Id && c.IsDraft && c.IsFilled))),
            { } status => items.Where(WithSlotIn(Enum.Parse<ItemSlotStatus>(status.ToString()))),
            null => items.Where(i => slots.Any(s => s.LedgerItemId == i.Id && s.ClosedInVersion == null)),
        };
        if (!string.IsNullOrWhiteSpace(office))
        {
            items = items.Where(i => i.OfficeName == office);
        }

        if (!string.IsNullOrWhiteSpace(search))
        {
            var words = search.Trim();
            items = items.Where(i => i.Number.Contains(words) || i.Name.Contains(words) || i.OfficeName.Contains(words));
        }

        return items;

        Expression<Func<LedgerItem, bool>> WithSlotIn(ItemSlotStatus status) =>
            i => slots.Any(s => s.LedgerItemId == i.Id && s.ClosedInVersion == null && s.Status == status);
    }

    public static InputCheck CheckFilters(InputCheck check, string? office, string? search) => check
        .Text(office, "office", LedgerLimits.Office, required: false)
        .Text(search, "search", SearchLength, required: false);

    /// <summary>What a body lists, which has at least one entry and no hole.</summary>
    /// <exception cref="InputException">It has not.</exception>
    public static IReadOnlyList<T> Given<T>(IReadOnlyList<T>? list, string field)
        where T : class =>
        list is { Count: > 0 } && list.All(e => e is not null) ? list : throw new InputException(field, PlatformErrorCodes.Required);

    public static IReadOnlyList<LedgerColumnDto> ColumnsOf(IReadOnlyList<ItemLedger> ledgers, IEnumerable<LedgerCellDto> shown) =>
        [.. ledgers.SelectMany(l => l.Artefacts).Select(a => (a.Key, a.Name)).Concat(shown.Select(s => (Key: s.ArtefactKey, Name: s.ArtefactName)))
            .DistinctBy(a => a.Key).Select(a => new LedgerColumnDto(a.Key, a.Name, ArtefactNames.ShortOf(a.Name), ArtefactNames.AsksContact(a.Key, a.Name)))];

    private async Task<(int Total, IReadOnlyList<LedgerRowDto> Rows)> PageAsync(Guid pilotId, GetLedgerInput input, CancellationToken cancellationToken)
    {
        var narrowed = Narrow(pilotId, input.Office, input.State, input.Search);
        var skip = input.SkipCount ?? 0;
        var page = Sorts.Apply(narrowed, input.Sorting)
            .Skip(skip).Take(input.MaxResultCount ?? DefaultPage);
        var closed = input.State == LedgerFilter.Closed;
        var cells = await page
            .Join(db.Set<ItemSlot>().Where(s => (s.ClosedInVersion != null) == closed), i => i.Id, s => s.LedgerItemId, (i, s) => new { Item = i, Slot = s })
            .GroupJoin(db.Set<SlotContent>().Where(c => c.IsDraft), x => x.Slot.Id, c => c.SlotId, (x, c) => new { x.Item, x.Slot, Drafts = c })
            .SelectMany(x => x.Drafts.DefaultIfEmpty(), (x, c) => new
            {
                x.Item, x.Slot, DraftStamp = c == null ? null : c.ConcurrencyStamp, IsFilled = c != null && c.IsFilled, Total = narrowed.Count(),
            })
            .ToListAsync(cancellationToken);
        if (cells.Count == 0)
        {
            // Beyond the last page the rows cannot carry the count.
            return (skip == 0 ? 0 : await narrowed.CountAsync(cancellationToken), []);
        }

        var rows = cells.GroupBy(c => c.Item.Id).Select(g => new LedgerRowDto(
            g.Key, g.First().Item.Order, g.First().Item.Number, g.First().Item.Name, g.First().Item.OfficeName, g.First().Item.Mode,
            [.. g.OrderBy(c => c.Slot.ArtefactOrder).Select(c => new LedgerCellDto(
                c.Slot.Id, c.Slot.ArtefactKey, c.Slot.ArtefactName, c.Slot.Status, c.Slot.IsNotApplicable, c.Slot.LatestVersion, c.Slot.HandedInAt,
                c.Slot.ClosedInVersion, c.Slot.ConcurrencyStamp, c.DraftStamp, c.IsFilled))]));
        // The join need not keep the page's order.
        var ordered = Sorts.Apply(cells.Select(c => c.Item).DistinctBy(i => i.Id).AsQueryable(), input.Sorting)
            .Select(i => i.Id).ToList();
        var byId = rows.ToDictionary(r => r.Id);
        return (cells[0].Total, [.. ordered.Select(id => byId[id])]);
    }

    private async Task<List<Count>> CountsAsync(Guid pilotId, CancellationToken cancellationToken) =>
        await db.Set<ItemSlot>().Where(s => s.PilotId == pilotId)
            .Join(db.Set<LedgerItem>(), s => s.LedgerItemId, i => i.Id, (s, i) => new { s, i })
            .GroupJoin(db.Set<SlotContent>().Where(c => c.IsDraft && c.IsFilled), x => x.s.Id, c => c.SlotId, (x, c) => new { x.s, x.i, c })
            .SelectMany(x => x.c.DefaultIfEmpty(), (x, c) => new
            {
                x.i.OfficeName, x.i.Order, x.s.Status, x.s.IsNotApplicable, IsClosed = x.s.ClosedInVersion != null, IsFilled = c != null,
            })
            .GroupBy(x => new { x.OfficeName, x.Status, x.IsNotApplicable, x.IsClosed, x.IsFilled })
            .Select(g => new Count
            {
                OfficeName = g.Key.OfficeName, Status = g.Key.Status, IsNotApplicable = g.Key.IsNotApplicable, IsClosed = g.Key.IsClosed, IsFilled = g.Key.IsFilled,
                FirstPlace = g.Min(x => x.Order), Number = g.Count(),
            })
            .ToListAsync(cancellationToken);

    private static LedgerTotalsDto TotalsOf(List<Count> counts, bool isOwn)
    {
        var live = counts.Where(c => !c.IsClosed).ToList();
        return new LedgerTotalsDto(
            live.Sum(c => c.Number), In(ItemSlotStatus.Open), In(ItemSlotStatus.HandedIn), In(ItemSlotStatus.Returned), In(ItemSlotStatus.Confirmed),
            live.Where(c => c is { IsNotApplicable: true, Status: ItemSlotStatus.Confirmed }).Sum(c => c.Number),
            counts.Where(c => c.IsClosed).Sum(c => c.Number), isOwn ? live.Where(c => c.IsFilled).Sum(c => c.Number) : null);

        int In(ItemSlotStatus status) => live.Where(c => c.Status == status).Sum(c => c.Number);
    }

    private static SlotFilling Check(SaveSlotDraftDto input)
    {
        // A body may lack what the type promises; no files are an empty list, not none.
        var fileIds = (IReadOnlyList<Guid>?)input.FileIds ?? throw new InputException("fileIds", PlatformErrorCodes.Required);
        var text = input.Text?.Trim() ?? "";
        var name = input.ContactName?.Trim() ?? "";
        var phone = input.ContactPhone?.Trim() ?? "";
        new InputCheck()
            .Text(text, "text", LedgerLimits.Text, required: false)
            .Text(name, "contactName", LedgerLimits.ContactName, required: false)
            .Text(phone, "contactPhone", LedgerLimits.ContactPhone, required: false)
            .That(phone.All(c => char.IsAsciiDigit(c) || " -+()（）转#,，".Contains(c, StringComparison.Ordinal)), "contactPhone", PilotsErrorCodes.PhoneNotValid)
            .That(phone.Length == 0 || name.Length > 0, "contactName", PlatformErrorCodes.Required)
            .That(!input.IsNotApplicable || text.Length > 0, "text", PilotsErrorCodes.ReasonNeeded)
            .That(!input.IsNotApplicable || (fileIds.Count == 0 && name.Length == 0), "isNotApplicable", PilotsErrorCodes.NotApplicableHasContent)
            .That(fileIds.Count <= LedgerLimits.Files, "fileIds", PilotsErrorCodes.TooMany, ("max", LedgerLimits.Files))
            .That(fileIds.Distinct().Count() == fileIds.Count, "fileIds", PilotsErrorCodes.GivenTwice)
            .ThrowIfAny();
        return new SlotFilling(input.IsNotApplicable, text, name, phone, []);
    }

    private async Task<ItemSlot> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<ItemSlot>().FirstOrDefaultAsync(s => s.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(ItemSlot), id);

    private async Task<SlotDto> DescribeAsync(Pilot pilot, ItemSlot slot, CancellationToken cancellationToken)
    {
        var item = await db.Set<LedgerItem>().AsNoTracking().FirstAsync(i => i.Id == slot.LedgerItemId, cancellationToken);
        var versions = await db.Set<SlotContent>().AsNoTracking().Where(c => c.SlotId == slot.Id).OrderByDescending(c => c.Version).ToListAsync(cancellationToken);
        var granted = await permissions.GetAsync(cancellationToken);
        var withPhone = desk.IsOwn(pilot) || desk.IsIssued(pilot);
        return new SlotDto(
            slot.Id, slot.ConcurrencyStamp, pilot.Id, pilot.Title, pilot.RegionName, item.Id, item.Number, item.Name, item.OfficeName, item.Mode,
            slot.ArtefactKey, slot.ArtefactName, ArtefactNames.AsksContact(slot.ArtefactKey, slot.ArtefactName), slot.Status, slot.IsNotApplicable,
            slot.LatestVersion, slot.ClosedInVersion,
            CanFill: desk.IsOwn(pilot) && pilot.IsOpenForLedger && slot.IsFillable && granted.Contains(PilotsPermissions.SubmitDeliverables),
            CanDecide: desk.IsIssued(pilot) && pilot.IsOpenForLedger && slot is { Status: ItemSlotStatus.HandedIn, ClosedInVersion: null }
                && granted.Contains(PilotsPermissions.ReviewDeliverables),
            versions.Find(v => v.IsDraft)?.ToDto(withPhone), versions.Find(v => !v.IsDraft)?.ToDto(withPhone), [.. versions.Select(v => v.ToDto(withPhone))]);
    }

    private sealed class Count
    {
        public required string OfficeName { get; init; }

        public required ItemSlotStatus Status { get; init; }

        public required bool IsNotApplicable { get; init; }

        public required bool IsClosed { get; init; }

        public required bool IsFilled { get; init; }

        public required int FirstPlace { get; init; }

        public required int Number { get; init; }
    }
}
