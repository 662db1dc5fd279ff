using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

/// <summary>分差过大: a third assessor, or a moderation.</summary>
public sealed class ThirdAssessorTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>
{
    private static readonly Persona Office = People.Jiangsu.Coordinator;
    private static readonly Persona Third = People.Jiangsu.ThirdAssessor;

    [Theory]
    [InlineData(20, 90, 80, new[] { 1, 2 })]
    [InlineData(20, 90, 40, new[] { 0, 2 })]
    [InlineData(90, 20, 95, new[] { 0, 2 })]
    [InlineData(20, 90, 55, new[] { 0, 1, 2 })]
    [InlineData(20, 90, 90, new[] { 1, 2 })]
    public void Counting_TakesTheTwoClosest_OrAllWhenBothDistancesAreTheSame(double first, double second, double third, int[] expected)
    {
        var totals = new[] { (decimal)first, (decimal)second, (decimal)third };
        SchemeArithmetic.Counting(totals, ThirdScoreRule.Closest).ShouldBe(expected, ignoreOrder: true);
        SchemeArithmetic.Counting(totals, ThirdScoreRule.MeanOfAll).ShouldBe([0, 1, 2], ignoreOrder: true);
    }

    [Fact]
    public async Task Third_ScoresBlind_AndTheResultIsTheMeanOfTheTwoClosest()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var wide = await world.WideSpreadAsync(pilot);
        wide.Outcome!.ShouldSatisfyAllConditions(o => o.Spread.ShouldBe(70), o => o.SpreadAlarm.ShouldBeTrue(), o => o.Total.ShouldBe(55));
        var called = await CallAsync(wide, Third);
        (called.Status, called.DueOn).ShouldBe((AssessmentStatus.ThirdScoring, new DateOnly(2023, 6, 25)));
        called.Members.Single(m => m.IsThird).Name.ShouldBe(Third.DisplayName);
        world.Notifications.Sent.ShouldContain(n => n.Message.Key == "assessment.score-wanted" && n.User == Third.Id);

        // Nothing of the others reaches the third: neither the sheet nor the list of sheets nor the assessment itself.
        var sheet = await world.SheetAsync(Third, pilot);
        sheet.Indicators.ShouldAllBe(i => i.Points == null);
        (await world.As(Third).GetAsync(new Uri($"/api/assessment/assessments/{wide.Id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(403);
        (await world.RefusalAsync(Office, $"/api/assessment/assessments/{wide.Id}/publish", new PublishResultDto("好", "说明", called.ConcurrencyStamp)))
            .ShouldBe((409, AssessmentErrorCodes.NotAllSubmitted));

        await world.SubmittedAsync(Third, pilot, 8, 16, "材料充分");
        var settled = await world.AssessmentOfAsync(pilot);
        settled.Status.ShouldBe(AssessmentStatus.Scored);
        // 90 and 80 lie closest: 20 is left out.
        settled.Outcome!.ShouldSatisfyAllConditions(
            o => (o.Total, o.Spread, o.SpreadAlarm, o.ThirdRule).ShouldBe((85, 10, false, ThirdScoreRule.Closest)),
            o => o.Assessors.Select(a => (a.Total, a.IsThird, a.IsExcluded)).ShouldBe([(20, false, true), (90, false, false), (80, true, false)], ignoreOrder: true),
            o => o.Indicators.Select(i => i.Mean).ShouldBe([8.5m, 17]));
        var published = await world.As(Office).PostAsAsync<AssessmentDto>(
            $"/api/assessment/assessments/{wide.Id}/publish", new PublishResultDto("达到预期。", null, settled.ConcurrencyStamp));
        (await world.ResultAsync(People.Nantong.Coordinator, published.ResultId!.Value)).ShouldSatisfyAllConditions(
            r => r.Total.ShouldBe(85), r => r.AssessorComments.ShouldBe(["材料充分"]), r => r.Indicators.Select(i => i.Mean).ShouldBe([8.5m, 17]));
    }

    [Fact]
    public async Task Third_UnderASchemeThatTakesTheMeanOfAll_CountsLikeTheOthers()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        await CallAsync(await world.WideSpreadAsync(pilot, ThirdScoreRule.MeanOfAll), Third);
        await world.SubmittedAsync(Third, pilot, 8, 16);
        (await world.AssessmentOfAsync(pilot)).Outcome!.ShouldSatisfyAllConditions(
            o => o.Total.ShouldBe(63.33m), o => o.SpreadAlarm.ShouldBeTrue(), o => o.Assessors.ShouldAllBe(a => !a.IsExcluded));
    }

    [Fact]
    public async Task Third_OfThePanelOrOfTheRegionOrAbleToReadTheScores_IsRejected()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var wide = await world.WideSpreadAsync(pilot);
        (await RefusalAsync(wide, People.Jiangsu.Assessor.Id)).ShouldBe((409, AssessmentErrorCodes.AlreadyOnPanel));
        (await RefusalAsync(wide, People.Nantong.Assessor.Id)).ShouldBe((409, AssessmentErrorCodes.AssessorConflict));
        (await RefusalAsync(wide, People.Jiangsu.Leader.Id)).ShouldBe((409, AssessmentErrorCodes.NotAnAssessor));
        (await RefusalAsync(wide, null)).ShouldBe((400, "Platform:InvalidInput"));
        world.Users.AlsoMayView.Add(Third.Id);
        (await RefusalAsync(wide, Third.Id)).ShouldBe((409, AssessmentErrorCodes.AssessorNotBlind));
        world.Users.AlsoMayView.Clear();
        (await world.AssessmentOfAsync(pilot)).Status.ShouldBe(AssessmentStatus.Scored);
    }

