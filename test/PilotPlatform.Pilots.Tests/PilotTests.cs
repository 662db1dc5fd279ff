using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Pilots.Plans;
using PilotPlatform.Programmes;
using PilotPlatform.Testing;

namespace PilotPlatform.Pilots.Tests;

/// <summary>The life of a pilot, without a database.</summary>
public sealed class PilotTests
{
    private static readonly DateOnly Due = new(2023, 9, 30);
    private static readonly DateTime Now = new(2023, 6, 1, 1, 0, 0, DateTimeKind.Utc);
    private readonly TestClock clock = new();

    /// <summary>Every verb, and the states from which it is legal.</summary>
    private static readonly Dictionary<string, PilotStatus[]> Legal = new()
    {
        ["BeginPlanning"] = [PilotStatus.Assigned],
        ["SubmitPlan"] = [PilotStatus.Planning, PilotStatus.Running],
        ["Start"] = [PilotStatus.Planning],
        ["HandIn"] = [PilotStatus.Running, PilotStatus.Submitted],
        ["BeginAssessment"] = [PilotStatus.Submitted],
        ["Conclude"] = [PilotStatus.UnderAssessment],
        ["Suspend"] = [PilotStatus.Assigned, PilotStatus.Planning, PilotStatus.Running, PilotStatus.Submitted],
        ["Resume"] = [PilotStatus.Suspended],
        ["Certify"] = [PilotStatus.Concluded],
        ["Withdraw"] = [PilotStatus.Assigned, PilotStatus.Planning, PilotStatus.Running, PilotStatus.Submitted, PilotStatus.UnderAssessment, PilotStatus.Suspended],
    };

    public static TheoryData<string, string> EveryVerbInEveryState()
    {
        var data = new TheoryData<string, string>();
        foreach (var verb in Legal.Keys)
        {
            foreach (var status in Enum.GetNames<PilotStatus>())
            {
                data.Add(verb, status);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryVerbInEveryState))]
    public void Verb_InAState_IsLegalOnlyWhereTheDiagramSaysSo(string verb, string statusName)
    {
        var status = Enum.Parse<PilotStatus>(statusName);
        var (pilot, slots) = In(status);
        Action act = () => Do(verb, pilot, slots);
        if (Legal[verb].Contains(status))
        {
            act();
        }
        else
        {
            Should.Throw<BusinessException>(act).Code.ShouldBe(PilotsErrorCodes.IllegalTransition);
            pilot.Status.ShouldBe(status);
        }
    }

    [Fact]
    public void Walk_OfRandomVerbs_NeverLeavesTheDiagramAndNeverRevivesWhatIsOver()
    {
        var random = new Random(20230930);
        var verbs = Legal.Keys.ToList();
        for (var walk = 0; walk < 300; walk++)
        {
            var (pilot, slots) = In(PilotStatus.Assigned);
            for (var step = 0; step < 40; step++)
            {
                var before = pilot.Status;
                try
                {
                    Do(verbs[random.Next(verbs.Count)], pilot, slots);
                }
                catch (BusinessException)
                {
                    pilot.Status.ShouldBe(before);
                }

                if (before is PilotStatus.Withdrawn or PilotStatus.Concluded)
                {
                    pilot.Status.ShouldBe(before);
                }

                (pilot.Status == PilotStatus.Suspended).ShouldBe(pilot.SuspendedFrom is not null);
                (pilot.Status == PilotStatus.Concluded).ShouldBe(pilot.Outcome is not null);
            }
        }
    }

    [Fact]
    public void Start_WhenPlanNotSubmitted_IsRejected()
    {
        var (pilot, _) = New();
        pilot.BeginPlanning();
        Should.Throw<BusinessException>(() => pilot.Start(Now)).Code.ShouldBe(PilotsErrorCodes.PlanNotSubmitted);
    }

