using System.Globalization;
using PilotPlatform.Deadlines;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Printing;

/// <summary>What a printed programme says; made of the programme alone, so that the same state always makes the same bytes.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Themes">Its themes in order.</param>
/// <param name="Assignments">The standing assignments, in administrative order.</param>
/// <param name="Regions">The regions, for their names.</param>
/// <param name="Duties">What is to be reported.</param>
internal sealed record PrintedProgramme(
    Programme Programme, IReadOnlyList<Theme> Themes, IReadOnlyList<Assignment> Assignments, RegionMap Regions, IReadOnlyList<NoticeDuty> Duties)
{
    private readonly ILookup<Guid, Assignment> byTheme = Assignments.ToLookup(a => a.ThemeId);

    /// <summary>The moment of the last change that shows in print.</summary>
    public DateTimeOffset StateOf => new(DateTime.SpecifyKind(
        Assignments.Select(a => a.AssignedAt).Append(Programme.PublishedAt ?? Programme.CreatedAt).Max(), DateTimeKind.Utc));

    public IReadOnlyList<Assignment> Of(Theme theme) => [.. byTheme[theme.Id]];

    public string NameOf(Assignment assignment)
    {
        var name = Regions.NameOf(assignment.Region);
        return assignment.PartName.Length > 0 ? $"{name}（{assignment.PartName}）" : name;
    }

    public Deadline? DueOf(Theme theme) => theme.Deadline ?? Programme.Deadline;
}

/// <summary>One line of the tables: a theme and one region or office that is responsible for it (任务分解).</summary>
internal sealed record PrintedLine(int Order, string Number, string Title, string Region, string Offices, string Assisting, string Targets, string Deliverables, DateOnly? DueOn, string Due, string Origin);

/// <summary>The assignment table and the task sheet as official documents and as workbooks.</summary>
internal static class ProgrammePrints
{
    private const string None = "—";

    /// <summary>试点任务分工表: theme by theme, then region by region, each in administrative order.</summary>
    public static OfficialDocument AssignmentTable(PrintedProgramme printed)
    {
        var rows = printed.Themes.Select(t => (IReadOnlyList<string>)
            [t.Order.ToString(CultureInfo.InvariantCulture), t.Title, Joined(printed.Of(t).Select(printed.NameOf)), DueText(printed.DueOf(t))]).ToList();
        var regions = printed.Assignments.GroupBy(a => a.RegionId).Select((g, i) => (IReadOnlyList<string>)
        [
            (i + 1).ToString(CultureInfo.InvariantCulture), printed.Regions.NameOf(g.First().Region),
            string.Join('；', g.OrderBy(a => OrderOf(printed, a)).Select(a => a.PartName.Length > 0 ? $"{TitleOf(printed, a)}（{a.PartName}）" : TitleOf(printed, a))),
            g.Count().ToString(CultureInfo.InvariantCulture),
        ]).ToList();
        return Document(printed, "试点任务分工表",
        [
            new Paragraph($"{Scope(printed)}试点地区按行政序列排列，不分先后。"),
            new Heading(1, "各项任务的试点地区"),
            new DocumentTable("各项任务的试点地区", [new("序号", 1, CellAlignment.Centre), new("试点任务", 4), new("试点地区", 4), new("完成时限", 2, CellAlignment.Centre)], rows),
            .. (regions.Count == 0 ? Array.Empty<DocumentBlock>() :
            [
                new Heading(1, "各地区承担的任务"),
                new DocumentTable("各地区承担的任务", [new("序号", 1, CellAlignment.Centre), new("地区", 2), new("试点任务", 7), new("项数", 1, CellAlignment.End)], regions),
            ]),
        ]);
    }

