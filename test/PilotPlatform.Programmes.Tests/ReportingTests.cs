using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Notifications;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Reporting;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Time;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Programmes.Tests;

/// <summary>The application with a notifier that writes down who is told what.</summary>
public sealed class ReportingApp : PilotPlatformApp
{
    internal List<(string Region, string Key, DateOnly? Due, IReadOnlyDictionary<string, string> Values)> Told { get; } = [];

    protected override void ConfigureTestServices(IServiceCollection services)
    {
        services.RemoveAll<INotifier>();
        services.AddSingleton<INotifier>(new Recorder(Told));
    }

    private sealed class Recorder(List<(string, string, DateOnly?, IReadOnlyDictionary<string, string>)> told) : INotifier
    {
        public void Notify(TenantRef region, string permission, NotificationMessage message)
        {
            if (message.Key.StartsWith("programmes.duty", StringComparison.Ordinal))
            {
                told.Add((region.Code, message.Key, message.Due, message.Values));
            }
        }

        public void NotifyUser(TenantRef region, Guid userId, NotificationMessage message)
        {
        }
    }
}

/// <summary>Who has to report what by when, who has, who has not, and who is reminded.</summary>
public sealed class ReportingTests(ReportingApp app) : IClassFixture<ReportingApp>
{
    private static Uri At(string path) => new(path, UriKind.Relative);

    private HttpClient Office => app.As(People.Jiangsu.Coordinator);

    private HttpClient City => app.As(People.Nantong.Coordinator);

    [Fact]
    public async Task Report_ByARegion_IsSeenByTheIssuer_AndByNoSibling()
    {
        var (programme, duty) = await DutyAsync(app.Clock.Today().AddDays(5));
        var before = await ReportingAsync(Office, programme.Id);
        before.Duties[0].ShouldSatisfyAllConditions(d => d.Expected.ShouldBe(13), d => d.Missing.Count.ShouldBe(13), d => d.Light.ShouldBe(StatusLight.Amber), d => d.MayReport.ShouldBeFalse());
        before.Duties[1].ShouldSatisfyAllConditions(d => d.DueOn.ShouldBeNull(), d => d.Light.ShouldBeNull(), d => d.Missing.ShouldBeEmpty("nobody is late with what has no day"));

        var own = await City.PostAsAsync<ProgrammeReportingDto>($"/api/reporting-duties/{duty.Id}/report", new ReportDutyDto("已通过公文交换报送。", null));
        own.Duties[0].ShouldSatisfyAllConditions(d => d.MayReport.ShouldBeFalse(), d => d.Missing.ShouldBeEmpty(), d => d.Light.ShouldBe(StatusLight.Green));
        var seen = (await ReportingAsync(Office, programme.Id)).Duties[0];
        seen.Missing.Count.ShouldBe(12);
        seen.Reports.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            r => r.RegionName.ShouldBe("南通市"), r => r.Text.ShouldBe("已通过公文交换报送。"), r => r.ReportedBy.ShouldBe(People.Nantong.Coordinator.DisplayName), r => r.IsLate.ShouldBeFalse());
        var sibling = (await ReportingAsync(app.As(People.Yangzhou.Coordinator), programme.Id)).Duties[0];
        sibling.Reports.ShouldBeEmpty();
        sibling.Missing.ShouldHaveSingleItem().RegionName.ShouldBe("扬州市");
        app.Told.ShouldContain(t => t.Region == "32" && t.Key == "programmes.duty-reported" && t.Values["region"] == "南通市");

