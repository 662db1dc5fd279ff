using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Themes;

/// <summary>试点任务: one numbered reform theme of a programme.</summary>
internal sealed class Theme : TenantEntity, IAudienceShared
{
    public const int TitleLength = 200;
    public const int DescriptionLength = 8000;

    private readonly List<RequiredDeliverable> deliverables = [];
    private readonly List<Target> targets = [];
    private readonly List<ThemeLink> links = [];

    private Theme()
    {
    }

    public Theme(Guid id, Programme programme, int order, string number, string title, string description)
        : base(id, programme.Owner)
    {
        ProgrammeId = programme.Id;
        AudienceKey = programme.Id;
        Order = order;
        Number = number;
        Title = title;
        Description = description;
    }

    public Guid ProgrammeId { get; private set; }

    public Guid AudienceKey { get; private set; }

    public int Order { get; private set; }

    public string Number { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>牵头单位, as the notice names them.</summary>
    public List<string> LeadOffices { get; private set; } = [];

    /// <summary>配合单位, as the notice names them.</summary>
    public List<string> AssistingOffices { get; private set; } = [];

    /// <summary>改革工具: which ready-made ways of reform the theme uses.</summary>
    public List<ReformToolKit> ToolKits { get; private set; } = [];

    public IReadOnlyList<RequiredDeliverable> Deliverables => deliverables;

    /// <summary>工作目标 of the theme.</summary>
    public IReadOnlyList<Target> Targets => targets;

    /// <summary>Other programmes and themes that the theme has to do with.</summary>
    public IReadOnlyList<ThemeLink> Links => links;

    /// <summary>What the notice says it has settled for the theme and does not give.</summary>
    public List<ThemeGap> Withheld { get; private set; } = [];

    public DateOnly? DueDate { get; private set; }

    public DuePrecision? DuePrecision { get; private set; }

    public bool DueIsSoft { get; private set; }

    /// <summary>The theme's own deadline; null where the programme's holds.</summary>
    public Deadline? Deadline => DueDate is { } date ? new Deadline(date, DuePrecision ?? Deadlines.DuePrecision.Day, DueIsSoft) : null;

    public void DueBy(Deadline deadline)
    {
        DueDate = deadline.Date;
        DuePrecision = deadline.Precision;
        DueIsSoft = deadline.IsSoft;
    }

    public void LedBy(IEnumerable<string> offices) => LeadOffices = [.. offices];

    public void AssistedBy(IEnumerable<string> offices) => AssistingOffices = [.. offices];

    public void Use(IEnumerable<ReformToolKit> kits) => ToolKits = [.. kits.Distinct().Order()];

    public void State(ThemeFacts facts)
    {
        targets.AddRange(facts.Targets.Select(t => new Target { Value = t.Value, What = t.What }));
        links.AddRange(facts.Links.Distinct().Select(l => new ThemeLink { LinkedProgrammeId = l.ProgrammeId, LinkedThemeId = l.ThemeId }));
        Withheld = [.. facts.Withheld.Distinct().Order()];
    }

    /// <summary>The facts as a draft has them.</summary>
    public ThemeFacts ToFacts() => new(
        [.. targets.Select(t => new NoticeTarget(t.Value, t.What, null))], [.. links.Select(l => new NoticeLink(l.LinkedProgrammeId, l.LinkedThemeId))], Withheld);

    public void Require(Guid requirementId, string name, DeliverableKind kind) =>
        deliverables.Add(new RequiredDeliverable { RequirementId = requirementId, Name = name, Kind = kind });
}

/// <summary>A deliverable that the theme asks for.</summary>
internal sealed class RequiredDeliverable
{
    public Guid RequirementId { get; init; }

    public string Name { get; init; } = "";

    public DeliverableKind Kind { get; init; }
}

internal sealed class ThemeConfiguration : IEntityTypeConfiguration<Theme>
{
    public void Configure(EntityTypeBuilder<Theme> builder)
    {
        builder.ToTable("ProgrammesThemes");
        builder.Property(x => x.Number).HasMaxLength(20);
        builder.Property(x => x.Title).HasMaxLength(Theme.TitleLength);
        builder.Property(x => x.Description).HasMaxLength(Theme.DescriptionLength);
        builder.Ignore(x => x.Deadline);
        builder.PrimitiveCollection(x => x.ToolKits).ElementType(e => e.HasConversion<string>());
        builder.PrimitiveCollection(x => x.Withheld).ElementType(e => e.HasConversion<string>());
        builder.OwnsMany(x => x.Targets, owned => owned.ToJson());
        builder.Navigation(x => x.Targets).HasField("targets").UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.OwnsMany(x => x.Links, owned => owned.ToJson());
        builder.Navigation(x => x.Links).HasField("links").UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.OwnsMany(x => x.Deliverables, owned => owned.ToJson());
        builder.Navigation(x => x.Deliverables).HasField("deliverables").UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasOne<Programme>().WithMany().HasForeignKey(x => x.ProgrammeId);
        builder.HasIndex(x => new { x.ProgrammeId, x.Order }).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.ProgrammeId });
    }
}