    /// <summary>任务分解表: what is to be done, by whom, by when, and what is to be handed in.</summary>
    public static OfficialDocument TaskSheet(PrintedProgramme printed)
    {
        var phases = printed.Programme.Phases.Select((p, i) => (IReadOnlyList<string>)
            [(i + 1).ToString(CultureInfo.InvariantCulture), p.Name, DateText(p.Start), DateText(p.End)]).ToList();
        return Document(printed, "任务分解表",
        [
            new Paragraph(Scope(printed)),
            .. (printed.Programme.Targets.Count == 0 ? Array.Empty<DocumentBlock>() :
            [
                new Heading(1, "总体目标"),
                new DocumentTable("总体目标", [new("序号", 1, CellAlignment.Centre), new("内容", 6), new("目标值", 2, CellAlignment.Centre)],
                    [.. printed.Programme.Targets.Select((t, i) => (IReadOnlyList<string>)[(i + 1).ToString(CultureInfo.InvariantCulture), t.What, Or(t.Value)])]),
            ]),
            .. printed.Themes.SelectMany(t => Blocks(printed, t)),
            .. (phases.Count == 0 ? Array.Empty<DocumentBlock>() :
            [
                new Heading(1, "工作阶段"),
                new DocumentTable("工作阶段", [new("序号", 1, CellAlignment.Centre), new("阶段", 4), new("开始", 2, CellAlignment.Centre), new("结束", 2, CellAlignment.Centre)], phases),
            ]),
            .. (printed.Duties.Count == 0 ? Array.Empty<DocumentBlock>() :
            [
                new Heading(1, "报送要求"),
                new DocumentTable("报送要求", [new("序号", 1, CellAlignment.Centre), new("报送内容", 4), new("报送单位", 3), new("时间", 3, CellAlignment.Centre)],
                    [.. printed.Duties.Select((d, i) => (IReadOnlyList<string>)[(i + 1).ToString(CultureInfo.InvariantCulture), d.What, Or(d.To), WhenText(d)])]),
            ]),
        ]);
    }

    /// <summary>The assignment table as rows, one an assignment.</summary>
    public static IReadOnlyList<PrintedLine> AssignmentLines(PrintedProgramme printed) =>
        [.. printed.Themes.SelectMany(t => printed.Of(t).Select(a => Line(printed, t, printed.NameOf(a), OriginOf(a.Origin))))];

    /// <summary>The task sheet as rows, one a region or office that is responsible; a theme that names nobody has one row that says so.</summary>
    public static IReadOnlyList<PrintedLine> TaskLines(PrintedProgramme printed) =>
    [
        .. printed.Themes.SelectMany(t => printed.Of(t).Select(printed.NameOf).Concat(t.LeadOffices).DefaultIfEmpty("").Select(who => Line(printed, t, who, ""))),
    ];

    public static TableSheet<PrintedLine> AssignmentSheet(PrintedProgramme printed) =>
        Sheet(printed, "试点任务分工表")
            .IntegerColumn("序号", l => l.Order).TextColumn("编号", l => l.Number).TextColumn("试点任务", l => l.Title, 30).TextColumn("试点地区", l => l.Region, 20)
            .TextColumn("确定方式", l => l.Origin, 12).TextColumn("牵头单位", l => l.Offices, 24).TextColumn("成果要求", l => l.Deliverables, 40)
            .DateColumn("完成时限", l => l.DueOn, 12).TextColumn("时限说明", l => l.Due, 20);

    public static TableSheet<PrintedLine> TasksSheet(PrintedProgramme printed) =>
        Sheet(printed, "任务分解表")
            .IntegerColumn("序号", l => l.Order).TextColumn("编号", l => l.Number).TextColumn("工作任务", l => l.Title, 30).TextColumn("责任地区或单位", l => l.Region, 24)
            .TextColumn("配合单位", l => l.Assisting, 24).TextColumn("工作目标", l => l.Targets, 30).TextColumn("成果要求", l => l.Deliverables, 40)
            .DateColumn("完成时限", l => l.DueOn, 12).TextColumn("时限说明", l => l.Due, 20);

    /// <summary>A deadline as an official writes it: 2023年9月底前（原则上）.</summary>
    public static string DueText(Deadline? deadline)
    {
        if (deadline is not { } due)
        {
            return None;
        }

        var (year, month) = (due.Date.Year, due.Date.Month);
        var text = due.Precision switch
        {
            DuePrecision.Month => $"{year}年{month}月底前",
            DuePrecision.Quarter => $"{year}年第{(month + 2) / 3}季度末前",
            DuePrecision.HalfYear => month <= 6 ? $"{year}年上半年" : $"{year}年下半年",
            DuePrecision.Year => $"{year}年年底前",
            _ => $"{year}年{month}月{due.Date.Day}日前",
        };
        return due.IsSoft ? $"{text}（原则上）" : text;
    }

