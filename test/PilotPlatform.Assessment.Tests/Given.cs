using System.Net.Http.Json;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

/// <summary>The usual steps, over HTTP.</summary>
internal static class Given
{
    public static readonly IReadOnlyList<IndicatorInputDto> TwoIndicators =
    [
        new(null, "成果", "完整性", "对照通知", 60, 10),
        new(null, "成果", "可复制性", null, 40, 20),
    ];

    public static async Task<SchemeDto> PublishedSchemeAsync(this AssessmentWorld world, decimal spreadThreshold = 15, ThirdScoreRule? third = null)
    {
        using var office = world.As(People.Jiangsu.Coordinator);
        var draft = await office.PostAsAsync<SchemeDto>(
            "/api/assessment/schemes", new CreateSchemeDto("成效评估", null, 60, spreadThreshold, TwoIndicators, third));
        return await office.PostAsAsync<SchemeDto>($"/api/assessment/schemes/{draft.Id}/publish", new SchemeStampDto(draft.ConcurrencyStamp));
    }

    public static async Task<AssessmentDto> AssessmentOfAsync(this AssessmentWorld world, Guid pilotId)
    {
        using var office = world.As(People.Jiangsu.Coordinator);
        var page = await office.GetAsAsync<PagedResult<AssessmentListItemDto>>("/api/assessment/assessments?maxResultCount=200");
        return await office.GetAsAsync<AssessmentDto>($"/api/assessment/assessments/{page.Items.Single(i => i.PilotId == pilotId).Id}");
    }

    public static async Task<AssessmentDto> PanelAsync(this AssessmentWorld world, Guid pilotId, decimal spreadThreshold = 15, ThirdScoreRule? third = null)
    {
        var scheme = await world.PublishedSchemeAsync(spreadThreshold, third);
        var assessment = await world.AssessmentOfAsync(pilotId);
        using var office = world.As(People.Jiangsu.Coordinator);
        return await office.PostAsAsync<AssessmentDto>(
            $"/api/assessment/assessments/{assessment.Id}/assign-panel",
            new AssignPanelDto([People.Jiangsu.Assessor.Id, People.Jiangsu.SecondAssessor.Id], scheme.Id, new DateOnly(2023, 6, 20), assessment.ConcurrencyStamp));
    }

    public static async Task<SheetDto> SheetAsync(this AssessmentWorld world, Persona assessor, Guid pilotId)
    {
        using var client = world.As(assessor);
        foreach (var mine in await client.GetAsAsync<List<MySheetDto>>("/api/assessment/my"))
        {
            var sheet = await client.GetAsAsync<SheetDto>($"/api/assessment/sheets/{mine.Id}");
            if (sheet.PilotId == pilotId)
            {
                return sheet;
            }
        }

        throw new InvalidOperationException("The assessor has no sheet of that pilot.");
    }

    public static async Task<SheetDto> SubmittedAsync(this AssessmentWorld world, Persona assessor, Guid pilotId, decimal first, decimal second, string comment = "")
    {
        var submitted = await world.SubmittedAndNotToldAsync(assessor, pilotId, first, second, comment);
        await world.DeliverEventsAsync();
        return submitted;
    }

    /// <summary>A sheet is in, and the message of it is still to be delivered.</summary>
    public static async Task<SheetDto> SubmittedAndNotToldAsync(
        this AssessmentWorld world, Persona assessor, Guid pilotId, decimal first, decimal second, string comment = "")
    {
        var sheet = await world.SheetAsync(assessor, pilotId);
        using var client = world.As(assessor);
        var saved = await client.PutAsAsync<SavedSheetDto>($"/api/assessment/sheets/{sheet.Id}", new SaveSheetDto(
            [new(sheet.Indicators[0].Key, first, comment), new(sheet.Indicators[1].Key, second, null)], comment, sheet.ConcurrencyStamp));
        return await client.PostAsAsync<SheetDto>($"/api/assessment/sheets/{sheet.Id}/submit", new SheetStampDto(saved.ConcurrencyStamp));
    }

