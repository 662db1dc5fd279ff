using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Localization;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.EventHandlers;

/// <summary>
/// Creates the pilot of an assignment, owned by the region that carries it out. Runs in the issuer's scope, which may write
/// rows of regions below it.
/// </summary>
internal sealed class WhenRegionAssigned(
    PlatformDbContext db, IProgrammeLookup programmes, IRegionDirectory regions, PilotDesk desk, Texts texts, IIdGenerator ids)
    : IEventHandler<RegionAssigned>
{
    private static readonly DeliverableKind[] MainKinds = [DeliverableKind.NormDocument, DeliverableKind.ItemList, DeliverableKind.TechnicalStandard];

    public async Task HandleAsync(RegionAssigned platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (await db.Set<Pilot>().AnyAsync(p => p.AssignmentId == platformEvent.AssignmentId, cancellationToken))
        {
            return;
        }

        var programme = await programmes.FindAsync(platformEvent.ProgrammeId, cancellationToken)
            ?? throw new InvalidOperationException($"Programme {platformEvent.ProgrammeId} of assignment {platformEvent.AssignmentId} is not there.");
        var theme = (await programmes.FindThemesAsync([platformEvent.ThemeId], cancellationToken)).GetValueOrDefault(platformEvent.ThemeId)
            ?? throw new InvalidOperationException($"Theme {platformEvent.ThemeId} of assignment {platformEvent.AssignmentId} is not there.");
        var map = await regions.GetAsync(cancellationToken);
        var region = new TenantRef(platformEvent.RegionId, platformEvent.RegionPath);
        var pilot = new Pilot(ids.NewId(), region, new PilotOrigin(
            platformEvent.AssignmentId, programme.Id, programme.Title, programme.Issuer, programme.IssuingBody,
            theme.Id, theme.Order, theme.Number, theme.Title, map.NameOf(region), map.Find(region.Id)?.AdministrativeOrder ?? int.MaxValue,
            platformEvent.PartName, theme.Deadline ?? programme.Deadline));
        db.Add(pilot);
        AddSlots(pilot, theme);
        db.AddFor(pilot.Owner, new LedgerDue(pilot.Id));
        await desk.RecordAsync(pilot, PilotHistoryKind.Created, cancellationToken, ("issuer", programme.IssuingBody), ("region", pilot.RegionName));
        desk.TellRegion(pilot, PilotsPermissions.Plan, "Pilots.Assigned", pilot.DueOn, $"/pilots/{pilot.Id}", ("issuer", programme.IssuingBody));
    }

    private void AddSlots(Pilot pilot, ThemeSummary theme)
    {
        var order = 0;
        foreach (var requirement in theme.Deliverables)
        {
            db.Add(new Deliverable(ids.NewId(), pilot, requirement.Id, requirement.Name, requirement.Kind, ++order, requirement.Kind != DeliverableKind.Evidence));
        }

        if (order == 0)
        {
            // The notice names none: a slot of each kind, of which only the norm is required.
            foreach (var kind in MainKinds)
            {
                db.Add(new Deliverable(ids.NewId(), pilot, null, NameOf(kind), kind, ++order, kind == DeliverableKind.NormDocument));
            }
        }

        if (theme.Deliverables.All(d => d.Kind != DeliverableKind.Evidence))
        {
            db.Add(new Deliverable(ids.NewId(), pilot, null, NameOf(DeliverableKind.Evidence), DeliverableKind.Evidence, ++order, isRequired: false));
        }
    }

    // A name is data, stored in the language of the notice whoever caused the event.
    private string NameOf(DeliverableKind kind) => texts.GetIn("zh-Hans", $"Slot:{kind}");
}
