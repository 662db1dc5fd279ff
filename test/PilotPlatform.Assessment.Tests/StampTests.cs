using System.Net.Http.Json;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

/// <summary>No verb of the module takes a form that does not say which state it was filled in against.</summary>
public sealed class StampTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>
{
    private static readonly Persona Office = People.Jiangsu.Coordinator;
    private static readonly Persona City = People.Nantong.Coordinator;

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("another")]
    public async Task EveryVerb_WithoutTheStampOfTheRow_IsRejected(string? stamp)
    {
        var scheme = await world.As(Office).PostAsAsync<SchemeDto>("/api/assessment/schemes", new CreateSchemeDto("成效评估", null, 60, 15, Given.TwoIndicators));
        var schemePath = $"/api/assessment/schemes/{scheme.Id}";
        await RefusedAsync(Office, HttpMethod.Put, schemePath, new UpdateSchemeDto("成效评估", 60, 15, Given.TwoIndicators, stamp!));
        await RefusedAsync(Office, HttpMethod.Post, schemePath + "/publish", new SchemeStampDto(stamp!));
        await world.As(Office).PostAsAsync<SchemeDto>(schemePath + "/publish", new SchemeStampDto(scheme.ConcurrencyStamp));
        await RefusedAsync(Office, HttpMethod.Post, schemePath + "/revise", new SchemeStampDto(stamp!));

        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var waiting = await world.AssessmentOfAsync(pilot);
        var path = $"/api/assessment/assessments/{waiting.Id}";
        await RefusedAsync(Office, HttpMethod.Post, path + "/assign-panel",
            new AssignPanelDto([People.Jiangsu.Assessor.Id, People.Jiangsu.SecondAssessor.Id], scheme.Id, null, stamp!));
        await world.PanelAsync(pilot);
        await world.DeliverEventsAsync();
        var sheet = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        var sheetPath = $"/api/assessment/sheets/{sheet.Id}";
        await RefusedAsync(People.Jiangsu.Assessor, HttpMethod.Put, sheetPath, new SaveSheetDto([], null, stamp!));
        await RefusedAsync(People.Jiangsu.Assessor, HttpMethod.Post, sheetPath + "/submit", new SheetStampDto(stamp!));
        await RefusedAsync(People.Jiangsu.Assessor, HttpMethod.Post, sheetPath + "/recuse", new RecuseDto("亲属", stamp!));
        var self = await world.SelfAssessmentAsync(City, pilot);
        var selfPath = $"/api/assessment/self-assessments/{self.Id}";
        await RefusedAsync(City, HttpMethod.Put, selfPath, new SaveSelfAssessmentDto([], null, stamp!));
        await RefusedAsync(City, HttpMethod.Post, selfPath + "/hand-in", new SelfAssessmentStampDto(stamp!));
        await RefusedAsync(Office, HttpMethod.Post, path + "/replace-assessor", new ReplaceAssessorDto(People.Jiangsu.Assessor.Id, People.Jiangsu.ThirdAssessor.Id, stamp!));

        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 2, 4);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await RefusedAsync(Office, HttpMethod.Post, path + "/call-third", new CallThirdDto(People.Jiangsu.ThirdAssessor.Id, null, stamp!));
        await RefusedAsync(Office, HttpMethod.Post, path + "/moderate", new ModerateDto("会商", stamp!));
        await RefusedAsync(Office, HttpMethod.Post, path + "/publish", new PublishResultDto("达到预期。", "会商", stamp!));
        var scored = await world.AssessmentOfAsync(pilot);
        var published = await world.As(Office).PostAsAsync<AssessmentDto>(path + "/publish", new PublishResultDto("达到预期。", "会商", scored.ConcurrencyStamp));
        var resultPath = $"/api/assessment/results/{published.ResultId}";
        await RefusedAsync(City, HttpMethod.Post, resultPath + "/objection", new RaiseObjectionDto("请复核。", stamp!));
        await world.ObjectedAsync(await world.ResultAsync(City, published.ResultId!.Value), City);
        await RefusedAsync(People.Jiangsu.Leader, HttpMethod.Post, resultPath + "/ruling", new RuleObjectionDto(ObjectionRuling.Dismissed, "维持", stamp!));
        await RefusedAsync(City, HttpMethod.Post, resultPath + "/objection/withdraw", new ObjectionStampDto(stamp!));
    }

    private async Task RefusedAsync(Persona persona, HttpMethod method, string path, object body)
    {
        using var client = world.As(persona);
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body, body.GetType(), options: PilotPlatformApp.Json) };
        var (status, code) = await client.SendAsync(request).RefusalAsync();
        (status is 400 or 409).ShouldBeTrue($"{path} answered {status} {code}");
        code.ShouldNotBeNull();
        if (status == 409)
        {
            code.ShouldBe("Platform:StaleStamp", path);
        }
    }
}