    /// <summary>Two sheets are in: weighted totals of 20 and 90, far apart.</summary>
    public static async Task<AssessmentDto> WideSpreadAsync(this AssessmentWorld world, Guid pilotId, ThirdScoreRule? third = null)
    {
        await world.PanelAsync(pilotId, third: third);
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilotId, 2, 4);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilotId, 9, 18);
        return await world.AssessmentOfAsync(pilotId);
    }

    /// <summary>A published result: points 8 and 9 of 10, 16 and 18 of 20; the total is 85.</summary>
    public static async Task<ResultDto> ResultAsync(this AssessmentWorld world, RegionPeople region)
    {
        var pilot = await world.GivenAcceptedPilotAsync(region);
        await world.PanelAsync(pilot);
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 8, 16);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        var assessment = await world.AssessmentOfAsync(pilot);
        using var office = world.As(People.Jiangsu.Coordinator);
        var published = await office.PostAsAsync<AssessmentDto>(
            $"/api/assessment/assessments/{assessment.Id}/publish", new PublishResultDto("达到预期。", null, assessment.ConcurrencyStamp));
        await world.DeliverEventsAsync();
        return await world.ResultAsync(region.Coordinator, published.ResultId!.Value);
    }

    public static async Task<ResultDto> ResultAsync(this AssessmentWorld world, Persona reader, Guid resultId)
    {
        using var client = world.As(reader);
        return await client.GetAsAsync<ResultDto>($"/api/assessment/results/{resultId}");
    }

    public static async Task<ResultDto> ObjectedAsync(this AssessmentWorld world, ResultDto result, Persona coordinator)
    {
        using var city = world.As(coordinator);
        return await city.PostAsAsync<ResultDto>($"/api/assessment/results/{result.Id}/objection", new RaiseObjectionDto(
            "指标口径与通知不一致，请复核。", result.ConcurrencyStamp, [new(result.Indicators[1].Key, "已有三个地区采用。")]));
    }

    public static async Task<SelfAssessmentDto> SelfAssessmentAsync(this AssessmentWorld world, Persona coordinator, Guid pilotId)
    {
        using var city = world.As(coordinator);
        var page = await city.GetAsAsync<PagedResult<SelfAssessmentListItemDto>>("/api/assessment/self-assessments?maxResultCount=200");
        return await city.GetAsAsync<SelfAssessmentDto>($"/api/assessment/self-assessments/{page.Items.Single(i => i.PilotId == pilotId).Id}");
    }

    public static SaveSelfAssessmentDto Filled(SelfAssessmentDto self, string summary = "本市按期完成全部任务。") => new(
        [.. self.Entries.Select(e => new SelfEntryInputDto(e.IndicatorKey, e.MaxPoints, "对照" + e.Name, ["https://www.example.gov.cn/" + e.Name]))], summary, self.ConcurrencyStamp);

    public static async Task<SelfAssessmentDto> HandedInAsync(this AssessmentWorld world, Persona coordinator, Guid pilotId)
    {
        var self = await world.SelfAssessmentAsync(coordinator, pilotId);
        using var city = world.As(coordinator);
        var saved = await city.PutAsAsync<SavedSelfAssessmentDto>($"/api/assessment/self-assessments/{self.Id}", Filled(self));
        return await city.PostAsAsync<SelfAssessmentDto>($"/api/assessment/self-assessments/{self.Id}/hand-in", new SelfAssessmentStampDto(saved.ConcurrencyStamp));
    }

    public static async Task<(int Status, string? Code)> RefusalAsync(this AssessmentWorld world, Persona persona, string path, object body)
    {
        using var client = world.As(persona);
        return await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, PilotPlatformApp.Json).RefusalAsync();
    }
}
