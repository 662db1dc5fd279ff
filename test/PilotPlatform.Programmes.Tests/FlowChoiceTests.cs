using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Programmes.Choices;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Templates;
using PilotPlatform.Testing;
using PilotPlatform.Workflows;

namespace PilotPlatform.Programmes.Tests;

/// <summary>The full host; 江苏 has an office in which one coordinator may not choose flows.</summary>
public sealed class ChoosingApp : PilotPlatformApp
{
    /// <summary>A coordinator whose region took the permission away.</summary>
    public static readonly Persona Narrowed = new(new("0000c40e-0000-7000-8000-000000000001"), "江苏省见习经办人", People.Jiangsu.Tenant, RoleNames.Coordinator, "narrowed");

    protected override void ConfigureTestServices(IServiceCollection services) => services.AddSingleton<IPermissionStore, NarrowedStore>();

    private sealed class NarrowedStore(PermissionCatalogue catalogue) : IPermissionStore
    {
        public ValueTask<IReadOnlySet<string>> GetAsync(System.Security.Claims.ClaimsPrincipal principal, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlySet<string>>(catalogue.ByRole.Where(r => principal.IsInRole(r.Key)).SelectMany(r => r.Value)
                .Where(p => !principal.IsInRole("narrowed") || p is not WorkflowsPermissions.Choose and not "Assessment.Manage").ToHashSet());
    }
}

/// <summary>Which flow and which scheme a programme and its themes take: chosen on the programme's page and with the notice.</summary>
public sealed class FlowChoiceTests(ChoosingApp app) : IClassFixture<ChoosingApp>
{
    private const string Claim = "programmes.claim";
    private const string Submission = "pilots.submission";

    private static int made;

    private static Uri At(string path) => new(path, UriKind.Relative);

    private HttpClient Office => app.As(People.Jiangsu.Coordinator);

    /// <summary>A flow of 江苏's own with one task, and, where named, a program of the domain after it.</summary>
    private async Task<OwnFlow> OwnFlowAsync(string name, string? handler = null)
    {
        var key = $"own.flow-{Interlocked.Increment(ref made)}";
        var (service, last) = handler is null ? ("", "T") : ($"""<bpmn:serviceTask id="H"><bpmn:extensionElements><pilot:service handler="{handler}" /></bpmn:extensionElements></bpmn:serviceTask><bpmn:sequenceFlow id="f3" sourceRef="T" targetRef="H" />""", "H");
        var xml = $"""
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:pilot="urn:pilotplatform:bpmn" id="D" targetNamespace="urn:test">
              <bpmn:process id="P" isExecutable="true">
                <bpmn:startEvent id="S" />
                <bpmn:userTask id="T" name="办理"><bpmn:extensionElements><pilot:assignee kind="Role" value="coordinator" region="Issuer" /></bpmn:extensionElements></bpmn:userTask>
                <bpmn:endEvent id="E" />{service}
                <bpmn:sequenceFlow id="f1" sourceRef="S" targetRef="T" /><bpmn:sequenceFlow id="f2" sourceRef="{last}" targetRef="E" />
              </bpmn:process>
            </bpmn:definitions>
            """;
        var admin = app.As(People.Jiangsu.Administrator);
        var draft = await admin.PostAsAsync<JsonElement>("/api/workflow-definitions", new { key, name, allowsOverride = true, xml });
        var version = await admin.PostAsAsync<JsonElement>(
            $"/api/workflow-definitions/{draft.GetProperty("definitionId").GetGuid()}/publish", new { note = "测试", concurrencyStamp = draft.GetProperty("concurrencyStamp").GetString() });
        return new(key, name, version.GetProperty("id").GetGuid(), version.GetProperty("concurrencyStamp").GetString()!);
    }

    private Task RetireAsync(OwnFlow flow) =>
        app.As(People.Jiangsu.Administrator).PostAsAsync<JsonElement>($"/api/workflow-versions/{flow.VersionId}/retire", new { concurrencyStamp = flow.Stamp });

