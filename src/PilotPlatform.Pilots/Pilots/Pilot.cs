using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Pilots;

/// <summary>What a pilot is made from: the assignment, and a copy of what the notice said then.</summary>
internal sealed record PilotOrigin(
    Guid AssignmentId, Guid ProgrammeId, string ProgrammeTitle, TenantRef Issuer, string IssuerName,
    Guid ThemeId, int ThemeOrder, string ThemeNumber, string ThemeTitle, string RegionName, int RegionOrder, string? PartName, Deadline? Deadline);

/// <summary>试点: an assigned theme as carried out by one region, which owns the row. The assigning region is its issuer.</summary>
internal sealed class Pilot : TenantEntity
{
    private Pilot()
    {
    }

    public Pilot(Guid id, TenantRef region, PilotOrigin origin)
        : base(id, region)
    {
        AssignmentId = origin.AssignmentId;
        ProgrammeId = origin.ProgrammeId;
        ProgrammeTitle = origin.ProgrammeTitle;
        IssuerTenantId = origin.Issuer.Id;
        IssuerPath = origin.Issuer.Path;
        IssuerName = origin.IssuerName;
        ThemeId = origin.ThemeId;
        ThemeOrder = origin.ThemeOrder;
        ThemeNumber = origin.ThemeNumber;
        ThemeTitle = origin.ThemeTitle;
        RegionName = origin.RegionName;
        RegionOrder = origin.RegionOrder;
        PartName = origin.PartName;
        if (origin.Deadline is { } deadline)
        {
            DueOn = deadline.Date;
            DuePrecision = deadline.Precision;
            DueIsSoft = deadline.IsSoft;
            OpenDueOn = deadline.Date;
            OpenDueIsSoft = deadline.IsSoft;
        }

        Raise(new PilotCreated(id, ProgrammeId, ThemeId, region.Id, region.Path));
    }

    public Guid AssignmentId { get; private set; }

    public Guid ProgrammeId { get; private set; }

    public string ProgrammeTitle { get; private set; } = "";

    public Guid IssuerTenantId { get; private set; }

    public string IssuerPath { get; private set; } = "";

    public string IssuerName { get; private set; } = "";

    public Guid ThemeId { get; private set; }

    public int ThemeOrder { get; private set; }

    public string ThemeNumber { get; private set; } = "";

    public string ThemeTitle { get; private set; } = "";

    public string RegionName { get; private set; } = "";

    /// <summary>The region's 行政序列, copied so that lists sort by it in SQL.</summary>
    public int RegionOrder { get; private set; }

    public string? PartName { get; private set; }

    public PilotStatus Status { get; private set; } = PilotStatus.Assigned;

    /// <summary>Where it stood when it was suspended.</summary>
    public PilotStatus? SuspendedFrom { get; private set; }

    public PilotOutcome? Outcome { get; private set; }

    public DateOnly? DueOn { get; private set; }

    public DuePrecision DuePrecision { get; private set; }

    public bool DueIsSoft { get; private set; }

    /// <summary>What is due next: the deadline, then the nearest date for a correction; null while nothing is asked of the region.</summary>
    public DateOnly? OpenDueOn { get; private set; }

    public bool OpenDueIsSoft { get; private set; }

    /// <summary>True once anything came in after its date; a made-up delay never turns green again.</summary>
    public bool WasLate { get; private set; }

    public DateTime? PlanSubmittedAt { get; private set; }

    public DateTime? StartedAt { get; private set; }

    /// <summary>When everything required was first handed in.</summary>
    public DateOnly? SubmittedOn { get; private set; }

    /// <summary>When everything required was accepted.</summary>
    public DateOnly? AcceptedOn { get; private set; }

    /// <summary>Grows with each reckoning, so that the row changes even where nothing else does and its stamp guards it.</summary>
    public int Reckonings { get; private set; }

    public TenantRef Issuer => new(IssuerTenantId, IssuerPath);

    public Deadline? Deadline => DueOn is { } due ? new Deadline(due, DuePrecision, DueIsSoft) : null;

    /// <summary>What one calls it: the theme, and the part of the region where the notice names one.</summary>
    public string Title => PartName is null ? ThemeTitle : $"{ThemeTitle}（{PartName}）";

    public StatusLight LightOn(DateOnly today) => Lights.On(today, OpenDueOn, OpenDueIsSoft, WasLate);

    public void BeginPlanning()
    {
        Require(nameof(BeginPlanning), PilotStatus.Assigned);
        Status = PilotStatus.Planning;
    }

    /// <summary>Notes that the plan was submitted; true when it was for the first time.</summary>
    public bool SubmitPlan(DateTime now)
    {
        Require(nameof(SubmitPlan), PilotStatus.Planning, PilotStatus.Running);
        var first = PlanSubmittedAt is null;
        PlanSubmittedAt = now;
        return first;
    }

    public void Start(DateTime now)
    {
        Require(nameof(Start), PilotStatus.Planning);
        if (PlanSubmittedAt is null)
        {
            throw new BusinessException(PilotsErrorCodes.PlanNotSubmitted);
        }

        Status = PilotStatus.Running;
        StartedAt = now;
    }

    /// <summary>Work goes on: tasks, notes.</summary>
    public void RequireAtWork() => Require("Work", PilotStatus.Planning, PilotStatus.Running, PilotStatus.Submitted);

