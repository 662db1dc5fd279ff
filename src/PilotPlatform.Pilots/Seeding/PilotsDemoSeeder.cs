using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Files;
using PilotPlatform.Identity;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Pilots.Plans;
using PilotPlatform.Regions;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Pilots.Seeding;

/// <summary>
/// Brings the demo programme's pilots to the middle of their run. Each step runs through the app services as the region that
/// does it, with a clock set back to the day on which it happened; only the rows' own stamps tell of today.
/// </summary>
internal sealed class PilotsDemoSeeder(ITenantScopes scopes, IRegionDirectory regions, TimeProvider time) : IDemoSeeder
{
    private const string IssuerCode = "32";

    /// <summary>How far each pilot has come, by its place in the list; the list is longer, so it is gone through again.</summary>
    private static readonly Course[] Courses =
    [
        Course.Accepted, Course.Running, Course.Planning, Course.Returned, Course.Accepted, Course.HandedInAgain, Course.HandedIn, Course.Overdue, Course.MadeUp,
    ];

    private enum Course
    {
        Planning,
        Running,
        HandedIn,
        Returned,
        HandedInAgain,
        Overdue,
        MadeUp,
        Accepted,
    }

    public int Order => 30;

    public async Task SeedDemoAsync(CancellationToken cancellationToken)
    {
        if ((await regions.GetAsync(cancellationToken)).FindByCode(IssuerCode) is not { } issuer)
        {
            return;
        }

        var pilots = await scopes.RunAsync(ScopeIdentity.System(issuer.Tenant), services =>
            services.GetRequiredService<PlatformDbContext>().Set<Pilot>().AsNoTracking().Where(p => p.IssuerTenantId == issuer.Id)
                .OrderBy(p => p.ThemeOrder).ThenBy(p => p.RegionOrder).ThenBy(p => p.Id).ToListAsync(cancellationToken));
        foreach (var (index, pilot) in pilots.Index())
        {
            // The last one has not begun: a demo also needs something at its beginning.
            if (pilot.Status == PilotStatus.Assigned && (pilots.Count == 1 || index < pilots.Count - 1))
            {
                await FollowAsync(pilot, Courses[index % Courses.Length], cancellationToken);
            }
        }
    }

    private async Task FollowAsync(Pilot pilot, Course course, CancellationToken cancellationToken)
    {
        var today = time.Today();
        var offices = await EnsureOfficesAsync(pilot, cancellationToken);
        await RegionAsync(pilot, -85, async s => await s.Pilots.BeginPlanningAsync(pilot.Id, await s.StampAsync(pilot.Id, cancellationToken), cancellationToken));
        var draft = await RegionAsync(pilot, -82, s => s.Plans.SaveDraftAsync(pilot.Id, new SavePlanDraftDto("", PlanOf(pilot, offices, today)), cancellationToken));
        if (course == Course.Planning)
        {
            return;
        }

        await RegionAsync(pilot, -80, s => s.Plans.SubmitAsync(pilot.Id, new StampInput(draft.ConcurrencyStamp), cancellationToken));
        await RegionAsync(pilot, -78, async s => await s.Pilots.StartAsync(pilot.Id, await s.StampAsync(pilot.Id, cancellationToken), cancellationToken));
        await WorkAsync(pilot, course, cancellationToken);
        if (course == Course.Running)
        {
            return;
        }

        var slots = await scopes.RunAsync(ScopeIdentity.System(pilot.Owner), s =>
            s.GetRequiredService<PlatformDbContext>().Set<Deliverable>().AsNoTracking().Where(d => d.PilotId == pilot.Id && d.IsRequired)
                .OrderBy(d => d.Order).ToListAsync(cancellationToken));
        foreach (var (index, slot) in slots.Index())
        {
            // The first deliverable tells the course's story; the others come in early and pass.
            await DeliverAsync(pilot, slot, index == 0 ? course : course == Course.HandedIn ? Course.HandedIn : Course.Accepted, cancellationToken);
        }
    }

