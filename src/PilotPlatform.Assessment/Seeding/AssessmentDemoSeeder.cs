using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Results;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Assessment.Sheets;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Identity;
using PilotPlatform.Regions;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Assessment.Seeding;

/// <summary>
/// The demo: a published scheme, and the accepted pilots in every state. Everything goes through the same services as
/// in use, so the demo cannot show what the product would refuse.
/// </summary>
internal sealed class AssessmentDemoSeeder(ITenantScopes scopes, IOutboxDispatcher dispatcher, TimeProvider time) : IDemoSeeder
{
    private const string JiangsuCode = "32";
    private const string SchemeName = "改革试点成效评估指标体系";

    private enum Reach
    {
        PanelOnly,
        OneSheetIn,
        AllSheetsIn,
        Published,
    }

    /// <param name="Reach">How far the assessment has come.</param>
    /// <param name="Levels">How well each assessor thinks of it.</param>
    /// <param name="SelfLevel">How well the region thinks of itself; null where it has not said so.</param>
    /// <param name="IsObjected">The region objects to its result.</param>
    private sealed record Plan(Reach Reach, decimal[] Levels, decimal? SelfLevel = null, bool IsObjected = false);

    /// <summary>Per accepted pilot, in the order of themes and regions; those beyond the list wait for their panel.</summary>
    private static readonly Plan[] Plans =
    [
        new(Reach.Published, [0.94m, 0.90m], 0.96m),
        new(Reach.Published, [0.88m, 0.92m], IsObjected: true),
        new(Reach.OneSheetIn, [0.82m, 0.7m], 0.9m),
        new(Reach.AllSheetsIn, [0.95m, 0.70m], 0.95m),
        new(Reach.PanelOnly, []),
    ];

    public int Order => 40;

    public async Task SeedDemoAsync(CancellationToken cancellationToken)
    {
        await dispatcher.DispatchDueAsync(cancellationToken);
        var issuer = await scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
            (await services.GetRequiredService<IRegionDirectory>().GetAsync(cancellationToken)).FindByCode(JiangsuCode)?.Tenant);
        if (issuer is not { } tenant)
        {
            return;
        }

        var (coordinator, assessors) = await PeopleAsync(tenant, cancellationToken);
        if (coordinator is null || assessors.Count < PilotAssessment.MinAssessors)
        {
            return;
        }

        var office = new ScopeIdentity(coordinator.Id, coordinator.DisplayName, tenant);
        var schemeId = await SchemeAsync(office, cancellationToken);
        if (schemeId is not { } scheme)
        {
            // The scheme is there, so the demo is.
            return;
        }