    private async Task<Guid> SchemeAsync(string name)
    {
        var draft = await Office.PostAsAsync<JsonElement>("/api/assessment/schemes", new
        {
            name, programmeId = (Guid?)null, passMark = 60, spreadThreshold = 15, indicators = new[] { new { name = "成效", weight = 100, maxPoints = 10 } },
        });
        await Office.PostAsAsync<JsonElement>($"/api/assessment/schemes/{draft.GetProperty("id").GetGuid()}/publish", new { concurrencyStamp = draft.GetProperty("concurrencyStamp").GetString() });
        return draft.GetProperty("familyId").GetGuid();
    }

    private Task<ProgrammeFlowsDto> FlowsAsync(Guid programmeId, Persona? by = null) => app.As(by ?? People.Jiangsu.Coordinator).GetAsAsync<ProgrammeFlowsDto>($"/api/programmes/{programmeId}/flows");

    private Task<HttpResponseMessage> ChooseAsync(Guid programmeId, ChooseFlowDto input, Persona? by = null) =>
        app.As(by ?? People.Jiangsu.Coordinator).PostAsJsonAsync(At($"/api/programmes/{programmeId}/choose-flow"), input);

    private static FlowInForceDto Of(ProgrammeFlowsDto flows, Guid? themeId, string kind) => flows.Scopes.Single(s => s.ThemeId == themeId).Flows.Single(f => f.Kind == kind);

    [Fact]
    public async Task Flows_UnlessChosen_AreTheProducts_AndTheAudienceReadsThem()
    {
        var programme = await Given.PublishedAsync(app);
        var flows = await FlowsAsync(programme.ProgrammeId);
        flows.Kinds.Select(k => k.Key).ShouldBe([Claim, Submission, "assessment.pilot", "assessment.scoring", "replication.certification"], ignoreOrder: true);
        flows.Scopes.Count.ShouldBe(11);
        flows.Scopes.SelectMany(s => s.Flows).ShouldAllBe(f => f.Flow != null && f.Flow.Owner == "" && f.Source == ChoiceSource.Usual && f.Since == f.Flow.PublishedAt && f.Choice == null);
        flows.MayChoose.ShouldBeTrue();

        var city = await FlowsAsync(programme.ProgrammeId, People.Nantong.Coordinator);
        (city.IsIssuer, city.MayChoose).ShouldBe((false, false));
        city.Kinds.ShouldAllBe(k => k.Options.Count == 0);
        Of(city, null, Submission).Flow!.Name.ShouldBe("成果报送");
        (await FlowsAsync(programme.ProgrammeId, People.Jiangsu.Leader)).MayChoose.ShouldBeFalse("a leader reads");
        (await app.As(People.Ganzhou.Coordinator).GetAsync(At($"/api/programmes/{programme.ProgrammeId}/flows")).RefusalAsync()).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Choose_ForATheme_HoldsForNewWorkOfThatThemeAlone_AndIsLogged()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var (theme, other) = (programme.Themes[0].Id, programme.Themes[1].Id);
        var running = await Given.SubmittedClaimAsync(app, theme, People.Yangzhou.Coordinator);
        var own = await OwnFlowAsync("简易申领");
        Of(await FlowsAsync(programme.Id), null, Claim).ShouldNotBeNull();
        (await FlowsAsync(programme.Id)).Kinds.Single(k => k.Key == Claim).Options.Select(o => o.Key).ShouldContain(own.Key);

        app.Clock.Advance(TimeSpan.FromHours(1));
        (await ChooseAsync(programme.Id, new(theme, Claim, own.Key, null))).EnsureSuccessStatusCode();
        var chosen = Of(await FlowsAsync(programme.Id, People.Nantong.Coordinator), theme, Claim);
        chosen.ShouldSatisfyAllConditions(
            f => f.Flow!.Name.ShouldBe("简易申领"), f => f.Flow!.Version.ShouldBe(1), f => f.Flow!.Owner.ShouldBe("江苏省"), f => f.Source.ShouldBe(ChoiceSource.Theme),
            f => f.Since.ShouldBe(f.Choice!.ChosenAt), f => f.Choice!.IsGone.ShouldBeFalse());

        // Whoever claims from now on takes it; the claim that runs stays on its own, and the other theme is as it was.
        (await app.FlowOfAsync(People.Nantong.Coordinator, (await Given.SubmittedClaimAsync(app, theme, People.Nantong.Coordinator)).Id))!.Instance.Key.ShouldBe(own.Key);
        (await app.FlowOfAsync(People.Nantong.Coordinator, (await Given.SubmittedClaimAsync(app, other, People.Nantong.Coordinator)).Id))!.Instance.Key.ShouldBe(Claim);
        (await app.FlowOfAsync(People.Yangzhou.Coordinator, running.Id))!.Instance.Key.ShouldBe(Claim);

        await app.AsSystemAsync(People.Jiangsu.Tenant, async services =>
            (await services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>().Where(e => e.Subject == "WorkflowChoice" && e.ActorId == People.Jiangsu.Coordinator.Id).CountAsync())
                .ShouldBeGreaterThan(0));
    }