    private async Task WorkAsync(Pilot pilot, Course course, CancellationToken cancellationToken)
    {
        var tasks = await scopes.RunAsync(ScopeIdentity.System(pilot.Owner), s =>
            s.GetRequiredService<PlatformDbContext>().Set<PilotTask>().AsNoTracking().Where(t => t.PilotId == pilot.Id).OrderBy(t => t.Order).ToListAsync(cancellationToken));
        var done = course == Course.Running ? 2 : 4;
        foreach (var (index, task) in tasks.Take(done).Index())
        {
            // The second came in two days late.
            var days = task.DueOn.DayNumber - time.Today().DayNumber + (index == 1 ? 2 : -1);
            await RegionAsync(pilot, days, s => s.Plans.CompleteTaskAsync(
                pilot.Id, task.Id, new CompleteTaskDto(task.ConcurrencyStamp, time.Today().AddDays(days)), cancellationToken));
        }

        await RegionAsync(pilot, -40, s => s.Plans.AddNoteAsync(pilot.Id, new AddProgressNoteDto(
            time.Today().AddDays(-40), $"召开“{pilot.ThemeTitle}”试点推进会，明确各单位任务分工和完成时限。"), cancellationToken));
        if (course != Course.Running)
        {
            await RegionAsync(pilot, -32, s => s.Plans.AddNoteAsync(pilot.Id, new AddProgressNoteDto(
                time.Today().AddDays(-32), "征求意见稿已收到各县（市、区）反馈，采纳 11 条，未采纳的逐条说明理由。"), cancellationToken));
        }
    }

    private async Task DeliverAsync(Pilot pilot, Deliverable slot, Course course, CancellationToken cancellationToken)
    {
        var first = await HandInAsync(pilot, slot, course is Course.HandedIn or Course.Returned ? -9 : -30, 1, [], cancellationToken);
        switch (course)
        {
            case Course.Accepted:
                await AcceptAsync(pilot, first, -24, cancellationToken);
                break;
            case Course.Returned:
                await ReturnAsync(pilot, first, -3, 6, cancellationToken);
                break;
            case Course.Overdue:
                await ReturnAsync(pilot, first, -20, -6, cancellationToken);
                break;
            case Course.HandedInAgain:
                await ReturnAsync(pilot, first, -20, -8, cancellationToken);
                await HandInAsync(pilot, slot, -10, 2, first.Files, cancellationToken);
                break;
            case Course.MadeUp:
                await ReturnAsync(pilot, first, -26, -14, cancellationToken);
                var second = await HandInAsync(pilot, slot, -11, 2, first.Files, cancellationToken);
                await AcceptAsync(pilot, second, -8, cancellationToken);
                break;
            default:
                break;
        }
    }

    private async Task<SubmissionDto> HandInAsync(
        Pilot pilot, Deliverable slot, int days, int version, IReadOnlyList<SubmissionFileDto> kept, CancellationToken cancellationToken)
    {
        var files = new List<Guid>(kept.Select(f => f.Id));
        var title = version == 1 ? $"{pilot.RegionName}{slot.Name}" : $"{pilot.RegionName}{slot.Name}修改说明";
        var (name, content) = DemoFiles.Of(slot.Kind, title, MeasuresOf(pilot, slot, version).Split('\n'));
        files.Add(await StoreAsync(pilot, name, content, days, cancellationToken));
        var draft = await RegionAsync(pilot, days, s => s.Deliverables.SaveDraftAsync(slot.Id, new SaveSubmissionDraftDto(null,
        [
            new SectionTextDto(SubmissionSection.Measures, MeasuresOf(pilot, slot, version)),
            new SectionTextDto(SubmissionSection.Institutions, $"形成“{slot.Name}”，经{pilot.RegionName}政务服务管理办公室审定后印发试行。"),
            new SectionTextDto(SubmissionSection.Results, version == 1
                ? "试行以来，平均办理时间明显缩短。"
                : "试行以来，平均办理时间由 9 个工作日缩短到 4 个工作日，申请材料由 12 份减到 5 份（统计期为最近 60 天，共 1,846 件）。"),
            new SectionTextDto(SubmissionSection.Problems, "部分县（市、区）系统尚未对接，数据仍需人工核对。"),
        ], files), cancellationToken));
        return await RegionAsync(pilot, days, s => s.Deliverables.SubmitAsync(draft.Id, new StampInput(draft.ConcurrencyStamp), cancellationToken));
    }

