using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Testing;

namespace PilotPlatform.Pilots.Tests;

/// <summary>Lists, counts and lights; a database of its own, so that counts are exact.</summary>
public sealed class PilotListTests(PilotsApp app) : IClassFixture<PilotsApp>, IAsyncLifetime
{
    private static readonly DateOnly MonthEnd = new(2023, 6, 30);

    public async Task InitializeAsync()
    {
        app.Clock.SetChina(2023, 6, 1);
        var hard = new Deadline(MonthEnd, DuePrecision.Month, IsSoft: false);
        var soft = new Deadline(MonthEnd, DuePrecision.Month, IsSoft: true);
        var far = new Deadline(new DateOnly(2023, 12, 31), DuePrecision.Year, IsSoft: true);
        if ((await ListAsync(People.Jiangsu.Coordinator, "")).TotalCount == 0)
        {
            await app.GivenPilotAsync(People.Yangzhou, hard);
            await app.GivenPilotAsync(People.Nantong, soft);
            await app.GivenPilotAsync(People.Nanjing, far);
            var madeUp = await app.GivenRunningPilotAsync(People.Nantong, hard);
            app.Clock.SetChina(2023, 7, 1);
            await app.HandInAsync(People.Nantong, (await app.SlotAsync(People.Nantong.Coordinator, madeUp)).Id);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task List_TakesAtMostThreeStatements()
    {
        app.Sql.Reset();
        (await ListAsync(People.Jiangsu.Coordinator, "&sorting=light desc&search=主题")).TotalCount.ShouldBe(4);
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3, string.Join("\n\n", app.Sql.Statements));
    }

    [Theory]
    [InlineData(2023, 6, 20, StatusLight.Green, StatusLight.Green)]
    [InlineData(2023, 6, 23, StatusLight.Amber, StatusLight.Amber)]
    [InlineData(2023, 6, 30, StatusLight.Amber, StatusLight.Amber)]
    [InlineData(2023, 7, 1, StatusLight.Red, StatusLight.Amber)]
    [InlineData(2023, 8, 1, StatusLight.Red, StatusLight.Amber)]
    public async Task Light_AroundTheEndOfTheMonth_HardTurnsRedAndSoftStaysAmber(int year, int month, int day, StatusLight hard, StatusLight soft)
    {
        // Just after midnight in China it is still the day before in UTC; the date that counts is China's.
        foreach (var (hour, minute) in new[] { (0, 30), (23, 30) })
        {
            app.Clock.SetChina(year, month, day, hour, minute);
            var all = await ListAsync(People.Jiangsu.Coordinator, "");
            LightOf(all, "主题1").ShouldBe(hard);
            LightOf(all, "主题2").ShouldBe(soft);
            LightOf(all, "主题3").ShouldBe(StatusLight.Green);
            LightOf(all, "主题4").ShouldBe(StatusLight.Yellow, "late but made up");
            foreach (var light in Enum.GetValues<StatusLight>())
            {
                var shown = await ListAsync(People.Jiangsu.Coordinator, $"&light={light}");
                shown.Items.Select(p => p.Id).ShouldBe(all.Items.Where(p => p.Light == light).Select(p => p.Id));
            }

            var counts = await app.As(People.Jiangsu.Coordinator).GetAsAsync<PilotCountsDto>("/api/pilots/counts?skipCount=0&maxResultCount=20");
            counts.Total.ShouldBe(4);
            counts.ByLight.Sum(l => l.Count).ShouldBe(4);
            counts.ByStatus.Sum(s => s.Count).ShouldBe(4);
            counts.ByLight.ShouldBe(all.Items.GroupBy(p => p.Light).OrderBy(g => g.Key).Select(g => new PilotLightCountDto(g.Key, g.Count())));
        }
    }

    [Fact]
    public async Task List_Filters_AndStaysWithinTheCallersRegion()
    {
        (await ListAsync(People.Nantong.Coordinator, "")).Items.ShouldAllBe(p => p.RegionName == "南通市");
        (await ListAsync(People.Nantong.Coordinator, "")).TotalCount.ShouldBe(2);
        (await ListAsync(People.Yangzhou.Coordinator, "&search=主题2")).TotalCount.ShouldBe(0);
        (await ListAsync(People.Jiangxi.Coordinator, "")).TotalCount.ShouldBe(0);
        (await ListAsync(People.Jiangsu.Coordinator, $"&regionId={People.Nantong.Tenant.Id}")).TotalCount.ShouldBe(2);
        (await ListAsync(People.Jiangsu.Coordinator, "&status=Submitted")).Items.Single().ThemeTitle.ShouldBe("主题4");
        (await ListAsync(People.Jiangsu.Coordinator, "&search=南京")).Items.Single().RegionName.ShouldBe("南京市");
        (await ListAsync(People.Jiangsu.Coordinator, $"&programmeId={Guid.NewGuid()}")).TotalCount.ShouldBe(0);
        (await ListAsync(People.Jiangsu.Coordinator, "&sorting=region")).Items.Select(p => p.RegionName).ShouldBe(["南京市", "南通市", "南通市", "扬州市"]);
        (await app.As(People.Jiangsu.Coordinator).GetAsync(new Uri("/api/pilots?skipCount=0&maxResultCount=20&sorting=tenantPath", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(400);
    }

    private static StatusLight LightOf(PagedResult<PilotListItemDto> list, string theme) => list.Items.Single(p => p.ThemeTitle == theme).Light;

    private async Task<PagedResult<PilotListItemDto>> ListAsync(Persona persona, string filters) =>
        await app.As(persona).GetAsAsync<PagedResult<PilotListItemDto>>($"/api/pilots?skipCount=0&maxResultCount=200{filters}");
}
