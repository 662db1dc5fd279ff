using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Reporting;

/// <summary>报送要求: something that the regions of a programme report, once. A duty that recurs has a row for each day on which it falls due.</summary>
internal sealed class ReportingDuty : TenantEntity, IAudienceShared, IReminded
{
    private static readonly TimeSpan RemindAtMostEvery = TimeSpan.FromHours(1);

    private ReportingDuty()
    {
    }

    private ReportingDuty(Guid id, Programme programme, int order, NoticeDuty duty, DateOnly? dueOn)
        : base(id, programme.Owner)
    {
        ProgrammeId = programme.Id;
        AudienceKey = programme.Id;
        Order = order;
        What = duty.What;
        To = duty.To ?? "";
        When = duty.When ?? "";
        DueOn = dueOn;
    }

    public Guid ProgrammeId { get; private set; }

    public Guid AudienceKey { get; private set; }

    /// <summary>The duty's place in the notice, from 1; the same for every day on which it falls due.</summary>
    public int Order { get; private set; }

    public string What { get; private set; } = "";

    /// <summary>To whom; empty where the notice does not say.</summary>
    public string To { get; private set; } = "";

    /// <summary>When, in the notice's words.</summary>
    public string When { get; private set; } = "";

    /// <summary>The last day, in China; null where the words name none (及时).</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>How far regions were reminded by themselves: 1 before the day, 2 on it, 3 after it.</summary>
    public int RemindersSent { get; private set; }

    /// <summary>When regions were last reminded (UTC), by themselves or by the issuer: nothing else ever changes the row.</summary>
    public DateTime? LastRemindedAt => ModifiedAt;

    /// <summary>From when the issuer may remind again (UTC).</summary>
    public DateTime? MayRemindFrom => LastRemindedAt + RemindAtMostEvery;

    public Deadline? Deadline => DueOn is { } date ? new Deadline(date, DuePrecision.Day, false) : null;

    public static IEnumerable<ReportingDuty> Of(Programme programme, int order, NoticeDuty duty, IIdGenerator ids) =>
        duty.Dates.Count == 0
            ? [new ReportingDuty(ids.NewId(), programme, order, duty, null)]
            : duty.Dates.Distinct().Order().Select(date => new ReportingDuty(ids.NewId(), programme, order, duty, date));

    /// <summary>A programme's duties as a draft has them.</summary>
    public static async Task<IReadOnlyList<NoticeDuty>> OfAsync(PlatformDbContext db, Guid programmeId, CancellationToken cancellationToken) =>
    [
        .. (await db.Set<ReportingDuty>().AsNoTracking().Where(d => d.ProgrammeId == programmeId).OrderBy(d => d.Order).ThenBy(d => d.DueOn).ToListAsync(cancellationToken))
            .GroupBy(d => d.Order)
            .Select(g => new NoticeDuty(
                g.First().What, g.First().To is { Length: > 0 } to ? to : null, g.First().When is { Length: > 0 } when ? when : null,
                [.. g.Select(d => d.DueOn).OfType<DateOnly>()], null)),
    ];

    public void Reminded(int remindersSent) => RemindersSent = remindersSent;

    /// <summary>催报: the issuer reminds, at most once an hour; whoever presses at the same instant as a colleague learns of it by the stamp.</summary>
    public void Urge(TimeProvider time)
    {
        if (LastRemindedAt is { } last && MayRemindFrom is { } from && time.UtcNow() < from)
        {
            throw new BusinessException(ProgrammesErrorCodes.RemindedAlready).WithData("what", What).WithData("at", ClockOf(last)).WithData("from", ClockOf(from));
        }

        Touch(time);
    }

    private static string ClockOf(DateTime utc) => ChinaTime.FromUtc(utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

internal sealed class ReportingDutyConfiguration : IEntityTypeConfiguration<ReportingDuty>
{
    public void Configure(EntityTypeBuilder<ReportingDuty> builder)
    {
        builder.ToTable("ProgrammesReportingDuties");
        builder.Property(x => x.What).HasMaxLength(200);
        builder.Property(x => x.To).HasMaxLength(100);
        builder.Property(x => x.When).HasMaxLength(100);
        builder.Ignore(x => x.Deadline);
        builder.Ignore(x => x.LastRemindedAt);
        builder.Ignore(x => x.MayRemindFrom);
        builder.HasOne<Programme>().WithMany().HasForeignKey(x => x.ProgrammeId);
        builder.HasIndex(x => new { x.TenantPath, x.DueOn });
        builder.HasIndex(x => new { x.ProgrammeId, x.Order, x.DueOn });
        // The reminders' look: what is dated and not reminded to the end.
        builder.HasIndex(x => new { x.DueOn, x.RemindersSent });
    }
}
