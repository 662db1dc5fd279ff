using System.Net.Http.Json;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Data;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

/// <summary>自评: the region's own until it is handed in; then beside what the assessors score.</summary>
public sealed class SelfAssessmentTests(AssessmentWorld world) : IClassFixture<AssessmentWorld>
{
    private static readonly Persona City = People.Nantong.Coordinator;

    [Fact]
    public async Task AcceptedPilot_AsksItsRegion_AndTakesTheSchemeOverWhenThePanelIsSet()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var self = await world.SelfAssessmentAsync(City, pilot);
        self.ShouldSatisfyAllConditions(s => s.Entries.ShouldBeEmpty(), s => s.SchemeName.ShouldBeNull(), s => s.DueOn.ShouldBe(new DateOnly(2023, 6, 15)));
        world.Notifications.Sent.ShouldContain(n =>
            n.Message.Key == "assessment.self-assessment-wanted" && n.Region == People.Nantong.Tenant && n.Permission == AssessmentPermissions.SelfAssess);

        await world.As(City).PutAsAsync<SavedSelfAssessmentDto>($"/api/assessment/self-assessments/{self.Id}", new SaveSelfAssessmentDto([], "先写总体情况。", self.ConcurrencyStamp));
        await world.PanelAsync(pilot);
        await world.DeliverEventsAsync();
        var laidOut = await world.SelfAssessmentAsync(City, pilot);
        laidOut.ShouldSatisfyAllConditions(
            s => s.Entries.Select(e => e.Name).ShouldBe(["完整性", "可复制性"]), s => s.Summary.ShouldBe("先写总体情况。"), s => s.IsSchemeSettled.ShouldBeTrue());
    }

    [Fact]
    public async Task Draft_IsSeenByItsRegionAlone_AndByTheAssessorsOnceHandedIn()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        await world.PanelAsync(pilot);
        await world.DeliverEventsAsync();
        var self = await world.SelfAssessmentAsync(City, pilot);
        var path = $"/api/assessment/self-assessments/{self.Id}";
        var saved = await world.As(City).PutAsAsync<SavedSelfAssessmentDto>(path, Given.Filled(self, "绝不提前示人的自评"));
        saved.Total.ShouldBe(100);
        foreach (var other in new[] { People.Jiangsu.Coordinator, People.Yangzhou.Coordinator, People.Ganzhou.Coordinator })
        {
            (await world.As(other).GetAsync(new Uri(path, UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
            (await world.As(other).GetStringAsync(new Uri("/api/assessment/self-assessments?maxResultCount=200", UriKind.Relative))).ShouldNotContain(self.Id.ToString());
        }

        var sheet = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        sheet.ShouldSatisfyAllConditions(s => s.SelfEntries.ShouldBeEmpty(), s => s.SelfAssessment.ShouldBeEmpty(), s => s.SelfAssessedAt.ShouldBeNull());
        (await world.AssessmentOfAsync(pilot)).SelfAssessedAt.ShouldBeNull();

        await world.As(City).PostAsAsync<SelfAssessmentDto>(path + "/hand-in", new SelfAssessmentStampDto(saved.ConcurrencyStamp));
        sheet = await world.SheetAsync(People.Jiangsu.Assessor, pilot);
        sheet.SelfAssessment.ShouldBe("绝不提前示人的自评");
        sheet.SelfEntries[0].ShouldSatisfyAllConditions(
            e => e.IndicatorKey.ShouldBe(sheet.Indicators[0].Key), e => e.Points.ShouldBe(10), e => e.Remark.ShouldBe("对照完整性"), e => e.Links.ShouldHaveSingleItem());
        (await world.As(People.Jiangsu.Coordinator).GetAsAsync<SelfAssessmentDto>(path)).ShouldSatisfyAllConditions(s => s.IsOwn.ShouldBeFalse(), s => s.Total.ShouldBe(100));
        foreach (var sibling in new[] { People.Yangzhou.Coordinator, People.Ganzhou.Coordinator })
        {
            (await world.As(sibling).GetAsync(new Uri(path, UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
        }
    }

    [Fact]
    public async Task HandIn_IsFinal_AndHappensOnce()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        await world.PanelAsync(pilot);
        await world.DeliverEventsAsync();
        var self = await world.SelfAssessmentAsync(City, pilot);
        var path = $"/api/assessment/self-assessments/{self.Id}";
        (await world.RefusalAsync(City, path + "/hand-in", new SelfAssessmentStampDto(self.ConcurrencyStamp))).ShouldBe((400, "Platform:InvalidInput"));
        var saved = await world.As(City).PutAsAsync<SavedSelfAssessmentDto>(path, Given.Filled(self));
        (await world.RefusalAsync(City, path + "/hand-in", new SelfAssessmentStampDto(self.ConcurrencyStamp))).ShouldBe((409, "Platform:StaleStamp"));
        foreach (var other in new[] { People.Yangzhou.Coordinator, People.Jiangsu.Coordinator })
        {
            (await world.RefusalAsync(other, path + "/hand-in", new SelfAssessmentStampDto(saved.ConcurrencyStamp))).Status.ShouldBe(404);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.RefusalAsync(City, path + "/hand-in", new SelfAssessmentStampDto(saved.ConcurrencyStamp))));
        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join(';', answers));
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 409);
        var done = await world.SelfAssessmentAsync(City, pilot);
        (done.HandedInAt, done.HandedInByName).ShouldBe((world.Clock.GetUtcNow().UtcDateTime, City.DisplayName));
        (await world.As(City).PutAsJsonAsync(path, Given.Filled(done), PilotPlatformApp.Json).RefusalAsync()).ShouldBe((409, AssessmentErrorCodes.SelfAssessmentHandedIn));
        // The issuer reads it, and does not write it: not even once it is handed in.
        (await world.As(People.Jiangsu.Coordinator).PutAsJsonAsync(path, Given.Filled(done), PilotPlatformApp.Json).RefusalAsync()).Status.ShouldBe(404);
    }

    [Fact]
    public async Task HandIn_AfterPublication_IsRejected()
    {
        var result = await world.ResultAsync(People.Nantong);
        var self = await world.SelfAssessmentAsync(City, result.PilotId);
        var saved = await world.As(City).PutAsAsync<SavedSelfAssessmentDto>($"/api/assessment/self-assessments/{self.Id}", Given.Filled(self));
        (await world.RefusalAsync(City, $"/api/assessment/self-assessments/{self.Id}/hand-in", new SelfAssessmentStampDto(saved.ConcurrencyStamp)))
            .ShouldBe((409, AssessmentErrorCodes.AlreadyPublished));
    }

    [Fact]
    public async Task Save_OfWhatTheSchemeDoesNotTake_IsRejectedAtItsField()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        await world.PanelAsync(pilot);
        await world.DeliverEventsAsync();
        var self = await world.SelfAssessmentAsync(City, pilot);
        var key = self.Entries[0].IndicatorKey;
        foreach (var entry in new SelfEntryInputDto[]
        {
            new(key, 10.5m, null, null),
            new(key, 8.3m, null, null),
            new(Guid.CreateVersion7(), 5, null, null),
            new(key, 5, new string('长', 1001), null),
            new(key, 5, null, ["javascript:alert(1)"]),
            new(key, 5, null, ["example.gov.cn"]),
            new(key, 5, null, [.. Enumerable.Repeat("https://example.gov.cn", 6)]),
        })
        {
            (await world.As(City).PutAsJsonAsync($"/api/assessment/self-assessments/{self.Id}", new SaveSelfAssessmentDto([entry], null, self.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
                .ShouldBe((400, "Platform:InvalidInput"), entry.ToString());
        }
    }

    [Fact]
    public async Task List_TakesThreeStatementsAtMost()
    {
        await world.GivenAcceptedPilotAsync(People.Nantong);
        using var city = world.As(City);
        await city.GetStringAsync(new Uri("/api/assessment/self-assessments", UriKind.Relative));
        world.Sql.Reset();
        (await city.GetAsAsync<PagedResult<SelfAssessmentListItemDto>>("/api/assessment/self-assessments")).Items.ShouldNotBeEmpty();
        world.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task PagesOfAPilot_AreEachPersonsOwn()
    {
        var result = await world.ResultAsync(People.Nantong);
        var path = $"/api/assessment/of-pilot/{result.PilotId}";
        var self = await world.SelfAssessmentAsync(City, result.PilotId);
        (await world.As(City).GetAsAsync<AssessmentPagesDto>(path)).ShouldBe(new AssessmentPagesDto(null, self.Id, null, result.Id));
        // The region's draft is not the office's to read.
        (await world.As(People.Jiangsu.Coordinator).GetAsAsync<AssessmentPagesDto>(path)).ShouldBe(new AssessmentPagesDto(null, null, result.AssessmentId, result.Id));
        var sheet = await world.SheetAsync(People.Jiangsu.Assessor, result.PilotId);
        (await world.As(People.Jiangsu.Assessor).GetAsAsync<AssessmentPagesDto>(path)).ShouldBe(new AssessmentPagesDto(sheet.Id, null, null, null));
        foreach (var other in new[] { People.Jiangsu.ThirdAssessor, People.Yangzhou.Coordinator, People.Ganzhou.Coordinator })
        {
            (await world.As(other).GetAsync(new Uri(path, UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
        }
    }
}