    private static string MeasuresOf(Pilot pilot, Deliverable slot, int version) =>
        $"成立试点工作专班，对照“{pilot.ThemeTitle}”任务逐项梳理，起草“{slot.Name}”。\n"
        + "在 3 个县（市、区）先行试用，按月汇总问题并修订。\n"
        + (version == 1
            ? "通过门户网站公布。"
            : "通过门户网站、政务服务大厅和移动端同步公布，内容有调整的在 5 个工作日内更新，由专人负责核对。");

    private Task<SubmissionDto> AcceptAsync(Pilot pilot, SubmissionDto submission, int days, CancellationToken cancellationToken) =>
        IssuerAsync(pilot, days, s => s.Review.AcceptAsync(submission.Id, new AcceptSubmissionDto(
            submission.ConcurrencyStamp, [.. Enum.GetValues<FormalCheckItem>().Select(i => new FormalCheckAnswerDto(i, true, null))], "材料齐全，同意。"), cancellationToken));

    private Task<SubmissionDto> ReturnAsync(Pilot pilot, SubmissionDto submission, int days, int dueInDays, CancellationToken cancellationToken) =>
        IssuerAsync(pilot, days, s => s.Review.ReturnAsync(submission.Id, new ReturnSubmissionDto(
            submission.ConcurrencyStamp,
            [.. Enum.GetValues<FormalCheckItem>().Select(i => new FormalCheckAnswerDto(i, i != FormalCheckItem.Complete, i == FormalCheckItem.Complete ? "缺少统计口径说明" : null))],
            [
                new SectionFindingDto(SubmissionSection.Measures, "只写了在网站公布，请补充其他公布渠道和更新时限。"),
                new SectionFindingDto(SubmissionSection.Results, "“明显缩短”没有数据，请写明前后对比和统计期。"),
            ],
            "请对照意见修改后重新报送。", time.Today().AddDays(dueInDays)), cancellationToken));

    private async Task<Guid> StoreAsync(Pilot pilot, string name, byte[] content, int days, CancellationToken cancellationToken) =>
        await RegionAsync(pilot, days, async s =>
        {
            using var stream = new MemoryStream(content);
            var file = await s.Files.StoreAsync(stream, name, isDraft: true, cancellationToken);
            await s.Db.SaveChangesAsync(cancellationToken);
            return file.Id;
        });

    private Task<IReadOnlyList<Guid>> EnsureOfficesAsync(Pilot pilot, CancellationToken cancellationToken) =>
        scopes.RunAsync(ScopeIdentity.System(pilot.Owner), async services =>
        {
            var present = await services.GetRequiredService<IOfficeDirectory>().OfRegionAsync(pilot.TenantId, cancellationToken);
            var onboarding = services.GetRequiredService<IRegionOnboarding>();
            IReadOnlyList<Guid> ids =
            [
                present.Count > 0 ? present[0].Id
                    : await onboarding.EnsureOfficeAsync(pilot.TenantId, $"{pilot.RegionName}政务服务管理办公室", "市政务办", cancellationToken),
                await onboarding.EnsureOfficeAsync(pilot.TenantId, $"{pilot.RegionName}司法局", "市司法局", cancellationToken),
                await onboarding.EnsureOfficeAsync(pilot.TenantId, $"{pilot.RegionName}大数据管理局", "市大数据局", cancellationToken),
            ];
            return ids;
        });

