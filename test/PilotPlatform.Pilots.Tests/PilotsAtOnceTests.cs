using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Ledger;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Pilots.Plans;
using PilotPlatform.Testing;

namespace PilotPlatform.Pilots.Tests;

/// <summary>Two at once at two nodes: one effect, one line of the story, one notice.</summary>
public sealed class PilotsAtOnceTests(PilotsApp app) : IClassFixture<PilotsApp>
{
    private static Persona City => People.Nantong.Coordinator;

    private static Persona Province => People.Jiangsu.Coordinator;

    [Theory]
    [InlineData("begin-planning", nameof(PilotHistoryKind.PlanningBegun))]
    [InlineData("start", nameof(PilotHistoryKind.Started))]
    [InlineData("suspend", nameof(PilotHistoryKind.Suspended))]
    [InlineData("resume", nameof(PilotHistoryKind.Resumed))]
    public async Task VerbOnThePilot_AtTwoNodesAtOnce_HappensOnce(string verb, string told)
    {
        var id = verb is "suspend" or "resume" ? await app.GivenRunningPilotAsync(People.Nantong) : await app.GivenPilotAsync(People.Nantong);
        var city = app.As(City);
        if (verb == "start")
        {
            await city.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/begin-planning", await PilotsApp.StampAsync(city, id));
            var draft = await PilotsApp.SavePlanAsync(city, id, await app.GivenOfficeAsync(People.Nantong));
            await city.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/plan/submit", new StampInput(draft.ConcurrencyStamp));
        }
        else if (verb == "resume")
        {
            await app.As(Province).PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/suspend", new SuspendPilotDto((await PilotsApp.StampAsync(city, id)).ConcurrencyStamp, "等一等"));
        }

        var stamp = (await PilotsApp.StampAsync(city, id)).ConcurrencyStamp;
        object body = verb == "suspend" ? new SuspendPilotDto(stamp, "等一等") : new StampInput(stamp);
        var by = verb is "suspend" or "resume" ? Province : City;
        var (first, second) = await app.AtOnceAsync<Pilot>(node => PilotsApp.PostAsync(node.ClientOf(by), $"/api/pilots/{id}/{verb}", body));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
        (await HistoryAsync(id)).Count(k => k.ToString() == told).ShouldBe(1);
    }

    [Fact]
    public async Task PlanDraft_BegunInTwoTabsAtOnce_IsOneDraft_AndTheOtherIsToldThatItChanged()
    {
        var id = await app.GivenPilotAsync(People.Nantong);
        var city = app.As(City);
        await city.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/begin-planning", await PilotsApp.StampAsync(city, id));
        var (first, second) = await app.AtOnceAsync<PlanDraft>(node => node.ClientOf(City).PutAsJsonAsync($"/api/pilots/{id}/plan/draft", new SavePlanDraftDto("", []), PilotsApp.Json));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
    }

