using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Files;
using PilotPlatform.Identity;
using PilotPlatform.Pilots.Ledger;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Seeding;

/// <summary>
/// Fills the demo's ledgers in part: some slots confirmed, some waiting, a few returned, some drafted, the rest open. Each
/// step runs through the app services as whoever does it, so a ledger that was begun is left alone.
/// </summary>
internal sealed class LedgerDemoSeeder(ITenantScopes scopes, IRegionDirectory regions, TimeProvider time) : IDemoSeeder
{
    private const string IssuerCode = "32";

    /// <summary>At most so many ledgers are filled: the others show how one begins.</summary>
    private const int Filled = 3;

    public int Order => 31;

    public async Task SeedDemoAsync(CancellationToken cancellationToken)
    {
        if ((await regions.GetAsync(cancellationToken)).FindByCode(IssuerCode) is not { } issuer)
        {
            return;
        }

        var pilots = await scopes.RunAsync(ScopeIdentity.System(issuer.Tenant), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            return await db.Set<Pilot>().AsNoTracking()
                .Where(p => p.IssuerTenantId == issuer.Id && p.Status != PilotStatus.Assigned && p.Status != PilotStatus.Suspended
                    && p.Status != PilotStatus.Concluded && p.Status != PilotStatus.Withdrawn)
                .Where(p => db.Set<ItemSlot>().Any(s => s.PilotId == p.Id))
                .OrderBy(p => p.ThemeOrder).ThenBy(p => p.RegionOrder).ThenBy(p => p.Id).Take(Filled).ToListAsync(cancellationToken);
        });
        foreach (var (index, pilot) in pilots.Index())
        {
            await FillAsync(pilot, share: index == 0 ? 0.75 : 0.35, cancellationToken);
        }
    }

    private async Task FillAsync(Pilot pilot, double share, CancellationToken cancellationToken)
    {
        var (slots, begun) = await scopes.RunAsync(ScopeIdentity.System(pilot.Owner), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var rows = await db.Set<ItemSlot>().AsNoTracking().Where(s => s.PilotId == pilot.Id && s.ClosedInVersion == null)
                .Join(db.Set<LedgerItem>(), s => s.LedgerItemId, i => i.Id, (s, i) => new { Slot = s, Item = i })
                .OrderBy(x => x.Item.LedgerOrder).ThenBy(x => x.Item.Order).ThenBy(x => x.Slot.ArtefactOrder).ToListAsync(cancellationToken);
            return (rows.Select(r => (r.Slot, r.Item)).ToList(), await db.Set<SlotContent>().AnyAsync(c => c.PilotId == pilot.Id, cancellationToken));
        });
        if (begun)
        {
            return;
        }

        // Whole items first, as an office works; the last tenth of what is filled stays drafted.
        var filled = slots.Take((int)(slots.Count * share)).ToList();
        var handedIn = filled.Take(filled.Count * 9 / 10).ToList();
        var stamps = new List<SlotStampDto>();
        foreach (var (slot, item) in filled)
        {
            stamps.Add(new SlotStampDto(slot.Id, await DraftAsync(pilot, slot, item, cancellationToken)));
        }

        if (handedIn.Count == 0)
        {
            return;
        }

        await RegionAsync(pilot, -16, s => s.Desk.HandInManyAsync(pilot.Id, new ChangeSlotsDto([.. stamps.Take(handedIn.Count)]), cancellationToken));
        var waiting = await scopes.RunAsync(ScopeIdentity.System(pilot.Owner), services =>
            services.GetRequiredService<PlatformDbContext>().Set<ItemSlot>().AsNoTracking()
                .Where(s => s.PilotId == pilot.Id && s.Status == ItemSlotStatus.HandedIn)
                .ToDictionaryAsync(s => s.Id, s => s.ConcurrencyStamp, cancellationToken));
        var inOrder = handedIn.Select(h => new SlotStampDto(h.Slot.Id, waiting[h.Slot.Id])).ToList();
        var confirmed = inOrder.Take(inOrder.Count * 3 / 5).ToList();
        var returned = inOrder.Skip(confirmed.Count).Take(3).ToList();
        if (confirmed.Count > 0)
        {
            await IssuerAsync(pilot, -9, s => s.Desk.ConfirmManyAsync(pilot.Id, new ChangeSlotsDto(confirmed), cancellationToken));
        }

        if (returned.Count > 0)
        {
            await IssuerAsync(pilot, -8, s => s.Desk.ReturnManyAsync(
                pilot.Id, new ReturnSlotsDto(returned, "承诺办结时限与事项要素表不一致，请核对后重新报送。"), cancellationToken));
        }
    }

    private async Task<string> DraftAsync(Pilot pilot, ItemSlot slot, LedgerItem item, CancellationToken cancellationToken)
    {
        var name = ArtefactNames.ShortOf(slot.ArtefactName);
        var title = $"{item.Number}-{name}-{item.Name}";
        // One item in ten needs no guide of its own; it then says why.
        var notApplicable = slot.ArtefactOrder == 3 && item.Order % 10 == 4;
        var contact = ArtefactNames.AsksContact(slot.ArtefactKey, slot.ArtefactName);
        var file = notApplicable || contact ? (Guid?)null : await StoreAsync(pilot, title, slot, item, cancellationToken);
        var saved = await RegionAsync(pilot, -18, s => s.Ledger.SaveDraftAsync(slot.Id, new SaveSlotDraftDto(
            null, notApplicable,
            notApplicable ? "沿用省级统一的办事指南，不另行编制。" : contact ? "工作日 9:00—17:00" : "",
            contact ? $"联络员{item.Order.ToString(CultureInfo.InvariantCulture)}号" : "",
            contact ? $"000-5550 {item.Order.ToString("0000", CultureInfo.InvariantCulture)}" : "",
            file is { } id ? [id] : []), cancellationToken));
        return saved.Draft!.ConcurrencyStamp;
    }

    private Task<Guid> StoreAsync(Pilot pilot, string title, ItemSlot slot, LedgerItem item, CancellationToken cancellationToken) =>
        RegionAsync(pilot, -18, async s =>
        {
            var (name, content) = DemoFiles.Of(DeliverableKind.NormDocument, title.Replace('/', '-'),
                [$"{pilot.RegionName}“{item.Name}”{slot.ArtefactName}", $"责任部门：{item.OfficeName}", "一、事项要素。二、办理流程。三、落实措施。"]);
            using var stream = new MemoryStream(content);
            var file = await s.Files.StoreAsync(stream, name, isDraft: true, cancellationToken);
            await s.Db.SaveChangesAsync(cancellationToken);
            return file.Id;
        });

    private Task<T> RegionAsync<T>(Pilot pilot, int days, Func<Services, Task<T>> work) => RunAsync(pilot.Owner, PilotsPermissions.SubmitDeliverables, days, work);

    private Task<T> IssuerAsync<T>(Pilot pilot, int days, Func<Services, Task<T>> work) => RunAsync(pilot.Issuer, PilotsPermissions.ReviewDeliverables, days, work);

    private async Task<T> RunAsync<T>(TenantRef tenant, string permission, int days, Func<Services, Task<T>> work)
    {
        var people = await scopes.RunAsync(ScopeIdentity.System(tenant), services =>
            services.GetRequiredService<IUserDirectory>().WithPermissionAsync(tenant.Id, permission, CancellationToken.None));
        var identity = people.Count == 0 ? ScopeIdentity.System(tenant) : new ScopeIdentity(people[0].Id, people[0].DisplayName, tenant);
        return await scopes.RunAsync(identity, services => work(new Services(services, new ShiftedTime(time, days))));
    }

    private sealed class ShiftedTime(TimeProvider present, int days) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => present.GetUtcNow().AddDays(days);
    }

    /// <summary>The app services of one scope with a clock of their own.</summary>
    private sealed class Services
    {
        public Services(IServiceProvider services, TimeProvider clock)
        {
            Db = services.GetRequiredService<PlatformDbContext>();
            Files = services.GetRequiredService<IFileLibrary>();
            var desk = ActivatorUtilities.CreateInstance<PilotDesk>(services, clock);
            Ledger = ActivatorUtilities.CreateInstance<LedgerAppService>(services, desk, clock);
            Desk = ActivatorUtilities.CreateInstance<LedgerDesk>(services, desk, Ledger);
        }

        public PlatformDbContext Db { get; }

        public IFileLibrary Files { get; }

        public LedgerAppService Ledger { get; }

        public LedgerDesk Desk { get; }
    }
}
