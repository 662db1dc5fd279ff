using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

/// <summary>Two at once at two nodes: one effect, the other is told, and nobody's form is spoilt by what it does not depend on.</summary>
public sealed class AssessmentAtOnceTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>
{
    private static Persona Office => People.Jiangsu.Coordinator;

    private static Persona City => People.Nantong.Coordinator;

    [Fact]
    public async Task Scheme_PublishedOrRevisedAtTwoNodesAtOnce_IsOneVersion()
    {
        var office = world.As(Office);
        var draft = await office.PostAsAsync<SchemeDto>("/api/assessment/schemes", new CreateSchemeDto("同时发布", null, 60, 15, Given.TwoIndicators, null));
        foreach (var verb in new[] { "publish", "revise" })
        {
            var stamp = new SchemeStampDto((await office.GetAsAsync<SchemeDto>($"/api/assessment/schemes/{draft.Id}")).ConcurrencyStamp);
            var (first, second) = await world.AtOnceAsync<AssessmentScheme>(node => PostAsync(node, Office, $"/api/assessment/schemes/{draft.Id}/{verb}", stamp));
            (first.Status, second.Status).ShouldBe((409, second.Status), verb);
            second.Status.ShouldBeOneOf(200, 201);
        }

        (await office.GetAsAsync<PagedResult<SchemeListItemDto>>("/api/assessment/schemes?filter=同时发布")).Items.Select(s => s.Version).Order().ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Sheet_SubmittedTwiceAtOnce_OrRecusedMeanwhile_IsOneOfThem()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong, "同时评分");
        await world.PanelAsync(pilot);
        var sheet = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        var saved = await world.As(People.Jiangsu.Assessor).PutAsAsync<SavedSheetDto>($"/api/assessment/sheets/{sheet.Id}", new SaveSheetDto(
            [.. sheet.Indicators.Select(i => new ScoreEntryInputDto(i.Key, 8, null))], "", sheet.ConcurrencyStamp));
        var (first, second) = await world.AtOnceAsync<ScoreSheet>(
            node => PostAsync(node, People.Jiangsu.Assessor, $"/api/assessment/sheets/{sheet.Id}/submit", new SheetStampDto(saved.ConcurrencyStamp)),
            node => PostAsync(node, People.Jiangsu.Assessor, $"/api/assessment/sheets/{sheet.Id}/recuse", new RecuseDto("利害关系", saved.ConcurrencyStamp)));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
        (await PostAsync(world, People.Jiangsu.Assessor, $"/api/assessment/sheets/{sheet.Id}/submit", new SheetStampDto(saved.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, AssessmentErrorCodes.Recused));
        await world.DeliverEventsAsync();
        (await world.AssessmentOfAsync(pilot)).Members.Count(m => m.HasSubmitted).ShouldBe(0);
    }