        (await City.PostAsJsonAsync(At($"/api/reporting-duties/{duty.Id}/report"), new ReportDutyDto(null, null)).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.AlreadyReported));
        (await app.As(People.Ganzhou.Coordinator).PostAsJsonAsync(At($"/api/reporting-duties/{duty.Id}/report"), new ReportDutyDto(null, null)).RefusalAsync()).Status.ShouldBe(404);
        (await app.As(People.Nantong.Leader).PostAsJsonAsync(At($"/api/reporting-duties/{duty.Id}/report"), new ReportDutyDto(null, null)).RefusalAsync()).Status.ShouldBe(403);
        (await Office.PostAsJsonAsync(At($"/api/reporting-duties/{duty.Id}/report"), new ReportDutyDto(null, null)).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.NotToReport));
    }

    [Fact]
    public async Task Report_TakenBack_IsMissingAgain_AndOnlyTheOwnCanBe()
    {
        var (programme, duty) = await DutyAsync(app.Clock.Today().AddDays(5));
        var own = await City.PostAsAsync<ProgrammeReportingDto>($"/api/reporting-duties/{duty.Id}/report", new ReportDutyDto(null, null));
        var report = own.Duties[0].Reports.Single();
        (await Office.PostAsJsonAsync(At($"/api/duty-reports/{report.Id}/withdraw"), new DutyReportStampDto(report.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(404);
        (await City.PostAsJsonAsync(At($"/api/duty-reports/{report.Id}/withdraw"), new DutyReportStampDto("old")).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        (await City.PostAsAsync<ProgrammeReportingDto>($"/api/duty-reports/{report.Id}/withdraw", new DutyReportStampDto(report.ConcurrencyStamp))).Duties[0].MayReport.ShouldBeTrue();
        (await ReportingAsync(Office, programme.Id)).Duties[0].Missing.Count.ShouldBe(13);
    }

    [Fact]
    public async Task Report_WithoutADay_MayBeMadeAgain()
    {
        var (programme, _) = await DutyAsync(app.Clock.Today().AddDays(5));
        var undated = (await ReportingAsync(City, programme.Id)).Duties[1];
        for (var i = 1; i <= 2; i++)
        {
            var now = (await City.PostAsAsync<ProgrammeReportingDto>($"/api/reporting-duties/{undated.Id}/report", new ReportDutyDto($"第{i}件", null))).Duties[1];
            now.Reports.Select(r => r.Number).ShouldBe(Enumerable.Range(1, i), ignoreOrder: true);
            now.MayReport.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Report_WithAFile_LetsTheIssuerReadIt()
    {
        var (programme, duty) = await DutyAsync(app.Clock.Today().AddDays(5));
        var file = await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            using var content = new MemoryStream("试点进展情况"u8.ToArray());
            var stored = await services.GetRequiredService<IFileLibrary>().StoreAsync(content, "进展.txt", isDraft: true, default);
            await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
            return stored;
        });
        (await Office.GetAsync(At($"/api/files/{file.Id}/content"))).IsSuccessStatusCode.ShouldBeFalse();
        (await app.As(People.Yangzhou.Coordinator).PostAsJsonAsync(At($"/api/reporting-duties/{duty.Id}/report"), new ReportDutyDto(null, file.Id)).RefusalAsync()).Status.ShouldBe(404);
        await City.PostAsAsync<ProgrammeReportingDto>($"/api/reporting-duties/{duty.Id}/report", new ReportDutyDto(null, file.Id));
        (await ReportingAsync(Office, programme.Id)).Duties[0].Reports.Single().FileName.ShouldBe("进展.txt");
        (await Office.GetAsync(At($"/api/files/{file.Id}/content"))).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task Report_AfterTheDay_IsLate()
    {
        var today = app.Clock.Today();
        var (programme, duty) = await DutyAsync(today.AddDays(-1));
        await City.PostAsAsync<ProgrammeReportingDto>($"/api/reporting-duties/{duty.Id}/report", new ReportDutyDto(null, null));
        (await ReportingAsync(City, programme.Id)).Duties[0].ShouldSatisfyAllConditions(d => d.Light.ShouldBe(StatusLight.Yellow), d => d.Reports.Single().IsLate.ShouldBeTrue());
        (await ReportingAsync(Office, programme.Id)).Duties[0].Light.ShouldBe(StatusLight.Red);
    }

    [Fact]
    public async Task Reminders_ComeAWeekBefore_OnTheDayAndAfter_OnceEach_AndNeverToWhoReported()
    {
        var due = app.Clock.Today().AddDays(20);
        var (programme, duty) = await DutyAsync(due);
        await City.PostAsAsync<ProgrammeReportingDto>($"/api/reporting-duties/{duty.Id}/report", new ReportDutyDto(null, null));
        var start = app.Clock.GetUtcNow();
        try
        {
            (await SendAsync(due)).ShouldBeEmpty("there are twenty days left");
            app.Clock.Advance(TimeSpan.FromDays(13));
            var first = await SendAsync(due);
            first.Count.ShouldBe(12);
            first.ShouldAllBe(t => t.Key == "programmes.duty-due" && t.Region != "3206");
            (await SendAsync(due)).ShouldBeEmpty();
            app.Clock.Advance(TimeSpan.FromDays(7));
            (await SendAsync(due)).Count.ShouldBe(12);
            app.Clock.Advance(TimeSpan.FromDays(1));
            var late = await SendAsync(due);
            late.Count(t => t.Key == "programmes.duty-overdue").ShouldBe(12);
            late.Single(t => t.Key == "programmes.duty-missing").ShouldSatisfyAllConditions(t => t.Region.ShouldBe("32"), t => t.Values["count"].ShouldBe("12"), t => t.Values["regions"].ShouldStartWith("南京市"));
            app.Clock.Advance(TimeSpan.FromDays(30));
            (await SendAsync(due)).ShouldBeEmpty();

            app.Told.Clear();
            (await Office.PostAsAsync<RemindedDto>($"/api/reporting-duties/{duty.Id}/remind")).Regions.ShouldBe(12);
            app.Told.Count(t => t.Key == "programmes.duty-urged").ShouldBe(12);
            (await City.PostAsJsonAsync(At($"/api/reporting-duties/{duty.Id}/remind"), new { }).RefusalAsync()).ShouldBe((403, ProgrammesErrorCodes.NotIssuer));
        }
        finally
        {
            app.Clock.Advance(start - app.Clock.GetUtcNow());
        }

        programme.Id.ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task Urging_IsOncePerHourAndDuty_AndSaysFromWhenItMayBeAgain()
    {
        var due = app.Clock.Today().AddDays(40);
        var (programme, duty) = await DutyAsync(due);
        var (_, other) = await DutyAsync(due);
        (duty.LastRemindedAt, duty.MayRemindFrom).ShouldBe((null, null));
        var start = app.Clock.GetUtcNow();
        try
        {
            app.Clock.SetChina(2034, 5, 8, 9, 30);
            app.Told.Clear();
            var reminded = await Office.PostAsAsync<RemindedDto>($"/api/reporting-duties/{duty.Id}/remind");
            var at = app.Clock.UtcNow();
            reminded.ShouldBe(new RemindedDto(13, at, at.AddHours(1)));
            (await ReportingAsync(Office, programme.Id)).Duties[0].ShouldSatisfyAllConditions(d => d.LastRemindedAt.ShouldBe(at), d => d.MayRemindFrom.ShouldBe(at.AddHours(1)));
            (await ReportingAsync(City, programme.Id)).Duties[0].ShouldSatisfyAllConditions(d => d.LastRemindedAt.ShouldBeNull(), d => d.MayRemindFrom.ShouldBeNull());

            app.Clock.Advance(TimeSpan.FromMinutes(59));
            using (var refused = await Office.PostAsJsonAsync(At($"/api/reporting-duties/{duty.Id}/remind"), new { }))
            {
                var problem = await refused.Content.ReadFromJsonAsync<ApiProblem>(PilotPlatformApp.Json);
                ((int)refused.StatusCode, problem!.Code, problem.Title).ShouldBe(
                    (409, ProgrammesErrorCodes.RemindedAlready, "“试点进展情况”已于 2034-05-08 09:30 提醒过，2034-05-08 10:30 起可再次催报。"));
            }

            app.Told.Count(t => t.Key == "programmes.duty-urged").ShouldBe(13, "the refused press reminds nobody");
            (await Office.PostAsAsync<RemindedDto>($"/api/reporting-duties/{other.Id}/remind")).Regions.ShouldBe(13, "each duty counts by itself");
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            (await Office.PostAsAsync<RemindedDto>($"/api/reporting-duties/{duty.Id}/remind")).Regions.ShouldBe(13);
        }
        finally
        {
            app.Clock.Advance(start - app.Clock.GetUtcNow());
        }
    }

    [Fact]
    public async Task Urging_RightAfterAReminder_Waits_AndWhereNobodyIsMissing_CountsForNothing()
    {
        var due = app.Clock.Today().AddDays(3);
        var (_, duty) = await DutyAsync(due);
        (await SendAsync(due)).Count(t => t.Key == "programmes.duty-due").ShouldBeGreaterThan(0);
        (await Office.PostAsJsonAsync(At($"/api/reporting-duties/{duty.Id}/remind"), new { }).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.RemindedAlready));

        var programme = await PublishAsync(app.Clock.Today().AddDays(60), content => content with { Themes = [content.Themes[3]], Regions = [] });
        var done = (await ReportingAsync(Office, programme.Id)).Duties[0];
        await Office.PostAsAsync<AssignmentDto>(
            $"/api/assignments/{programme.Themes[0].Assignments[1].Id}/revoke", new RevokeAssignmentDto("机构调整", programme.Themes[0].Assignments[1].ConcurrencyStamp));
        await City.PostAsAsync<ProgrammeReportingDto>($"/api/reporting-duties/{done.Id}/report", new ReportDutyDto(null, null));
        for (var i = 0; i < 2; i++)
        {
            (await Office.PostAsAsync<RemindedDto>($"/api/reporting-duties/{done.Id}/remind")).ShouldBe(new RemindedDto(0, null, null));
        }
    }

    [Fact]
    public async Task Urging_ByTwoAtTheSameInstant_RemindsOnce()
    {
        var (_, duty) = await DutyAsync(app.Clock.Today().AddDays(50));
        app.Told.Clear();
        await app.AsAsync(People.Jiangsu.Coordinator, async mine =>
        {
            var db = mine.GetRequiredService<PlatformDbContext>();
            var row = await db.Set<ReportingDuty>().SingleAsync(d => d.Id == duty.Id);
            await Office.PostAsAsync<RemindedDto>($"/api/reporting-duties/{duty.Id}/remind");
            row.Urge(app.Clock);
            await Should.ThrowAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
            return true;
        });
        app.Told.Count(t => t.Key == "programmes.duty-urged").ShouldBe(13);
    }

    [Fact]
    public async Task Reminders_OfAClosedProgramme_AreNotSent()
    {
        var due = app.Clock.Today().AddDays(3);
        var (programme, duty) = await DutyAsync(due);
        await Office.PostAsAsync<ProgrammeDto>($"/api/programmes/{programme.Id}/close", new CloseProgrammeDto(programme.ConcurrencyStamp));
        (await SendAsync(due)).ShouldNotContain(t => t.Values["title"] == programme.Title);
        (await City.PostAsJsonAsync(At($"/api/reporting-duties/{duty.Id}/report"), new ReportDutyDto(null, null)).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.ProgrammeNotPublished));
        (await WaitingAsync(People.Nantong.Coordinator)).ShouldNotContain(i => i.Link.Contains(programme.Id.ToString()));
    }

    [Fact]
    public async Task WorkItems_WaitForTheRegion_AndForTheIssuerOnceLate()
    {
        var (programme, duty) = await DutyAsync(app.Clock.Today().AddDays(-2));
        var item = (await WaitingAsync(People.Nantong.Coordinator)).Single(i => i.Link.Contains(programme.Id.ToString()));
        item.ShouldSatisfyAllConditions(i => i.Key.ShouldBe("programmes.report-duty"), i => i.Light.ShouldBe(StatusLight.Red), i => i.Subject.ShouldBe("试点进展情况"));
        (await WaitingAsync(People.Jiangsu.Coordinator)).ShouldContain(i => i.Key == "programmes.duty-missing" && i.Link.Contains(programme.Id.ToString()));
        (await WaitingAsync(People.Ganzhou.Coordinator)).ShouldNotContain(i => i.Link.Contains(programme.Id.ToString()));

        await City.PostAsAsync<ProgrammeReportingDto>($"/api/reporting-duties/{duty.Id}/report", new ReportDutyDto(null, null));
        (await WaitingAsync(People.Nantong.Coordinator)).ShouldNotContain(i => i.Link.Contains(programme.Id.ToString()));

        // Far ahead it is in the calendar, not on the desk.
        var (later, _) = await DutyAsync(app.Clock.Today().AddDays(90));
        (await WaitingAsync(People.Nantong.Coordinator)).ShouldNotContain(i => i.Link.Contains(later.Id.ToString()));
    }

    [Fact]
    public async Task Expected_AreTheRegionsThatCarryOutATheme_WithoutThoseRevoked()
    {
        var programme = await PublishAsync(app.Clock.Today().AddDays(5), content => content with { Themes = [content.Themes[3]], Regions = [] });
        (await ReportingAsync(Office, programme.Id)).Duties[0].Missing.Select(m => m.RegionName).ShouldBe(["南通市", "连云港市"]);
        var assignment = programme.Themes[0].Assignments[1];
        await Office.PostAsAsync<AssignmentDto>($"/api/assignments/{assignment.Id}/revoke", new RevokeAssignmentDto("机构调整", assignment.ConcurrencyStamp));
        (await ReportingAsync(Office, programme.Id)).Duties[0].Missing.Select(m => m.RegionName).ShouldBe(["南通市"]);
    }

    private async Task<(ProgrammeDto Programme, ReportingDutyDto Duty)> DutyAsync(DateOnly due)
    {
        var programme = await PublishAsync(due, content => content);
        return (programme, (await ReportingAsync(Office, programme.Id)).Duties[0]);
    }

    private async Task<ProgrammeDto> PublishAsync(DateOnly due, Func<NoticeContent, NoticeContent> change)
    {
        var content = (await Given.NoticeAsync(app)).Content;
        var published = await Given.PublishedAsync(app, change(content) with
        {
            Facts = NoticeFacts.None with { Duties = [new("试点进展情况", "省政务办", null, [due], null), new("自主创新的改革项目", null, "及时", [], null)] },
        });
        return await Office.GetAsAsync<ProgrammeDto>($"/api/programmes/{published.ProgrammeId}");
    }

    private static Task<ProgrammeReportingDto> ReportingAsync(HttpClient client, Guid programmeId) => client.GetAsAsync<ProgrammeReportingDto>($"/api/programmes/{programmeId}/reporting");

    /// <summary>What the reminders of now tell about duties of this day.</summary>
    private async Task<List<(string Region, string Key, DateOnly? Due, IReadOnlyDictionary<string, string> Values)>> SendAsync(DateOnly due)
    {
        app.Told.Clear();
        await app.Services.GetRequiredService<ReportingReminders>().SendAsync(default);
        return [.. app.Told.Where(t => t.Due == due)];
    }

    private async Task<IReadOnlyList<WorkItem>> WaitingAsync(Persona persona) => await app.AsAsync(persona, async services =>
        (await services.GetServices<IWorkItemSource>().OfType<ReportingWorkItems>().Single()
            .ForCurrentUserAsync(new HashSet<string> { ProgrammesPermissions.Report, ProgrammesPermissions.Manage }, 200, default)).Items);
}
