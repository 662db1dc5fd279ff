using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Events;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Pilots.Plans;
using PilotPlatform.Programmes;
using PilotPlatform.Testing;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Pilots.Tests;

/// <summary>The use cases over HTTP.</summary>
public sealed class PilotsApiTests(PilotsApp app) : IClassFixture<PilotsApp>
{
    private static readonly DateOnly Correction = new(2023, 6, 15);

    [Fact]
    public async Task RegionAssigned_DeliveredTwice_CreatesOnePilotOwnedByTheRegion()
    {
        var theme = app.Programmes.AddTheme(null, DeliverableKind.ItemList, DeliverableKind.NormDocument);
        var assignment = Guid.NewGuid();
        var id = await app.AssignAsync(theme, People.Nantong, assignment);
        (await app.AssignAsync(theme, People.Nantong, assignment)).ShouldBe(id);

        var pilot = await app.As(People.Nantong.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        pilot.RegionId.ShouldBe(People.Nantong.Tenant.Id);
        pilot.DueOn.ShouldBe(app.Programmes.Programme.Deadline!.Value.Date);
        pilot.Deliverables.Select(d => (d.Kind, d.IsRequired)).ShouldBe(
            [(DeliverableKind.ItemList, true), (DeliverableKind.NormDocument, true), (DeliverableKind.Evidence, false)]);
        pilot.NextStep.Action.ShouldBe(NextAction.BeginPlanning);
        pilot.NextStep.IsMine.ShouldBeTrue();
        pilot.History.Single().Text.ShouldBe("江苏省政务办确定南通市承担本试点");
        app.Notices.About(id).Single().ShouldSatisfyAllConditions(
            n => n.Region.ShouldBe(People.Nantong.Tenant), n => n.Permission.ShouldBe(PilotsPermissions.Plan), n => n.Message.Key.ShouldBe("Pilots.Assigned"));
    }

    [Fact]
    public async Task AssignmentRevoked_WithdrawsThePilot_AndTwiceIsOnce()
    {
        var theme = app.Programmes.AddTheme(null, DeliverableKind.ItemList);
        var assignment = Guid.NewGuid();
        var id = await app.AssignAsync(theme, People.Nantong, assignment);
        var revoked = new AssignmentRevoked(assignment, theme.ProgrammeId, theme.Id, People.Nantong.Tenant.Id, People.Nantong.Tenant.Path, "调整试点范围");
        await app.RaiseAsync(revoked);
        await app.RaiseAsync(revoked);
        var pilot = await app.As(People.Jiangsu.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        pilot.Status.ShouldBe(PilotStatus.Withdrawn);
        pilot.History.Count(h => h.Kind == PilotHistoryKind.Withdrawn).ShouldBe(1);
        pilot.Light.ShouldBe(StatusLight.Green);
    }

    [Fact]
    public async Task PlanDraft_IsInvisibleToProvinceAndSibling_UntilSubmitted()
    {
        var id = await app.GivenPilotAsync(People.Nantong);
        var city = app.As(People.Nantong.Coordinator);
        await city.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/begin-planning", await PilotsApp.StampAsync(city, id));
        var draft = await PilotsApp.SavePlanAsync(city, id, await app.GivenOfficeAsync(People.Nantong));

        foreach (var other in new[] { People.Jiangsu.Coordinator, People.Yangzhou.Coordinator })
        {
            (await app.As(other).GetAsync(Rel($"/api/pilots/{id}/plan/draft")).RefusalAsync()).Status.ShouldBe(404);
            (await PilotsApp.PostAsync(app.As(other), $"/api/pilots/{id}/plan/submit", new StampInput(draft.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(404);
            (await app.AsAsync(other, s => s.GetRequiredService<PlatformDbContext>().Set<PlanDraft>().CountAsync(d => d.PilotId == id))).ShouldBe(0);
        }

        (await app.As(People.Jiangsu.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}")).Phases.ShouldBeEmpty();
        await city.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/plan/submit", new StampInput(draft.ConcurrencyStamp));
        var seen = await app.As(People.Jiangsu.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        seen.Phases.Select(p => p.Tasks.Count).ShouldBe([2, 1]);
        seen.Phases[0].Tasks[0].OfficeName.ShouldBe("南通市政务服务管理办公室");
        app.Notices.About(id).ShouldContain(n => n.Message.Key == "Pilots.PlanSubmitted" && n.Region == People.Jiangsu.Tenant);
    }

    [Fact]
    public async Task PlanDraft_SavedTwiceFromTheSameState_SecondIsStaleAndNothingIsLost()
    {
        var id = await app.GivenPilotAsync(People.Nantong);
        var city = app.As(People.Nantong.Coordinator);
        await city.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/begin-planning", await PilotsApp.StampAsync(city, id));
        var office = await app.GivenOfficeAsync(People.Nantong);
        var first = await PilotsApp.SavePlanAsync(city, id, office);
        var second = await PilotsApp.SavePlanAsync(city, id, office, first.ConcurrencyStamp);
        (await System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(city, $"/api/pilots/{id}/plan/draft", new SavePlanDraftDto(first.ConcurrencyStamp, []), PilotPlatformApp.Json).RefusalAsync())
            .ShouldBe((409, "Platform:StaleStamp"));
        var kept = await city.GetAsAsync<PlanDraftDto>($"/api/pilots/{id}/plan/draft");
        kept.ConcurrencyStamp.ShouldBe(second.ConcurrencyStamp);
        kept.Phases.Count.ShouldBe(2);
    }

    [Fact]
    public async Task SubmitPlan_WithGaps_NamesEachField()
    {
        var id = await app.GivenPilotAsync(People.Nantong);
        var city = app.As(People.Nantong.Coordinator);
        await city.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/begin-planning", await PilotsApp.StampAsync(city, id));
        var foreignOffice = await app.GivenOfficeAsync(People.Yangzhou);
        var draft = await city.PutAsAsync<PlanDraftDto>($"/api/pilots/{id}/plan/draft", new SavePlanDraftDto("",
            [new DraftPhaseDto(null, "起草", new DateOnly(2023, 7, 1), new DateOnly(2023, 6, 1), [new DraftTaskDto(null, "", foreignOffice, null)])]));
        var response = await PilotsApp.PostAsync(city, $"/api/pilots/{id}/plan/submit", new StampInput(draft.ConcurrencyStamp));
        ((int)response.StatusCode).ShouldBe(400);
        var text = await response.Content.ReadAsStringAsync();
        foreach (var field in new[] { "phases[0].endOn", "phases[0].tasks[0].name", "phases[0].tasks[0].dueOn", "phases[0].tasks[0].officeId" })
        {
            text.ShouldContain($"\"{field}\"");
        }
    }

    [Fact]
    public async Task RevisedPlan_KeepsDoneTasks_AndRefusesToDropThem()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var city = app.As(People.Nantong.Coordinator);
        var pilot = await city.GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        var task = pilot.Phases[0].Tasks[0];
        await city.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/tasks/{task.Id}/complete", new CompleteTaskDto(task.ConcurrencyStamp, new DateOnly(2023, 6, 1)));

        var draft = await city.GetAsAsync<PlanDraftDto>($"/api/pilots/{id}/plan/draft");
        var fewer = draft.Phases[0] with { Tasks = [draft.Phases[0].Tasks[0] with { Name = "梳理并公布备案事项" }] };
        draft = await city.PutAsAsync<PlanDraftDto>($"/api/pilots/{id}/plan/draft", new SavePlanDraftDto(draft.ConcurrencyStamp, [fewer]));
        var revised = await city.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/plan/submit", new StampInput(draft.ConcurrencyStamp));
        revised.Phases.Single().Tasks.Single().ShouldSatisfyAllConditions(
            t => t.Id.ShouldBe(task.Id), t => t.Name.ShouldBe("梳理并公布备案事项"), t => t.DoneOn.ShouldBe(new DateOnly(2023, 6, 1)), t => t.Light.ShouldBe(StatusLight.Green));
        revised.History.ShouldContain(h => h.Kind == PilotHistoryKind.PlanRevised);

        draft = await city.PutAsAsync<PlanDraftDto>($"/api/pilots/{id}/plan/draft", new SavePlanDraftDto(
            (await city.GetAsAsync<PlanDraftDto>($"/api/pilots/{id}/plan/draft")).ConcurrencyStamp,
            [fewer with { Tasks = [fewer.Tasks[0] with { Id = null }] }]));
        (await PilotsApp.PostAsync(city, $"/api/pilots/{id}/plan/submit", new StampInput(draft.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, PilotsErrorCodes.DoneTaskRemoved));
    }

    [Fact]
    public async Task SubmissionDraft_IsInvisibleToProvinceAndSibling_UntilHandedIn()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var slot = await app.SlotAsync(People.Nantong.Coordinator, id);
        var file = await app.GivenFileAsync(People.Nantong);
        var draft = await app.SaveDraftAsync(People.Nantong, slot.Id, "尚未定稿的做法", [file]);

        foreach (var other in new[] { People.Jiangsu.Coordinator, People.Yangzhou.Coordinator, People.Jiangxi.Coordinator })
        {
            (await app.As(other).GetAsync(Rel($"/api/submissions/{draft.Id}")).RefusalAsync()).Status.ShouldBe(404);
            (await app.As(other).GetAsync(Rel($"/api/submissions/{draft.Id}/comparison")).RefusalAsync()).Status.ShouldBe(404);
            (await PilotsApp.PostAsync(app.As(other), $"/api/submissions/{draft.Id}/submit", new StampInput(draft.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(404);
            (await PilotsApp.PostAsync(app.As(other), $"/api/submissions/{draft.Id}/accept", PilotsApp.AcceptOf(draft.ConcurrencyStamp)).RefusalAsync()).Status.ShouldBe(404);
        }

        var province = app.As(People.Jiangsu.Coordinator);
        var seen = await province.GetAsAsync<DeliverableDto>($"/api/deliverables/{slot.Id}");
        seen.Draft.ShouldBeNull();
        seen.Versions.ShouldBeEmpty();
        (await province.GetAsAsync<PilotDetailDto>($"/api/pilots/{id}")).Deliverables.ShouldAllBe(d => !d.HasDraft);
        (await app.As(People.Nantong.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}")).Deliverables.Count(d => d.HasDraft).ShouldBe(1);
        (await QueueAsync(id)).ShouldBeEmpty();
        (await app.SeesFileAsync(People.Jiangsu.Coordinator, file)).ShouldBeFalse();
        // Not in the audit log either, which the province's auditor reads.
        (await app.AsAsync(People.Jiangsu.Auditor, s => s.GetRequiredService<PlatformDbContext>().Set<Audit.AuditEntry>().CountAsync(a => a.Details.Contains("尚未定稿"))))
            .ShouldBe(0);

        await app.As(People.Nantong.Coordinator).PostAsAsync<SubmissionDto>($"/api/submissions/{draft.Id}/submit", new StampInput(draft.ConcurrencyStamp));
        (await province.GetAsAsync<SubmissionDto>($"/api/submissions/{draft.Id}")).Sections[0].Text.ShouldBe("尚未定稿的做法");
        (await QueueAsync(id)).ShouldHaveSingleItem().SubmissionId.ShouldBe(draft.Id);
        (await app.SeesFileAsync(People.Jiangsu.Coordinator, file)).ShouldBeTrue();
        (await app.SeesFileAsync(People.Yangzhou.Coordinator, file)).ShouldBeFalse();
        app.Notices.About(draft.Id).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            n => n.Region.ShouldBe(People.Jiangsu.Tenant), n => n.Permission.ShouldBe(PilotsPermissions.ReviewDeliverables));
    }

    [Fact]
    public async Task Sibling_GetsNotFound_OnEveryIdOfAPilot()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var city = app.As(People.Nantong.Coordinator);
        var pilot = await city.GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        var task = pilot.Phases[0].Tasks[0];
        var slot = pilot.Deliverables[0].Id;
        var submission = (await app.HandInAsync(People.Nantong, slot)).Id;
        var sibling = app.As(People.Yangzhou.Coordinator);
        foreach (var path in new[] { $"/api/pilots/{id}", $"/api/pilots/{id}/plan/draft", $"/api/deliverables/{slot}", $"/api/submissions/{submission}", $"/api/submissions/{submission}/comparison" })
        {
            (await sibling.GetAsync(Rel(path)).RefusalAsync()).Status.ShouldBe(404, path);
        }

        var stamp = new StampInput(pilot.ConcurrencyStamp);
        foreach (var (path, body) in new (string, object)[]
                 {
                     ($"/api/pilots/{id}/begin-planning", stamp), ($"/api/pilots/{id}/start", stamp), ($"/api/pilots/{id}/resume", stamp),
                     ($"/api/pilots/{id}/suspend", new SuspendPilotDto(pilot.ConcurrencyStamp, "x")),
                     ($"/api/pilots/{id}/plan/submit", stamp), ($"/api/pilots/{id}/notes", new AddProgressNoteDto(new DateOnly(2023, 6, 1), "x")),
                     ($"/api/pilots/{id}/tasks/{task.Id}/complete", new CompleteTaskDto(task.ConcurrencyStamp, new DateOnly(2023, 6, 1))),
                     ($"/api/pilots/{id}/tasks/{task.Id}/reopen", stamp), ($"/api/submissions/{submission}/submit", stamp),
                     ($"/api/submissions/{submission}/accept", PilotsApp.AcceptOf("x")),
                     ($"/api/submissions/{submission}/return", PilotsApp.ReturnOf("x", Correction, (SubmissionSection.Measures, "x"))),
                 })
        {
            (await PilotsApp.PostAsync(sibling, path, body).RefusalAsync()).Status.ShouldBe(404, path);
        }

        (await sibling.GetAsAsync<PagedResult<PilotListItemDto>>("/api/pilots?skipCount=0&maxResultCount=200")).Items.ShouldNotContain(p => p.Id == id);
        (await city.GetAsAsync<SubmissionDto>($"/api/submissions/{submission}")).Status.ShouldBe(SubmissionStatus.Submitted);
    }

    [Fact]
    public async Task FileOfSibling_CannotBePutIntoADraft()
    {
        var slot = await app.SlotAsync(People.Nantong.Coordinator, await app.GivenRunningPilotAsync(People.Nantong));
        var foreign = await app.GivenFileAsync(People.Yangzhou);
        var response = await System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(
            app.As(People.Nantong.Coordinator), $"/api/deliverables/{slot.Id}/draft", PilotsApp.DraftOf("做法", [foreign]), PilotPlatformApp.Json);
        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"fileIds\"");
    }

    [Fact]
    public async Task Province_MayNotDoTheRegionsWork_NorTheRegionItsOwnReview()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var slot = await app.SlotAsync(People.Nantong.Coordinator, id);
        var submission = await app.HandInAsync(People.Nantong, slot.Id);
        (await PilotsApp.PostAsync(app.As(People.Nantong.Coordinator), $"/api/submissions/{submission.Id}/accept", PilotsApp.AcceptOf(submission.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((403, PilotsErrorCodes.OnlyIssuer));
        (await PilotsApp.PostAsync(app.As(People.Jiangsu.Coordinator), $"/api/pilots/{id}/notes", new AddProgressNoteDto(new DateOnly(2023, 6, 1), "代填")).RefusalAsync())
            .ShouldBe((403, PilotsErrorCodes.OnlyCarryingRegion));
        (await app.As(People.Jiangsu.Assessor).GetAsync(Rel($"/api/pilots/{id}")).RefusalAsync()).Status.ShouldBe(403);
        (await app.As(People.Jiangsu.Assessor).GetAsync(Rel("/api/pilots?skipCount=0&maxResultCount=20")).RefusalAsync()).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Return_BySection_ThenNextVersionShowsWhatChanged_ThenAcceptanceEndsIt()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong, null, DeliverableKind.NormDocument);
        var slot = await app.SlotAsync(People.Nantong.Coordinator, id);
        var kept = await app.GivenFileAsync(People.Nantong, "管理办法.txt");
        var dropped = await app.GivenFileAsync(People.Nantong, "旧表.txt");
        var first = await app.HandInAsync(People.Nantong, slot.Id, "建立清单。", kept, dropped);
        var province = app.As(People.Jiangsu.Coordinator);
        // The story is told in the order of time, and the test's clock stands still.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var returned = await province.PostAsAsync<SubmissionDto>($"/api/submissions/{first.Id}/return",
            PilotsApp.ReturnOf(first.ConcurrencyStamp, Correction, (SubmissionSection.Measures, "未写明清单的公布方式"), (SubmissionSection.Attachments, "旧表请删除")));
        returned.Status.ShouldBe(SubmissionStatus.Returned);

        var city = app.As(People.Nantong.Coordinator);
        var pilot = await city.GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        pilot.Status.ShouldBe(PilotStatus.Running);
        pilot.NextStep.ShouldSatisfyAllConditions(
            n => n.Action.ShouldBe(NextAction.Correct), n => n.Due.ShouldBe(Correction),
            n => n.Text.ShouldBe("下一步：南通市在2023年6月15日前补正成果1并重新报送"));
        app.Notices.About(slot.Id).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            n => n.Region.ShouldBe(People.Nantong.Tenant), n => n.Message.Key.ShouldBe("Pilots.DeliverableReturned"), n => n.Message.Due.ShouldBe(Correction));

        var added = await app.GivenFileAsync(People.Nantong, "公布方案.txt");
        var second = await app.HandInAsync(People.Nantong, slot.Id, "建立清单并在网站公布。", kept, added);
        second.Version.ShouldBe(2);
        var comparison = await province.GetAsAsync<SubmissionComparisonDto>($"/api/submissions/{second.Id}/comparison");
        comparison.PreviousVersion.ShouldBe(1);
        comparison.Sections[0].ShouldBe(new SectionComparisonDto(SubmissionSection.Measures, "建立清单。", "建立清单并在网站公布。", true, "未写明清单的公布方式"));
        comparison.Sections.Where(s => s.IsChanged).Count().ShouldBe(1);
        comparison.AddedFiles.Single().Name.ShouldBe("公布方案.txt");
        comparison.RemovedFiles.Single().Name.ShouldBe("旧表.txt");
        comparison.KeptFiles.Single().Id.ShouldBe(kept);
        comparison.AttachmentsReason.ShouldBe("旧表请删除");

        (await PilotsApp.PostAsync(province, $"/api/submissions/{second.Id}/accept", new AcceptSubmissionDto(second.ConcurrencyStamp, PilotsApp.Checks(passed: false), null)).RefusalAsync())
            .ShouldBe((409, PilotsErrorCodes.FormalCheckNotPassed));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await province.PostAsAsync<SubmissionDto>($"/api/submissions/{second.Id}/accept", PilotsApp.AcceptOf(second.ConcurrencyStamp));
        pilot = await city.GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        pilot.AcceptedOn.ShouldNotBeNull();
        pilot.NextStep.Action.ShouldBe(NextAction.BeginAssessment);
        pilot.History.Select(h => h.Kind).Take(2).ShouldBe([PilotHistoryKind.Accepted, PilotHistoryKind.DeliverableAccepted]);
        (await AcceptedEventsAsync(id)).ShouldBe(1);
        (await city.GetAsAsync<DeliverableDto>($"/api/deliverables/{slot.Id}")).Versions.Select(v => (v.Version, v.Status))
            .ShouldBe([(2, SubmissionStatus.Accepted), (1, SubmissionStatus.Returned)]);

        var accepted = await app.AsAsync(People.Jiangsu.Coordinator, s => s.GetRequiredService<IPilotLookup>().AcceptedDeliverablesAsync(id, default));
        accepted.Single().ShouldSatisfyAllConditions(
            d => d.Version.ShouldBe(2), d => d.FileIds.ShouldBe([kept, added]), d => d.Summary.ShouldContain("建立清单并在网站公布。"));
    }

    [Fact]
    public async Task Submit_TwiceAtOnce_HandsInOnce()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var slot = await app.SlotAsync(People.Nantong.Coordinator, id);
        var draft = await app.SaveDraftAsync(People.Nantong, slot.Id, "做法", [await app.GivenFileAsync(People.Nantong)]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            PilotsApp.PostAsync(app.As(People.Nantong.Coordinator), $"/api/submissions/{draft.Id}/submit", new StampInput(draft.ConcurrencyStamp)).RefusalAsync()));
        answers.Count(a => a.Status == 200).ShouldBe(1, string.Join(';', answers));
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 409);
        var pilot = await app.As(People.Nantong.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        pilot.History.Count(h => h.Kind == PilotHistoryKind.DeliverableSubmitted).ShouldBe(1);
        pilot.Deliverables.Single(d => d.Id == slot.Id).LatestVersion.ShouldBe(1);
        (await PilotsApp.PostAsync(app.As(People.Nantong.Coordinator), $"/api/submissions/{draft.Id}/submit", new StampInput(draft.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, PilotsErrorCodes.AlreadySubmitted));
    }

    [Fact]
    public async Task AcceptAndReturn_AtOnce_OneDecisionStands()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var slot = await app.SlotAsync(People.Nantong.Coordinator, id);
        var submission = await app.HandInAsync(People.Nantong, slot.Id);
        var answers = await Task.WhenAll(
            PilotsApp.PostAsync(app.As(People.Jiangsu.Coordinator), $"/api/submissions/{submission.Id}/accept", PilotsApp.AcceptOf(submission.ConcurrencyStamp)).RefusalAsync(),
            PilotsApp.PostAsync(app.As(People.Jiangsu.Coordinator), $"/api/submissions/{submission.Id}/return",
                PilotsApp.ReturnOf(submission.ConcurrencyStamp, Correction, (SubmissionSection.Results, "缺数据"))).RefusalAsync());
        answers.Select(a => a.Status).Order().ShouldBe([200, 409]);
        // The loser read it before the winner wrote, or after.
        answers.Single(a => a.Status == 409).Code.ShouldBeOneOf("Platform:StaleStamp", PilotsErrorCodes.AlreadyDecided);
        var pilot = await app.As(People.Nantong.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        pilot.History.Count(h => h.Kind is PilotHistoryKind.DeliverableAccepted or PilotHistoryKind.DeliverableReturned).ShouldBe(1);
    }

    [Fact]
    public async Task AcceptOfTheLastTwoDeliverables_AtOnce_NeverLosesTheAcceptance()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong, null, DeliverableKind.NormDocument, DeliverableKind.ItemList);
        var one = await app.HandInAsync(People.Nantong, (await app.SlotAsync(People.Nantong.Coordinator, id)).Id);
        var two = await app.HandInAsync(People.Nantong, (await app.SlotAsync(People.Nantong.Coordinator, id, DeliverableKind.ItemList)).Id);
        await Task.WhenAll(new[] { one, two }.Select(s =>
            PilotsApp.PostAsync(app.As(People.Jiangsu.Coordinator), $"/api/submissions/{s.Id}/accept", PilotsApp.AcceptOf(s.ConcurrencyStamp)).RefusalAsync()));
        // Whoever was refused looks again and accepts.
        foreach (var waiting in await QueueAsync(id))
        {
            var fresh = await app.As(People.Jiangsu.Coordinator).GetAsAsync<SubmissionDto>($"/api/submissions/{waiting.SubmissionId}");
            await app.As(People.Jiangsu.Coordinator).PostAsAsync<SubmissionDto>($"/api/submissions/{fresh.Id}/accept", PilotsApp.AcceptOf(fresh.ConcurrencyStamp));
        }

        (await AcceptedEventsAsync(id)).ShouldBe(1);
        (await app.As(People.Nantong.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}")).AcceptedOn.ShouldNotBeNull();
    }

    [Fact]
    public async Task SaveDraft_WithAnOldStamp_IsRefused_AndAcceptedDeliverablesAreLocked()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var slot = await app.SlotAsync(People.Nantong.Coordinator, id);
        var file = await app.GivenFileAsync(People.Nantong);
        var first = await app.SaveDraftAsync(People.Nantong, slot.Id, "一", [file]);
        var second = await app.SaveDraftAsync(People.Nantong, slot.Id, "二", [file], first.ConcurrencyStamp);
        (await PutDraftAsync("三", first.ConcurrencyStamp)).ShouldBe((409, "Platform:StaleStamp"));
        (await PutDraftAsync("三", null)).ShouldBe((409, "Platform:StaleStamp"));
        (await app.SlotAsync(People.Nantong.Coordinator, id)).Draft!.Sections[0].Text.ShouldBe("二");
        await app.As(People.Nantong.Coordinator).PostAsAsync<SubmissionDto>($"/api/submissions/{second.Id}/submit", new StampInput(second.ConcurrencyStamp));
        (await PutDraftAsync("三", null)).ShouldBe((409, PilotsErrorCodes.DeliverableLocked));

        Task<(int, string?)> PutDraftAsync(string text, string? stamp) => System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(
            app.As(People.Nantong.Coordinator), $"/api/deliverables/{slot.Id}/draft", PilotsApp.DraftOf(text, [file], stamp), PilotPlatformApp.Json).RefusalAsync();
    }

    [Fact]
    public async Task Suspend_ByTheIssuer_StopsHandIns_UntilResumed()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var slot = await app.SlotAsync(People.Nantong.Coordinator, id);
        var draft = await app.SaveDraftAsync(People.Nantong, slot.Id, "做法", [await app.GivenFileAsync(People.Nantong)]);
        var province = app.As(People.Jiangsu.Leader);
        await province.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/suspend", new SuspendPilotDto((await PilotsApp.StampAsync(province, id)).ConcurrencyStamp, "上位法修订"));
        (await PilotsApp.PostAsync(app.As(People.Nantong.Coordinator), $"/api/submissions/{draft.Id}/submit", new StampInput(draft.ConcurrencyStamp)).RefusalAsync())
            .ShouldBe((409, PilotsErrorCodes.IllegalTransition));
        await province.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/resume", await PilotsApp.StampAsync(province, id));
        (await app.As(People.Nantong.Coordinator).PostAsAsync<SubmissionDto>($"/api/submissions/{draft.Id}/submit", new StampInput(draft.ConcurrencyStamp)))
            .Status.ShouldBe(SubmissionStatus.Submitted);
    }

    [Fact]
    public async Task Verbs_OfLaterModules_TakeAnAcceptedPilotToItsEnd()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        await Should.ThrowAsync<Errors.BusinessException>(() => VerbAsync((v, token) => v.BeginAssessmentAsync(id, token)));
        var submission = await app.HandInAsync(People.Nantong, (await app.SlotAsync(People.Nantong.Coordinator, id)).Id);
        await app.As(People.Jiangsu.Coordinator).PostAsAsync<SubmissionDto>($"/api/submissions/{submission.Id}/accept", PilotsApp.AcceptOf(submission.ConcurrencyStamp));
        await VerbAsync((v, token) => v.BeginAssessmentAsync(id, token));
        await Should.ThrowAsync<Errors.BusinessException>(() => VerbAsync((v, token) => v.CorrectOutcomeAsync(id, PilotOutcome.Completed, token)));
        await VerbAsync((v, token) => v.ConcludeAsync(id, PilotOutcome.NotPassed, token));
        await VerbAsync((v, token) => v.CorrectOutcomeAsync(id, PilotOutcome.Completed, token));
        await VerbAsync((v, token) => v.CertifyAsync(id, token));
        await Should.ThrowAsync<Errors.BusinessException>(() => VerbAsync((v, token) => v.CorrectOutcomeAsync(id, PilotOutcome.NotPassed, token)));
        var pilot = await app.As(People.Nantong.Coordinator).GetAsAsync<PilotDetailDto>($"/api/pilots/{id}");
        (pilot.Status, pilot.Outcome).ShouldBe((PilotStatus.Concluded, PilotOutcome.Certified));
        pilot.History.ShouldContain(h => h.Text == "试点结束：未通过");
        pilot.History.ShouldContain(h => h.Text == "复核后试点结果更正为：已完成");

        Task<int> VerbAsync(Func<IPilotVerbs, CancellationToken, Task> verb) => app.AsAsync(People.Jiangsu.Coordinator, async services =>
        {
            await verb(services.GetRequiredService<IPilotVerbs>(), default);
            return await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
        });
    }

    [Fact]
    public async Task WorkItems_TellTheRegionAndTheIssuer_WhatWaits()
    {
        var assigned = await app.GivenPilotAsync(People.Nanjing);
        var running = await app.GivenRunningPilotAsync(People.Nanjing, new Deadline(new DateOnly(2023, 6, 10), DuePrecision.Day, IsSoft: false));
        var slot = await app.SlotAsync(People.Nanjing.Coordinator, running);
        var items = await ItemsAsync(People.Nanjing.Coordinator);
        items.ShouldContain(i => i.Key == "pilots.plan" && i.Link == $"/pilots/{assigned}/plan");
        items.ShouldContain(i => i.Key == "pilots.hand-in" && i.Link.EndsWith($"{slot.Id}", StringComparison.Ordinal) && i.Due == new DateOnly(2023, 6, 10));

        var submission = await app.HandInAsync(People.Nanjing, slot.Id);
        (await ItemsAsync(People.Nanjing.Coordinator)).ShouldNotContain(i => i.Key == "pilots.hand-in" && i.Link.Contains(slot.Id.ToString()));
        (await ItemsAsync(People.Jiangsu.Coordinator)).ShouldContain(i => i.Key == "pilots.review" && i.Link == $"/review/{submission.Id}");
        await app.As(People.Jiangsu.Coordinator).PostAsAsync<SubmissionDto>($"/api/submissions/{submission.Id}/return",
            PilotsApp.ReturnOf(submission.ConcurrencyStamp, Correction, (SubmissionSection.Measures, "补充")));
        (await ItemsAsync(People.Nanjing.Coordinator)).ShouldContain(i => i.Key == "pilots.correct" && i.Due == Correction);

        async Task<IReadOnlyList<WorkItem>> ItemsAsync(Persona persona) => await app.AsAsync(persona, async services =>
        {
            var all = new HashSet<string> { PilotsPermissions.Plan, PilotsPermissions.SubmitDeliverables, PilotsPermissions.ReviewDeliverables };
            var source = services.GetServices<IWorkItemSource>().OfType<PilotWorkItems>().Single();
            var (found, total) = await source.ForCurrentUserAsync(all, 200, default);
            total.ShouldBe(found.Count);
            return found;
        });
    }

    [Fact]
    public async Task Detail_InEnglish_TellsTheNextStepInEnglish()
    {
        var id = await app.GivenRunningPilotAsync(People.Nantong);
        var client = app.As(People.Nantong.Coordinator);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        (await client.GetAsAsync<PilotDetailDto>($"/api/pilots/{id}")).NextStep.Text.ShouldBe("Next: 南通市 hands in 成果1 by 30 September 2023");
    }

    private static Uri Rel(string path) => new(path, UriKind.Relative);

    private async Task<IReadOnlyList<ReviewQueueItemDto>> QueueAsync(Guid pilotId) =>
        [.. (await app.As(People.Jiangsu.Coordinator).GetAsAsync<PagedResult<ReviewQueueItemDto>>("/api/review/submissions?skipCount=0&maxResultCount=200")).Items
            .Where(i => i.PilotId == pilotId)];

    private Task<int> AcceptedEventsAsync(Guid pilotId) => app.AsAsync(People.Jiangsu.Coordinator, services =>
        services.GetRequiredService<PlatformDbContext>().Set<OutboxMessage>()
            .CountAsync(m => m.Name == "pilots.pilot-accepted.v1" && m.Payload.Contains(pilotId.ToString())));
}
