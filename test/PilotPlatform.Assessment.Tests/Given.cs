using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
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

    public static async Task<SchemeDto> PublishedSchemeAsync(this AssessmentWorld world, decimal spreadThreshold = 15)
    {
        using var office = world.As(People.Jiangsu.Coordinator);
        var draft = await office.PostAsAsync<SchemeDto>(
            "/api/assessment/schemes", new CreateSchemeDto("成效评估", null, 60, spreadThreshold, TwoIndicators));
        return await office.PostAsAsync<SchemeDto>($"/api/assessment/schemes/{draft.Id}/publish", new SchemeStampDto(draft.ConcurrencyStamp));
    }

    public static async Task<AssessmentDto> AssessmentOfAsync(this AssessmentWorld world, Guid pilotId)
    {
        using var office = world.As(People.Jiangsu.Coordinator);
        var page = await office.GetAsAsync<PagedResult<AssessmentListItemDto>>("/api/assessment/assessments?maxResultCount=200");
        return await office.GetAsAsync<AssessmentDto>($"/api/assessment/assessments/{page.Items.Single(i => i.PilotId == pilotId).Id}");
    }

    public static async Task<AssessmentDto> PanelAsync(this AssessmentWorld world, Guid pilotId, decimal spreadThreshold = 15)
    {
        var scheme = await world.PublishedSchemeAsync(spreadThreshold);
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
        var sheet = await world.SheetAsync(assessor, pilotId);
        using var client = world.As(assessor);
        var saved = await client.PutAsAsync<SavedSheetDto>($"/api/assessment/sheets/{sheet.Id}", new SaveSheetDto(
            [new(sheet.Indicators[0].Key, first, comment), new(sheet.Indicators[1].Key, second, null)], comment, sheet.ConcurrencyStamp));
        var submitted = await client.PostAsAsync<SheetDto>($"/api/assessment/sheets/{sheet.Id}/submit", new SheetStampDto(saved.ConcurrencyStamp));
        await world.DeliverEventsAsync();
        return submitted;
    }
}
