using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Assessment.Choices;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Workflows;

namespace PilotPlatform.Assessment.Tests;

/// <summary>Which scheme scores a theme is chosen beforehand, by the issuer alone, and holds when the panel is set.</summary>
public sealed class SchemeChoiceTests : IAsyncLifetime, IDisposable
{
    private readonly AssessmentWorld world = new();

    // A world for each test: choices are made for the one programme that the double knows.
    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)world).DisposeAsync();

    public void Dispose() => world.Dispose();

    private Task<ProgrammeSchemesDto> SchemesAsync(Persona? by = null) =>
        world.As(by ?? People.Jiangsu.Coordinator).GetAsAsync<ProgrammeSchemesDto>($"/api/assessment/programmes/{AssessmentWorld.ProgrammeId}/schemes");

    private Task<HttpResponseMessage> ChooseAsync(ChooseSchemeDto input, Persona? by = null) => world.As(by ?? People.Jiangsu.Coordinator).PostAsJsonAsync(
        $"/api/assessment/programmes/{AssessmentWorld.ProgrammeId}/choose-scheme", input, PilotPlatformApp.Json);

    private async Task<SchemeDto> ReviseAsync(SchemeDto scheme)
    {
        using var office = world.As(People.Jiangsu.Coordinator);
        var next = await office.PostAsAsync<SchemeDto>($"/api/assessment/schemes/{scheme.Id}/revise", new SchemeStampDto(scheme.ConcurrencyStamp));
        return await office.PostAsAsync<SchemeDto>($"/api/assessment/schemes/{next.Id}/publish", new SchemeStampDto(next.ConcurrencyStamp));
    }

    private static SchemeScopeDto ThemeOf(ProgrammeSchemesDto schemes) => schemes.Scopes.Single(s => s.ThemeId == AssessmentWorld.ThemeId);

    [Fact]
    public async Task Schemes_UnlessChosen_AreTheUsualOne_OrNone()
    {
        (await SchemesAsync()).ShouldSatisfyAllConditions(s => s.MayChoose.ShouldBeTrue(), s => s.Options.ShouldBeEmpty(), s => s.Scopes.ShouldAllBe(x => x.Scheme == null && x.Choice == null));
        await world.PublishedSchemeAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var newest = await world.PublishedSchemeAsync();
        var schemes = await SchemesAsync();
        schemes.Options.Count.ShouldBe(2);
        ThemeOf(schemes).ShouldSatisfyAllConditions(
            t => t.Order.ShouldBe(4), t => t.Scheme!.Source.ShouldBe(SchemeSource.Usual), t => t.Scheme!.VersionId.ShouldBe(newest.Id), t => t.Scheme!.Since.ShouldBeNull());
        (await SchemesAsync(People.Jiangsu.Leader)).MayChoose.ShouldBeFalse();
    }

    [Fact]
    public async Task Choose_HoldsForTheProgramme_ForAThemeInItsPlace_AndCitiesReadIt()
    {
        var (wide, narrow) = (await world.PublishedSchemeAsync(), await world.PublishedSchemeAsync());
        (await ChooseAsync(new(null, wide.FamilyId, null))).EnsureSuccessStatusCode();
        ThemeOf(await SchemesAsync()).Scheme!.ShouldSatisfyAllConditions(s => s.Id.ShouldBe(wide.FamilyId), s => s.Source.ShouldBe(SchemeSource.Programme), s => s.Since.ShouldNotBeNull());
        (await ChooseAsync(new(AssessmentWorld.ThemeId, narrow.FamilyId, null))).EnsureSuccessStatusCode();
        ThemeOf(await SchemesAsync()).ShouldSatisfyAllConditions(
            t => t.Scheme!.Id.ShouldBe(narrow.FamilyId), t => t.Scheme!.Source.ShouldBe(SchemeSource.Theme), t => t.Choice!.ChosenBy.ShouldBe(People.Jiangsu.Coordinator.DisplayName));

        // The newest published version is the one that scores.
        var corrected = await ReviseAsync(narrow);
        ThemeOf(await SchemesAsync()).Scheme!.ShouldSatisfyAllConditions(s => s.VersionId.ShouldBe(corrected.Id), s => s.Version.ShouldBe(2));
        (await ChooseAsync(new(AssessmentWorld.ThemeId, null, ThemeOf(await SchemesAsync()).Choice!.ConcurrencyStamp))).EnsureSuccessStatusCode();
        ThemeOf(await SchemesAsync()).Scheme!.Id.ShouldBe(wide.FamilyId);
    }

    [Fact]
    public async Task Choose_ByOthers_OrAgainstAnOlderChoice_IsRefused()
    {
        var (one, two) = (await world.PublishedSchemeAsync(), await world.PublishedSchemeAsync());
        (await ChooseAsync(new(null, one.FamilyId, null), People.Nantong.Coordinator).RefusalAsync()).ShouldBe((403, AssessmentErrorCodes.NotIssuer));
        (await ChooseAsync(new(null, one.FamilyId, null), People.Ganzhou.Coordinator).RefusalAsync()).ShouldBe((403, AssessmentErrorCodes.NotIssuer));
        (await ChooseAsync(new(null, one.FamilyId, null), People.Jiangsu.Leader).RefusalAsync()).Status.ShouldBe(403);
        (await world.As(People.Jiangsu.Coordinator).PostAsJsonAsync($"/api/assessment/programmes/{Guid.NewGuid()}/choose-scheme", new ChooseSchemeDto(null, one.FamilyId, null), PilotPlatformApp.Json).RefusalAsync())
            .Status.ShouldBe(404);
        (await ChooseAsync(new(Guid.NewGuid(), one.FamilyId, null)).RefusalAsync()).Status.ShouldBe(404);
        (await ChooseAsync(new(null, Guid.NewGuid(), null)).RefusalAsync()).ShouldBe((409, AssessmentErrorCodes.SchemeNotOffered));
        (await SchemesAsync()).Scopes.ShouldAllBe(s => s.Choice == null);

        (await ChooseAsync(new(null, one.FamilyId, null))).EnsureSuccessStatusCode();
        (await ChooseAsync(new(null, two.FamilyId, null)).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        (await ChooseAsync(new(null, null, "older")).RefusalAsync()).ShouldBe((409, "Platform:StaleStamp"));
        (await SchemesAsync()).Scopes[0].Scheme!.Id.ShouldBe(one.FamilyId);
    }

    [Fact]
    public async Task Scheme_ThatServesSeveral_IsReadByRegionsWithAPilotThatItScores_AndByNoOther()
    {
        var (chosen, other) = (await world.PublishedSchemeAsync(), await world.PublishedSchemeAsync());
        await AudienceAsync(People.Nantong, People.Yangzhou);
        (await ChooseAsync(new(null, chosen.FamilyId, null))).EnsureSuccessStatusCode();
        // The programme reaches both cities; neither has a pilot yet.
        foreach (var city in new[] { People.Nantong, People.Yangzhou })
        {
            ThemeOf(await SchemesAsync(city.Coordinator)).Scheme!.ShouldSatisfyAllConditions(s => s.Name.ShouldBe("成效评估"), s => s.VersionId.ShouldBeNull());
            (await ReadAsync(city, chosen.Id)).ShouldBe(404);
        }

        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        var read = await world.As(People.Nantong.Coordinator).GetAsAsync<SchemeDto>($"/api/assessment/schemes/{chosen.Id}");
        read.ShouldSatisfyAllConditions(
            s => s.IsOwn.ShouldBeFalse(), s => s.Indicators.Select(i => i.Name).ShouldBe(["完整性", "可复制性"]), s => s.ProgrammeId.ShouldBeNull());
        (await SchemesAsync(People.Nantong.Coordinator)).Scopes[0].Scheme!.VersionId.ShouldBe(chosen.Id);

        // Read, and nothing else: not changed, not listed, not chosen, and no other scheme of the issuer's.
        (await ReadAsync(People.Nantong, other.Id)).ShouldBe(404);
        (await world.RefusalAsync(People.Nantong.Coordinator, $"/api/assessment/schemes/{chosen.Id}/revise", new SchemeStampDto(read.ConcurrencyStamp))).Status.ShouldBe(404);
        (await world.As(People.Nantong.Coordinator).GetAsAsync<PagedResult<SchemeListItemDto>>("/api/assessment/schemes")).Items.ShouldBeEmpty();
        foreach (var without in new[] { People.Yangzhou, People.Nanjing, People.Ganzhou, People.Jiangxi })
        {
            (await ReadAsync(without, chosen.Id)).ShouldBe(404, without.Coordinator.DisplayName);
        }

        ThemeOf(await SchemesAsync(People.Yangzhou.Coordinator)).Scheme!.VersionId.ShouldBeNull();

        // A draft of the next version is nobody's yet; once published it is in force, and the version that the panel was set with stays readable.
        var assessment = await world.AssessmentOfAsync(pilot);
        await world.As(People.Jiangsu.Coordinator).PostAsAsync<AssessmentDto>($"/api/assessment/assessments/{assessment.Id}/assign-panel", new AssignPanelDto(
            [People.Jiangsu.Assessor.Id, People.Jiangsu.SecondAssessor.Id], chosen.Id, null, assessment.ConcurrencyStamp));
        await world.DeliverEventsAsync();
        var next = await world.As(People.Jiangsu.Coordinator).PostAsAsync<SchemeDto>($"/api/assessment/schemes/{chosen.Id}/revise", new SchemeStampDto(chosen.ConcurrencyStamp));
        (await ReadAsync(People.Nantong, next.Id)).ShouldBe(404);
        await world.As(People.Jiangsu.Coordinator).PostAsAsync<SchemeDto>($"/api/assessment/schemes/{next.Id}/publish", new SchemeStampDto(next.ConcurrencyStamp));
        (await ReadAsync(People.Nantong, next.Id)).ShouldBe(200);
        (await ReadAsync(People.Nantong, chosen.Id)).ShouldBe(200);
        (await ReadAsync(People.Yangzhou, next.Id)).ShouldBe(404);
    }

    private async Task<int> ReadAsync(RegionPeople region, Guid schemeId) =>
        (int)(await world.As(region.Coordinator).GetAsync(new Uri($"/api/assessment/schemes/{schemeId}", UriKind.Relative))).StatusCode;

    private async Task AudienceAsync(params RegionPeople[] regions)
    {
        foreach (var region in regions)
        {
            await world.AsSystemAsync(region.Tenant, async services =>
            {
                var db = services.GetRequiredService<PlatformDbContext>();
                db.Add(new AudienceRow(services.GetRequiredService<IIdGenerator>().NewId(), region.Tenant, AssessmentWorld.ProgrammeId));
                await db.SaveChangesAsync();
            });
        }
    }

    [Fact]
    public async Task AssignPanel_WithAnotherSchemeThanChosen_IsRefused()
    {
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        // The double's pilots are of themes of their own: the choice for the programme is theirs.
        var (chosen, other) = (await world.PublishedSchemeAsync(), await world.PublishedSchemeAsync());
        (await ChooseAsync(new(null, chosen.FamilyId, null))).EnsureSuccessStatusCode();
        var assessment = await world.AssessmentOfAsync(pilot);
        (await AssignAsync(other)).ShouldBe((409, AssessmentErrorCodes.OtherSchemeChosen));
        world.Pilots.All[pilot].Status.ShouldBe(PilotStatus.Submitted);
        await world.AsAsync(People.Jiangsu.Coordinator, async services =>
        {
            // As a notice does: for the pilot's own theme, which goes before the programme.
            services.GetRequiredService<IThemeSchemes>().Choose(
                AssessmentWorld.ProgrammeId, world.Pilots.All[pilot].ThemeId, new ThemeScheme(other.FamilyId, other.Name, 1, false));
            return await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        });
        (await AssignAsync(chosen)).ShouldBe((409, AssessmentErrorCodes.OtherSchemeChosen));
        (await AssignAsync(await ReviseAsync(other))).Status.ShouldBe(200);

        Task<(int Status, string? Code)> AssignAsync(SchemeDto scheme) => world.As(People.Jiangsu.Coordinator).PostAsJsonAsync(
            $"/api/assessment/assessments/{assessment.Id}/assign-panel",
            new AssignPanelDto([People.Jiangsu.Assessor.Id, People.Jiangsu.SecondAssessor.Id], scheme.Id, null, assessment.ConcurrencyStamp), PilotPlatformApp.Json).RefusalAsync();
    }

    [Fact]
    public async Task Scoring_TakesTheFlowThatWasChosenForTheTheme()
    {
        const string Xml = """
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:pilot="urn:pilotplatform:bpmn" id="D" targetNamespace="urn:test">
              <bpmn:process id="P" isExecutable="true">
                <bpmn:startEvent id="S" />
                <bpmn:userTask id="T" name="办理"><bpmn:extensionElements><pilot:assignee kind="Role" value="coordinator" region="Issuer" /></bpmn:extensionElements></bpmn:userTask>
                <bpmn:endEvent id="E" /><bpmn:sequenceFlow id="f1" sourceRef="S" targetRef="T" /><bpmn:sequenceFlow id="f2" sourceRef="T" targetRef="E" />
              </bpmn:process>
            </bpmn:definitions>
            """;
        using var admin = world.As(People.Jiangsu.Administrator);
        var draft = await admin.PostAsAsync<JsonElement>("/api/workflow-definitions", new { key = "own.scoring", name = "简易评分", allowsOverride = true, xml = Xml });
        await admin.PostAsAsync<JsonElement>(
            $"/api/workflow-definitions/{draft.GetProperty("definitionId").GetGuid()}/publish", new { note = "测试", concurrencyStamp = draft.GetProperty("concurrencyStamp").GetString() });
        var pilot = await world.GivenAcceptedPilotAsync(People.Nantong);
        await world.AsAsync(People.Jiangsu.Coordinator, async services =>
        {
            await services.GetRequiredService<IWorkflowChoices>().ChooseAsync([new(world.Pilots.All[pilot].ThemeId, "assessment.scoring", "own.scoring", null)], default);
            return await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        });
        var assessment = await world.PanelAsync(pilot);
        await world.DeliverEventsAsync();
        using var office = world.As(People.Jiangsu.Coordinator);
        var flows = await office.GetAsAsync<FlowPage<FlowRow>>($"/api/workflow-instances?subjectId={assessment.Id}&maxResultCount=200");
        flows.Items.Select(f => f.Key).ShouldBe(["assessment.pilot", "own.scoring"], ignoreOrder: true);
    }
}
