using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Events;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Seeding;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Programmes.Tests;

public sealed class ClaimTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>, IDisposable
{
    private static readonly HashSet<string> Everything = [.. ProgrammesPermissions.Definitions.Select(d => d.Name)];

    public void Dispose() => app.Clock.SetChina(2023, 6, 1);

    private static Uri At(string path) => new(path, UriKind.Relative);

    [Fact]
    public async Task Claim_OfSibling_IsNowhereToBeSeen()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var claim = await Given.SubmittedClaimAsync(app, programme.Themes[0].Id, People.Nantong.Coordinator);
        var yangzhou = app.As(People.Yangzhou.Coordinator);

        (await yangzhou.GetAsync(At($"/api/claims/{claim.Id}")).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));
        (await yangzhou.PostAsJsonAsync(At($"/api/claims/{claim.Id}/withdraw"), new ClaimStampDto(claim.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(404);
        (await yangzhou.PostAsJsonAsync(At($"/api/claims/{claim.Id}/accept"), new DecideClaimDto(null, claim.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(404);
        (await yangzhou.GetAsAsync<PagedResult<ClaimListItemDto>>("/api/claims")).Items.ShouldNotContain(c => c.Id == claim.Id);
        (await yangzhou.GetAsync(At($"/api/programmes/{programme.Id}/matrix")).RefusalAsync()).ShouldBe((403, ProgrammesErrorCodes.NotIssuer));
        (await yangzhou.GetAsAsync<ProgrammeDto>($"/api/programmes/{programme.Id}")).Themes.ShouldAllBe(t => t.OwnClaim == null);
        (await app.As(People.Nantong.Coordinator).GetAsAsync<ClaimDto>($"/api/claims/{claim.Id}")).Status.ShouldBe(ClaimStatus.Submitted);
    }

    [Fact]
    public async Task Claim_WhileADraft_IsHiddenFromTheIssuerToo()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var claim = await app.As(People.Nantong.Coordinator).PostAsAsync<ClaimDto>("/api/claims", new CreateClaimDto(programme.Themes[0].Id, "草稿", null));

        (await app.As(People.Jiangsu.Coordinator).GetAsync(At($"/api/claims/{claim.Id}")).RefusalAsync()).Status.ShouldBe(404);
        var matrix = await app.As(People.Jiangsu.Coordinator).GetAsAsync<ProgrammeMatrixDto>($"/api/programmes/{programme.Id}/matrix");
        matrix.Claims.ShouldBe(0);
        matrix.Cells.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_AfterTheClosingDate_IsRejectedAndNamesTheDate()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var nantong = app.As(People.Nantong.Coordinator);
        var claim = await nantong.PostAsAsync<ClaimDto>("/api/claims", new CreateClaimDto(programme.Themes[0].Id, "理由", null));

        app.Clock.SetChina(2023, 6, 15, 23, 59);
        (await nantong.GetAsAsync<ProgrammeDto>($"/api/programmes/{programme.Id}")).MayClaim.ShouldBeTrue();
        app.Clock.SetChina(2023, 6, 16, 0, 0);

        var answer = await nantong.PostAsJsonAsync(At($"/api/claims/{claim.Id}/submit"), new ClaimStampDto(claim.ConcurrencyStamp));
        ((int)answer.StatusCode).ShouldBe(409);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain(ProgrammesErrorCodes.ClaimsClosed);
        text.ShouldContain("2023-06-15");
        (await nantong.PostAsJsonAsync(At("/api/claims"), new CreateClaimDto(programme.Themes[1].Id, "理由", null)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.ClaimsClosed));
        (await nantong.GetAsAsync<ClaimDto>($"/api/claims/{claim.Id}")).Status.ShouldBe(ClaimStatus.Draft);
    }

    [Fact]
    public async Task Create_Twice_IsRejected()
    {
        var programme = await Given.CallForClaimsAsync(app);
        await Given.SubmittedClaimAsync(app, programme.Themes[0].Id, People.Nantong.Coordinator);
        (await app.As(People.Nantong.Coordinator).PostAsJsonAsync(At("/api/claims"), new CreateClaimDto(programme.Themes[0].Id, "再来", null)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.AlreadyClaimed));
    }

    [Fact]
    public async Task Submit_WithoutReasons_IsRefusedAtTheField()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var nantong = app.As(People.Nantong.Coordinator);
        var claim = await nantong.PostAsAsync<ClaimDto>("/api/claims", new CreateClaimDto(programme.Themes[0].Id, " ", null));
        var answer = await nantong.PostAsJsonAsync(At($"/api/claims/{claim.Id}/submit"), new ClaimStampDto(claim.ConcurrencyStamp));
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"reasons\"");
    }

    [Fact]
    public async Task Withdraw_ThenSubmitAgain_Works_AndOthersStampsAreStale()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var nantong = app.As(People.Nantong.Coordinator);
        var claim = await Given.SubmittedClaimAsync(app, programme.Themes[0].Id, People.Nantong.Coordinator);
        (await nantong.PutAsJsonAsync(At($"/api/claims/{claim.Id}"), new ReviseClaimDto("改", null, claim.ConcurrencyStamp)).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.ClaimNotEditable));

        var withdrawn = await nantong.PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/withdraw", new ClaimStampDto(claim.ConcurrencyStamp));
        withdrawn.Status.ShouldBe(ClaimStatus.Withdrawn);
        (await nantong.PutAsJsonAsync(At($"/api/claims/{claim.Id}"), new ReviseClaimDto("改", null, claim.ConcurrencyStamp)).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        var revised = await nantong.PutAsAsync<ClaimDto>($"/api/claims/{claim.Id}", new ReviseClaimDto("改后的理由", null, withdrawn.ConcurrencyStamp));
        (await nantong.PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/submit", new ClaimStampDto(revised.ConcurrencyStamp))).Status.ShouldBe(ClaimStatus.Submitted);
    }

    [Fact]
    public async Task Accept_ByTwoAtOnce_MakesOneAssignmentAndOneEvent()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var claim = await Given.SubmittedClaimAsync(app, programme.Themes[0].Id, People.Nantong.Coordinator);

        var answers = await Task.WhenAll(
            app.As(People.Jiangsu.Coordinator).PostAsJsonAsync(At($"/api/claims/{claim.Id}/accept"), new DecideClaimDto("甲", claim.ConcurrencyStamp)),
            app.As(People.Jiangsu.Leader).PostAsJsonAsync(At($"/api/claims/{claim.Id}/accept"), new DecideClaimDto("乙", claim.ConcurrencyStamp)));
        answers.Select(a => (int)a.StatusCode).ShouldAllBe(s => s == 200 || s == 409);
        answers.ShouldContain(a => a.IsSuccessStatusCode);

        var matrix = await app.As(People.Jiangsu.Coordinator).GetAsAsync<ProgrammeMatrixDto>($"/api/programmes/{programme.Id}/matrix");
        matrix.Assignments.ShouldBe(1);
        var assignment = matrix.Cells.Single().Assignments.Single();
        assignment.Origin.ShouldBe(AssignmentOrigin.Claim);
        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var messages = await services.GetRequiredService<PlatformDbContext>().Set<OutboxMessage>().AsNoTracking()
                .Where(m => m.Name == "programmes.region-assigned.v1").ToListAsync();
            messages.Count(m => m.Payload.Contains(assignment.Id.ToString(), StringComparison.Ordinal)).ShouldBe(1);
        });

        // A third press, long after, gets the decision as it was taken.
        var again = await app.As(People.Jiangsu.Leader).PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/accept", new DecideClaimDto("丙", "old"));
        again.AssignmentId.ShouldBe(assignment.Id);
        again.DecisionReason.ShouldBeOneOf("甲", "乙");
    }

    [Fact]
    public async Task Opinions_AreTheIssuersAlone_AndTheMatrixAddsUp()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var office = app.As(People.Jiangsu.Coordinator);
        var claim = await Given.SubmittedClaimAsync(app, programme.Themes[0].Id, People.Nantong.Coordinator);
        var other = await Given.SubmittedClaimAsync(app, programme.Themes[0].Id, People.Yangzhou.Coordinator);
        await Given.SubmittedClaimAsync(app, programme.Themes[1].Id, People.Yangzhou.Coordinator);
        await office.PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/opinions", new RecordOpinionDto("省数据局", OpinionStance.Support, "同意"));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var seen = await office.PostAsAsync<ClaimDto>($"/api/claims/{claim.Id}/opinions", new RecordOpinionDto("省民政厅", OpinionStance.Object, "条件不足"));
        seen.Opinions.Select(o => o.OfficeName).ShouldBe(["省数据局", "省民政厅"]);
        await office.PostAsAsync<ClaimDto>($"/api/claims/{other.Id}/decline", new DecideClaimDto("名额有限", other.ConcurrencyStamp));

        (await app.As(People.Nantong.Coordinator).GetAsAsync<ClaimDto>($"/api/claims/{claim.Id}")).Opinions.ShouldBeEmpty();
        (await app.As(People.Yangzhou.Coordinator).GetAsAsync<ClaimDto>($"/api/claims/{other.Id}")).DecisionReason.ShouldBe("名额有限");

        app.Sql.Reset();
        var matrix = await office.GetAsAsync<ProgrammeMatrixDto>($"/api/programmes/{programme.Id}/matrix");
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(5);
        matrix.Regions.Select(r => r.ShortName).ShouldBe(["南京", "无锡", "徐州", "常州", "苏州", "南通", "连云港", "淮安", "盐城", "扬州", "镇江", "泰州", "宿迁"]);
        matrix.Claims.ShouldBe(3);
        matrix.Awaiting.ShouldBe(2);
        matrix.Themes.Sum(t => t.Claims).ShouldBe(matrix.Claims);
        matrix.Regions.Sum(r => r.Claims).ShouldBe(matrix.Claims);
        matrix.Themes.Sum(t => t.Assignments).ShouldBe(matrix.Assignments);
        matrix.Regions.Sum(r => r.Assignments).ShouldBe(matrix.Assignments);
        matrix.Cells.Single(c => c.ClaimId == claim.Id).ShouldSatisfyAllConditions(c => c.Supports.ShouldBe(1), c => c.Objections.ShouldBe(1), c => c.Neutrals.ShouldBe(0));
    }

    [Fact]
    public async Task Assign_ThenRevoke_ThenAssignAgain_Works_AndTwiceIsRejected()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var office = app.As(People.Jiangsu.Leader);
        var input = new AssignThemeDto(programme.Themes[0].Id, People.Nantong.Tenant.Id, "如皋市");
        var assignment = await office.PostAsAsync<AssignmentDto>($"/api/programmes/{programme.Id}/assignments", input);
        (await office.PostAsJsonAsync(At($"/api/programmes/{programme.Id}/assignments"), input).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.AlreadyAssigned));
        (await app.As(People.Yangzhou.Coordinator).PostAsJsonAsync(At($"/api/assignments/{assignment.Id}/revoke"), new RevokeAssignmentDto("x", assignment.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((403, ProgrammesErrorCodes.NotIssuer));
        (await app.As(People.Ganzhou.Coordinator).PostAsJsonAsync(At($"/api/assignments/{assignment.Id}/revoke"), new RevokeAssignmentDto("x", assignment.ConcurrencyStamp)).RefusalAsync())
            .Status.ShouldBe(404);

        (await office.PostAsAsync<AssignmentDto>($"/api/assignments/{assignment.Id}/revoke", new RevokeAssignmentDto("机构调整", assignment.ConcurrencyStamp))).RevokedAt.ShouldNotBeNull();
        (await app.As(People.Nantong.Coordinator).GetAsAsync<ProgrammeDto>($"/api/programmes/{programme.Id}")).Themes[0].Assignments.Single().RevocationReason.ShouldBe("机构调整");
        (await app.As(People.Yangzhou.Coordinator).GetAsAsync<ProgrammeDto>($"/api/programmes/{programme.Id}")).Themes[0].Assignments.ShouldBeEmpty();
        await office.PostAsAsync<AssignmentDto>($"/api/programmes/{programme.Id}/assignments", input);
    }

    [Fact]
    public async Task Assign_ToARegionNotBelow_IsRefused()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var answer = await app.As(People.Jiangsu.Coordinator).PostAsJsonAsync(
            At($"/api/programmes/{programme.Id}/assignments"), new AssignThemeDto(programme.Themes[0].Id, People.Ganzhou.Tenant.Id, null));
        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("regionId");
    }

    [Fact]
    public async Task Close_EndsClaimsAndAssignments()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var office = app.As(People.Jiangsu.Coordinator);
        (await app.As(People.Nantong.Coordinator).PostAsJsonAsync(At($"/api/programmes/{programme.Id}/close"), new CloseProgrammeDto(programme.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((403, ProgrammesErrorCodes.NotIssuer));
        (await office.PostAsAsync<ProgrammeDto>($"/api/programmes/{programme.Id}/close", new CloseProgrammeDto(programme.ConcurrencyStamp))).Status.ShouldBe(ProgrammeStatus.Closed);
        (await office.PostAsJsonAsync(At($"/api/programmes/{programme.Id}/assignments"), new AssignThemeDto(programme.Themes[0].Id, People.Nantong.Tenant.Id, null)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.ProgrammeNotPublished));
        (await app.As(People.Nantong.Coordinator).PostAsJsonAsync(At("/api/claims"), new CreateClaimDto(programme.Themes[0].Id, "理由", null)).RefusalAsync())
            .ShouldBe((409, ProgrammesErrorCodes.ProgrammeNotPublished));
    }

    [Fact]
    public async Task WorkItems_AreThoseOfTheSide()
    {
        var programme = await Given.CallForClaimsAsync(app);
        await Given.SubmittedClaimAsync(app, programme.Themes[0].Id, People.Nantong.Coordinator);
        var link = $"/programmes/{programme.Id}";

        (await ItemsAsync(People.Jiangsu.Leader)).ShouldContain(i => i.Key == "programmes.decide-claim" && i.Link == link + "/claims" && i.RegionId == People.Nantong.Tenant.Id);
        (await ItemsAsync(People.Yangzhou.Coordinator)).ShouldContain(i => i.Key == "programmes.claim" && i.Link == link);
        var nantong = await ItemsAsync(People.Nantong.Coordinator);
        nantong.ShouldNotContain(i => i.Link == link, "it has claimed");
        nantong.ShouldNotContain(i => i.Key == "programmes.decide-claim");
        (await ItemsAsync(People.Ganzhou.Coordinator)).ShouldBeEmpty();

        Task<IReadOnlyList<WorkItem>> ItemsAsync(Persona persona) => app.AsAsync(persona, async services =>
            (await services.GetServices<IWorkItemSource>().OfType<ProgrammesWorkItems>().Single().ForCurrentUserAsync(Everything, 200, default)).Items);
    }
}

public sealed class DemoTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Fact]
    public async Task SeedDemo_Twice_MakesBothProgrammesOnce()
    {
        for (var i = 0; i < 2; i++)
        {
            await app.AsSystemAsync(TenantRef.Root, services => services.GetServices<IDemoSeeder>().OfType<ProgrammesDemoSeeder>().Single().SeedDemoAsync(default));
        }

        var office = app.As(People.Jiangsu.Coordinator);
        var programmes = (await office.GetAsAsync<PagedResult<ProgrammeListItemDto>>("/api/programmes")).Items;
        programmes.Count.ShouldBe(2);
        programmes.Single(p => p.Title == DemoProgrammes.TitleOfFirst).ShouldSatisfyAllConditions(p => p.ThemeCount.ShouldBe(10), p => p.AssignmentCount.ShouldBe(27));
        var second = programmes.Single(p => p.Title == DemoProgrammes.TitleOfSecond);
        second.ClaimsAreOpen.ShouldBeTrue();
        var matrix = await office.GetAsAsync<ProgrammeMatrixDto>($"/api/programmes/{second.Id}/matrix");
        matrix.Claims.ShouldBe(7);
        matrix.Awaiting.ShouldBe(5);
        matrix.Assignments.ShouldBe(1);
        (await office.GetAsAsync<PagedResult<Notices.NoticeListItemDto>>("/api/notices")).Items.Single().OpenQuestions.ShouldBeGreaterThan(0);
        (await app.As(People.Yangzhou.Coordinator).GetAsAsync<PagedResult<ClaimListItemDto>>("/api/claims")).TotalCount.ShouldBe(2);
    }

    [Fact]
    public async Task Lookup_ShowsThemesToTheAudienceAndNobodyElse()
    {
        await app.AsSystemAsync(TenantRef.Root, services => services.GetServices<IDemoSeeder>().OfType<ProgrammesDemoSeeder>().Single().SeedDemoAsync(default));
        var (nantong, themes) = await app.AsAsync(People.Nantong.Coordinator, async services =>
        {
            var lookup = services.GetRequiredService<IProgrammeLookup>();
            var list = await lookup.ListAsync(default);
            return (list, await lookup.ThemesOfAsync(list.Single(p => p.Title == DemoProgrammes.TitleOfFirst).Id, default));
        });
        nantong.Count.ShouldBe(2);
        themes.Count.ShouldBe(10);
        themes.ShouldAllBe(t => t.Deadline!.Value.IsSoft && t.Deliverables.Count > 0);
        (await app.AsAsync(People.Ganzhou.Coordinator, services => services.GetRequiredService<IProgrammeLookup>().ListAsync(default))).ShouldBeEmpty();
    }
}

public sealed class ClaimEntityTests
{
    [Fact]
    public void Decline_WhenNotSubmitted_IsRejected()
    {
        var programme = new Programme(Guid.NewGuid(), People.Jiangsu.Tenant, "计划", "省政务办");
        var theme = new Themes.Theme(Guid.NewGuid(), programme, 1, "1", "任务", "");
        var claim = new Claim(Guid.NewGuid(), theme, People.Nantong.Tenant, "理由", null);
        Should.Throw<BusinessException>(() => claim.Decline("不行", TimeProvider.System)).Code.ShouldBe(ProgrammesErrorCodes.ClaimNotAwaitingDecision);
        Should.Throw<BusinessException>(() => claim.Submit(programme, TimeProvider.System)).Code.ShouldBe(ProgrammesErrorCodes.ProgrammeNotPublished);
        claim.Status.ShouldBe(ClaimStatus.Draft);
    }
}
