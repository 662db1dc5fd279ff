using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Pilots;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

/// <summary>异议与复核: the region's side and the issuer's.</summary>
public sealed class ObjectionTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>, IDisposable
{
    private static readonly Persona City = People.Nantong.Coordinator;
    private static readonly Persona Leader = People.Jiangsu.Leader;

    public void Dispose() => world.Clock.SetChina(2023, 6, 1);

    [Fact]
    public async Task Result_SaysUntilWhenAnObjectionMayBeRaised_AndHowManyWorkingDaysAreLeft()
    {
        var result = await world.ResultAsync(People.Nantong);
        result.ShouldSatisfyAllConditions(
            r => r.State.ShouldBe(ResultState.Open),
            r => r.ObjectionsUntil.ShouldBe(new DateOnly(2023, 6, 8)),
            r => r.WorkingDaysLeft.ShouldBe(5),
            r => (r.IsOwn, r.IsIssuer).ShouldBe((true, false)));
        (await world.ResultAsync(People.Jiangsu.Coordinator, result.Id)).ShouldSatisfyAllConditions(r => (r.IsOwn, r.IsIssuer).ShouldBe((false, true)));
        // A Sunday: only Monday to Thursday are left.
        world.Clock.SetChina(2023, 6, 4);
        (await world.ResultAsync(City, result.Id)).WorkingDaysLeft.ShouldBe(4);
        world.Clock.SetChina(2023, 6, 8, 23);
        (await world.ResultAsync(City, result.Id)).ShouldSatisfyAllConditions(r => r.State.ShouldBe(ResultState.Open), r => r.WorkingDaysLeft.ShouldBe(0));
        world.Clock.SetChina(2023, 6, 9, 0);
        (await world.ResultAsync(City, result.Id)).State.ShouldBe(ResultState.WindowOver);
        (await ObjectAsync(City, result)).ShouldBe((409, AssessmentErrorCodes.ObjectionTooLate));
    }

