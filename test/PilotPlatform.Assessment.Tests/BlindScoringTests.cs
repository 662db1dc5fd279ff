using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Pilots;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

public sealed class BlindScoringTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>
{
    private const string Secret = "甲专家的意见";

    [Fact]
    public async Task Sheet_IsReadByItsAssessorAlone_BeforeAndAfterSubmission()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        await world.PanelAsync(pilot);
        var sheet = await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 8, 16, Secret);
        sheet.Deliverables.Single().Files.Single().Name.ShouldBe("清单.xlsx");

        foreach (var other in new[] { People.Jiangsu.SecondAssessor, People.Jiangsu.ThirdAssessor })
        {
            (await world.As(other).GetAsync(new Uri($"/api/assessment/sheets/{sheet.Id}", UriKind.Relative)).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
            (await world.As(other).PutAsJsonAsync($"/api/assessment/sheets/{sheet.Id}", new { sheet.ConcurrencyStamp }).RefusalAsync()).Status.ShouldBe(404);
        }

        foreach (var reader in new[] { People.Jiangsu.SecondAssessor, People.Jiangsu.Coordinator, People.Jiangsu.Leader, People.Nantong.Coordinator })
        {
            (await world.AsAsync(reader, s => s.GetRequiredService<PlatformDbContext>().Set<ScoreSheet>().AnyAsync(x => x.Id == sheet.Id))).ShouldBeFalse();
        }

        (await world.As(People.Jiangsu.SecondAssessor).GetStringAsync(new Uri("/api/assessment/my", UriKind.Relative))).ShouldNotContain(sheet.Id.ToString());
    }

    [Fact]
    public async Task Office_SeesNoValueUntilAllAreIn_ThenTheMeanAndTheSpread()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var assessment = await world.PanelAsync(pilot);
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 8, 16, Secret);

        using var office = world.As(People.Jiangsu.Coordinator);
        var text = await office.GetStringAsync(new Uri($"/api/assessment/assessments/{assessment.Id}", UriKind.Relative));
        text.ShouldContain("\"outcome\":null");
        text.ShouldNotContain(Secret);
        var half = await world.AssessmentOfAsync(pilot);
        (half.Status, half.Members.Count(m => m.HasSubmitted)).ShouldBe((AssessmentStatus.Scoring, 1));
        (await office.PostAsJsonAsync($"/api/assessment/assessments/{assessment.Id}/publish", new PublishResultDto("好", null, half.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, AssessmentErrorCodes.NotAllSubmitted));

        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 19);
        var full = await world.AssessmentOfAsync(pilot);
        full.Status.ShouldBe(AssessmentStatus.Scored);
        // 8/10·60 + 16/20·40 = 80 and 9/10·60 + 19/20·40 = 92.
        full.Outcome!.Assessors.Select(a => a.Total).ShouldBe([80m, 92m], ignoreOrder: true);
        (full.Outcome.Total, full.Outcome.Spread, full.Outcome.SpreadAlarm, full.Outcome.Passes).ShouldBe((86m, 12m, false, true));
        full.Outcome.Indicators.Select(i => i.Mean).ShouldBe([8.5m, 17.5m]);
        (await world.As(People.Jiangsu.SecondAssessor).GetAsync(new Uri($"/api/assessment/assessments/{assessment.Id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(403);
    }

    [Fact]
    public async Task AuditLog_BeforeRelease_TellsNothingOfAScore()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        await world.PanelAsync(pilot);
        var sheet = await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 7.5m, 13, Secret);
        var lines = await world.AsAsync(People.Jiangsu.Auditor, s => s.GetRequiredService<PlatformDbContext>().Set<AuditEntry>()
            .Where(e => e.SubjectId == sheet.Id.ToString()).Select(e => e.Details).ToListAsync());
        lines.Count.ShouldBeGreaterThanOrEqualTo(3);
        lines.ShouldAllBe(d => d == """{"draft":true}""");
    }

    [Fact]
    public async Task Submit_AnswersTheSame_WhetherFirstOrLast()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Yangzhou);
        await world.PanelAsync(pilot);
        var sheetA = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        var sheetB = await world.SheetAsync(People.Jiangsu.SecondAssessor, pilot);
        var first = await CountedSubmitAsync(People.Jiangsu.Assessor, sheetA);
        var last = await CountedSubmitAsync(People.Jiangsu.SecondAssessor, sheetB);
        last.ShouldBe(first);

        async Task<int> CountedSubmitAsync(Persona assessor, SheetDto sheet)
        {
            using var client = world.As(assessor);
            var saved = await client.PutAsAsync<SavedSheetDto>($"/api/assessment/sheets/{sheet.Id}", new SaveSheetDto(
                [.. sheet.Indicators.Select(i => new ScoreEntryInputDto(i.Key, 6, null))], null, sheet.ConcurrencyStamp));
            world.Sql.Reset();
            await client.PostAsAsync<SheetDto>($"/api/assessment/sheets/{sheet.Id}/submit", new SheetStampDto(saved.ConcurrencyStamp));
            return world.Sql.Statements.Count;
        }
    }

    [Theory]
    [InlineData(-0.5, "entries[1].points")]
    [InlineData(20.5, "entries[1].points")]
    [InlineData(3.3, "entries[1].points")]
    public async Task Save_WithPointsOutOfRangeOrStep_Is400AtTheField(double points, string field)
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Yangzhou);
        await world.PanelAsync(pilot);
        var sheet = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        var response = await world.As(People.Jiangsu.Assessor).PutAsJsonAsync($"/api/assessment/sheets/{sheet.Id}", new SaveSheetDto(
            [new(sheet.Indicators[0].Key, 10, null), new(sheet.Indicators[1].Key, (decimal)points, null)], null, sheet.ConcurrencyStamp), PilotPlatformApp.Json);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadFromJsonAsync<SchemeTests.Problem>(PilotPlatformApp.Json))!.Errors!.Keys.ShouldBe([field]);
    }

    [Fact]
    public async Task Save_KeepsWhatWasTyped_ChangesTheStamp_AndRefusesAStaleOne()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Yangzhou);
        await world.PanelAsync(pilot);
        var sheet = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        using var client = world.As(People.Jiangsu.Assessor);
        var saved = await client.PutAsAsync<SavedSheetDto>($"/api/assessment/sheets/{sheet.Id}", new SaveSheetDto(
            [new(sheet.Indicators[0].Key, 7.5m, "半分")], "未完", sheet.ConcurrencyStamp));
        (saved.Total, saved.ConcurrencyStamp == sheet.ConcurrencyStamp).ShouldBe((45m, false));
        (await client.PutAsJsonAsync($"/api/assessment/sheets/{sheet.Id}", new SaveSheetDto([], "旧页面", sheet.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, "Platform:StaleStamp"));
        var again = await client.GetAsAsync<SheetDto>($"/api/assessment/sheets/{sheet.Id}");
        (again.Indicators[0].Points, again.Indicators[0].Comment, again.Indicators[1].Points, again.Comment).ShouldBe((7.5m, "半分", null, "未完"));

        // Not complete: told at the field that lacks its points; then complete, final, and a second click is told so.
        (await client.PostAsJsonAsync($"/api/assessment/sheets/{sheet.Id}/submit", new SheetStampDto(saved.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((400, "Platform:InvalidInput"));
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 7.5m, 10);
        (await client.PostAsJsonAsync($"/api/assessment/sheets/{sheet.Id}/submit", new SheetStampDto(saved.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, AssessmentErrorCodes.SheetSubmitted));
        var final = await client.GetAsAsync<SheetDto>($"/api/assessment/sheets/{sheet.Id}");
        (await client.PutAsJsonAsync($"/api/assessment/sheets/{sheet.Id}", new SaveSheetDto([], "", final.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, AssessmentErrorCodes.SheetSubmitted));
    }

    [Fact]
    public async Task Publish_ShowsTheRegionItsResult_AndNobodyBeside()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        await world.PanelAsync(pilot, spreadThreshold: 10);
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 5, 10, Secret);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 6.5m, 13, "乙专家的意见");
        var scored = await world.AssessmentOfAsync(pilot);
        scored.Outcome!.SpreadAlarm.ShouldBeTrue();
        using var office = world.As(People.Jiangsu.Coordinator);
        var path = $"/api/assessment/assessments/{scored.Id}/publish";
        (await office.PostAsJsonAsync(path, new PublishResultDto("意见", null, scored.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync()).Status.ShouldBe(400);
        (await ResultsAsync(People.Nantong.Coordinator)).ShouldNotContain(r => r.PilotId == pilot);

        var published = await office.PostAsAsync<AssessmentDto>(path, new PublishResultDto("继续完善", "已会商", scored.ConcurrencyStamp));
        (published.Status, world.Pilots.All[pilot].Outcome).ShouldBe((AssessmentStatus.Published, PilotOutcome.NotPassed));
        (await office.PostAsJsonAsync(path, new PublishResultDto("再来", "已会商", published.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, AssessmentErrorCodes.AlreadyPublished));

        using var city = world.As(People.Nantong.Coordinator);
        var text = await city.GetStringAsync(new Uri($"/api/assessment/results/{published.ResultId}", UriKind.Relative));
        foreach (var assessor in new[] { People.Jiangsu.Assessor, People.Jiangsu.SecondAssessor })
        {
            text.ShouldNotContain(assessor.DisplayName);
            text.ShouldNotContain(assessor.Id.ToString());
        }

        var result = await city.GetAsAsync<ResultDto>($"/api/assessment/results/{published.ResultId}");
        (result.Total, result.Passed, result.Comment).ShouldBe((57.5m, false, "继续完善"));
        result.Indicators.Select(i => i.Mean).ShouldBe([5.75m, 11.5m]);
        result.AssessorComments.ShouldBe(["乙专家的意见", Secret], ignoreOrder: true);
        foreach (var other in new[] { People.Yangzhou.Coordinator, People.Ganzhou.Coordinator })
        {
            (await world.As(other).GetAsync(new Uri($"/api/assessment/results/{published.ResultId}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
            (await ResultsAsync(other)).ShouldNotContain(r => r.PilotId == pilot);
        }

        world.Notifications.Sent.ShouldContain(n => n.Message.Key == "assessment.result-published" && n.Region == People.Nantong.Tenant);
        var lookedUp = await world.AsAsync(People.Nantong.Coordinator, s => s.GetRequiredService<IAssessmentLookup>().FindPublishedAsync(pilot, default));
        (lookedUp!.Total, lookedUp.Passed).ShouldBe((57.5m, false));
        (await world.AsAsync(People.Yangzhou.Coordinator, s => s.GetRequiredService<IAssessmentLookup>().FindPublishedAsync(pilot, default))).ShouldBeNull();
    }

    private async Task<IReadOnlyList<ResultListItemDto>> ResultsAsync(Persona persona) =>
        (await world.As(persona).GetAsAsync<PagedResult<ResultListItemDto>>("/api/assessment/results?maxResultCount=200")).Items;
}