    [Fact]
    public void BeginAssessment_WhenNotAllAccepted_IsRejected()
    {
        var (pilot, slots) = In(PilotStatus.Running);
        slots.ForEach(s => s.HandIn(1, Due));
        pilot.Reckon(slots, Due).ShouldBe(PilotProgress.AllHandedIn);
        Should.Throw<BusinessException>(pilot.BeginAssessment).Code.ShouldBe(PilotsErrorCodes.NotAccepted);
    }

    [Fact]
    public void Certify_WhenNotPassed_IsRejected()
    {
        var (pilot, _) = In(PilotStatus.UnderAssessment);
        pilot.Conclude(PilotOutcome.NotPassed);
        Should.Throw<BusinessException>(pilot.Certify);
        pilot.Outcome.ShouldBe(PilotOutcome.NotPassed);
    }

    [Fact]
    public void Reckon_WhenOnlyEvidenceIsMissing_AcceptsAndTellsOnce()
    {
        var (pilot, slots) = In(PilotStatus.Running);
        var evidence = new Deliverable(Guid.NewGuid(), pilot, null, "佐证材料", DeliverableKind.Evidence, 9, isRequired: false);
        List<Deliverable> all = [.. slots, evidence];
        foreach (var slot in slots)
        {
            slot.HandIn(1, Due);
            slot.Accept();
        }

        pilot.Reckon(all, Due).ShouldBe(PilotProgress.AllHandedIn);
        pilot.Reckon(all, Due).ShouldBe(PilotProgress.Accepted);
        evidence.HandIn(1, Due);
        pilot.Reckon(all, Due).ShouldBe(PilotProgress.None);
        pilot.RaisedEvents.OfType<PilotAccepted>().Count().ShouldBe(1);
    }

    [Fact]
    public void Light_ForOneDateAndOneHandIn_IsTheDeadlinesLight()
    {
        foreach (var soft in new[] { true, false })
        {
            var deadline = new Deadline(Due, DuePrecision.Month, soft);
            for (var today = Due.AddDays(-20); today <= Due.AddDays(20); today = today.AddDays(1))
            {
                var (open, _) = New(deadline);
                open.LightOn(today).ShouldBe(deadline.LightOn(today, null), $"open on {today}");
                foreach (var doneOn in new[] { Due.AddDays(-9), Due, Due.AddDays(1) }.Where(d => d <= today))
                {
                    var (done, slots) = In(PilotStatus.Running, deadline);
                    slots.ForEach(s => s.HandIn(1, doneOn));
                    done.Reckon(slots, doneOn);
                    done.LightOn(today).ShouldBe(deadline.LightOn(today, doneOn), $"done on {doneOn}, seen on {today}");
                }
            }
        }
    }

    [Fact]
    public void Light_WhenCorrectionIsLate_IsRedThenYellowForGood()
    {
        var (pilot, slots) = In(PilotStatus.Running);
        var slot = slots[0];
        slots.ForEach(s => s.HandIn(1, Due));
        pilot.Reckon(slots, Due);
        pilot.LightOn(Due).ShouldBe(StatusLight.Green);

        var correction = Due.AddDays(10);
        slot.Return(correction);
        pilot.Reckon(slots, Due.AddDays(1));
        pilot.Status.ShouldBe(PilotStatus.Running);
        pilot.LightOn(correction).ShouldBe(StatusLight.Amber);
        // A correction's date is hard, although the programme's own was soft.
        pilot.LightOn(correction.AddDays(1)).ShouldBe(StatusLight.Red);

        slot.HandIn(2, correction.AddDays(2));
        pilot.Reckon(slots, correction.AddDays(2));
        pilot.LightOn(correction.AddDays(2)).ShouldBe(StatusLight.Yellow);
        slot.Accept();
        pilot.Reckon(slots, correction.AddDays(3));
        pilot.LightOn(correction.AddDays(90)).ShouldBe(StatusLight.Yellow);
    }

    [Fact]
    public void Suspend_StopsTheClock_AndResumeStartsItAgain()
    {
        var (pilot, slots) = In(PilotStatus.Running, new Deadline(Due, DuePrecision.Day, IsSoft: false));
        pilot.Suspend();
        pilot.LightOn(Due.AddDays(5)).ShouldBe(StatusLight.Green);
        pilot.Resume(slots);
        pilot.Status.ShouldBe(PilotStatus.Running);
        pilot.LightOn(Due.AddDays(5)).ShouldBe(StatusLight.Red);
    }

