using System.Net.Http.Json;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

public sealed class SchemeTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>
{
    private HttpClient Office => world.As(People.Jiangsu.Coordinator);

    [Fact]
    public async Task Publish_WhenWeightsDoNotAddUpTo100_IsRejectedAndStaysDraft()
    {
        var draft = await Office.PostAsAsync<SchemeDto>("/api/assessment/schemes", new CreateSchemeDto(
            "权重不足", null, 60, 15, [new(null, null, "甲", null, 60, 10), new(null, null, "乙", null, 39.99m, 10)]));
        draft.WeightSum.ShouldBe(99.99m);
        (await PublishAsync(draft)).ShouldBe((409, AssessmentErrorCodes.WeightsNot100));
        (await Office.GetAsAsync<SchemeDto>($"/api/assessment/schemes/{draft.Id}")).IsDraft.ShouldBeTrue();

        var mended = await Office.PutAsAsync<SchemeDto>($"/api/assessment/schemes/{draft.Id}", new UpdateSchemeDto(
            "权重正好", 60, 15, [new(null, null, "甲", null, 33.33m, 10), new(null, null, "乙", null, 66.67m, 10)], draft.ConcurrencyStamp));
        mended.ConcurrencyStamp.ShouldNotBe(draft.ConcurrencyStamp);
        (await PublishAsync(mended)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Update_WhenPublished_IsRejected_AndRevisionIsTheNextVersion()
    {
        var scheme = await world.PublishedSchemeAsync();
        (await Office.PutAsJsonAsync($"/api/assessment/schemes/{scheme.Id}", new UpdateSchemeDto("改名", 60, 15, Given.TwoIndicators, scheme.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, AssessmentErrorCodes.SchemePublished));

        var next = await Office.PostAsAsync<SchemeDto>($"/api/assessment/schemes/{scheme.Id}/revise", new SchemeStampDto(scheme.ConcurrencyStamp));
        (next.Version, next.IsDraft, next.FamilyId).ShouldBe((2, true, scheme.FamilyId));
        next.Indicators.Select(i => i.Key).ShouldBe(scheme.Indicators.Select(i => i.Key));
        (await Office.PostAsJsonAsync($"/api/assessment/schemes/{scheme.Id}/revise", new SchemeStampDto(scheme.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, AssessmentErrorCodes.RevisionExists));
    }

    [Fact]
    public async Task Create_WithFieldsOutOfRange_Is400PerField()
    {
        var response = await Office.PostAsJsonAsync("/api/assessment/schemes", new CreateSchemeDto(
            "", null, 101, 15, [new(null, null, "甲", null, 0, 10), new(null, null, "", null, 100, 0.3m)]), PilotPlatformApp.Json);
        ((int)response.StatusCode).ShouldBe(400);
        var errors = (await response.Content.ReadFromJsonAsync<Problem>(PilotPlatformApp.Json))!.Errors!;
        errors.Keys.ShouldBe(["name", "passMark", "indicators[0].weight", "indicators[1].name", "indicators[1].maxPoints"], ignoreOrder: true);
    }

    [Fact]
    public async Task Draft_IsNobodyElses()
    {
        var draft = await Office.PostAsAsync<SchemeDto>("/api/assessment/schemes", new CreateSchemeDto("草稿", null, 60, 15, Given.TwoIndicators));
        foreach (var other in new[] { People.Nantong.Coordinator, People.Ganzhou.Coordinator })
        {
            (await world.As(other).GetAsync(new Uri($"/api/assessment/schemes/{draft.Id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
        }
    }

    [Theory]
    [InlineData("GET", "/api/assessment/schemes")]
    [InlineData("GET", "/api/assessment/assessments")]
    [InlineData("GET", "/api/assessment/results")]
    [InlineData("POST", "/api/assessment/schemes")]
    public async Task Assessor_SeesNothingButTheirSheets(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(new { }) };
        (await world.As(People.Jiangsu.Assessor).SendAsync(request).RefusalAsync()).ShouldBe((403, "Platform:Forbidden"));
    }

    private Task<(int Status, string? Code)> PublishAsync(SchemeDto scheme) =>
        Office.PostAsJsonAsync($"/api/assessment/schemes/{scheme.Id}/publish", new SchemeStampDto(scheme.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync();

    internal sealed record Problem(string Code, Dictionary<string, string[]>? Errors);
}