    [Fact]
    public async Task Choose_ForTheProgramme_HoldsForItsThemes_UnlessTheyHaveTheirOwn()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var own = await OwnFlowAsync("全省统一申领");
        await (await ChooseAsync(programme.Id, new(null, Claim, own.Key, null))).Content.ReadAsStringAsync();
        (await ChooseAsync(programme.Id, new(programme.Themes[1].Id, Claim, Claim, null))).EnsureSuccessStatusCode();
        var flows = await FlowsAsync(programme.Id);
        Of(flows, programme.Themes[0].Id, Claim).ShouldSatisfyAllConditions(f => f.Flow!.Key.ShouldBe(own.Key), f => f.Source.ShouldBe(ChoiceSource.Programme), f => f.Choice.ShouldBeNull());
        Of(flows, programme.Themes[1].Id, Claim).ShouldSatisfyAllConditions(f => f.Flow!.Key.ShouldBe(Claim), f => f.Source.ShouldBe(ChoiceSource.Theme));

        // Retired meanwhile: said, and the usual one is taken rather than none.
        await RetireAsync(own);
        var after = Of(await FlowsAsync(programme.Id), null, Claim);
        after.ShouldSatisfyAllConditions(f => f.Flow!.Key.ShouldBe(Claim), f => f.Source.ShouldBe(ChoiceSource.Usual), f => f.Choice!.IsGone.ShouldBeTrue(), f => f.Choice!.ChosenName.ShouldBe("全省统一申领"));
    }

    [Fact]
    public async Task Retirement_SaysWhoChoseTheFlow_AndWhatIsInForceThen()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var own = await OwnFlowAsync("将停用的流程");
        (await RetirementAsync(own)).ShouldSatisfyAllConditions(r => r.IsInForce.ShouldBeTrue(), r => r.NextVersion.ShouldBeNull(), r => r.ChosenForCount.ShouldBe(0), r => r.RunningInstances.ShouldBe(0));
        foreach (var (theme, kind) in new (Guid?, string)[]
        {
            (null, Claim), (programme.Themes[0].Id, Claim), (programme.Themes[1].Id, Claim), (null, Submission), (programme.Themes[0].Id, Submission),
            (programme.Themes[1].Id, Submission), (null, "replication.certification"),
        })
        {
            (await ChooseAsync(programme.Id, new(theme, kind, own.Key, null))).EnsureSuccessStatusCode();
        }

        await Given.SubmittedClaimAsync(app, programme.Themes[0].Id, People.Nantong.Coordinator);
        var told = await RetirementAsync(own);
        (told.RunningInstances, told.ChosenForCount, told.ChosenFor.Count).ShouldBe((1, 7, 5));
        told.ChosenFor[0].ShouldBe(new ToldChoice(programme.Title, "申领与确定", "江苏省"));
        told.ChosenFor[1].Title.ShouldContain(programme.Themes[0].Title);