    [Fact]
    public async Task Draft_BegunInTwoTabsAtOnce_IsOneDraft_AndTheOtherIsToldThatItChanged()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var slot = await app.SlotAsync(City, id);
        var (first, second) = await app.AtOnceAsync<Submission>(node =>
            node.ClientOf(City).PutAsJsonAsync($"/api/deliverables/{slot.Id}/draft", PilotsApp.DraftOf("做法", []), PilotsApp.Json));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
        (await app.AsAsync(City, s => s.GetRequiredService<PlatformDbContext>().Set<Submission>().CountAsync(x => x.DeliverableId == slot.Id))).ShouldBe(1);
    }

    [Fact]
    public async Task Task_CompletedAtTwoNodesAtOnce_IsCompletedOnce()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var task = (await app.As(City).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}")).Phases[0].Tasks[0];
        var body = new CompleteTaskDto(task.ConcurrencyStamp, new DateOnly(2023, 6, 1));
        var (first, second) = await app.AtOnceAsync<PilotTask>(node => PilotsApp.PostAsync(node.ClientOf(City), $"/api/pilots/{id}/tasks/{task.Id}/complete", body));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
        (await HistoryAsync(id)).Count(k => k == PilotHistoryKind.TaskCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task Note_SentTwice_StandsOnce()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var body = new AddProgressNoteDto(new DateOnly(2023, 6, 1), "已召开推进会。");
        var (first, second) = await app.AtOnceAsync<ProgressNote>(node => PilotsApp.PostAsync(node.ClientOf(City), $"/api/pilots/{id}/notes", body), isHeldUp: true);
        (first.Status, second.Status).ShouldBe((201, 201));
        // The answer was lost, and the page sends it again.
        var again = await app.As(City).PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/notes", body);
        again.Notes.Count(n => n.Text == "已召开推进会。").ShouldBe(1);
        again.History.Count(h => h.Kind == PilotHistoryKind.NoteAdded).ShouldBe(1);
        // Another person, or another day, is another note.
        (await app.As(City).PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/notes", body with { Date = new DateOnly(2023, 5, 31) })).Notes.Count(n => n.Text == "已召开推进会。").ShouldBe(2);
    }

    [Fact]
    public async Task LastTwoSlots_ConfirmedAtTwoNodesAtOnce_CompleteTheLedgerOnce()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1, ItemListDouble.Five.Take(2).ToList());
        var slots = new List<SlotDto>();
        foreach (var cell in (await app.LedgerAsync(City, id)).Items.Single().Slots)
        {
            slots.Add(await app.HandInSlotAsync(People.Nantong, cell.Id));
        }

        Task<HttpResponseMessage> ConfirmAsync(WebApplicationFactory<Program> node, SlotDto slot) =>
            PilotsApp.PostAsync(node.ClientOf(Province), $"/api/ledger-slots/{slot.Id}/confirm", new StampInput(slot.ConcurrencyStamp));
        var (first, second) = await app.AtOnceAsync<ItemSlot>(node => ConfirmAsync(node, slots[0]), node => ConfirmAsync(node, slots[1]), isHeldUp: true);
        (first.Status, second.Status).ShouldBe((200, 200));
        (await app.LedgerAsync(Province, id)).Totals.Confirmed.ShouldBe(2);
        (await HistoryAsync(id)).Count(k => k == PilotHistoryKind.LedgerCompleted).ShouldBe(1);
        app.Notices.About(id).Count(n => n.Message.Key == "Pilots.LedgerCompleted").ShouldBe(1);
    }

    [Fact]
    public async Task FirstTwoSlots_HandedInAtTwoNodesAtOnce_TellTheIssuerOnce()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1, ItemListDouble.Five.Take(2).ToList());
        var slots = new List<SlotDto>();
        foreach (var cell in (await app.LedgerAsync(City, id)).Items.Single().Slots)
        {
            slots.Add(await app.FillAsync(People.Nantong, cell.Id));
        }

        Task<HttpResponseMessage> HandInAsync(WebApplicationFactory<Program> node, SlotDto slot) =>
            PilotsApp.PostAsync(node.ClientOf(City), $"/api/ledger-slots/{slot.Id}/hand-in", new StampInput(slot.Draft!.ConcurrencyStamp));
        var (first, second) = await app.AtOnceAsync<ItemSlot>(node => HandInAsync(node, slots[0]), node => HandInAsync(node, slots[1]), isHeldUp: true);
        (first.Status, second.Status).ShouldBe((200, 200));
        app.Notices.About(id).Count(n => n.Message.Key == "Pilots.LedgerHandedIn").ShouldBe(1);
    }

    [Fact]
    public async Task Files_PlacedInOneSlotAtTwoNodesAtOnce_AreNotLost()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        var cell = await app.CellAsync(City, id, "1", "plan");
        var files = new[] { await app.GivenFileAsync(People.Nantong, "甲.txt"), await app.GivenFileAsync(People.Nantong, "乙.txt") };
        var next = 0;
        var (first, second) = await app.AtOnceAsync<SlotContent>(node => PilotsApp.PostAsync(
            node.ClientOf(City), $"/api/pilots/{id}/ledger/place-files", new PlaceFilesDto([new PlaceFileDto(cell.Id, files[Interlocked.Increment(ref next) - 1], false, null)])));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
        (await app.As(City).GetAsAsync<SlotDto>($"/api/ledger-slots/{cell.Id}")).Draft!.Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Assignment_HandledAtTwoNodesAtOnce_MakesOnePilot()
    {
        var theme = app.Programmes.AddTheme(null, Programmes.DeliverableKind.NormDocument);
        var assignment = Guid.CreateVersion7();
        var id = await app.AssignAsync(theme, People.Nantong, assignment);
        // The same message once more, as after a lost lease.
        await app.RaiseAsync(new Programmes.RegionAssigned(assignment, theme.ProgrammeId, theme.Id, People.Nantong.Tenant.Id, People.Nantong.Tenant.Path, null));
        (await HistoryAsync(id)).Count(k => k == PilotHistoryKind.Created).ShouldBe(1);
    }

    [Fact]
    public async Task Export_ByTwoAtOnce_IsLoggedTwice_WithTheRegionWhoseLedgerItIs()
    {
        var id = await app.GivenLedgerAsync(People.Nantong, 1);
        await using var other = app.WithWebHostBuilder(_ => { });
        var path = new Uri($"/api/pilots/{id}/ledger/export", UriKind.Relative);
        var answers = await Task.WhenAll(new[] { app, other }.Select(n => n.ClientOf(Province).GetAsync(path)));
        answers.ShouldAllBe(a => a.IsSuccessStatusCode);
        (await app.AsAsync(People.Nantong.Auditor, s => s.GetRequiredService<PlatformDbContext>().Set<AuditEntry>()
            .CountAsync(e => e.Kind == AuditKind.Request && e.SubjectId == path.ToString() && e.TenantId == People.Nantong.Tenant.Id))).ShouldBe(2);
    }

    private async Task<List<PilotHistoryKind>> HistoryAsync(Guid id) =>
        [.. (await app.As(City).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}")).History.Select(h => h.Kind)];
}