    [Fact]
    public async Task LastSheets_ToldAtTwoNodesAtOnce_MakeOneOutcome()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong, "同时交齐");
        await world.PanelAsync(pilot);
        await world.SubmittedAndNotToldAsync(People.Jiangsu.Assessor, pilot, 8, 16);
        await world.SubmittedAndNotToldAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        var told = world.Notifications.Sent.Count(n => n.Message.Key == "assessment.all-scored");
        await using var other = world.WithWebHostBuilder(_ => { });
        await Task.WhenAll(new[] { world, other }.Select(n => Task.Run(() => n.Services.GetRequiredService<IOutboxDispatcher>().DispatchDueAsync(default))));
        // What met another at the row waits a while and is tried again.
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.DeliverEventsAsync();
        var assessment = await world.AssessmentOfAsync(pilot);
        assessment.Status.ShouldBe(AssessmentStatus.Scored);
        await world.AsSystemAsync(People.Jiangsu.Tenant, async services =>
            (await services.GetRequiredService<PlatformDbContext>().Set<PanelOutcome>().CountAsync(o => o.AssessmentId == assessment.Id)).ShouldBe(1));
        world.Notifications.Sent.Count(n => n.Message.Key == "assessment.all-scored").ShouldBeGreaterThan(told);
    }

    [Fact]
    public async Task Result_PublishedAtTwoNodesAtOnce_IsPublishedOnce()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong, "同时公布");
        await world.PanelAsync(pilot);
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 8, 16);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        var assessment = await world.AssessmentOfAsync(pilot);
        var body = new PublishResultDto("达到预期。", null, assessment.ConcurrencyStamp);
        var (first, second) = await world.AtOnceAsync<PilotAssessment>(node => PostAsync(node, Office, $"/api/assessment/assessments/{assessment.Id}/publish", body));
        new[] { first.Status, second.Status }.Count(s => s == 200).ShouldBe(1, $"{first} {second}");
        new[] { first.Status, second.Status }.ShouldAllBe(s => s == 200 || s == 409);
        await world.AsSystemAsync(People.Jiangsu.Tenant, async services =>
            (await services.GetRequiredService<PlatformDbContext>().Set<AssessmentResult>().CountAsync(r => r.PilotId == pilot)).ShouldBe(1));
    }

    [Fact]
    public async Task Objection_WhileTheResultBecomesFinal_IsRaisedOrTooLate_NeverBoth()
    {
        foreach (var raisesFirst in new[] { true, false })
        {
            var result = await world.ResultAsync(People.Nantong);
            // The last day, on which both may happen.
            while (PilotPlatform.Time.ChinaTime.DateOf(world.Clock.GetUtcNow().UtcDateTime) < Objection.LastDayOf(result.PublishedAt))
            {
                world.Clock.Advance(TimeSpan.FromDays(1));
            }

            (int Status, string? Code) raised = default;
            async Task RaiseAsync(WebApplicationFactory<Program> node) => raised = await PostAsync(
                node, City, $"/api/assessment/results/{result.Id}/objection", new RaiseObjectionDto("请复核。", result.ConcurrencyStamp)).RefusalAsync();
            if (raisesFirst)
            {
                var meanwhile = Meanwhile.BeforeSaving<AssessmentResult>(() => RaiseAsync(world));
                await using var node = world.With(meanwhile);
                await Should.ThrowAsync<DbUpdateConcurrencyException>(() => FinaliseAsync(node.Services, result.Id));
                await meanwhile.Ended;
                raised.Status.ShouldBe(200);
            }
            else
            {
                var meanwhile = Meanwhile.BeforeSaving<Objection>(() => FinaliseAsync(world.Services, result.Id));
                await using var node = world.With(meanwhile);
                await RaiseAsync(node);
                await meanwhile.Ended;
                raised.ShouldBe((409, "Platform:StaleStamp"));
            }

            var after = await world.ResultAsync(City, result.Id);
            (after.FinalAt is null).ShouldBe(after.Objection is not null);
        }
    }

    [Fact]
    public async Task SelfAssessment_WhoseSchemeIsMerelySettled_CanStillBeSaved()
    {
        var scheme = await world.As(Office).PostAsAsync<SchemeDto>(
            "/api/assessment/schemes", new CreateSchemeDto("先自评", AssessmentWorld.ProgrammeId, 60, 15, Given.TwoIndicators, null));
        scheme = await world.As(Office).PostAsAsync<SchemeDto>($"/api/assessment/schemes/{scheme.Id}/publish", new SchemeStampDto(scheme.ConcurrencyStamp));
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong, "先自评");
        await world.DeliverEventsAsync();
        var self = await world.SelfAssessmentAsync(City, pilot);
        self.Entries.Count.ShouldBe(2);

        // The region types while the office sets the panel, with the scheme that the region already has before it.
        var assessment = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>($"/api/assessment/assessments/{assessment.Id}/assign-panel", new AssignPanelDto(
            [People.Jiangsu.Assessor.Id, People.Jiangsu.SecondAssessor.Id], scheme.Id, new DateOnly(2030, 1, 1), assessment.ConcurrencyStamp));
        await world.DeliverEventsAsync();
        (await world.SelfAssessmentAsync(City, pilot)).IsSchemeSettled.ShouldBeTrue();
        var saved = await world.As(City).PutAsAsync<SavedSelfAssessmentDto>($"/api/assessment/self-assessments/{self.Id}", Given.Filled(self));
        var (first, second) = await world.AtOnceAsync<SelfAssessment>(node =>
            PostAsync(node, City, $"/api/assessment/self-assessments/{self.Id}/hand-in", new SelfAssessmentStampDto(saved.ConcurrencyStamp)));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
    }

    private static Task<HttpResponseMessage> PostAsync(WebApplicationFactory<Program> node, Persona by, string path, object body) =>
        node.ClientOf(by).PostAsJsonAsync(new Uri(path, UriKind.Relative), body, AssessmentWorld.Json);

    /// <summary>As the flow's service task does when the time for objections is over.</summary>
    private static Task FinaliseAsync(IServiceProvider node, Guid resultId) =>
        node.GetRequiredService<Tenancy.ITenantScopes>().RunAsync(Tenancy.ScopeIdentity.System(People.Jiangsu.Tenant), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var result = await db.Set<AssessmentResult>().SingleAsync(r => r.Id == resultId);
            var objection = await db.Set<Objection>().FirstOrDefaultAsync(o => o.ResultId == result.Id);
            result.Finalise(objection, services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync();
        });
}