        await RetireAsync(own);
        (await RetirementAsync(own)).ShouldSatisfyAllConditions(r => r.IsInForce.ShouldBeFalse(), r => r.RunningInstances.ShouldBe(1), r => r.ChosenForCount.ShouldBe(0));
    }

    [Fact]
    public async Task Retirement_ByARegionBelow_NamesAndCountsOnlyWhatItCanSee()
    {
        // One flow of the province, which 南通 and 扬州 have drawn anew for themselves.
        var own = await OwnFlowAsync("各市另行绘制的流程", "pilots.submit");
        var (nantong, yangzhou) = (await OverriddenAsync(own, People.Nantong), await OverriddenAsync(own, People.Yangzhou));
        var notice = await Given.NoticeAsync(app);
        var themes = notice.Content.Themes.Take(1).Select(t => t with { Regions = [.. t.Regions.Where(r => r.RegionId == People.Nantong.Tenant.Id)] }).ToList();
        themes[0].Regions.ShouldNotBeEmpty();
        var programme = await Given.PublishedAsync(app, notice.Content with { Themes = themes });
        (await ChooseAsync(programme.ProgrammeId, new(null, Submission, own.Key, null))).EnsureSuccessStatusCode();

        (await RetirementAsync(own)).ChosenForCount.ShouldBe(1);
        (await RetirementAsync(nantong, People.Nantong)).ShouldSatisfyAllConditions(r => r.ChosenForCount.ShouldBe(1), r => r.ChosenFor.Single().RegionName.ShouldBe("江苏省"));
        (await RetirementAsync(yangzhou, People.Yangzhou)).ShouldSatisfyAllConditions(r => r.ChosenForCount.ShouldBe(0), r => r.ChosenFor.ShouldBeEmpty());

        // Another's version is nobody's to retire, nor to ask about; and the city's own flow is not what a flow of the issuer's takes.
        (await app.As(People.Yangzhou.Administrator).GetAsync(At($"/api/workflow-versions/{nantong.VersionId}/retirement")).RefusalAsync()).Status.ShouldBe(404);
        (await app.As(People.Nantong.Administrator).GetAsync(At($"/api/workflow-versions/{own.VersionId}/retirement")).RefusalAsync()).Status.ShouldBe(404);
        (await app.As(People.Jiangsu.Administrator).GetAsync(At($"/api/workflow-versions/{nantong.VersionId}/retirement")).RefusalAsync()).Status.ShouldBe(404);
        (await app.As(People.Jiangsu.Leader).GetAsync(At($"/api/workflow-versions/{own.VersionId}/retirement")).RefusalAsync()).Status.ShouldBe(403);
    }

    private Task<ToldRetirement> RetirementAsync(OwnFlow flow, RegionPeople? by = null) =>
        app.As((by ?? People.Jiangsu).Administrator).GetAsAsync<ToldRetirement>($"/api/workflow-versions/{flow.VersionId}/retirement");

    private async Task<OwnFlow> OverriddenAsync(OwnFlow flow, RegionPeople by)
    {
        var admin = app.As(by.Administrator);
        var draft = await admin.PostAsAsync<JsonElement>("/api/workflow-definitions", new { key = flow.Key, name = flow.Name, allowsOverride = true });
        var version = await admin.PostAsAsync<JsonElement>(
            $"/api/workflow-definitions/{draft.GetProperty("definitionId").GetGuid()}/publish", new { note = "本市", concurrencyStamp = draft.GetProperty("concurrencyStamp").GetString() });
        return new(flow.Key, flow.Name, version.GetProperty("id").GetGuid(), version.GetProperty("concurrencyStamp").GetString()!);
    }

    private sealed record ToldRetirement(int RunningInstances, bool IsInForce, int? NextVersion, int ChosenForCount, List<ToldChoice> ChosenFor);

    private sealed record ToldChoice(string Title, string Kind, string RegionName);

    [Fact]
    public async Task Choose_WithAStampOfBefore_IsRefused()
    {
        var programme = await Given.CallForClaimsAsync(app);
        var theme = programme.Themes[0].Id;
        var (one, two) = (await OwnFlowAsync("甲流程"), await OwnFlowAsync("乙流程"));
        (await ChooseAsync(programme.Id, new(theme, Claim, one.Key, null))).EnsureSuccessStatusCode();
        // Two people had the page open while nothing was chosen yet.
        (await Task.FromResult(await ChooseAsync(programme.Id, new(theme, Claim, two.Key, null))).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        var stamp = Of(await FlowsAsync(programme.Id), theme, Claim).Choice!.ConcurrencyStamp;
        (await ChooseAsync(programme.Id, new(theme, Claim, two.Key, stamp))).EnsureSuccessStatusCode();
        (await ChooseAsync(programme.Id, new(theme, Claim, null, stamp)).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        Of(await FlowsAsync(programme.Id), theme, Claim).Flow!.Key.ShouldBe(two.Key);
        (await ChooseAsync(programme.Id, new(theme, Claim, null, Of(await FlowsAsync(programme.Id), theme, Claim).Choice!.ConcurrencyStamp))).EnsureSuccessStatusCode();
        Of(await FlowsAsync(programme.Id), theme, Claim).Flow!.Key.ShouldBe(Claim);
        (await ChooseAsync(programme.Id, new(theme, Claim, one.Key, stamp)).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
    }

    [Fact]
    public async Task Choose_ByOthersThanTheIssuer_OrWithoutThePermission_IsRefused()
    {
        var programme = await Given.PublishedAsync(app);
        var own = await OwnFlowAsync("本省流程");
        var input = new ChooseFlowDto(null, Submission, own.Key, null);
        (await ChooseAsync(programme.ProgrammeId, input, People.Nantong.Coordinator).RefusalAsync()).ShouldBe((403, ProgrammesErrorCodes.NotIssuer));
        (await ChooseAsync(programme.ProgrammeId, input, People.Ganzhou.Coordinator).RefusalAsync()).Status.ShouldBe(404);
        (await ChooseAsync(programme.ProgrammeId, input, People.Jiangsu.Leader).RefusalAsync()).Status.ShouldBe(403);
        (await ChooseAsync(programme.ProgrammeId, input, ChoosingApp.Narrowed).RefusalAsync()).Status.ShouldBe(403);
        Of(await FlowsAsync(programme.ProgrammeId), null, Submission).Choice.ShouldBeNull();
        (await ChooseAsync(programme.ProgrammeId, input with { ThemeId = Guid.CreateVersion7() }).RefusalAsync()).Status.ShouldBe(404, "a theme of another programme");

        (await Office.PostAsJsonAsync(At($"/api/programmes/{programme.ProgrammeId}/close"), new CloseProgrammeDto((await Office.GetAsAsync<ProgrammeDto>($"/api/programmes/{programme.ProgrammeId}")).ConcurrencyStamp)))
            .EnsureSuccessStatusCode();
        (await ChooseAsync(programme.ProgrammeId, input).RefusalAsync()).ShouldBe((409, ProgrammesErrorCodes.ProgrammeNotPublished));
    }

    [Fact]
    public async Task Choose_WhatIsUnknownOrMadeForSomethingElse_IsRefused()
    {
        var programme = await Given.PublishedAsync(app);
        var submitting = await OwnFlowAsync("报送专用", "pilots.submit");
        (await ChooseAsync(programme.ProgrammeId, new(null, Claim, submitting.Key, null)).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.DoesNotFit));
        (await ChooseAsync(programme.ProgrammeId, new(null, Submission, submitting.Key, null))).EnsureSuccessStatusCode();
        (await ChooseAsync(programme.ProgrammeId, new(null, Claim, "own.nowhere", null)).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.NotPublished));
        (await ChooseAsync(programme.ProgrammeId, new(null, "own.kind", Claim, null)).RefusalAsync()).ShouldBe((400, "Platform:InvalidInput"));
        var kinds = (await FlowsAsync(programme.ProgrammeId)).Kinds;
        kinds.Single(k => k.Key == Claim).Options.Select(o => o.Key).ShouldNotContain(submitting.Key);
        kinds.Single(k => k.Key == Submission).Options.ShouldSatisfyAllConditions(o => o[0].Key.ShouldBe(Submission), o => o.ShouldContain(x => x.Key == submitting.Key));
        kinds.ShouldAllBe(k => k.Options.All(o => o.Key == k.Key || kinds.All(other => other.Key != o.Key)), "no kind's own flow for another kind");
    }

    [Fact]
    public async Task Notice_WithChoices_MakesThemInForceWhenItIsPublished_AndTheCopyCarriesThem()
    {
        var own = await OwnFlowAsync("容缺报送");
        var scheme = await SchemeAsync("容缺评估");
        var notice = await Given.NoticeAsync(app);
        notice.Content.Choices!.SchemeId.ShouldBe(scheme, "the newest is preselected");
        var other = await SchemeAsync("另一套指标");
        (await Office.GetAsAsync<NoticeOptionsDto>("/api/notices/options")).ShouldSatisfyAllConditions(
            o => o.Kinds.Single(k => k.Key == Submission).Options.ShouldContain(x => x.Key == own.Key), o => o.Schemes.Select(s => s.Id).ShouldContain(scheme), o => o.MayChooseFlows.ShouldBeTrue());

        var themes = notice.Content.Themes.Select((t, i) => i == 3 ? t with { Choices = new([new(Submission, own.Key)], other) } : t).ToList();
        var saved = await Given.SettleAsync(app, notice, notice.Content with { Themes = themes });
        saved.Preview.Choices.Count.ShouldBe(10);
        saved.Preview.Choices[3].ShouldSatisfyAllConditions(
            c => c.Flows.Single(f => f.Kind == Submission).ShouldBe(new ThemeFlowDto(Submission, "成果报送", "容缺报送", 1, ChoiceSource.Theme, false)),
            c => c.Scheme!.ShouldBe(new ThemeSchemeDto(other, "另一套指标", 1, ChoiceSource.Theme, false)));
        saved.Preview.Choices[0].ShouldSatisfyAllConditions(
            c => c.Flows.Single(f => f.Kind == Submission).Source.ShouldBe(ChoiceSource.Usual), c => c.Scheme!.ShouldBe(new ThemeSchemeDto(scheme, "容缺评估", 1, ChoiceSource.Programme, false)));
        var published = await Office.PostAsAsync<PublishedNoticeDto>($"/api/notices/{notice.Id}/publish", new NoticeStampDto(saved.ConcurrencyStamp));

        var flows = await FlowsAsync(published.ProgrammeId, People.Nantong.Coordinator);
        var theme = flows.Scopes[4];
        theme.Flows.Single(f => f.Kind == Submission).Flow!.Name.ShouldBe("容缺报送");
        flows.Scopes.Where(s => s != theme).ShouldAllBe(s => s.Flows.All(f => f.Source == ChoiceSource.Usual));
        var schemes = await app.As(People.Nantong.Coordinator).GetAsAsync<JsonElement>($"/api/assessment/programmes/{published.ProgrammeId}/schemes");
        schemes.GetProperty("mayChoose").GetBoolean().ShouldBeFalse();
        schemes.GetProperty("scopes")[4].GetProperty("scheme").GetProperty("name").GetString().ShouldBe("另一套指标");
        schemes.GetProperty("scopes")[1].GetProperty("scheme").GetProperty("name").GetString().ShouldBe("容缺评估");

        var copy = await Office.PostAsAsync<NoticeDto>($"/api/programmes/{published.ProgrammeId}/copy", new CopyProgrammeDto(null));
        copy.Content.Choices!.SchemeId.ShouldBe(scheme);
        copy.Content.Themes[3].Choices!.ShouldSatisfyAllConditions(c => c.Of(Submission).ShouldBe(own.Key), c => c.SchemeId.ShouldBe(other));
        copy.Content.Themes[0].Choices.ShouldBeNull();
        var template = await Office.PostAsAsync<TemplateListItemDto>($"/api/programmes/{published.ProgrammeId}/template", new SaveTemplateDto("含流程的模板"));
        (await Office.PostAsAsync<NoticeDto>($"/api/programme-templates/{template.Id}/start", new StartFromTemplateDto(null))).Content.Themes[3].Choices!.Of(Submission).ShouldBe(own.Key);
    }

    [Fact]
    public async Task Notice_WhoseFlowWasRetiredMeanwhile_IsNotPublished_AndSaysWhichThemeAndFlow()
    {
        var own = await OwnFlowAsync("旧流程");
        var notice = await Given.NoticeAsync(app);
        var themes = notice.Content.Themes.Select((t, i) => i == 1 ? t with { Choices = new([new(Submission, own.Key)], Guid.CreateVersion7()) } : t).ToList();
        var saved = await Given.SettleAsync(app, notice, notice.Content with { Themes = themes, Choices = new([new(Claim, own.Key)], notice.Content.Choices?.SchemeId) });
        var before = await ProgrammesAsync();
        await RetireAsync(own);
        (await Office.GetAsAsync<NoticeDto>($"/api/notices/{notice.Id}")).Preview.Choices[1].ShouldSatisfyAllConditions(
            c => c.Flows.Single(f => f.Kind == Submission).ShouldBe(new ThemeFlowDto(Submission, "成果报送", "旧流程", null, ChoiceSource.Theme, true)), c => c.Scheme!.IsGone.ShouldBeTrue());

        var refused = await Office.PostAsJsonAsync(At($"/api/notices/{notice.Id}/publish"), new NoticeStampDto(saved.ConcurrencyStamp));
        ((int)refused.StatusCode).ShouldBe(400);
        var errors = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.GetProperty("content.themes[1].choices.flows[pilots.submission]")[0].GetString().ShouldBe($"第{themes[1].Number}项“{themes[1].Title}”的“成果报送”选用的流程“旧流程”已停用或不适用，请另选流程。");
        errors.GetProperty("content.choices.flows[programmes.claim]")[0].GetString()!.ShouldContain("旧流程");
        errors.GetProperty("content.themes[1].choices.schemeId")[0].GetString()!.ShouldContain(themes[1].Title);
        (await ProgrammesAsync()).ShouldBe(before, "nothing was published");
        (await Office.GetAsAsync<NoticeDto>($"/api/notices/{notice.Id}")).Status.ShouldBe(NoticeStatus.Draft);

        async Task<int> ProgrammesAsync() => (await Office.GetAsAsync<PagedResult<ProgrammeListItemDto>>("/api/programmes?maxResultCount=1")).TotalCount;
    }

    [Fact]
    public async Task Notice_ChoicesAreChangedOnlyByWhoeverMayChoose_AndMustMakeSense()
    {
        var own = await OwnFlowAsync("限权流程");
        var notice = await Given.NoticeAsync(app);
        var narrowed = app.As(ChoosingApp.Narrowed);
        var chosen = notice.Content with { Choices = new([new(Submission, own.Key)], notice.Content.Choices?.SchemeId) };
        (await narrowed.PutAsJsonAsync(At($"/api/notices/{notice.Id}"), new SaveNoticeDto(chosen, [], notice.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync()).ShouldBe((403, ProgrammesErrorCodes.MayNotChoose));
        (await narrowed.PutAsJsonAsync(
            At($"/api/notices/{notice.Id}"), new SaveNoticeDto(notice.Content with { Choices = new(null, Guid.CreateVersion7()) }, [], notice.ConcurrencyStamp), PilotPlatformApp.Json)
            .RefusalAsync()).ShouldBe((403, ProgrammesErrorCodes.MayNotChoose));
        (await narrowed.GetAsAsync<NoticeOptionsDto>("/api/notices/options")).MayChooseFlows.ShouldBeFalse();

        var saved = await Office.PutAsAsync<NoticeDto>($"/api/notices/{notice.Id}", new SaveNoticeDto(chosen, [], notice.ConcurrencyStamp));
        // Everything else of the draft is still theirs to work on.
        saved = await narrowed.PutAsAsync<NoticeDto>($"/api/notices/{notice.Id}", new SaveNoticeDto(saved.Content with { Title = "改后的标题" }, [], saved.ConcurrencyStamp));
        saved.Content.ShouldSatisfyAllConditions(c => c.Title.ShouldBe("改后的标题"), c => c.Choices!.Of(Submission).ShouldBe(own.Key));

        foreach (var wrong in new NoticeChoices[] { new([new("own.kind", own.Key)]), new([new(Submission, "")]), new([new(Submission, own.Key), new(Submission, Submission)]) })
        {
            (await Office.PutAsJsonAsync(At($"/api/notices/{notice.Id}"), new SaveNoticeDto(saved.Content with { Choices = wrong }, [], saved.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync())
                .Status.ShouldBe(400);
        }
    }

    private sealed record OwnFlow(string Key, string Name, Guid VersionId, string Stamp);
}