    /// <summary>Deliverables may be drafted, handed in and decided on.</summary>
    public void RequireOpenForDeliverables() => Require("HandIn", PilotStatus.Running, PilotStatus.Submitted);

    /// <summary>Nothing of it changes any more.</summary>
    public bool IsOver => Status is PilotStatus.Concluded or PilotStatus.Withdrawn;

    /// <summary>The ledger may be filled and decided on. It stands beside the deliverables: it may begin before the plan and go on while assessors score.</summary>
    public bool IsOpenForLedger => !IsOver && Status != PilotStatus.Suspended;

    public void RequireOpenForLedger()
    {
        if (!IsOpenForLedger)
        {
            throw Illegal("Ledger");
        }
    }

    /// <summary>
    /// Draws the consequences of a deliverable that was handed in, returned or accepted. Always changes the row, so that
    /// two decisions at once cannot each overlook the other.
    /// </summary>
    /// <returns>What changed for the pilot as a whole.</returns>
    public PilotProgress Reckon(IReadOnlyCollection<Deliverable> deliverables, DateOnly today)
    {
        RequireOpenForDeliverables();
        Reckonings++;
        var required = deliverables.Where(d => d.IsRequired).ToList();
        WasLate |= required.Exists(d => d.WasLate);
        SetOpenDue(required);
        if (Status == PilotStatus.Running && required.TrueForAll(d => d.IsHandedIn))
        {
            Status = PilotStatus.Submitted;
            SubmittedOn ??= today;
            return PilotProgress.AllHandedIn;
        }

        if (Status == PilotStatus.Submitted && !required.TrueForAll(d => d.IsHandedIn))
        {
            Status = PilotStatus.Running;
            return PilotProgress.None;
        }

        if (Status == PilotStatus.Submitted && AcceptedOn is null && required.TrueForAll(d => d.Status == DeliverableStatus.Accepted))
        {
            AcceptedOn = today;
            Raise(new PilotAccepted(Id, ProgrammeId, ThemeId, TenantId, TenantPath));
            return PilotProgress.Accepted;
        }

        return PilotProgress.None;
    }

    public void BeginAssessment()
    {
        Require(nameof(BeginAssessment), PilotStatus.Submitted);
        if (AcceptedOn is null)
        {
            throw new BusinessException(PilotsErrorCodes.NotAccepted);
        }

        Status = PilotStatus.UnderAssessment;
    }

    public void Conclude(PilotOutcome outcome)
    {
        Require(nameof(Conclude), PilotStatus.UnderAssessment);
        Status = PilotStatus.Concluded;
        Outcome = outcome;
        Raise(new PilotConcluded(Id, ProgrammeId, ThemeId, TenantId, TenantPath, outcome));
    }

    /// <summary>After an objection the ruling gives another outcome than the one published.</summary>
    public void CorrectOutcome(PilotOutcome outcome)
    {
        Require(nameof(CorrectOutcome), PilotStatus.Concluded);
        if (outcome is PilotOutcome.Certified || Outcome is PilotOutcome.Certified)
        {
            // What was certified is taken back by withdrawing the practice, not by a score.
            throw Illegal(nameof(CorrectOutcome));
        }

        Outcome = outcome;
    }

    /// <summary>Raises a completed pilot to certified.</summary>
    public void Certify()
    {
        Require(nameof(Certify), PilotStatus.Concluded);
        if (Outcome != PilotOutcome.Completed)
        {
            throw Illegal(nameof(Certify));
        }

        Outcome = PilotOutcome.Certified;
    }

    public void Suspend()
    {
        Require(nameof(Suspend), PilotStatus.Assigned, PilotStatus.Planning, PilotStatus.Running, PilotStatus.Submitted);
        SuspendedFrom = Status;
        Status = PilotStatus.Suspended;
        OpenDueOn = null;
    }

    public void Resume(IReadOnlyCollection<Deliverable> deliverables)
    {
        Require(nameof(Resume), PilotStatus.Suspended);
        Status = SuspendedFrom!.Value;
        SuspendedFrom = null;
        SetOpenDue(deliverables.Where(d => d.IsRequired));
    }

    public void Withdraw()
    {
        if (Status is PilotStatus.Concluded or PilotStatus.Withdrawn)
        {
            throw Illegal(nameof(Withdraw));
        }

        Status = PilotStatus.Withdrawn;
        SuspendedFrom = null;
        OpenDueOn = null;
        Raise(new PilotWithdrawn(Id, ProgrammeId, ThemeId, TenantId, TenantPath));
    }

    private void SetOpenDue(IEnumerable<Deliverable> required)
    {
        var next = required.Where(d => !d.IsHandedIn && d.DueOn is not null).OrderBy(d => d.DueOn).ThenBy(d => d.DueIsSoft).FirstOrDefault();
        OpenDueOn = next?.DueOn;
        OpenDueIsSoft = next?.DueIsSoft ?? false;
    }

    private void Require(string verb, params ReadOnlySpan<PilotStatus> allowed)
    {
        if (!allowed.Contains(Status))
        {
            throw Illegal(verb);
        }
    }

    private BusinessException Illegal(string verb) =>
        new BusinessException(PilotsErrorCodes.IllegalTransition).WithData("verb", verb).WithData("status", Status.ToString());
}

/// <summary>What a decision on one deliverable meant for the pilot.</summary>
internal enum PilotProgress
{
    None,
    AllHandedIn,
    Accepted,
}
