using PilotPlatform.Deadlines;
using PilotPlatform.Insights.Workbench;
using PilotPlatform.Regions;
using PilotPlatform.Testing;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Insights.Tests;

public sealed class WorkbenchTests(InsightsApp app) : IClassFixture<InsightsApp>, IAsyncLifetime
{
    private const string Mine = InsightsPermissions.ViewDashboard;
    private const string Administrators = RegionsPermissions.Manage;
    private static readonly DateTime Yesterday = new(2023, 5, 31, 0, 0, 0, DateTimeKind.Utc);

    public Task InitializeAsync()
    {
        app.FirstSource.Waiting.Clear();
        app.SecondSource.Waiting.Clear();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Workbench_MergesSources_TheMostUrgentFirst()
    {
        app.FirstSource.Waiting.AddRange(
        [
            (Mine, Item("pilots.plan", "green", StatusLight.Green, new DateOnly(2023, 6, 2))),
            (Mine, Item("pilots.plan", "amber", StatusLight.Amber, new DateOnly(2023, 6, 5))),
            (Mine, Item("pilots.plan", "undated", null, null)),
        ]);
        app.SecondSource.Waiting.AddRange(
        [
            (Mine, Item("assessment.score", "red late", StatusLight.Red, new DateOnly(2023, 5, 20))),
            (Mine, Item("assessment.score", "red later", StatusLight.Red, new DateOnly(2023, 5, 1), Yesterday.AddDays(-3))),
            (Mine, Item("assessment.score", "red waits longest", StatusLight.Red, new DateOnly(2023, 5, 1), Yesterday.AddDays(-9))),
        ]);

        var workbench = await Read(People.Nantong.Coordinator);
        workbench.Items.Select(i => i.Subject).ShouldBe(["red waits longest", "red later", "red late", "amber", "green", "undated"]);
        workbench.Items[0].RegionName.ShouldBe("南通市");
        workbench.Total.ShouldBe(6);
        workbench.IsCountedWhole.ShouldBeTrue();
        workbench.Groups.Select(g => (g.Key, g.Count, g.Red, g.Amber)).ShouldBe([("assessment.score", 3, 3, 0), ("pilots.plan", 3, 0, 1)]);
    }

    [Fact]
    public async Task Workbench_HidesWhatTheCallerHasNoPermissionFor()
    {
        app.FirstSource.Waiting.Add((Mine, Item("pilots.plan", "coordinator's")));
        app.SecondSource.Waiting.Add((Administrators, Item("regions.onboard", "administrator's")));

        (await Read(People.Nantong.Coordinator)).Items.Select(i => i.Subject).ShouldBe(["coordinator's"]);
        app.SecondSource.Granted.ShouldNotContain(Administrators);
        (await Read(People.Nantong.Administrator)).Items.Select(i => i.Subject).ShouldBe(["administrator's"]);
        (await Read(People.Nantong.Assessor)).ShouldSatisfyAllConditions(
            w => w.Total.ShouldBe(0), w => w.Items.ShouldBeEmpty(), w => w.Groups.ShouldBeEmpty(), w => w.IsCountedWhole.ShouldBeTrue());
    }

    [Fact]
    public async Task Workbench_WithLimit_ListsThatManyButCountsAll()
    {
        app.FirstSource.Waiting.AddRange(Enumerable.Range(0, 30).Select(i => (Mine, Item("pilots.plan", $"{i}"))));
        var workbench = await Read(People.Nantong.Coordinator, "?limit=5");
        workbench.Items.Count.ShouldBe(5);
        workbench.Total.ShouldBe(30);
        workbench.Groups.ShouldHaveSingleItem().Count.ShouldBe(30);
    }

    [Fact]
    public async Task Workbench_WhenMoreWaitsThanSourcesList_SaysThatGroupsAreNotWhole()
    {
        app.FirstSource.Waiting.AddRange(Enumerable.Range(0, 250).Select(i => (Mine, Item("pilots.plan", $"{i}"))));
        var workbench = await Read(People.Nantong.Coordinator);
        workbench.Total.ShouldBe(250);
        workbench.IsCountedWhole.ShouldBeFalse();
        workbench.Items.Count.ShouldBe(100);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task Workbench_WithLimitOutOfRange_Is400(int limit) =>
        (await app.As(People.Nantong.Coordinator).GetAsync(new Uri($"/api/workbench?limit={limit}", UriKind.Relative)).RefusalAsync())
            .ShouldBe((400, "Platform:InvalidInput"));

    [Fact]
    public async Task Workbench_WhenNotSignedIn_Is401() =>
        (await app.As(null).GetAsync(new Uri("/api/workbench", UriKind.Relative)).RefusalAsync()).ShouldBe((401, "Platform:NotSignedIn"));

    private Task<WorkbenchDto> Read(Persona persona, string query = "") => app.As(persona).GetAsAsync<WorkbenchDto>("/api/workbench" + query);

    private static WorkItem Item(string key, string subject, StatusLight? light = null, DateOnly? due = null, DateTime? since = null) =>
        new(key, subject, People.Nantong.Tenant.Id, "/pilots/" + subject, due, light, since ?? Yesterday);
}
