using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Notifications;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Pilots.Pilots;

/// <summary>What every use case on a pilot needs: load it for the right region, tell its story, tell the people.</summary>
internal sealed class PilotDesk(
    PlatformDbContext db, ICurrentScope scope, IRegionDirectory regions, INotifier notifier, IIdGenerator ids, TimeProvider time)
{
    private int recorded;

    public DateOnly Today => time.Today();

    public DateTime Now => time.UtcNow();

    public string ActorName => scope.Identity.DisplayName;

    /// <summary>A pilot that the caller may see.</summary>
    public async Task<Pilot> SeenAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<Pilot>().FirstOrDefaultAsync(p => p.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(Pilot), id);

    /// <summary>A pilot that the caller's own region carries out.</summary>
    public async Task<Pilot> OwnAsync(Guid id, CancellationToken cancellationToken) => RequireOwn(await SeenAsync(id, cancellationToken));

    /// <summary>The pilot, if the caller's own region carries it out.</summary>
    public Pilot RequireOwn(Pilot pilot) => pilot.TenantId == scope.RequiredTenant.Id ? pilot : throw new BusinessException(PilotsErrorCodes.OnlyCarryingRegion);

    /// <summary>A pilot that the caller's own region assigned.</summary>
    public async Task<Pilot> IssuedAsync(Guid id, CancellationToken cancellationToken)
    {
        var pilot = await SeenAsync(id, cancellationToken);
        return pilot.IssuerTenantId == scope.RequiredTenant.Id ? pilot : throw new BusinessException(PilotsErrorCodes.OnlyIssuer);
    }

    public bool IsOwn(Pilot pilot) => scope.Identity.Tenant?.Id == pilot.TenantId;

    public bool IsIssued(Pilot pilot) => scope.Identity.Tenant?.Id == pilot.IssuerTenantId;

    public Task<List<Deliverable>> DeliverablesOfAsync(Guid pilotId, CancellationToken cancellationToken) =>
        db.Set<Deliverable>().Where(d => d.PilotId == pilotId).OrderBy(d => d.Order).ToListAsync(cancellationToken);

    /// <summary>Adds a line to the pilot's story.</summary>
    public async Task RecordAsync(Pilot pilot, PilotHistoryKind kind, CancellationToken cancellationToken, params (string Name, string Value)[] values)
    {
        var map = await regions.GetAsync(cancellationToken);
        var region = scope.Identity.Tenant is { } tenant && tenant != TenantRef.Root ? map.NameOf(tenant) : "";
        db.Add(new HistoryEntry(ids.NewId(), pilot, kind, Now, recorded++, ActorName, region, [.. values.Select(v => new HistoryValue(v.Name, v.Value))]));
    }

    /// <summary>Adds a line that tells what the issuer brought about, while a message is handled in the region's scope.</summary>
    public void RecordForIssuer(Pilot pilot, PilotHistoryKind kind, params (string Name, string Value)[] values) =>
        db.Add(new HistoryEntry(ids.NewId(), pilot, kind, Now, recorded++, "", pilot.IssuerName, [.. values.Select(v => new HistoryValue(v.Name, v.Value))]));

    /// <summary>Tells the people who carry the pilot out.</summary>
    public void TellRegion(Pilot pilot, string permission, string key, DateOnly? due, string link, params (string Name, string Value)[] values) =>
        notifier.Notify(pilot.Owner, permission, Message(pilot, key, due, link, values));

    /// <summary>Tells the people of the region that assigned it.</summary>
    public void TellIssuer(Pilot pilot, string permission, string key, DateOnly? due, string link, params (string Name, string Value)[] values) =>
        notifier.Notify(pilot.Issuer, permission, Message(pilot, key, due, link, values));

    private static NotificationMessage Message(Pilot pilot, string key, DateOnly? due, string link, (string Name, string Value)[] values) =>
        new(key, new Dictionary<string, string>(values.Select(v => KeyValuePair.Create(v.Name, v.Value)))
        {
            ["pilot"] = pilot.Title,
            ["region"] = pilot.RegionName,
        }, link, due);
}