    [Fact]
    public async Task Third_WhereNoAlarmWaits_IsRejected()
    {
        var calm = await world.GivenAcceptedPilotAsync(People.Nantong);
        var scoring = await world.PanelAsync(calm);
        (await RefusalAsync(scoring, Third.Id)).ShouldBe((409, AssessmentErrorCodes.NotAllSubmitted));
        await world.SubmittedAsync(People.Jiangsu.Assessor, calm, 8, 16);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, calm, 8, 17);
        (await RefusalAsync(await world.AssessmentOfAsync(calm), Third.Id)).ShouldBe((409, AssessmentErrorCodes.SpreadNotOpen));

        var talked = await world.GivenAcceptedPilotAsync(People.Nantong);
        var moderated = await ModerateAsync(await world.WideSpreadAsync(talked));
        moderated.Outcome!.SpreadNote.ShouldBe("会商后维持评分。");
        (await RefusalAsync(moderated, Third.Id)).ShouldBe((409, AssessmentErrorCodes.SpreadNotOpen));
        (await world.RefusalAsync(Office, $"/api/assessment/assessments/{moderated.Id}/moderate", new ModerateDto("再议", moderated.ConcurrencyStamp)))
            .ShouldBe((409, AssessmentErrorCodes.SpreadNotOpen));
    }

    [Theory]
    [InlineData(new[] { 70.00, 72.50, 90.00, 71.25 }, new[] { 0, 1, 3 })]
    [InlineData(new[] { 30.00, 85.00, 88.00, 86.50 }, new[] { 1, 2, 3 })]
    [InlineData(new[] { 80.00, 90.00, 85.00, 85.00 }, new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 60.00, 60.01, 90.00, 89.98 }, new[] { 0, 1, 3 })]
    [InlineData(new[] { 10.00, 50.00, 51.00, 52.00, 53.00, 99.00 }, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(new[] { 10.00, 50.00, 51.00, 52.00, 53.00, 92.99 }, new[] { 1, 2, 3, 4, 5 })]
    public void Counting_OfALargerPanel_LeavesOutTheOneFarthestOff_ToTheHundredth(double[] given, int[] expected)
    {
        decimal[] totals = [.. given.Select(x => Math.Round((decimal)x, 2))];
        SchemeArithmetic.Counting(totals, ThirdScoreRule.Closest).ShouldBe(expected, ignoreOrder: true);
        SchemeArithmetic.Counting(totals, ThirdScoreRule.MeanOfAll).Count.ShouldBe(totals.Length);
        // Whatever the order in which they came.
        decimal[] turned = [.. totals.Reverse()];
        SchemeArithmetic.Counting(turned, ThirdScoreRule.Closest).Select(i => turned[i]).Order()
            .ShouldBe(expected.Select(i => totals[i]).Order());
    }

    [Theory]
    [InlineData("Closest", 86.67, 10)]
    [InlineData("MeanOfAll", 70, 70)]
    public async Task Further_OfAPanelOfThree_CountsByTheSchemesRule_Once(string name, double total, double spread)
    {
        var rule = Enum.Parse<ThirdScoreRule>(name);
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var scheme = await world.PublishedSchemeAsync(third: rule);
        var assessment = await world.AssessmentOfAsync(pilot);
        await world.As(Office).PostAsAsync<AssessmentDto>($"/api/assessment/assessments/{assessment.Id}/assign-panel", new AssignPanelDto(
            [People.Jiangsu.Assessor.Id, People.Jiangsu.SecondAssessor.Id, Third.Id], scheme.Id, null, assessment.ConcurrencyStamp));
        await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 2, 4);
        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        await world.SubmittedAsync(Third, pilot, 8, 16);
        var wide = await world.AssessmentOfAsync(pilot);
        wide.Outcome!.ShouldSatisfyAllConditions(o => o.Total.ShouldBe(63.33m), o => o.SpreadAlarm.ShouldBeTrue());

        var called = await CallAsync(wide, UserDoubles.FourthAssessor);
        called.Status.ShouldBe(AssessmentStatus.ThirdScoring);
        (await world.SheetAsync(UserDoubles.FourthAssessor, pilot)).Indicators.ShouldAllBe(i => i.Points == null);
        await world.SubmittedAsync(UserDoubles.FourthAssessor, pilot, 9, 18);
        var settled = await world.AssessmentOfAsync(pilot);
        settled.Outcome!.ShouldSatisfyAllConditions(
            o => (o.Total, o.Spread, o.ThirdRule).ShouldBe(((decimal)total, (decimal)spread, rule)),
            o => o.Assessors.Where(a => a.IsExcluded).Select(a => a.Total).ShouldBe(rule == ThirdScoreRule.Closest ? [20m] : []),
            o => o.Assessors.Single(a => a.IsThird).Name.ShouldBe(UserDoubles.FourthAssessor.DisplayName));
        (await RefusalAsync(settled, People.Jiangsu.Leader.Id)).ShouldBe(
            (409, rule == ThirdScoreRule.Closest ? AssessmentErrorCodes.SpreadNotOpen : AssessmentErrorCodes.ThirdNotPossible));
    }

    [Fact]
    public async Task CallingAndModerating_AreTheOfficesOwn_AndRefuseOldForms()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var wide = await world.WideSpreadAsync(pilot);
        foreach (var sibling in new[] { People.Yangzhou.Coordinator, People.Nantong.Coordinator, People.Ganzhou.Coordinator })
        {
            (await world.RefusalAsync(sibling, $"/api/assessment/assessments/{wide.Id}/call-third", new CallThirdDto(Third.Id, null, wide.ConcurrencyStamp))).Status.ShouldBe(404);
            (await world.RefusalAsync(sibling, $"/api/assessment/assessments/{wide.Id}/moderate", new ModerateDto("会商", wide.ConcurrencyStamp))).Status.ShouldBe(404);
        }

        (await world.RefusalAsync(People.Jiangsu.Leader, $"/api/assessment/assessments/{wide.Id}/call-third", new CallThirdDto(Third.Id, null, wide.ConcurrencyStamp))).Status.ShouldBe(403);
        (await world.RefusalAsync(Office, $"/api/assessment/assessments/{wide.Id}/moderate", new ModerateDto("会商", "old"))).ShouldBe((409, "Platform:StaleStamp"));
        (await world.RefusalAsync(Office, $"/api/assessment/assessments/{wide.Id}/moderate", new ModerateDto(" ", wide.ConcurrencyStamp))).ShouldBe((400, "Platform:InvalidInput"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => i % 2 == 0
            ? RefusalAsync(wide, Third.Id)
            : world.RefusalAsync(Office, $"/api/assessment/assessments/{wide.Id}/moderate", new ModerateDto("会商", wide.ConcurrencyStamp))));
        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join(';', answers));
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 409);
    }

    [Fact]
    public async Task Recusal_ClosesTheSheet_AndTheOneWhoComesInsteadIsWaitedFor()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var assessment = await world.PanelAsync(pilot);
        var sheet = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        var path = $"/api/assessment/sheets/{sheet.Id}/recuse";
        (await world.RefusalAsync(People.Jiangsu.SecondAssessor, path, new RecuseDto("亲属", sheet.ConcurrencyStamp))).Status.ShouldBe(404);
        (await world.RefusalAsync(People.Jiangsu.Assessor, path, new RecuseDto("亲属", ""))).ShouldBe((409, "Platform:StaleStamp"));
        (await world.RefusalAsync(People.Jiangsu.Assessor, path, new RecuseDto(" ", sheet.ConcurrencyStamp))).Status.ShouldBe(400);
        (await world.RefusalAsync(Office, $"/api/assessment/assessments/{assessment.Id}/replace-assessor",
            new ReplaceAssessorDto(People.Jiangsu.Assessor.Id, Third.Id, assessment.ConcurrencyStamp))).ShouldBe((409, AssessmentErrorCodes.NotRecused));
        var closed = await world.As(People.Jiangsu.Assessor).PostAsAsync<SheetDto>(path, new RecuseDto("曾任该项目顾问", sheet.ConcurrencyStamp));
        closed.RecusedAt.ShouldNotBeNull();
        closed.Deliverables.ShouldBeEmpty();
        (await world.RefusalAsync(People.Jiangsu.Assessor, $"/api/assessment/sheets/{sheet.Id}/submit", new SheetStampDto(closed.ConcurrencyStamp)))
            .ShouldBe((409, AssessmentErrorCodes.Recused));
        (await world.As(People.Jiangsu.Assessor).GetAsAsync<List<MySheetDto>>("/api/assessment/my")).ShouldNotContain(s => s.Id == sheet.Id);

        await world.SubmittedAsync(People.Jiangsu.SecondAssessor, pilot, 9, 18);
        var waiting = await world.AssessmentOfAsync(pilot);
        waiting.Status.ShouldBe(AssessmentStatus.Scoring);
        waiting.Members.Single(m => m.RecusedAt is not null).RecusalReason.ShouldBe("曾任该项目顾问");
        var replace = new ReplaceAssessorDto(People.Jiangsu.Assessor.Id, Third.Id, waiting.ConcurrencyStamp);
        (await world.RefusalAsync(People.Yangzhou.Coordinator, $"/api/assessment/assessments/{assessment.Id}/replace-assessor", replace)).Status.ShouldBe(404);
        (await world.RefusalAsync(Office, $"/api/assessment/assessments/{assessment.Id}/replace-assessor", replace with { AssessorId = People.Jiangsu.SecondAssessor.Id }))
            .ShouldBe((409, AssessmentErrorCodes.AlreadyOnPanel));
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.RefusalAsync(Office, $"/api/assessment/assessments/{assessment.Id}/replace-assessor", replace)));
        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join(';', answers));
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 409);
        (await world.AssessmentOfAsync(pilot)).Outcome.ShouldBeNull();
        await world.SubmittedAsync(Third, pilot, 8, 16);
        (await world.AssessmentOfAsync(pilot)).ShouldSatisfyAllConditions(
            a => a.Status.ShouldBe(AssessmentStatus.Scored), a => a.Outcome!.Total.ShouldBe(85), a => a.Outcome!.Assessors.Count.ShouldBe(2));
    }

    [Fact]
    public async Task Recusal_AfterSubmission_IsRejected()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        await world.PanelAsync(pilot);
        var sheet = await world.SubmittedAsync(People.Jiangsu.Assessor, pilot, 8, 16);
        (await world.RefusalAsync(People.Jiangsu.Assessor, $"/api/assessment/sheets/{sheet.Id}/recuse", new RecuseDto("亲属", sheet.ConcurrencyStamp)))
            .ShouldBe((409, AssessmentErrorCodes.SheetSubmitted));
    }

    private Task<AssessmentDto> CallAsync(AssessmentDto assessment, Persona third) => world.As(Office).PostAsAsync<AssessmentDto>(
        $"/api/assessment/assessments/{assessment.Id}/call-third", new CallThirdDto(third.Id, new DateOnly(2023, 6, 25), assessment.ConcurrencyStamp));

    private Task<AssessmentDto> ModerateAsync(AssessmentDto assessment) => world.As(Office).PostAsAsync<AssessmentDto>(
        $"/api/assessment/assessments/{assessment.Id}/moderate", new ModerateDto("会商后维持评分。", assessment.ConcurrencyStamp));

    private Task<(int Status, string? Code)> RefusalAsync(AssessmentDto assessment, Guid? third) =>
        world.RefusalAsync(Office, $"/api/assessment/assessments/{assessment.Id}/call-third", new CallThirdDto(third, null, assessment.ConcurrencyStamp));
}