    [Fact]
    public void Light_InMemoryAndInSql_Agree()
    {
        foreach (var (open, soft, late) in from o in new DateOnly?[] { null, Due } from s in new[] { true, false } from l in new[] { true, false } select (o, s, l))
        {
            var (pilot, _) = New();
            Set(pilot, nameof(Pilot.OpenDueOn), open);
            Set(pilot, nameof(Pilot.OpenDueIsSoft), soft);
            Set(pilot, nameof(Pilot.WasLate), late);
            for (var today = Due.AddDays(-10); today <= Due.AddDays(3); today = today.AddDays(1))
            {
                var light = pilot.LightOn(today);
                Lights.FromUrgency(Lights.Urgency(today).Compile()(pilot)).ShouldBe(light);
                Enum.GetValues<StatusLight>().Where(l => Lights.Shows(l, today).Compile()(pilot)).ShouldHaveSingleItem().ShouldBe(light);
            }
        }
    }

    [Fact]
    public void HandIn_WhenUnderCheck_IsLocked()
    {
        var (_, slots) = In(PilotStatus.Running);
        slots[0].HandIn(1, Due);
        Should.Throw<BusinessException>(() => slots[0].HandIn(2, Due)).Code.ShouldBe(PilotsErrorCodes.DeliverableLocked);
        slots[0].Accept();
        Should.Throw<BusinessException>(() => slots[0].Return(Due)).Code.ShouldBe(PilotsErrorCodes.AlreadyDecided);
    }

    [Fact]
    public void Submission_WhenDecided_ChangesNoMore()
    {
        var (pilot, slots) = In(PilotStatus.Running);
        var submission = new Submission(Guid.NewGuid(), pilot, slots[0]);
        submission.Rewrite([new SectionText(SubmissionSection.Measures, "做法")], [new SubmissionFile(Guid.NewGuid(), "a.txt", 1, "text/plain", "0")], clock);
        submission.Submit(Now, "甲");
        submission.IsDraft.ShouldBeFalse();
        Should.Throw<BusinessException>(() => submission.Submit(Now, "甲")).Code.ShouldBe(PilotsErrorCodes.AlreadySubmitted);
        Should.Throw<BusinessException>(() => submission.Rewrite([], [], clock)).Code.ShouldBe(PilotsErrorCodes.AlreadySubmitted);
        Should.Throw<BusinessException>(() => submission.Return([], [], "", Due, Now, "乙")).Code.ShouldBe(PilotsErrorCodes.SectionNeeded);
        Should.Throw<BusinessException>(() => submission.Accept([new FormalCheckAnswer(FormalCheckItem.Legible, false, null)], "", Now, "乙"))
            .Code.ShouldBe(PilotsErrorCodes.FormalCheckNotPassed);
        submission.Accept([], "", Now, "乙");
        Should.Throw<BusinessException>(() => submission.Return([], [new SectionFinding(SubmissionSection.Measures, "x")], "", Due, Now, "乙"))
            .Code.ShouldBe(PilotsErrorCodes.AlreadyDecided);
    }

    [Fact]
    public void Submit_WithoutTextOrFile_NamesTheField()
    {
        var (pilot, slots) = In(PilotStatus.Running);
        var submission = new Submission(Guid.NewGuid(), pilot, slots[0]);
        Should.Throw<InputException>(() => submission.Submit(Now, "甲")).Errors.Single().Field.ShouldBe("sections.measures");
        submission.Rewrite([new SectionText(SubmissionSection.Measures, "做法")], [], clock);
        Should.Throw<InputException>(() => submission.Submit(Now, "甲")).Errors.Single().Code.ShouldBe(PilotsErrorCodes.FileNeeded);
        submission.Status.ShouldBe(SubmissionStatus.Draft);
    }

