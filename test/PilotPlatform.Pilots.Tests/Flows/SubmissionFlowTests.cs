using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Flows;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Time;
using PilotPlatform.Workflows.Definitions;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Seeding;

namespace PilotPlatform.Pilots.Tests.Flows;

/// <summary>成果报送, worked from the inbox, from the pages, and from both.</summary>
public sealed class SubmissionFlowTests(PilotsApp app) : IClassFixture<PilotsApp>, IDisposable
{
    private static readonly Persona Writer = People.Nantong.Coordinator;
    private static readonly Persona Signer = People.Nantong.Leader;
    private static readonly Persona Checker = People.Jiangsu.Coordinator;

    private static readonly object Return = new
    {
        decision = "return", failedCheck = new[] { "Complete" }, section = new[] { "Measures" }, reason = "补充做法的依据", correctionDueOn = "2023-06-15",
    };

    public void Dispose() => app.Clock.SetChina(2023, 6, 1);

    [Fact]
    public async Task Submission_FromTheInboxAlone_IsDraftedSignedCheckedAndArchived()
    {
        var slot = await GivenSlotAsync();
        await app.SaveDraftAsync(People.Nantong, slot.Id, "建立清单。", [await app.GivenFileAsync(People.Nantong)]);
        (await StandsAsync(slot)).ShouldBe(["Draft"]);

        await app.CompleteAsync(Writer, slot.Id, "Draft");
        await app.CompleteAsync(Signer, slot.Id, "Sign", new { signature = "approve" });
        (await SlotAsync(slot)).Status.ShouldBe(DeliverableStatus.Open);
        await SettleAsync();
        var handedIn = await SlotAsync(slot);
        handedIn.Status.ShouldBe(DeliverableStatus.Submitted);
        handedIn.Latest!.SubmittedByName.ShouldBe(Signer.DisplayName);

        (await app.InboxAsync(Checker, slot.Id)).Single().DueOn.ShouldBe(new DateOnly(2023, 6, 8));
        await app.CompleteAsync(Checker, slot.Id, "Check", new { decision = "accept" });
        await SettleAsync();
        (await SlotAsync(slot)).ShouldSatisfyAllConditions(
            d => d.Status.ShouldBe(DeliverableStatus.Accepted),
            d => d.Latest!.DecidedByName.ShouldBe(Checker.DisplayName),
            d => d.Latest!.Checks.ShouldAllBe(c => c.Passed));
        var flow = await FlowAsync(slot);
        flow.Instance.Status.ShouldBe("Completed");
        flow.DoneNodes.ShouldContain("Archive");
        var pilot = await app.As(Writer).GetAsAsync<PilotDetailDto>($"/api/pilots/{slot.PilotId}");
        pilot.History.ShouldContain(h => h.Text == $"“{slot.Name}”第 1 版已归档");
        pilot.AcceptedOn.ShouldBe(new DateOnly(2023, 6, 1));
    }

