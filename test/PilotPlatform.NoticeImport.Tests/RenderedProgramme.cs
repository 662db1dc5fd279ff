using System.Globalization;
using System.Text;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>One theme of a made-up programme.</summary>
internal sealed record MadeTheme(string Title, string[] Regions, string[] Leads, string[] Assists, int? DueMonth)
{
    public IEnumerable<string> Offices => Leads.Concat(Assists);
}

/// <summary>One stage of a made-up programme.</summary>
internal sealed record MadePhase(string Name, int FromMonth, int ToMonth);

/// <summary>
/// A made-up programme that is written down in one of the many ways in which offices write: the same seed gives the same
/// programme and the same writing. Nothing of the reader's own is used to write it, but the table of characters.
/// </summary>
internal sealed class RenderedProgramme
{
    private static readonly string[] Verbs = ["推进", "建立", "优化", "探索", "规范", "深化", "完善", "强化", "推行", "构建"];
    private static readonly string[] Things =
        ["行政备案管理", "数据共享机制", "中介服务市场", "跨域通办体系", "窗口服务流程", "信用监管规则", "证照联办服务", "帮办代办队伍", "项目审批管理", "热线办理平台"];
    private static readonly string[] Cities = ["南京市", "无锡市", "徐州市", "常州市", "苏州市", "南通市", "连云港市", "淮安市", "盐城市", "扬州市", "镇江市", "泰州市", "宿迁市"];
    private static readonly string[] Counties = ["如皋市", "海安市", "昆山市", "沛县", "赣榆区", "江宁区", "灌云县", "张家港市", "丹阳市"];
    private static readonly string[] Zones = ["苏州工业园区", "江苏自贸试验区", "南京江北新区", "昆山经开区", "徐州高新区"];
    private static readonly string[] Offices =
        ["省财政厅", "省教育厅", "省政务办", "省人力资源社会保障厅", "省市场监管局", "省委编办", "省发展改革委", "省公安厅", "省司法厅", "省大数据中心", "省通信管理局", "省税务局", "省消防救援总队"];
    private static readonly string[] Remarks = ["结合实际细化做法,把各项要求落到实处", "摸清底数,明确标准,统一口径", "坚持问题导向,及时总结好的做法", "加大资源整合力度,避免重复建设"];
    private static readonly string[] Han = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

    /// <summary>How the themes are numbered; the first is the section's own style and is used without sections only.</summary>
    public static readonly (string Name, Func<int, string> Mark)[] Styles =
    [
        ("一、", i => $"{Han[i]}、"),
        ("(一)", i => $"({Han[i]})"),
        ("(一)、", i => $"({Han[i]})、"),
        ("1.", i => $"{i + 1}."),
        ("1．", i => $"{i + 1}．"),
        ("1﹒", i => $"{i + 1}﹒"),
        ("1、", i => $"{i + 1}、"),
        ("(1)", i => $"({i + 1})"),
        ("1)", i => $"{i + 1})"),
        ("①", i => ((char)('①' + i)).ToString()),
        ("⒈", i => ((char)('⒈' + i)).ToString()),
        ("⑴", i => ((char)('⑴' + i)).ToString()),
        ("㈠", i => i < 10 ? ((char)('㈠' + i)).ToString() : $"({Han[i]})"),
        ("第一,", i => $"第{Han[i]},"),
        ("第一、", i => $"第{Han[i]}、"),
        ("任务一:", i => $"任务{Han[i]}:"),
        ("2.1", i => $"2.{i + 1} "),
    ];

    private readonly Random _random;

