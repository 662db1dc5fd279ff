using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Programmes;

/// <summary>Whose claims a programme takes.</summary>
internal enum ClaimAudience
{
    /// <summary>Nobody's: the notice itself names the regions.</summary>
    None,

    /// <summary>Every region directly below the issuer.</summary>
    AllRegions,

    /// <summary>The regions that the issuer invited.</summary>
    InvitedRegions,
}

/// <summary>试点计划: what one notice sets up.</summary>
internal sealed class Programme : TenantEntity, IRegionDraft, IAudienceShared
{
    public const int TitleLength = 300;

    private readonly List<Phase> phases = [];
    private readonly List<ProgrammeDecision> decisions = [];
    private readonly List<Target> targets = [];
    private readonly List<StatedCount> counts = [];
    private readonly List<LearnedPractice> practices = [];

    private Programme()
    {
    }

    public Programme(Guid id, TenantRef issuer, string title, string issuingBody)
        : base(id, issuer)
    {
        AudienceKey = id;
        Title = title;
        IssuingBody = issuingBody;
    }

    public Guid AudienceKey { get; private set; }

    public bool IsDraft { get; private set; } = true;

    public string Title { get; private set; } = "";

    public string? DocumentNumber { get; private set; }

    public string IssuingBody { get; private set; } = "";

    public DateOnly? IssueDate { get; private set; }

    public DateOnly? DueDate { get; private set; }

    public DuePrecision? DuePrecision { get; private set; }

    public bool DueIsSoft { get; private set; }

    /// <summary>When the pilots are to end.</summary>
    public Deadline? Deadline => DueDate is { } date ? new Deadline(date, DuePrecision ?? Deadlines.DuePrecision.Day, DueIsSoft) : null;

    public ProgrammeStatus Status { get; private set; } = ProgrammeStatus.Draft;

    public DateTime? PublishedAt { get; private set; }

    public DateTime? ClosedAt { get; private set; }

    public ClaimAudience ClaimAudience { get; private set; }

    /// <summary>The last day, in China, on which a claim may be handed in.</summary>
    public DateOnly? ClaimsCloseOn { get; private set; }

    public List<Guid> InvitedRegionIds { get; private set; } = [];

    public int ThemeCount { get; private set; }

    public IReadOnlyList<Phase> Phases => phases;

    /// <summary>What was decided where the notice was silent or unclear.</summary>
    public IReadOnlyList<ProgrammeDecision> Decisions => decisions;

    /// <summary>工作目标 of the programme as a whole.</summary>
    public IReadOnlyList<Target> Targets => targets;

    /// <summary>Numbers of things that the notice states.</summary>
    public IReadOnlyList<StatedCount> Counts => counts;

    /// <summary>Practices that the notice takes over from elsewhere.</summary>
    public IReadOnlyList<LearnedPractice> Practices => practices;

    /// <summary>The notice as received; the audience may read it.</summary>
    public string NoticeText { get; private set; } = "";

    public void Describe(string? documentNumber, DateOnly? issueDate, Deadline? deadline, string noticeText)
    {
        DocumentNumber = documentNumber;
        IssueDate = issueDate;
        DueDate = deadline?.Date;
        DuePrecision = deadline?.Precision;
        DueIsSoft = deadline?.IsSoft ?? false;
        NoticeText = noticeText;
    }

    public void AddPhase(string name, DateOnly? start, DateOnly? end) => phases.Add(new Phase { Name = name, Start = start, End = end });

    public void State(NoticeFacts facts)
    {
        targets.AddRange(facts.Targets.Select(t => new Target { Value = t.Value, What = t.What }));
        var places = facts.Counts.Select((c, i) => (c.Key, Order: i + 1)).ToDictionary(c => c.Key, c => c.Order, StringComparer.Ordinal);
        counts.AddRange(facts.Counts.Select((c, i) => new StatedCount
        {
            Order = i + 1, Number = c.Number, Unit = c.Unit, What = c.What, PartOf = c.PartOf is { } whole ? places[whole] : null,
        }));
        practices.AddRange(facts.Practices.Select(p => new LearnedPractice { Region = p.Region, RegionId = p.RegionId, What = p.What }));
    }

    /// <summary>The facts as a draft has them; duties are rows of their own.</summary>
    public NoticeFacts FactsWith(IReadOnlyList<NoticeDuty> duties) => new(
        [.. targets.Select(t => new NoticeTarget(t.Value, t.What, null))],
        [.. counts.OrderBy(c => c.Order).Select(c => new NoticeCount($"c{c.Order}", c.Number, c.Unit, c.What, c.PartOf is { } whole ? $"c{whole}" : null, null))],
        duties,
        [.. practices.Select(p => new NoticePractice(p.Region, p.RegionId, p.What, null))]);