    [Fact]
    public async Task Submission_FromThePagesAlone_TakesTheFlowAlong()
    {
        var slot = await GivenSlotAsync();
        var submission = await app.HandInAsync(People.Nantong, slot.Id);
        (await StandsAsync(slot)).ShouldBe(["Check"]);
        (await FlowAsync(slot)).History.ShouldContain(h => h.Kind == "DoneElsewhere" && h.NodeId == "Draft" && h.ActorName == Writer.DisplayName);

        await app.As(Checker).PostAsAsync<SubmissionDto>($"/api/submissions/{submission.Id}/accept", PilotsApp.AcceptOf(submission.ConcurrencyStamp));
        await SettleAsync();
        (await FlowAsync(slot)).Instance.Status.ShouldBe("Completed");
        (await app.InboxAsync(Checker, slot.Id)).ShouldBeEmpty();
        (await SlotAsync(slot)).Versions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Submission_ReturnedOnThePageAndCorrectedInTheInbox_GoesRoundAndIsRemindedAnew()
    {
        var slot = await GivenSlotAsync();
        var first = await app.HandInAsync(People.Nantong, slot.Id);
        app.Clock.SetChina(2023, 6, 7);
        await app.As(Checker).PostAsAsync<SubmissionDto>(
            $"/api/submissions/{first.Id}/return",
            PilotsApp.ReturnOf(first.ConcurrencyStamp, new DateOnly(2023, 6, 15), (SubmissionSection.Measures, "补充依据")));
        (await StandsAsync(slot)).ShouldBe(["Correct"]);
        (await app.InboxAsync(Writer, slot.Id)).Single().DueOn.ShouldBe(new DateOnly(2023, 6, 15));

        // What was set for the first check is gone: nobody is urged for it.
        app.Clock.SetChina(2023, 6, 9);
        await SettleAsync();
        app.Notices.To(People.Jiangsu.Leader.Id).ShouldNotContain(n => n.Values["subject"].Contains(slot.Name) && n.Link.Contains(slot.Id.ToString()));

        await app.SaveDraftAsync(People.Nantong, slot.Id, "补充依据后的做法。", [await app.GivenFileAsync(People.Nantong)]);
        await app.CompleteAsync(Writer, slot.Id, "Correct");
        await SettleAsync();
        (await SlotAsync(slot)).ShouldSatisfyAllConditions(d => d.Status.ShouldBe(DeliverableStatus.Submitted), d => d.LatestVersion.ShouldBe(2));
        (await StandsAsync(slot)).ShouldBe(["Check"]);
        (await app.InboxAsync(Checker, slot.Id)).Single().DueOn.ShouldBe(new DateOnly(2023, 6, 16));

        app.Clock.SetChina(2023, 6, 16, 8);
        await SettleAsync();
        Reminders(slot).ShouldBe(0);
        app.Clock.SetChina(2023, 6, 16, 10);
        await SettleAsync();
        await SettleAsync();
        Reminders(slot).ShouldBe(1);
        (await StandsAsync(slot)).ShouldBe(["Check"]);
    }

    [Fact]
    public async Task Submission_ReturnedInTheInboxAndCorrectedOnThePage_GoesRound()
    {
        var slot = await GivenSlotAsync();
        await app.HandInAsync(People.Nantong, slot.Id);
        await app.CompleteAsync(Checker, slot.Id, "Check", Return);
        await SettleAsync();
        var returned = await SlotAsync(slot);
        returned.ShouldSatisfyAllConditions(
            d => d.Status.ShouldBe(DeliverableStatus.Returned),
            d => d.DueOn.ShouldBe(new DateOnly(2023, 6, 15)),
            d => d.Latest!.Findings.Single().ShouldBe(new SectionFindingDto(SubmissionSection.Measures, "补充做法的依据")),
            d => d.Latest!.Checks.Single(c => !c.Passed).Item.ShouldBe(FormalCheckItem.Complete));
        (await StandsAsync(slot)).ShouldBe(["Correct"]);

        var second = await app.HandInAsync(People.Nantong, slot.Id, "补充后的做法。");
        (await StandsAsync(slot)).ShouldBe(["Check"]);
        await app.As(Checker).PostAsAsync<SubmissionDto>($"/api/submissions/{second.Id}/accept", PilotsApp.AcceptOf(second.ConcurrencyStamp));
        await SettleAsync();
        (await FlowAsync(slot)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task Check_ReturnedForSeveralReasons_SaysAllOfThemToTheRegion()
    {
        var slot = await GivenSlotAsync();
        await app.HandInAsync(People.Nantong, slot.Id);
        await app.CompleteAsync(Checker, slot.Id, "Check", new
        {
            decision = "return", failedCheck = new[] { "NothingConfidential", "Complete" }, section = new[] { "Attachments", "Measures" }, reason = "补齐附件并隐去姓名",
            correctionDueOn = "2023-06-15",
        });
        await SettleAsync();

        var returned = await SlotAsync(slot);
        returned.Latest!.Checks.Where(c => !c.Passed).Select(c => c.Item).ShouldBe([FormalCheckItem.Complete, FormalCheckItem.NothingConfidential]);
        returned.Latest!.Findings.ShouldBe(
        [
            new SectionFindingDto(SubmissionSection.Measures, "补齐附件并隐去姓名"), new SectionFindingDto(SubmissionSection.Attachments, "补齐附件并隐去姓名"),
        ]);

        // The next round begins with nothing found wrong: an acceptance that does not speak of it is one.
        await app.HandInAsync(People.Nantong, slot.Id, "补充后的做法。");
        await app.CompleteAsync(Checker, slot.Id, "Check", new { decision = "accept" });
        await SettleAsync();
        (await SlotAsync(slot)).Status.ShouldBe(DeliverableStatus.Accepted);
    }

    [Fact]
    public async Task Check_PassedAndFailedAtOnce_ComesBackToTheChecker()
    {
        var slot = await GivenSlotAsync();
        await app.HandInAsync(People.Nantong, slot.Id);
        await app.CompleteAsync(Checker, slot.Id, "Check", new { decision = "accept", failedCheck = new[] { "Legible" } });
        await SettleAsync();
        (await StandsAsync(slot)).ShouldBe(["Check"]);
        (await SlotAsync(slot)).Status.ShouldBe(DeliverableStatus.Submitted);
    }

    [Fact]
    public async Task FirstVersion_RunsOnWithItsSingleChoices_WhenTheNextOneIsInForce()
    {
        var current = await FirstVersionInForceAsync();
        DeliverableDto slot;
        try
        {
            slot = await GivenSlotAsync();
            await app.HandInAsync(People.Nantong, slot.Id);
        }
        finally
        {
            await InForceAsync(current);
        }

        await app.CompleteAsync(Checker, slot.Id, "Check", new { decision = "return", failedCheck = "Legible", section = "Results", reason = "数据看不清", correctionDueOn = "2023-06-15" });
        await SettleAsync();
        (await SlotAsync(slot)).ShouldSatisfyAllConditions(
            d => d.Status.ShouldBe(DeliverableStatus.Returned),
            d => d.Latest!.Checks.Single(c => !c.Passed).Item.ShouldBe(FormalCheckItem.Legible),
            d => d.Latest!.Findings.ShouldBe([new SectionFindingDto(SubmissionSection.Results, "数据看不清")]));

        await app.HandInAsync(People.Nantong, slot.Id, "补充后的做法。");
        await app.CompleteAsync(Checker, slot.Id, "Check", new { decision = "accept" });
        await SettleAsync();
        (await SlotAsync(slot)).Status.ShouldBe(DeliverableStatus.Accepted);
        (await FlowAsync(slot)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task Seeding_AfterAChangedFile_PublishesTheNextVersionOnce()
    {
        var current = await FirstVersionInForceAsync();
        try
        {
            await SeedAsync();
            var next = await InForceAsync(null);
            await InForceAsync(next);
            next.ShouldNotBe(current, "the version of before is history; what the product brings now is a further one");
            (await XmlAsync(next)).ShouldBe(await XmlAsync(current));
            await SeedAsync();
            (await InForceAsync(next)).ShouldBe(next);
        }
        finally
        {
            await InForceAsync(current);
        }

        async Task SeedAsync() => await app.AsSystemAsync(TenantRef.Root, services =>
            services.GetServices<IDataSeeder>().OfType<StandardWorkflowSeeder>().Single().SeedAsync(default));

        async Task<string> XmlAsync(Guid? version)
        {
            var xml = "";
            await app.AsSystemAsync(TenantRef.Root, async services =>
                xml = await services.GetRequiredService<PlatformDbContext>().Set<WorkflowVersion>().Where(v => v.Id == version).Select(v => v.Xml).SingleAsync());
            return xml;
        }
    }

    [Fact]
    public async Task CorrectionOverdue_TellsTheRegionsLeaderOnce()
    {
        var slot = await GivenSlotAsync();
        await app.HandInAsync(People.Nantong, slot.Id);
        await app.CompleteAsync(Checker, slot.Id, "Check", Return);
        await SettleAsync();
        app.Clock.SetChina(2023, 6, 15, 23, 59);
        await SettleAsync();
        Told(Signer, slot).ShouldBe(0);
        app.Clock.SetChina(2023, 6, 16, 0, 1);
        await SettleAsync();
        Told(Signer, slot).ShouldBe(1);
    }

    [Fact]
    public async Task Sign_ByWhoeverDrafted_IsNotOffered()
    {
        var slot = await GivenSlotAsync();
        // The leader drafts with the coordinator's role, then would sign their own work.
        var both = Signer with { Roles = ["coordinator", "leader"] };
        await app.SaveDraftAsync(People.Nantong, slot.Id, "建立清单。", [await app.GivenFileAsync(People.Nantong)]);
        await app.CompleteAsync(both, slot.Id, "Draft");
        (await app.InboxAsync(both, slot.Id)).ShouldBeEmpty();
        var flow = await FlowAsync(slot);
        (await app.IncidentsAsync(People.Jiangsu.Administrator, flow.Instance.Id)).Single().ShouldSatisfyAllConditions(
            i => i.Kind.ShouldBe("NoAssignee"), i => i.NodeId.ShouldBe("Sign"));

        // The domain is not held up: the page hands in, and the flow follows.
        var draft = (await SlotAsync(slot)).Draft!;
        await app.As(Writer).PostAsAsync<SubmissionDto>($"/api/submissions/{draft.Id}/submit", new StampInput(draft.ConcurrencyStamp));
        (await SlotAsync(slot)).Status.ShouldBe(DeliverableStatus.Submitted);
    }

    [Fact]
    public async Task Sign_Back_ReturnsToTheWriter_AndAnIncompleteDraftDoesToo()
    {
        var slot = await GivenSlotAsync();
        await app.SaveDraftAsync(People.Nantong, slot.Id, "建立清单。", []);
        await app.CompleteAsync(Writer, slot.Id, "Draft");
        await app.CompleteAsync(Signer, slot.Id, "Sign", new { signature = "back", signRemark = "再核对一遍" });
        (await StandsAsync(slot)).ShouldBe(["Draft"]);

        await app.CompleteAsync(Writer, slot.Id, "Draft");
        await app.CompleteAsync(Signer, slot.Id, "Sign", new { signature = "approve" });
        await SettleAsync();
        (await StandsAsync(slot)).ShouldBe(["Draft"]);
        (await SlotAsync(slot)).Status.ShouldBe(DeliverableStatus.Open);
        (await app.IncidentsAsync(People.Jiangsu.Administrator, (await FlowAsync(slot)).Instance.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_ReturnWithoutReason_ComesBackToTheChecker()
    {
        var slot = await GivenSlotAsync();
        await app.HandInAsync(People.Nantong, slot.Id);
        await app.CompleteAsync(Checker, slot.Id, "Check", new { decision = "return" });
        await SettleAsync();
        (await StandsAsync(slot)).ShouldBe(["Check"]);
        (await SlotAsync(slot)).Status.ShouldBe(DeliverableStatus.Submitted);
    }

    [Fact]
    public async Task Check_DecidedOnThePageBetweenFormAndService_FollowsThePage()
    {
        var slot = await GivenSlotAsync();
        var submission = await app.HandInAsync(People.Nantong, slot.Id);
        await app.CompleteAsync(Checker, slot.Id, "Check", new { decision = "accept" });
        // The flow's own service has not run yet.
        await app.As(Checker).PostAsAsync<SubmissionDto>(
            $"/api/submissions/{submission.Id}/return",
            PilotsApp.ReturnOf(submission.ConcurrencyStamp, new DateOnly(2023, 6, 15), (SubmissionSection.Measures, "补充依据")));
        await SettleAsync();
        (await SlotAsync(slot)).Status.ShouldBe(DeliverableStatus.Returned);
        (await StandsAsync(slot)).ShouldBe(["Correct"]);
    }

    [Fact]
    public async Task Pilot_Withdrawn_EndsTheFlowsOfItsDeliverables()
    {
        var theme = app.Programmes.AddTheme(new Deadline(new DateOnly(2023, 9, 30), DuePrecision.Month, IsSoft: true), DeliverableKind.NormDocument);
        var assignment = Guid.NewGuid();
        var pilotId = await app.AssignAsync(theme, People.Nantong, assignment);
        var slot = await app.SlotAsync(Writer, pilotId);
        await app.AsAsync(Writer, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            await services.GetRequiredService<SubmissionFlow>().DraftedAsync(
                await db.Set<Pilot>().SingleAsync(p => p.Id == pilotId), await db.Set<Deliverable>().SingleAsync(d => d.Id == slot.Id), default);
            return await db.SaveChangesAsync();
        });
        (await StandsAsync(slot)).ShouldBe(["Draft"]);
        await app.RaiseAsync(new AssignmentRevoked(assignment, theme.ProgrammeId, theme.Id, People.Nantong.Tenant.Id, People.Nantong.Tenant.Path, "调整试点范围"));
        (await FlowAsync(slot)).Instance.Status.ShouldBe("Terminated");
        (await app.InboxAsync(Writer, slot.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pilot_SuspendedAndResumed_AsksNobodyMeanwhileAndGoesOnAfterwards()
    {
        var slot = await GivenSlotAsync();
        var submission = await app.HandInAsync(People.Nantong, slot.Id);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var leader = app.As(People.Jiangsu.Leader);
        await leader.PostAsAsync<PilotDetailDto>(
            $"/api/pilots/{slot.PilotId}/suspend", new SuspendPilotDto((await PilotsApp.StampAsync(leader, slot.PilotId)).ConcurrencyStamp, "上级政策调整"));
        (await app.InboxAsync(Checker, slot.Id)).ShouldBeEmpty();
        app.Clock.SetChina(2023, 6, 20);
        await SettleAsync();
        Reminders(slot).ShouldBe(0);

        await leader.PostAsAsync<PilotDetailDto>($"/api/pilots/{slot.PilotId}/resume", await PilotsApp.StampAsync(leader, slot.PilotId));
        (await StandsAsync(slot)).ShouldBe(["Check"]);
        await app.As(Checker).PostAsAsync<SubmissionDto>($"/api/submissions/{submission.Id}/accept", PilotsApp.AcceptOf(submission.ConcurrencyStamp));
        await SettleAsync();
        (await FlowAsync(slot)).Instance.Status.ShouldBe("Completed");
    }

    [Fact]
    public async Task Check_GivenToSomebodyOfTheRegion_DecidesNothing()
    {
        var slot = await GivenSlotAsync();
        await app.HandInAsync(People.Nantong, slot.Id);
        var task = (await app.InboxAsync(Checker, slot.Id)).Single();
        await app.As(Checker).PostAsJsonAsync(
            new Uri($"/api/workflow-tasks/{task.Id}/reassign", UriKind.Relative),
            new { userId = Writer.Id, reason = "转办", concurrencyStamp = task.ConcurrencyStamp }, PilotPlatformApp.Json);
        await app.CompleteAsync(Writer, slot.Id, "Check", new { decision = "accept" });
        await SettleAsync();
        (await app.IncidentsAsync(People.Jiangsu.Administrator, (await FlowAsync(slot)).Instance.Id)).Single().Code.ShouldBe("Workflows:NotYours");
        (await SlotAsync(slot)).Status.ShouldBe(DeliverableStatus.Submitted);
    }

    [Fact]
    public async Task Check_CannotBeTakenFromTheIssuerByTheRegionsAdministrator()
    {
        var slot = await GivenSlotAsync();
        await app.HandInAsync(People.Nantong, slot.Id);
        var task = (await app.InboxAsync(Checker, slot.Id)).Single();
        (await app.As(People.Nantong.Administrator).PostAsJsonAsync(
            new Uri($"/api/workflow-tasks/{task.Id}/reassign", UriKind.Relative),
            new { userId = Writer.Id, reason = "转办", concurrencyStamp = task.ConcurrencyStamp }, PilotPlatformApp.Json).RefusalAsync()).Status.ShouldBe(403);
        (await app.InboxAsync(Checker, slot.Id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sibling_SeesNothingOfTheFlow()
    {
        var slot = await GivenSlotAsync();
        await app.HandInAsync(People.Nantong, slot.Id);
        (await app.FlowOfAsync(People.Yangzhou.Coordinator, slot.Id)).ShouldBeNull();
        (await app.FlowOfAsync(Writer, slot.Id))!.Instance.ShouldSatisfyAllConditions(
            i => i.Title.ShouldEndWith($" · {slot.Name}"), i => i.Link.ShouldBe($"/pilots/{slot.PilotId}/deliverables/{slot.Id}"),
            i => i.RegionId.ShouldBe(People.Nantong.Tenant.Id));
    }

    [Fact]
    public async Task Flow_NotInForce_LeavesTheDomainAsItWas()
    {
        var version = await InForceAsync(null);
        try
        {
            var slot = await GivenSlotAsync();
            var first = await app.HandInAsync(People.Nantong, slot.Id);
            await app.As(Checker).PostAsAsync<SubmissionDto>(
                $"/api/submissions/{first.Id}/return",
                PilotsApp.ReturnOf(first.ConcurrencyStamp, new DateOnly(2023, 6, 15), (SubmissionSection.Measures, "补充依据")));
            var second = await app.HandInAsync(People.Nantong, slot.Id, "补充后的做法。");
            await app.As(Checker).PostAsAsync<SubmissionDto>($"/api/submissions/{second.Id}/accept", PilotsApp.AcceptOf(second.ConcurrencyStamp));
            await SettleAsync();
            (await SlotAsync(slot)).Status.ShouldBe(DeliverableStatus.Accepted);
            (await app.FlowOfAsync(Writer, slot.Id)).ShouldBeNull();
        }
        finally
        {
            await InForceAsync(version);
        }
    }

    [Fact]
    public async Task Deliverable_FromBeforeTheFlow_JoinsAtTheFormalCheck()
    {
        var version = await InForceAsync(null);
        DeliverableDto slot;
        SubmissionDto first;
        try
        {
            slot = await GivenSlotAsync();
            first = await app.HandInAsync(People.Nantong, slot.Id);
        }
        finally
        {
            await InForceAsync(version);
        }

        await app.As(Checker).PostAsAsync<SubmissionDto>(
            $"/api/submissions/{first.Id}/return",
            PilotsApp.ReturnOf(first.ConcurrencyStamp, new DateOnly(2023, 6, 15), (SubmissionSection.Measures, "补充依据")));
        (await app.FlowOfAsync(Writer, slot.Id)).ShouldBeNull();
        await app.HandInAsync(People.Nantong, slot.Id, "补充后的做法。");
        (await StandsAsync(slot)).ShouldBe(["Check"]);
    }

    [Fact]
    public async Task HandIn_ForTheFlow_AsksAtMostThreeStatementsMore()
    {
        var without = await CountHandInAsync(await InForceAsync(null));
        var with = await CountHandInAsync(null);
        with.Selects.ShouldBeLessThanOrEqualTo(without.Selects + 3);

        async Task<(int Selects, int All)> CountHandInAsync(Guid? restore)
        {
            try
            {
                var slot = await GivenSlotAsync();
                var draft = await app.SaveDraftAsync(People.Nantong, slot.Id, "建立清单。", [await app.GivenFileAsync(People.Nantong)]);
                app.Sql.Reset();
                await app.As(Writer).PostAsAsync<SubmissionDto>($"/api/submissions/{draft.Id}/submit", new StampInput(draft.ConcurrencyStamp));
                return (app.Sql.Statements.Count(s => s.TrimStart().StartsWith("SELECT", StringComparison.Ordinal)), app.Sql.Statements.Count);
            }
            finally
            {
                if (restore is not null)
                {
                    await InForceAsync(restore);
                }
            }
        }
    }

    private int Reminders(DeliverableDto slot) => Told(People.Jiangsu.Leader, slot);

    private int Told(Persona person, DeliverableDto slot) =>
        app.Notices.To(person.Id).Count(n => n.Key == "Workflows.Notice" && n.Link.EndsWith(slot.Id.ToString(), StringComparison.Ordinal));

    private async Task<DeliverableDto> GivenSlotAsync() => await app.SlotAsync(Writer, await app.GivenRunningPilotAsync(People.Nantong));

    private Task<DeliverableDto> SlotAsync(DeliverableDto slot) => app.As(Writer).GetAsAsync<DeliverableDto>($"/api/deliverables/{slot.Id}");

    private Task<IReadOnlyList<string>> StandsAsync(DeliverableDto slot) => app.StandsAtAsync(Checker, slot.Id);

    private async Task<FlowView> FlowAsync(DeliverableDto slot) => (await app.FlowOfAsync(Checker, slot.Id))!;

    private async Task SettleAsync()
    {
        do
        {
            await app.DeliverEventsAsync();
        }
        while (await app.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default) > 0);
    }

    /// <summary>Publishes the first version as if it were in force; returns the version that was.</summary>
    private async Task<Guid?> FirstVersionInForceAsync()
    {
        Guid? before = null;
        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var definition = await db.Set<WorkflowDefinition>().SingleAsync(d => d.Key == SubmissionFlow.Key);
            before = definition.CurrentVersionId;
            using var stream = typeof(SubmissionFlowTests).Assembly.GetManifestResourceStream($"FirstVersions.{SubmissionFlow.File}")
                ?? throw new InvalidOperationException($"The first version of {SubmissionFlow.File} is not embedded.");
            using var reader = new StreamReader(stream);
            var first = new WorkflowVersion(services.GetRequiredService<IIdGenerator>().NewId(), definition, await reader.ReadToEndAsync());
            db.Add(first);
            definition.Publish(first, "第一版", services.GetRequiredService<TimeProvider>().UtcNow(), "系统");
            await db.SaveChangesAsync();
        });
        return before;
    }

    /// <summary>Puts the standard flow out of force or back; returns what was in force.</summary>
    private async Task<Guid?> InForceAsync(Guid? version)
    {
        Guid? before = null;
        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var definitions = services.GetRequiredService<PlatformDbContext>().Set<WorkflowDefinition>().Where(d => d.Key == SubmissionFlow.Key);
            before = await definitions.Select(d => d.CurrentVersionId).SingleAsync();
            await definitions.ExecuteUpdateAsync(s => s.SetProperty(d => d.CurrentVersionId, version));
        });
        return before;
    }
}