    private static IReadOnlyList<DocumentBlock> Blocks(PrintedProgramme printed, Theme theme) =>
    [
        new Heading(1, theme.Title),
        .. theme.Description.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => new Paragraph(line)),
        new DocumentTable(theme.Title, [new("项目", 1, CellAlignment.Centre), new("内容", 4)],
        [
            ["试点地区", Joined(printed.Of(theme).Select(printed.NameOf))],
            ["牵头单位", Joined(theme.LeadOffices)],
            ["配合单位", Joined(theme.AssistingOffices)],
            ["工作目标", Joined(theme.Targets.Select(t => t.What + t.Value))],
            ["成果要求", Joined(theme.Deliverables.Select(d => d.Name))],
            ["完成时限", DueText(printed.DueOf(theme))],
        ]),
    ];

    /// <summary>The days where there are any, else the notice's words.</summary>
    private static string WhenText(NoticeDuty duty) => duty.Dates.Count > 0 ? string.Join('、', duty.Dates.Select(d => DateText(d))) : Or(duty.When);

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? None : text;

    private static OfficialDocument Document(PrintedProgramme printed, string name, IReadOnlyList<DocumentBlock> blocks)
    {
        var programme = printed.Programme;
        return new OfficialDocument
        {
            Title = $"{programme.Title}\n{name}",
            DocumentNumber = null,
            Metadata = new DocumentMetadata(programme.IssuingBody, printed.StateOf) { Subject = programme.Title },
            Blocks = blocks,
            Signature = new DocumentSignature(programme.IssuingBody, ChinaTime.DateOf(printed.StateOf.UtcDateTime)),
        };
    }

    private static TableSheet<PrintedLine> Sheet(PrintedProgramme printed, string name) => new(name, printed.StateOf)
    {
        Title = $"{printed.Programme.Title} {name}",
        Author = printed.Programme.IssuingBody,
        FrozenColumns = 3,
    };

    private static PrintedLine Line(PrintedProgramme printed, Theme theme, string who, string origin) => new(
        theme.Order, theme.Number, theme.Title, who, string.Join('、', theme.LeadOffices), string.Join('、', theme.AssistingOffices),
        string.Join('；', theme.Targets.Select(t => t.What + t.Value)),
        string.Join('；', theme.Deliverables.Select(d => d.Name)), printed.DueOf(theme)?.Date, printed.DueOf(theme) is { } due ? DueText(due) : "", origin);

    private static string Scope(PrintedProgramme printed)
    {
        var number = printed.Programme.DocumentNumber is { Length: > 0 } given ? $"（{given}）" : "";
        return $"根据《{printed.Programme.Title}》{number}，共 {printed.Themes.Count} 项任务、{printed.Assignments.Count} 个试点，涉及 {printed.Assignments.Select(a => a.RegionId).Distinct().Count()} 个地区。";
    }

    private static string TitleOf(PrintedProgramme printed, Assignment assignment) => printed.Themes.First(t => t.Id == assignment.ThemeId).Title;

    private static int OrderOf(PrintedProgramme printed, Assignment assignment) => printed.Themes.First(t => t.Id == assignment.ThemeId).Order;

    private static string Joined(IEnumerable<string> names) => string.Join('、', names) is { Length: > 0 } joined ? joined : None;

    private static string DateText(DateOnly? date) => date?.ToString("yyyy年M月d日", CultureInfo.InvariantCulture) ?? None;

    // The table is an official Chinese text in whatever language its reader has set.
    private static string OriginOf(AssignmentOrigin origin) => origin switch
    {
        AssignmentOrigin.Notice => "通知确定",
        AssignmentOrigin.Claim => "申领确定",
        _ => "直接确定",
    };
}