    public RenderedProgramme(int seed)
    {
        Seed = seed;
        _random = new Random(seed);
        var count = _random.Next(2, 11);
        Year = _random.Next(2015, 2026);
        Month = _random.Next(1, 4);
        var day = _random.Next(1, 29);
        IssueDate = new DateOnly(Year, Month, day);
        Number = $"苏政办发〔{Year}〕{_random.Next(1, 200)}号";
        Issuer = Pick("江苏省人民政府办公厅", "江苏省政务服务管理办公室", "中共江苏省委办公厅");
        var subject = Pick("行政审批制度改革", "一业一证改革", "跨域通办", "政务公开标准化");
        Title = Pick($"{Issuer}关于开展{subject}试点工作的通知", $"关于印发《{subject}试点实施方案》的通知", $"{Issuer}关于印发{Year}年{subject}试点任务的通知", $"关于做好{subject}试点工作的通知");
        Themes = [.. Enumerable.Range(0, count).Select(MakeTheme)];
        var months = Shuffled(Enumerable.Range(4, 9)).Take(3).Order().ToArray();
        Phases =
        [
            new("部署准备阶段", Month, months[0]),
            new("组织实施阶段", months[0], months[1]),
            new("总结提升阶段", months[1], months[2]),
        ];
    }

    public int Seed { get; }

    public string Title { get; }

    public string Issuer { get; }

    public string Number { get; }

    public int Year { get; }

    public int Month { get; }

    public DateOnly IssueDate { get; }

    public IReadOnlyList<MadeTheme> Themes { get; }

    public IReadOnlyList<MadePhase> Phases { get; }