    [Fact]
    public async Task Raise_NamesPointsAndFiles_AndTellsWhoeverRules()
    {
        var result = await world.ResultAsync(People.Nantong);
        var file = Guid.CreateVersion7();
        var objected = await world.As(City).PostAsAsync<ResultDto>($"/api/assessment/results/{result.Id}/objection", new RaiseObjectionDto(
            "请复核。", result.ConcurrencyStamp, [new(result.Indicators[1].Key, "已有三个地区采用。")], [file]));
        objected.State.ShouldBe(ResultState.UnderObjection);
        objected.Objection!.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ObjectionState.Waiting),
            o => o.Points.Single().ShouldBe(new ObjectionPointDto(result.Indicators[1].Key, "可复制性", "已有三个地区采用。")),
            o => o.Files.Single().Id.ShouldBe(file),
            o => o.RaisedByName.ShouldBe(City.DisplayName),
            o => o.RulingDueOn.ShouldBe(new DateOnly(2023, 6, 15)));
        world.Notifications.Sent.ShouldContain(n => n.Message.Key == "assessment.objection-raised" && n.Permission == AssessmentPermissions.Rule && n.Region == People.Jiangsu.Tenant);
        (await world.As(Leader).GetAsAsync<PagedResult<ObjectionListItemDto>>("/api/assessment/objections?state=Waiting&maxResultCount=200")).Items
            .ShouldContain(i => i.ResultId == result.Id && i.State == ObjectionState.Waiting && i.RegionName == "南通市" && i.Total == 85);
    }

    [Fact]
    public async Task Raise_OfSomethingThatIsNotThere_IsRejectedAtItsField()
    {
        var result = await world.ResultAsync(People.Nantong);
        foreach (var body in new[]
        {
            new RaiseObjectionDto("", result.ConcurrencyStamp),
            new RaiseObjectionDto("请复核。", result.ConcurrencyStamp, [new(Guid.CreateVersion7(), "没有这项")]),
            new RaiseObjectionDto("请复核。", result.ConcurrencyStamp, [new(result.Indicators[0].Key, " ")]),
            new RaiseObjectionDto("请复核。", result.ConcurrencyStamp, [new(result.Indicators[0].Key, "一"), new(result.Indicators[0].Key, "二")]),
            new RaiseObjectionDto("请复核。", result.ConcurrencyStamp, null, [.. Enumerable.Range(0, 11).Select(_ => Guid.CreateVersion7())]),
        })
        {
            (await world.RefusalAsync(City, $"/api/assessment/results/{result.Id}/objection", body)).ShouldBe((400, "Platform:InvalidInput"));
        }

        (await world.ResultAsync(City, result.Id)).Objection.ShouldBeNull();
    }

    [Fact]
    public async Task Raise_WithAFileOfAnotherRegion_IsRejected()
    {
        // The file double answers with files of Nantong.
        var result = await world.ResultAsync(People.Yangzhou);
        (await world.RefusalAsync(People.Yangzhou.Coordinator, $"/api/assessment/results/{result.Id}/objection", new RaiseObjectionDto(
            "请复核。", result.ConcurrencyStamp, null, [Guid.CreateVersion7()]))).ShouldBe((400, "Platform:InvalidInput"));
    }

    [Fact]
    public async Task Raise_TwiceAtOnce_IsRaisedOnce()
    {
        var result = await world.ResultAsync(People.Nantong);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ObjectAsync(City, result)));
        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join(';', answers));
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 409);
        (await world.As(City).GetAsAsync<PagedResult<ObjectionListItemDto>>("/api/assessment/objections?maxResultCount=200")).Items.Count(i => i.ResultId == result.Id).ShouldBe(1);
    }

    [Fact]
    public async Task Siblings_FindNothing_AndTheListHasNothingOfThem()
    {
        var result = await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        foreach (var sibling in new[] { People.Yangzhou.Coordinator, People.Ganzhou.Coordinator })
        {
            (await ObjectAsync(sibling, result)).Status.ShouldBe(404);
            (await world.RefusalAsync(sibling, $"/api/assessment/results/{result.Id}/objection/withdraw", new ObjectionStampDto(result.Objection!.ConcurrencyStamp))).Status.ShouldBe(404);
            (await world.As(sibling).GetStringAsync(new Uri("/api/assessment/objections?maxResultCount=200", UriKind.Relative))).ShouldNotContain(result.Id.ToString());
        }

        (await world.RefusalAsync(People.Jiangsu.Coordinator, $"/api/assessment/results/{result.Id}/objection/withdraw", new ObjectionStampDto(result.Objection!.ConcurrencyStamp)))
            .Status.ShouldBe(404);
        (await world.ResultAsync(City, result.Id)).Objection!.State.ShouldBe(ObjectionState.Waiting);
    }

    [Fact]
    public async Task Withdraw_MakesTheResultFinal_AndNothingElseCanFollow()
    {
        var result = await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        var path = $"/api/assessment/results/{result.Id}";
        (await world.RefusalAsync(City, path + "/objection/withdraw", new ObjectionStampDto(result.ConcurrencyStamp))).ShouldBe((409, "Platform:StaleStamp"));
        var withdrawn = await world.As(City).PostAsAsync<ResultDto>(path + "/objection/withdraw", new ObjectionStampDto(result.Objection!.ConcurrencyStamp));
        withdrawn.ShouldSatisfyAllConditions(
            r => r.State.ShouldBe(ResultState.Final),
            r => r.Total.ShouldBe(85),
            r => r.OriginalTotal.ShouldBeNull(),
            r => r.Objection!.State.ShouldBe(ObjectionState.Withdrawn),
            r => r.Objection!.WithdrawnByName.ShouldBe(City.DisplayName));
        (await RuleAsync(Leader, withdrawn, ObjectionRuling.Dismissed)).ShouldBe((409, AssessmentErrorCodes.ObjectionWithdrawn));
        (await ObjectAsync(City, withdrawn)).ShouldBe((409, AssessmentErrorCodes.AlreadyObjected));
    }

    [Fact]
    public async Task Ruling_ThatAdjusts_ShowsBothValues_AndEverybodyCountsTheNewOne()
    {
        var result = await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        var second = result.Indicators[1];
        (second.Mean, result.Total).ShouldBe((17, 85));
        var ruled = await world.As(Leader).PostAsAsync<ResultDto>($"/api/assessment/results/{result.Id}/ruling", new RuleObjectionDto(
            ObjectionRuling.Upheld, "采用情况属实，重新核分。", result.Objection!.ConcurrencyStamp, [new(second.Key, 19.5m)]));
        // 8.5/10·60 + 19.5/20·40.
        ruled.ShouldSatisfyAllConditions(
            r => (r.Total, r.OriginalTotal, r.Passed, r.OriginalPassed).ShouldBe((90, 85, true, true)),
            r => (r.Indicators[1].Mean, r.Indicators[1].OriginalMean).ShouldBe((19.5m, 17)),
            r => (r.Indicators[0].Mean, r.Indicators[0].OriginalMean).ShouldBe((8.5m, null)),
            r => r.State.ShouldBe(ResultState.Final),
            r => r.Objection!.State.ShouldBe(ObjectionState.Upheld));
        (await world.AsAsync(City, s => s.GetRequiredService<IAssessmentLookup>().FindPublishedAsync(result.PilotId, default)))!.Total.ShouldBe(90);
        var listed = await world.As(City).GetAsAsync<PagedResult<ResultListItemDto>>("/api/assessment/results?maxResultCount=200");
        listed.Items.Single(i => i.Id == result.Id).ShouldSatisfyAllConditions(i => i.Total.ShouldBe(90), i => i.OriginalTotal.ShouldBe(85), i => i.State.ShouldBe(ResultState.Final));
        (await world.AssessmentOfAsync(result.PilotId)).ShouldSatisfyAllConditions(a => a.Outcome!.Total.ShouldBe(85), a => a.RuledTotal.ShouldBe(90));
        (await RuleAsync(Leader, ruled, ObjectionRuling.Dismissed)).ShouldBe((409, AssessmentErrorCodes.AlreadyRuled));
    }

    [Fact]
    public async Task Ruling_ThatAdjustsBelowThePassMark_ChangesTheConclusion()
    {
        var result = await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        var ruled = await world.As(Leader).PostAsAsync<ResultDto>($"/api/assessment/results/{result.Id}/ruling", new RuleObjectionDto(
            ObjectionRuling.Upheld, "重新核分。", result.Objection!.ConcurrencyStamp, [new(result.Indicators[0].Key, 2), new(result.Indicators[1].Key, 10)]));
        (ruled.Total, ruled.Passed, ruled.OriginalPassed).ShouldBe((32, false, true));
        world.Pilots.All[ruled.PilotId].Outcome.ShouldBe(PilotOutcome.NotPassed);
        (await world.As(City).GetAsAsync<PagedResult<ResultListItemDto>>("/api/assessment/results?passed=false&maxResultCount=200")).Items.ShouldContain(i => i.Id == result.Id);
    }

    [Theory]
    [InlineData(10.5, 400)]
    [InlineData(-0.5, 400)]
    [InlineData(8.3, 400)]
    [InlineData(8.5, 400)]
    [InlineData(9, 200)]
    public async Task Ruling_TakesNewPointsByTheScheme_AndOnlyIfTheyChangeSomething(double points, int status)
    {
        var result = await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        (await RuleAsync(Leader, result, ObjectionRuling.Upheld, new RuledPointsDto(result.Indicators[0].Key, (decimal)points))).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Ruling_ThatUpholdsWithoutNewPoints_OrGivesUnknownOnes_IsRejected()
    {
        var result = await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        (await RuleAsync(Leader, result, ObjectionRuling.Upheld)).ShouldBe((400, "Platform:InvalidInput"));
        (await RuleAsync(Leader, result, ObjectionRuling.Upheld, new RuledPointsDto(Guid.CreateVersion7(), 5))).ShouldBe((400, "Platform:InvalidInput"));
        (await world.ResultAsync(City, result.Id)).ShouldSatisfyAllConditions(r => r.Objection!.State.ShouldBe(ObjectionState.Waiting), r => r.OriginalTotal.ShouldBeNull());
    }

    [Fact]
    public async Task Ruling_ByWhoeverPublished_IsRejected()
    {
        var result = await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        var publisher = People.Jiangsu.Coordinator with { Roles = [RoleNames.Coordinator, RoleNames.Leader] };
        (await RuleAsync(publisher, result, ObjectionRuling.Dismissed)).ShouldBe((409, AssessmentErrorCodes.RulerInvolved));
        var scorer = People.Jiangsu.Assessor with { Roles = [RoleNames.Assessor, RoleNames.Leader] };
        (await RuleAsync(scorer, result, ObjectionRuling.Dismissed)).ShouldBe((409, AssessmentErrorCodes.RulerInvolved));
        (await RuleAsync(Leader, result, ObjectionRuling.Dismissed)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Ruling_TwiceAtOnce_IsGivenOnce()
    {
        var result = await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => i % 2 == 0
            ? RuleAsync(Leader, result, ObjectionRuling.Dismissed)
            : RuleAsync(Leader, result, ObjectionRuling.Upheld, new RuledPointsDto(result.Indicators[0].Key, 10))));
        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join(';', answers));
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 409);
        var ruled = await world.ResultAsync(City, result.Id);
        (ruled.OriginalTotal is not null).ShouldBe(ruled.Objection!.State == ObjectionState.Upheld);
    }

    [Fact]
    public async Task Lists_TakeThreeStatementsAtMost()
    {
        await world.ObjectedAsync(await world.ResultAsync(People.Nantong), City);
        await world.ObjectedAsync(await world.ResultAsync(People.Yangzhou), People.Yangzhou.Coordinator);
        using var leader = world.As(Leader);
        foreach (var path in new[] { "/api/assessment/objections", "/api/assessment/results" })
        {
            await leader.GetStringAsync(new Uri(path, UriKind.Relative));
            world.Sql.Reset();
            await leader.GetStringAsync(new Uri(path, UriKind.Relative));
            world.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3, path);
        }
    }

    private Task<(int Status, string? Code)> ObjectAsync(Persona persona, ResultDto result) =>
        world.RefusalAsync(persona, $"/api/assessment/results/{result.Id}/objection", new RaiseObjectionDto("请复核。", result.ConcurrencyStamp));

    private Task<(int Status, string? Code)> RuleAsync(Persona persona, ResultDto result, ObjectionRuling ruling, params RuledPointsDto[] points) =>
        world.RefusalAsync(persona, $"/api/assessment/results/{result.Id}/ruling", new RuleObjectionDto(ruling, "已核对。", result.Objection!.ConcurrencyStamp, points));
}