    public void Record(ProgrammeDecision decision) => decisions.Add(decision);

    public void OpenClaims(ClaimAudience audience, DateOnly closeOn, IEnumerable<Guid> invited)
    {
        ClaimAudience = audience;
        ClaimsCloseOn = closeOn;
        InvitedRegionIds = [.. invited];
    }

    public void Publish(int themeCount, TimeProvider time)
    {
        if (Status != ProgrammeStatus.Draft)
        {
            throw new BusinessException(ProgrammesErrorCodes.NoticePublished);
        }

        ThemeCount = themeCount;
        Status = ProgrammeStatus.Published;
        IsDraft = false;
        PublishedAt = time.UtcNow();
        Raise(new ProgrammePublished(Id));
    }

    public void Close(TimeProvider time)
    {
        EnsurePublished();
        Status = ProgrammeStatus.Closed;
        ClosedAt = time.UtcNow();
    }

    public void EnsurePublished()
    {
        if (Status != ProgrammeStatus.Published)
        {
            throw new BusinessException(ProgrammesErrorCodes.ProgrammeNotPublished).WithData("title", Title);
        }
    }

    /// <summary>Whether the programme asks this region for claims, whatever the date. Regions below an invited one are not asked.</summary>
    public bool InvitesClaimsOf(TenantRef region) => ClaimAudience switch
    {
        ClaimAudience.AllRegions => TenantPaths.ParentOf(region.Path) == TenantPath,
        ClaimAudience.InvitedRegions => InvitedRegionIds.Contains(region.Id),
        _ => false,
    };

    public bool ClaimsAreOpen(TimeProvider time) =>
        Status == ProgrammeStatus.Published && ClaimAudience != ClaimAudience.None && ClaimsCloseOn is { } last && time.UtcNow() < ChinaTime.EndOf(last);

    /// <summary>Refuses a claim of a region that is not asked, or that comes too late.</summary>
    public void EnsureTakesClaimOf(TenantRef region, TimeProvider time)
    {
        EnsurePublished();
        if (!InvitesClaimsOf(region))
        {
            throw new BusinessException(ProgrammesErrorCodes.ClaimsNotOpen).WithData("title", Title);
        }

        if (!ClaimsAreOpen(time))
        {
            throw new BusinessException(ProgrammesErrorCodes.ClaimsClosed).WithData("title", Title).WithData("date", ClaimsCloseOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>阶段: a dated stage.</summary>
internal sealed class Phase
{
    public string Name { get; init; } = "";

    public DateOnly? Start { get; init; }

    public DateOnly? End { get; init; }
}

/// <summary>What was decided about an open point of the notice, by whom and when.</summary>
internal sealed class ProgrammeDecision
{
    public DecisionKind Kind { get; init; }

    public string Question { get; init; } = "";

    public string Answer { get; init; } = "";

    public string DecidedBy { get; init; } = "";

    public DateTime DecidedAt { get; init; }
}

internal sealed class ProgrammeConfiguration : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> builder)
    {
        builder.ToTable("ProgrammesProgrammes");
        builder.Property(x => x.Title).HasMaxLength(Programme.TitleLength);
        builder.Property(x => x.DocumentNumber).HasMaxLength(60);
        builder.Property(x => x.IssuingBody).HasMaxLength(100);
        builder.Ignore(x => x.Deadline);
        builder.OwnsMany(x => x.Phases, owned => owned.ToJson());
        builder.Navigation(x => x.Phases).HasField("phases").UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.OwnsMany(x => x.Decisions, owned => owned.ToJson());
        builder.Navigation(x => x.Decisions).HasField("decisions").UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.OwnsMany(x => x.Targets, owned => owned.ToJson());
        builder.Navigation(x => x.Targets).HasField("targets").UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.OwnsMany(x => x.Counts, owned => owned.ToJson());
        builder.Navigation(x => x.Counts).HasField("counts").UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.OwnsMany(x => x.Practices, owned => owned.ToJson());
        builder.Navigation(x => x.Practices).HasField("practices").UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasIndex(x => new { x.TenantPath, x.Status, x.IssueDate });
        builder.HasIndex(x => new { x.TenantId, x.DocumentNumber });
    }
}