    private static IReadOnlyList<DraftPhaseDto> PlanOf(Pilot pilot, IReadOnlyList<Guid> offices, DateOnly today) =>
    [
        new(null, "调研起草", today.AddDays(-80), today.AddDays(-50),
        [
            new(null, $"梳理“{pilot.ThemeTitle}”现状和问题", offices[0], today.AddDays(-70)),
            new(null, "起草制度文本并征求意见", offices[1], today.AddDays(-52)),
        ]),
        new(null, "试行完善", today.AddDays(-49), today.AddDays(5),
        [
            new(null, "选择 3 个县（市、区）先行试用", offices[0], today.AddDays(-45)),
            new(null, "完成系统改造和数据对接", offices[2], today.AddDays(-38)),
            new(null, "汇总试用问题并修订", offices[0], today.AddDays(4)),
        ]),
        new(null, "总结报送", today.AddDays(6), pilot.DueOn is { } due && due > today.AddDays(6) ? due : today.AddDays(30),
        [
            new(null, "形成成果并报送", offices[0], pilot.DueOn is { } end && end > today.AddDays(6) ? end.AddDays(-3) : today.AddDays(27)),
        ]),
    ];

    private Task<T> RegionAsync<T>(Pilot pilot, int days, Func<DemoServices, Task<T>> work) => RunAsync(pilot.Owner, PilotsPermissions.Plan, days, work);

    private Task<T> IssuerAsync<T>(Pilot pilot, int days, Func<DemoServices, Task<T>> work) => RunAsync(pilot.Issuer, PilotsPermissions.ReviewDeliverables, days, work);

    private async Task<T> RunAsync<T>(TenantRef tenant, string permission, int days, Func<DemoServices, Task<T>> work)
    {
        var people = await scopes.RunAsync(ScopeIdentity.System(tenant), services =>
            services.GetRequiredService<IUserDirectory>().WithPermissionAsync(tenant.Id, permission, CancellationToken.None));
        var identity = people.Count == 0 ? ScopeIdentity.System(tenant) : new ScopeIdentity(people[0].Id, people[0].DisplayName, tenant);
        return await scopes.RunAsync(identity, services => work(new DemoServices(services, new ShiftedTime(time, days))));
    }

    private sealed class ShiftedTime(TimeProvider present, int days) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => present.GetUtcNow().AddDays(days);
    }

    /// <summary>The app services of one scope with a clock of their own.</summary>
    private sealed class DemoServices
    {
        public DemoServices(IServiceProvider services, TimeProvider clock)
        {
            Db = services.GetRequiredService<PlatformDbContext>();
            Files = services.GetRequiredService<IFileLibrary>();
            var desk = ActivatorUtilities.CreateInstance<PilotDesk>(services, clock);
            Pilots = ActivatorUtilities.CreateInstance<PilotAppService>(services, desk);
            Plans = ActivatorUtilities.CreateInstance<PlanAppService>(services, desk, Pilots, clock);
            var verbs = ActivatorUtilities.CreateInstance<SubmissionVerbs>(services, desk);
            Deliverables = ActivatorUtilities.CreateInstance<DeliverableAppService>(services, desk, verbs, clock);
            Review = ActivatorUtilities.CreateInstance<ReviewAppService>(services, desk, Deliverables, verbs);
        }

        public PlatformDbContext Db { get; }

        public IFileLibrary Files { get; }

        public PilotAppService Pilots { get; }

        public PlanAppService Plans { get; }

        public DeliverableAppService Deliverables { get; }

        public ReviewAppService Review { get; }

        public async Task<StampInput> StampAsync(Guid pilotId, CancellationToken cancellationToken) =>
            new((await Pilots.GetAsync(pilotId, cancellationToken)).ConcurrencyStamp);
    }
}