        var waiting = await scopes.RunAsync(office, services => services.GetRequiredService<PlatformDbContext>().Set<PilotAssessment>().AsNoTracking()
            .Where(a => a.TenantId == tenant.Id && a.Status == AssessmentStatus.AwaitingPanel)
            .OrderBy(a => a.ThemeOrder).ThenBy(a => a.PilotRegionPath).ToListAsync(cancellationToken));
        foreach (var (assessment, plan) in waiting.Zip(Plans))
        {
            await RunAsync(office, assessment, plan, scheme, assessors, cancellationToken);
        }
    }

    private Task<(UserSummary? Coordinator, IReadOnlyList<UserSummary> Assessors)> PeopleAsync(TenantRef tenant, CancellationToken cancellationToken) =>
        scopes.RunAsync(ScopeIdentity.System(tenant), async services =>
        {
            var users = services.GetRequiredService<IUserDirectory>();
            var coordinators = await users.WithPermissionAsync(tenant.Id, AssessmentPermissions.Manage, cancellationToken);
            var assessors = await users.WithPermissionAsync(tenant.Id, AssessmentPermissions.Score, cancellationToken);
            return (coordinators.OrderBy(u => u.DisplayName, StringComparer.Ordinal).FirstOrDefault(),
                (IReadOnlyList<UserSummary>)[.. assessors.OrderBy(u => u.DisplayName, StringComparer.Ordinal)]);
        });

    private Task<Guid?> SchemeAsync(ScopeIdentity office, CancellationToken cancellationToken) => scopes.RunAsync(office, async services =>
    {
        var schemes = services.GetRequiredService<SchemeAppService>();
        if ((await schemes.ListAsync(new GetSchemesInput { Filter = SchemeName }, cancellationToken)).TotalCount > 0)
        {
            return (Guid?)null;
        }

        var draft = await schemes.CreateAsync(new CreateSchemeDto(SchemeName, null, 60, 15, DemoScheme.Indicators), cancellationToken);
        return (await schemes.PublishAsync(draft.Id, new SchemeStampDto(draft.ConcurrencyStamp), cancellationToken)).Id;
    });

    private async Task RunAsync(
        ScopeIdentity office, PilotAssessment assessment, Plan plan, Guid scheme, IReadOnlyList<UserSummary> assessors, CancellationToken cancellationToken)
    {
        var panel = assessors.Take(PilotAssessment.MinAssessors).ToList();
        await scopes.RunAsync(office, services => services.GetRequiredService<PanelAppService>().AssignPanelAsync(
            assessment.Id, new AssignPanelDto([.. panel.Select(a => a.Id)], scheme, time.Today().AddDays(10), assessment.ConcurrencyStamp), cancellationToken));
        await dispatcher.DispatchDueAsync(cancellationToken);
        if (plan.SelfLevel is { } own)
        {
            await SelfAssessAsync(assessment, own, cancellationToken);
        }

        foreach (var (assessor, level) in panel.Zip(plan.Levels))
        {
            var submit = plan.Reach != Reach.OneSheetIn || assessor == panel[0];
            await ScoreAsync(new ScopeIdentity(assessor.Id, assessor.DisplayName, assessor.Region), assessment.Id, level, submit, cancellationToken);
        }

        await dispatcher.DispatchDueAsync(cancellationToken);
        if (plan.Reach == Reach.Published)
        {
            await scopes.RunAsync(office, async services =>
            {
                var panels = services.GetRequiredService<PanelAppService>();
                var scored = await panels.GetAsync(assessment.Id, cancellationToken);
                return await panels.PublishAsync(assessment.Id, new PublishResultDto(DemoScheme.OfficeComment, null, scored.ConcurrencyStamp), cancellationToken);
            });
            await dispatcher.DispatchDueAsync(cancellationToken);
            if (plan.IsObjected)
            {
                await ObjectAsync(assessment, cancellationToken);
            }
        }
    }

    private async Task SelfAssessAsync(PilotAssessment assessment, decimal level, CancellationToken cancellationToken)
    {
        if (await PersonOfAsync(assessment.PilotRegion, AssessmentPermissions.SelfAssess, cancellationToken) is { } city)
        {
            await scopes.RunAsync(city, async services =>
            {
                var service = services.GetRequiredService<SelfAssessmentAppService>();
                var id = await services.GetRequiredService<PlatformDbContext>().Set<SelfAssessment>().Where(s => s.AssessmentId == assessment.Id)
                    .Select(s => s.Id).SingleAsync(cancellationToken);
                var draft = await service.GetAsync(id, cancellationToken);
                var entries = draft.Entries.Select((e, i) => new SelfEntryInputDto(
                    e.IndicatorKey, HalfPoints(e.MaxPoints * level), i < 2 ? DemoScheme.SelfRemark : null, null)).ToList();
                var saved = await service.SaveAsync(id, new SaveSelfAssessmentDto(entries, DemoScheme.SelfSummary, draft.ConcurrencyStamp), cancellationToken);
                return await service.HandInAsync(id, new SelfAssessmentStampDto(saved.ConcurrencyStamp), cancellationToken);
            });
            await dispatcher.DispatchDueAsync(cancellationToken);
        }
    }

    private async Task ObjectAsync(PilotAssessment assessment, CancellationToken cancellationToken)
    {
        if (await PersonOfAsync(assessment.PilotRegion, AssessmentPermissions.RaiseObjection, cancellationToken) is { } city)
        {
            await scopes.RunAsync(city, async services =>
            {
                var id = await services.GetRequiredService<PlatformDbContext>().Set<AssessmentResult>().Where(r => r.AssessmentId == assessment.Id)
                    .Select(r => r.Id).SingleAsync(cancellationToken);
                var result = await services.GetRequiredService<ResultAppService>().GetAsync(id, cancellationToken);
                await services.GetRequiredService<Objections>().RaiseAsync(id, new RaiseObjectionDto(
                    DemoScheme.ObjectionReason, result.ConcurrencyStamp, [new(result.Indicators[^1].Key, DemoScheme.ObjectionPoint)]), cancellationToken);
            });
            await dispatcher.DispatchDueAsync(cancellationToken);
        }
    }

    private Task<ScopeIdentity?> PersonOfAsync(TenantRef region, string permission, CancellationToken cancellationToken) =>
        scopes.RunAsync(ScopeIdentity.System(region), async services =>
        {
            var people = await services.GetRequiredService<IUserDirectory>().WithPermissionAsync(region.Id, permission, cancellationToken);
            return people.OrderBy(u => u.DisplayName, StringComparer.Ordinal).Select(u => new ScopeIdentity(u.Id, u.DisplayName, region)).FirstOrDefault();
        });

    private Task ScoreAsync(ScopeIdentity assessor, Guid assessmentId, decimal level, bool submit, CancellationToken cancellationToken) =>
        scopes.RunAsync(assessor, async services =>
        {
            var sheets = services.GetRequiredService<SheetAppService>();
            var sheetId = await services.GetRequiredService<PlatformDbContext>().Set<ScoreSheet>().Where(s => s.AssessmentId == assessmentId)
                .Select(s => s.Id).SingleAsync(cancellationToken);
            var sheet = await sheets.GetAsync(sheetId, cancellationToken);
            // An assessor who is not done yet has filled in the first half.
            var known = submit ? sheet.Indicators.Count : sheet.Indicators.Count / 2;
            var entries = sheet.Indicators.Select((indicator, i) => new ScoreEntryInputDto(
                indicator.Key, i < known ? HalfPoints(indicator.MaxPoints * level) : null, i == 0 ? DemoScheme.CommentFor(level) : null)).ToList();
            var saved = await sheets.SaveAsync(sheetId, new SaveSheetDto(entries, submit ? DemoScheme.OverallFor(level) : null, sheet.ConcurrencyStamp), cancellationToken);
            if (submit)
            {
                await sheets.SubmitAsync(sheetId, new SheetStampDto(saved.ConcurrencyStamp), cancellationToken);
            }
        });

    private static decimal HalfPoints(decimal points) => Math.Round(points / SchemeArithmetic.Step, MidpointRounding.AwayFromZero) * SchemeArithmetic.Step;
}
