using System.Net.Http.Json;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Data;
using PilotPlatform.Pilots;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

public sealed class PanelTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>
{
    [Fact]
    public async Task PilotAccepted_MakesAnAssessmentOfTheIssuer_Once()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var assessment = await world.AssessmentOfAsync(pilot);
        (assessment.Status, assessment.RegionName, assessment.Outcome).ShouldBe((AssessmentStatus.AwaitingPanel, "南通市", null));
        world.Notifications.Sent.ShouldContain(n => n.Message.Key == "assessment.panel-wanted" && n.Region == People.Jiangsu.Tenant);

        foreach (var other in new[] { People.Nantong.Coordinator, People.Yangzhou.Coordinator, People.Ganzhou.Coordinator })
        {
            (await world.As(other).GetAsync(new Uri($"/api/assessment/assessments/{assessment.Id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
            (await world.As(other).GetAsAsync<PagedResult<AssessmentListItemDto>>("/api/assessment/assessments")).TotalCount.ShouldBe(0);
        }
    }

    [Fact]
    public async Task AssignPanel_WithOneTwiceOrConflictedPeople_IsRejected()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var assessment = await world.AssessmentOfAsync(pilot);
        var scheme = await world.PublishedSchemeAsync();
        (await AssignAsync(People.Jiangsu.Assessor.Id)).ShouldBe((400, "Platform:InvalidInput"));
        (await AssignAsync(People.Jiangsu.Assessor.Id, People.Jiangsu.Assessor.Id)).ShouldBe((400, "Platform:InvalidInput"));
        (await AssignAsync(People.Jiangsu.Assessor.Id, People.Nantong.Assessor.Id)).ShouldBe((409, AssessmentErrorCodes.AssessorConflict));
        (await AssignAsync(People.Jiangsu.Assessor.Id, People.Jiangsu.Coordinator.Id)).ShouldBe((409, AssessmentErrorCodes.NotAnAssessor));
        world.Pilots.All[pilot].Status.ShouldBe(PilotStatus.Submitted);
        (await AssignAsync(People.Jiangsu.Assessor.Id, People.Jiangsu.SecondAssessor.Id)).Status.ShouldBe(200);
        world.Pilots.All[pilot].Status.ShouldBe(PilotStatus.UnderAssessment);
        // A double click, with the stamp that the form had.
        (await AssignAsync(People.Jiangsu.Assessor.Id, People.Jiangsu.SecondAssessor.Id)).ShouldBe((409, "Platform:StaleStamp"));
        (await world.AssessmentOfAsync(pilot)).Members.Count.ShouldBe(2);

        Task<(int Status, string? Code)> AssignAsync(params Guid[] assessors) => world.As(People.Jiangsu.Coordinator).PostAsJsonAsync(
            $"/api/assessment/assessments/{assessment.Id}/assign-panel",
            new AssignPanelDto(assessors, scheme.Id, null, assessment.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync();
    }

    [Fact]
    public async Task Candidates_AreTheIssuersAssessors()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Yangzhou);
        var assessment = await world.AssessmentOfAsync(pilot);
        var candidates = await world.As(People.Jiangsu.Coordinator).GetAsAsync<List<CandidateDto>>($"/api/assessment/assessments/{assessment.Id}/candidates");
        candidates.Select(c => c.Id).ShouldBe(
            [
                People.Jiangsu.Assessor.Id, People.Jiangsu.SecondAssessor.Id, People.Jiangsu.ThirdAssessor.Id, UserDoubles.FourthAssessor.Id,
                UserDoubles.FifthAssessor.Id, UserDoubles.SixthAssessor.Id,
            ],
            ignoreOrder: true);
        candidates.ShouldAllBe(c => !c.HasConflict);
    }

    [Fact]
    public async Task List_TakesThreeStatementsAtMost()
    {
        await world.GivenAcceptedPilotAsync(People.Nantong);
        await world.GivenAcceptedPilotAsync(People.Yangzhou);
        using var office = world.As(People.Jiangsu.Coordinator);
        await office.GetAsAsync<PagedResult<AssessmentListItemDto>>("/api/assessment/assessments");
        world.Sql.Reset();
        (await office.GetAsAsync<PagedResult<AssessmentListItemDto>>("/api/assessment/assessments")).Items.Count.ShouldBeGreaterThan(1);
        world.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3);
        (await office.GetAsync(new Uri("/api/assessment/assessments?sorting=total", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(400);
    }
}