    public static DateOnly EndOf(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));

    /// <summary>A notice whose body numbers its tasks.</summary>
    public string AsNotice()
    {
        var sections = _random.Next(4) > 0;
        var style = sections ? Styles[_random.Next(1, Styles.Length)] : Styles[_random.Next(0, Styles.Length - 1)];
        var offices = _random.Next(5);
        var lines = new List<string>(Head());
        var section = 0;
        if (sections)
        {
            lines.Add($"{Han[section++]}、{Pick("总体要求", "指导思想", "工作目标")}");
            lines.Add($"以服务群众为出发点,{Pick(Remarks)}。");
            lines.Add($"{Han[section++]}、{Pick("主要任务", "重点任务", "试点内容", "工作任务", "试点任务")}");
        }

        for (var i = 0; i < Themes.Count; i++)
        {
            lines.AddRange(ThemeLines(Themes[i], style.Mark(i), offices));
        }

        if (sections)
        {
            lines.Add($"{Han[section++]}、{Pick("工作步骤", "实施步骤", "进度安排", "时间安排")}");
            HasPhases = true;
            var phaseStyle = _random.Next(3);
            for (var i = 0; i < Phases.Count; i++)
            {
                lines.Add(PhaseLine(i, phaseStyle));
            }

            lines.Add($"{Han[section]}、{Pick("工作要求", "保障措施", "组织保障")}");
            lines.Add("(一)加强组织领导。各地要把试点摆上重要位置,明确专人负责。");
            lines.Add("(二)强化督导考核。定期通报进展,对进度滞后的予以提醒。");
        }

        lines.AddRange(Signature());
        return Dressed(lines);
    }

    /// <summary>Whether what was written last gives the stages.</summary>
    public bool HasPhases { get; private set; }

    /// <summary>A notice whose annex is a table, in one of the layouts in which tables survive.</summary>
    public (string Text, NoticeFormat Format) AsTable()
    {
        var hasRegions = _random.Next(2) == 0;
        var assisting = _random.Next(2) == 0;
        var other = _random.Next(3) == 0;
        var columns = new List<(string Header, Func<int, string> Cell, bool Merges)>
        {
            (Pick("序号", "编号"), i => (i + 1).ToString(CultureInfo.InvariantCulture), false),
            (Pick("工作任务", "重点任务", "试点任务", "改革举措", "任务内容", "试点事项", "改革任务"), i => Themes[i].Title, false),
            (Pick("责任单位", "牵头单位", "牵头部门", "责任部门", "牵头责任单位"), i => string.Join(Pick("、", ",", "、"), assisting ? Themes[i].Leads : Themes[i].Offices), true),
        };
        if (assisting)
        {
            columns.Add((Pick("配合单位", "参与单位", "协办单位"), i => string.Join('、', Themes[i].Assists), false));
        }

        if (hasRegions)
        {
            columns.Add((Pick("试点地区", "试点市县", "推广范围", "实施范围"), i => string.Join('、', Themes[i].Regions), false));
        }

        columns.Add((Pick("完成时限", "完成时间", "时限要求", "时间节点", "计划完成时间"), i => Themes[i].DueMonth is { } m ? DueInCell(m) : "持续推进", false));
        if (other)
        {
            columns.Add((Pick("备注", "来源"), _ => "", false));
        }

        HasRegions = hasRegions;
        HasRoles = assisting;
        var layout = _random.Next(6);
        var rows = Rows(columns, merge: layout is not 3 and not 5);
        var head = new List<string>(Head()) { "现将任务分解如下,请抓好落实。" };
        head.AddRange(Signature());
        head.Add("附件");
        head.Add("试点任务分解表");
        return layout switch
        {
            0 => (Dressed([.. head, .. rows.Select(r => string.Join('\t', r))], tables: true), NoticeFormat.Text),
            1 => (Dressed([.. head, .. rows.Select(r => "| " + string.Join(" | ", r) + " |")], tables: true), NoticeFormat.Text),
            2 => (Dressed([.. head, "| " + string.Join(" | ", rows[0]) + " |", "|" + string.Concat(rows[0].Select(_ => "---|")), .. rows.Skip(1).Select(r => "| " + string.Join(" | ", r) + " |")], tables: true), NoticeFormat.Text),
            3 => (Dressed([.. head, .. rows.SelectMany(r => r.Where(c => c.Length > 0))], tables: true), NoticeFormat.Text),
            4 => (AsPage(head, rows, columns), NoticeFormat.Html),
            _ => (Dressed([.. head, .. rows.Select(r => string.Join("    ", r.Where(c => c.Length > 0)))], tables: true), NoticeFormat.Text),
        };
    }

    public bool HasRegions { get; private set; }

    public bool HasRoles { get; private set; }

    private MadeTheme MakeTheme(int index)
    {
        var regions = new List<string>();
        for (var n = _random.Next(1, 6); n > 0; n--)
        {
            var city = Pick(Cities);
            regions.Add(_random.Next(8) switch
            {
                0 => $"{city}({Pick(Counties)})",
                1 => Pick(Counties),
                2 => Pick(Zones),
                _ => city,
            });
        }

        var offices = Shuffled(Offices).Take(_random.Next(1, 5)).ToArray();
        var leads = _random.Next(1, offices.Length + 1);
        return new MadeTheme(
            Pick(Verbs) + Pick(Things) + Pick("改革", "建设", "试点", "工作") + Han[index] + "类",
            [.. regions.Distinct()],
            offices[..leads],
            offices[leads..],
            _random.Next(5) == 0 ? null : _random.Next(Month + 1, 13));
    }

    private List<string[]> Rows(List<(string Header, Func<int, string> Cell, bool Merges)> columns, bool merge)
    {
        var rows = new List<string[]> { columns.Select(c => c.Header).ToArray() };
        for (var i = 0; i < Themes.Count; i++)
        {
            rows.Add([.. columns.Select(c => c.Cell(i))]);
        }

        if (merge)
        {
            // A cell that says the same as the one above comes as a blank, as merged cells do.
            for (var column = 0; column < columns.Count; column++)
            {
                for (var i = rows.Count - 1; columns[column].Merges && i > 1; i--)
                {
                    if (rows[i][column] == rows[i - 1][column])
                    {
                        rows[i][column] = "";
                    }
                }
            }
        }

        return rows;
    }

    private static string AsPage(List<string> head, List<string[]> rows, List<(string Header, Func<int, string> Cell, bool Merges)> columns)
    {
        var page = new StringBuilder("<html><head><meta charset=\"utf-8\"><title>某省政府网</title><style>.a{color:red}</style></head><body><div class=\"nav\"><a href=\"/\">首页</a><a href=\"/zw\">政务公开</a></div><div class=\"con\">");
        foreach (var line in head)
        {
            page.Append("<p style=\"text-indent:2em\">\n  <span>").Append(line).Append("</span>\n</p>");
        }

        page.Append("<table border=1><tbody>");
        for (var i = 0; i < rows.Count; i++)
        {
            page.Append("<tr>");
            for (var c = 0; c < columns.Count; c++)
            {
                if (columns[c].Merges && i > 0 && rows[i][c].Length == 0)
                {
                    continue;
                }

                var span = 1;
                while (columns[c].Merges && i > 0 && i + span < rows.Count && rows[i + span][c].Length == 0)
                {
                    span++;
                }

                page.Append(span > 1 ? $"<td rowspan=\"{span}\"><p>" : "<td><p>").Append(rows[i][c]).Append("</p></td>");
            }

            page.Append("</tr>\n");
        }

        return page.Append("</tbody></table></div><div class=\"foot\"><a href=\"/map\">网站地图</a><a>联系我们</a></div></body></html>").ToString();
    }

    private IEnumerable<string> Head()
    {
        if (_random.Next(3) == 0)
        {
            yield return Issuer + (_random.Next(2) == 0 ? "文件" : "");
            yield return Number;
            yield return Title;
        }
        else
        {
            yield return Title;
            yield return _random.Next(4) == 0 ? $"({Number})" : Number;
        }

        yield return Pick("各设区市人民政府,省有关部门:", "各市、县(市、区)人民政府,省各委办厅局,省各直属单位:", "各设区市政务办:");
        yield return $"为深入推进改革,{Pick(Remarks)},参照国办发〔2018〕128号文件,现将有关事项通知如下:";
    }

    private IEnumerable<string> Signature()
    {
        yield return Issuer;
        yield return _random.Next(4) == 0 ? HanDate(IssueDate) : $"{IssueDate.Year}年{IssueDate.Month}月{IssueDate.Day}日";
        if (_random.Next(3) == 0)
        {
            yield return "(此件公开发布)";
        }
    }

    private IEnumerable<string> ThemeLines(MadeTheme theme, string mark, int offices)
    {
        var due = theme.DueMonth is { } m ? Pick($"{m}月底前完成。", $"{Year}年{m}月底前完成。", $"{Year}年{m}月底前,形成可复制的做法。") : "";
        var leads = string.Join('、', theme.Leads);
        var assists = string.Join('、', theme.Assists);
        var remark = assists.Length == 0
            ? Pick($"({leads}负责)", $"({leads}牵头)", $"({leads}按职责分工负责)", $"(责任单位:{leads})", $"({leads}牵头负责)")
            : Pick($"({leads}牵头,{assists}配合)", $"({leads}牵头,{assists}按职责分工负责)", $"(牵头单位:{leads};配合单位:{assists})", $"({leads}牵头,{assists}参与)");
        var regions = string.Join('、', theme.Regions);
        var label = Pick("试点地区", "试点单位", "试点市县");
        switch (offices)
        {
            case 0:
                yield return $"{mark}{theme.Title}。{Pick(Remarks)}。{due}{remark}";
                yield return $"{label}:{regions}";
                break;
            case 1:
                yield return $"{mark}{theme.Title}。{Pick(Remarks)}。{due}";
                yield return assists.Length == 0 ? $"责任单位:{leads}" : $"牵头单位:{leads};配合单位:{assists}";
                yield return $"{label}:{regions}{Pick("", "。", "(排名不分先后)")}";
                break;
            case 2:
                yield return $"{mark}{theme.Title}";
                yield return $"{Pick(Remarks)}。{due}";
                yield return $"牵头单位:{leads}";
                if (assists.Length > 0)
                {
                    yield return $"配合单位:{assists}";
                }

                yield return $"{label}:{regions}";
                break;
            case 3:
                yield return $"{mark}{theme.Title}。{Pick(Remarks)}。{due}{label}:{regions}。{remark}";
                break;
            default:
                yield return $"{mark}{theme.Title}。{Pick(Remarks)}。{remark}";
                yield return theme.DueMonth is { } month ? $"完成时限:{Pick($"{month}月底前", $"{Year}年{month}月底", $"{Year}年{month}月")}" : "完成时限:持续推进";
                yield return $"{label}:{regions}";
                break;
        }
    }

    private string PhaseLine(int index, int style)
    {
        var phase = Phases[index];
        var dates = phase.FromMonth == phase.ToMonth
            ? $"{Year}年{phase.FromMonth}月"
            : Pick($"{Year}年{phase.FromMonth}月—{phase.ToMonth}月", $"{Year}年{phase.FromMonth}月至{Year}年{phase.ToMonth}月", $"{Year}年{phase.FromMonth}-{phase.ToMonth}月", $"{Year}年{phase.FromMonth}月1日至{phase.ToMonth}月{DateTime.DaysInMonth(Year, phase.ToMonth)}日");
        return style switch
        {
            0 => $"({Han[index]}){phase.Name}({dates})。{Pick(Remarks)}。",
            1 => $"({Han[index]}){phase.Name}:{dates}。{Pick(Remarks)}。",
            _ => $"第{Han[index]}阶段:{phase.Name}({dates})。{Pick(Remarks)}。",
        };
    }

    private string DueInCell(int month) => Pick($"{month}月底前", $"{Year}年{month}月底前", $"{Year}年{month}月", $"{Year}年{month}月{DateTime.DaysInMonth(Year, month)}日", $"{Year}年{month}月底");

    /// <summary>As sites and offices hand texts on: widths, spaces, indents, blank lines, scripts, pinyin, one long line.</summary>
    private string Dressed(IEnumerable<string> lines, bool tables = false)
    {
        var wide = _random.Next(2) == 0;
        var spaced = !tables && _random.Next(4) == 0;
        var indent = !tables && _random.Next(3) == 0;
        var end = Pick("\n", "\r\n", tables ? "\n" : "\n\n");
        var runOn = !tables && _random.Next(8) == 0;
        var traditional = _random.Next(4) == 0;
        var pinyin = traditional && _random.Next(3) == 0;
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(indent || runOn ? "　　" : "");
            for (var i = 0; i < line.Length; i++)
            {
                var c = line[i];
                var dressed = wide && c is ',' or ':' or ';' or '(' or ')' || (wide && char.IsAsciiDigit(c)) ? (char)(c + 0xfee0) : c;
                var opens = spaced && char.IsAsciiDigit(c) && i > 0 && !char.IsAsciiDigit(line[i - 1]);
                var closes = spaced && char.IsAsciiDigit(c) && i + 1 < line.Length && !char.IsAsciiDigit(line[i + 1]);
                text.Append(opens ? " " : "").Append(dressed).Append(closes ? " " : "");
            }

            text.Append(runOn ? "" : end);
        }

        return traditional ? Traditional(text.ToString(), pinyin) : text.ToString();
    }

    private string Traditional(string text, bool pinyin)
    {
        var result = new StringBuilder();
        foreach (var c in text)
        {
            var converted = ToTraditional.Value.GetValueOrDefault(c, c);
            result.Append(converted);
            if (pinyin && converted != c && _random.Next(2) == 0)
            {
                result.Append("(jīng)");
            }
        }

        return result.ToString();
    }

    private static readonly Lazy<Dictionary<char, char>> ToTraditional = new(() =>
    {
        // The first traditional character that is read back as the simplified one.
        var result = new Dictionary<char, char>();
        for (var c = '\u4e00'; c <= '\u9fff'; c++)
        {
            var simplified = TraditionalTable.Simplified(c);
            if (simplified != c && RuleLists.CommonCharacters.Contains(simplified, StringComparison.Ordinal))
            {
                result.TryAdd(simplified, c);
            }
        }

        return result;
    });

    private static string HanDate(DateOnly date)
    {
        const string digits = "〇一二三四五六七八九";
        var day = date.Day < 10 ? Han[date.Day - 1] : (date.Day < 20 ? "" : Han[(date.Day / 10) - 1]) + "十" + (date.Day % 10 == 0 ? "" : Han[(date.Day % 10) - 1]);
        return string.Concat(date.Year.ToString(CultureInfo.InvariantCulture).Select(c => digits[c - '0'])) + $"年{Han[date.Month - 1]}月{day}日";
    }

    private T Pick<T>(params T[] among) => among[_random.Next(among.Length)];

    private T[] Shuffled<T>(IEnumerable<T> items)
    {
        var all = items.ToArray();
        _random.Shuffle(all);
        return all;
    }
}
