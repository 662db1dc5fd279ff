using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Data;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

/// <summary>The world with the real Pilots module.</summary>
public sealed class ChainWorld : AssessmentWorld
{
    protected override bool DoublesPilots => false;
}

/// <summary>From the assignment of a theme to the published result, through the real Pilots module over HTTP.</summary>
public sealed class ChainTests(ChainWorld world) : IClassFixture<ChainWorld>
{
    private static readonly string[] Checks = ["Complete", "Legible", "MatchesTheme", "ApprovedByRegion", "NothingConfidential"];

    private HttpClient City => world.As(People.Nantong.Coordinator);

    private HttpClient Office => world.As(People.Jiangsu.Coordinator);

    [Fact]
    public async Task AssignedPilot_IsWorkedAcceptedScoredAndConcluded()
    {
        var pilot = await GivenAcceptedPilotAsync();
        (await StatusAsync(pilot)).Status.ShouldBe(PilotStatus.Submitted);

        await world.PanelAsync(pilot);
        (await StatusAsync(pilot)).Status.ShouldBe(PilotStatus.UnderAssessment);
        var sheet = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        sheet.Deliverables.Single().Name.ShouldBe("容缺受理管理办法");
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 8, 16);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 19);

        var scored = await world.AssessmentOfAsync(pilot);
        await Office.PostAsAsync<AssessmentDto>($"/api/assessment/assessments/{scored.Id}/publish", new PublishResultDto("合格", null, scored.ConcurrencyStamp));
        await world.DeliverEventsAsync();
        var concluded = await StatusAsync(pilot);
        (concluded.Status, concluded.Outcome).ShouldBe((PilotStatus.Concluded, PilotOutcome.Completed));
    }

    private async Task<PilotSummary> StatusAsync(Guid pilot) =>
        (await world.AsAsync(People.Nantong.Coordinator, s => s.GetRequiredService<IPilotLookup>().FindAsync(pilot, default)))!;

    private async Task<Guid> GivenAcceptedPilotAsync()
    {
        await world.AsSystemAsync(People.Jiangsu.Tenant, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new RegionAssigned(
                Guid.NewGuid(), AssessmentWorld.ProgrammeId, AssessmentWorld.ThemeId, People.Nantong.Tenant.Id, People.Nantong.Tenant.Path, null));
            await db.SaveChangesAsync();
        });
        await world.DeliverEventsAsync();
        var pilot = (await world.AsAsync(People.Nantong.Coordinator, s =>
            s.GetRequiredService<IPilotLookup>().OfProgrammeAsync(AssessmentWorld.ProgrammeId, default))).Single().Id;

        var office = await world.AsAsync(People.Nantong.Coordinator, s =>
            s.GetRequiredService<IRegionOnboarding>().EnsureOfficeAsync(People.Nantong.Tenant.Id, "南通市政务服务管理办公室", "市政务办", default));
        await City.PostAsAsync<JsonElement>($"/api/pilots/{pilot}/begin-planning", new { concurrencyStamp = await StampAsync(pilot) });
        var plan = await City.PutAsAsync<JsonElement>($"/api/pilots/{pilot}/plan/draft", new
        {
            concurrencyStamp = "",
            phases = new[]
            {
                new
                {
                    name = "实施", startOn = "2023-06-01", endOn = "2023-09-15",
                    tasks = new[] { new { name = "起草管理办法", officeId = office, dueOn = "2023-08-31" } },
                },
            },
        });
        await City.PostAsAsync<JsonElement>($"/api/pilots/{pilot}/plan/submit", new { concurrencyStamp = StampOf(plan) });
        await City.PostAsAsync<JsonElement>($"/api/pilots/{pilot}/start", new { concurrencyStamp = await StampAsync(pilot) });

        var detail = await City.GetAsAsync<JsonElement>($"/api/pilots/{pilot}");
        foreach (var slot in detail.GetProperty("deliverables").EnumerateArray().Where(d => d.GetProperty("kind").GetString() != nameof(DeliverableKind.Evidence)))
        {
            var draft = await City.PutAsAsync<JsonElement>($"/api/deliverables/{slot.GetProperty("id").GetGuid()}/draft", new
            {
                sections = new[] { new { section = "Measures", text = "先受理后补正。" }, new { section = "Results", text = "往返减少。" } },
                fileIds = new[] { Guid.NewGuid() },
            });
            var submission = draft.GetProperty("id").GetGuid();
            var submitted = await City.PostAsAsync<JsonElement>($"/api/submissions/{submission}/submit", new { concurrencyStamp = StampOf(draft) });
            await Office.PostAsAsync<JsonElement>($"/api/submissions/{submission}/accept", new
            {
                concurrencyStamp = StampOf(submitted),
                checks = Checks.Select(item => new { item, passed = true }),
            });
        }

        await world.DeliverEventsAsync();
        return pilot;
    }

    private async Task<string> StampAsync(Guid pilot) => StampOf(await City.GetAsAsync<JsonElement>($"/api/pilots/{pilot}"));

    private static string StampOf(JsonElement json) => json.GetProperty("concurrencyStamp").GetString()!;
}