    [Fact]
    public void Complete_OfTask_TakesNoFutureDateAndNoSecondTime()
    {
        var (pilot, _) = New();
        var task = new PilotTask(Guid.NewGuid(), pilot);
        Should.Throw<InputException>(() => task.Complete(Due.AddDays(1), Due)).Errors.Single().Code.ShouldBe(PilotsErrorCodes.DateInFuture);
        task.Complete(Due, Due);
        Should.Throw<BusinessException>(() => task.Complete(Due, Due)).Code.ShouldBe(PilotsErrorCodes.TaskStateDiffers);
        task.Reopen();
        Should.Throw<BusinessException>(task.Reopen).Code.ShouldBe(PilotsErrorCodes.TaskStateDiffers);
    }

    private static (Pilot Pilot, List<Deliverable> Slots) New(Deadline? deadline = null)
    {
        var pilot = new Pilot(Guid.NewGuid(), People.Nantong.Tenant, new PilotOrigin(
            Guid.NewGuid(), Guid.NewGuid(), "计划", People.Jiangsu.Tenant, "江苏省政务办", Guid.NewGuid(), 1, "一", "主题", "南通市", 6, null,
            deadline ?? new Deadline(Due, DuePrecision.Month, IsSoft: true)));
        return (pilot, [
            new Deliverable(Guid.NewGuid(), pilot, Guid.NewGuid(), "办法", DeliverableKind.NormDocument, 1, isRequired: true),
            new Deliverable(Guid.NewGuid(), pilot, Guid.NewGuid(), "清单", DeliverableKind.ItemList, 2, isRequired: true)]);
    }

    /// <summary>A pilot brought to a state by its verbs, with a plan, and where accepted with all deliverables accepted.</summary>
    private static (Pilot Pilot, List<Deliverable> Slots) In(PilotStatus status, Deadline? deadline = null)
    {
        var (pilot, slots) = New(deadline);
        if (status == PilotStatus.Withdrawn)
        {
            pilot.Withdraw();
            return (pilot, slots);
        }

        if (status == PilotStatus.Suspended)
        {
            pilot.Suspend();
            return (pilot, slots);
        }

        string[] path = ["BeginPlanning", "SubmitPlan", "Start", "HandIn", "Accept", "BeginAssessment", "Conclude"];
        var steps = status switch
        {
            PilotStatus.Assigned => 0,
            PilotStatus.Planning => 2,
            PilotStatus.Running => 3,
            PilotStatus.Submitted => 5,
            PilotStatus.UnderAssessment => 6,
            _ => 7,
        };
        foreach (var step in path.Take(steps))
        {
            Do(step, pilot, slots);
        }

        pilot.Status.ShouldBe(status);
        return (pilot, slots);
    }

    private static void Do(string verb, Pilot pilot, List<Deliverable> slots)
    {
        switch (verb)
        {
            case "BeginPlanning":
                pilot.BeginPlanning();
                break;
            case "SubmitPlan":
                pilot.SubmitPlan(Now);
                break;
            case "Start":
                pilot.Start(Now);
                break;
            case "HandIn":
                pilot.RequireOpenForDeliverables();
                foreach (var slot in slots.Where(s => !s.IsHandedIn))
                {
                    slot.HandIn(slot.LatestVersion + 1, Due);
                }

                pilot.Reckon(slots, Due);
                break;
            case "Accept":
                foreach (var slot in slots.Where(s => s.Status == DeliverableStatus.Submitted))
                {
                    slot.Accept();
                }

                pilot.Reckon(slots, Due);
                break;
            case "BeginAssessment":
                pilot.BeginAssessment();
                break;
            case "Conclude":
                pilot.Conclude(PilotOutcome.Completed);
                break;
            case "Certify":
                pilot.Certify();
                break;
            case "Suspend":
                pilot.Suspend();
                break;
            case "Resume":
                pilot.Resume(slots);
                break;
            case "Withdraw":
                pilot.Withdraw();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(verb), verb, "No such verb.");
        }
    }

    private static void Set(Pilot pilot, string property, object? value) => typeof(Pilot).GetProperty(property)!.SetValue(pilot, value);
}
