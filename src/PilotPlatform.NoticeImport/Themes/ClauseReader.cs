using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Regions;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>
/// Tasks that a pilot's notice tells in one paragraph, clause by clause, without a number: by steps (第一步…), by region
/// (甲市探索…;乙市探索…), by office (市财政局牵头制定…;…), by subject (甲保险在乙县开展;…) or by date (5月底前,上线…;…).
/// It takes two clauses of one form behind each other, and all that is found so is asked for.
/// </summary>
internal static class ClauseReader
{
    private const int Fewest = 2;

    /// <summary>A notice that tells its tasks in one paragraph is short.</summary>
    private const int MostLines = 200;
    private const int MostClauses = 60;
    private const int LongestLine = 3_000;
    private const int LongestIntroduction = 80;
    private const int ShortestTitle = 4;
    private const int LongestTitle = 50;

    private static readonly Regex Step = Pattern.Of("^(?:第[一二三四五六七八九]步|[一二三四五六七八九]要|首先|其次|再次|最后)[,:是要]{0,2}");
    private static readonly Regex Acts = Pattern.Of("^(?:等地|等市|等县|等)?(?:要|应|可|将|分别|重点|主要|率先|先行|继续|积极|负责|具体)*(?<verb>试点|承担|探索|开展|先行|推行|推进|实施|建设|打造|围绕|聚焦)");
    private static readonly Regex OfPilot = Pattern.Of("^(?:试点|承担|探索|开展|先行)$");
    private static readonly Regex EndOfPilot = Pattern.Of("(?:改革)?(?:先行)?试点(?:任务|工作|改革)?$");
    private static readonly Regex Located = Pattern.Of("^(?<title>[\\u3400-\\u9fff“”+]{3,30}?)(?:选择|选取|安排|放)?在");
    private static readonly Regex Takes = Pattern.Of("^(?:等地|等市|等县|等)?(?:\\d{1,2}个?[市县区地]{1,3})?(?:先行|率先)?(?:开展|试点|实施|承担|进行|试行|推行|先行)");
    private static readonly Regex Heads = Pattern.Of("^(?:由)?(?<names>[\\u3400-\\u9fff、()]{3,60}?)(?:牵头|负责|会同[\\u3400-\\u9fff、]{3,40}?[局委办厅部])(?<task>[\\u3400-\\u9fff“]{4,}.*)$");

    /// <summary>What is done about a pilot and not in it.</summary>
    private static readonly Regex Frame = Pattern.Of(
        "^(?:组织|开展|做好|完成|抓好|及时|按时|进行|召开|形成|提交)*(?:动员|部署|自查|验收|总结|评估|报送|上报|报告|反馈|申报|推荐|启动试点|宣传|落实责任|加强|高度重视)|(?:动员|部署|自查|验收|总结|评估|报告|申报|推荐|宣传|名单)$");

    /// <summary>近年来,甲市试点…,取得明显成效: what has been tried is told, not set.</summary>
    private static readonly Regex Told = Pattern.Of("近年来|以来|此前|前期|目前,|涌现|取得了?[^。,]{0,8}(?:成效|效果|进展|成果)|经验|做法|学习|借鉴|汇报|会议(?:指出|强调|要求)");

    private delegate Theme? Form(CleanText clean, TextRange clause, string number);

    /// <summary>The forms that a full stop or a semicolon parts, and those that a comma may part as well.</summary>
    private static readonly Form[] Sentences = [ByStep, ByRegion, BySubject, ByOffice, ByDuty, ByDate];
    private static readonly Form[] Clauses = [ByStep, ByRegion, BySubject];

    public static List<Theme> Read(CleanText clean, BlockTree tree)
    {
        foreach (var line in tree.Lines.Take(MostLines).Where(l => !l.IsRow && l.Body.Length <= LongestLine && !IsOther(clean, l)))
        {
            foreach (var (forms, separators) in new[] { (Sentences, "。;"), (Clauses, "。;,") })
            {
                var clauses = Brackets.Split(clean.Text, line.Body, separators).Take(MostClauses).ToList();
                if (forms.Select(f => Run(clean, clauses, f)).FirstOrDefault(r => r.Count >= Fewest) is { } found && !IsTold(clean, line, found))
                {
                    return found;
                }
            }
        }

        return [];
    }

    private static bool IsTold(CleanText clean, Block line, List<Theme> found) =>
        Told.IsMatch(clean.Slice(TextRange.Between(line.Body.Start, found[^1].Whole.End)))
        || Told.IsMatch(Brackets.Split(clean.Text, TextRange.Between(found[^1].Whole.End, line.Body.End), "。").Select(clean.Slice).FirstOrDefault() ?? "");

    /// <summary>Whether a sentence tells of what was done or said.</summary>
    public static bool IsTold(string sentence) => Told.IsMatch(sentence);

    public static bool IsOther(CleanText clean, Block line)
    {
        for (var block = line; block?.Mark is not null; block = block.Parent)
        {
            if (ThemeReader.HeadingIs(clean, block, RuleLists.OtherHeadings) || ThemeReader.HeadingIs(clean, block, RuleLists.PhaseHeadings))
            {
                return true;
            }
        }

        return line.Parent is { Mark: not null } parent && IsOther(clean, parent);
    }

    /// <summary>The first run of clauses of one form; an introduction (按三步走:) may stand before the first.</summary>
    private static List<Theme> Run(CleanText clean, List<TextRange> clauses, Form form)
    {
        var run = new List<Theme>();
        foreach (var clause in clauses)
        {
            var number = (run.Count + 1).ToString(CultureInfo.InvariantCulture);
            var theme = form(clean, clause, number) ?? (run.Count == 0 && Introduced(clean, clause) is { } rest ? form(clean, rest, number) : null);
            if (theme is not null)
            {
                run.Add(theme);
            }
            else if (run.Count >= Fewest)
            {
                break;
            }
            else
            {
                // With commas a clause goes on behind its head (甲市试点某事,9月底前完成,乙市…).
                run.Clear();
            }
        }

        return run;
    }

    private static TextRange? Introduced(CleanText clean, TextRange clause)
    {
        var colon = clean.Text.AsSpan(clause.Start, Math.Min(clause.Length, LongestIntroduction)).LastIndexOf(':');
        var comma = colon < 0 ? clean.Text.AsSpan(clause.Start, Math.Min(clause.Length, LongestIntroduction)).IndexOf(',') : -1;
        var at = Math.Max(colon, comma);
        return at > 0 && at + ShortestTitle < clause.Length ? TextRange.Between(clause.Start + at + 1, clause.End) : null;
    }

    private static Theme? ByStep(CleanText clean, TextRange clause, string number) =>
        Step.Match(Head(clean, clause)) is { Success: true } step ? Of(clean, clause, clause.Start + step.Length, number) : null;

    private static Theme? ByRegion(CleanText clean, TextRange clause, string number)
    {
        if (ProseRegions.Leading(clean, clause) is not { } place || Acts.Match(clean.Slice(TextRange.Between(place.End, clause.End))) is not { Success: true } acts)
        {
            return null;
        }

        // 重点探索某事: what is explored is the task; 推行某事, 建设某物 is one as it stands.
        var verb = acts.Groups["verb"];
        var start = place.End + (OfPilot.IsMatch(verb.ValueSpan) ? verb.Index + verb.Length : verb.Index);
        return Of(clean, clause, start, number) is { } theme ? theme with { Title = WithoutPilot(clean, theme.Title), Place = place } : null;
    }

    private static TextRange WithoutPilot(CleanText clean, TextRange title) =>
        EndOfPilot.Match(clean.Slice(title)) is { Success: true } end && end.Index >= ShortestTitle ? title with { Length = end.Index } : title;

    private static Theme? BySubject(CleanText clean, TextRange clause, string number)
    {
        if (Located.Match(Head(clean, clause)) is not { Success: true } located || ProseRegions.Leading(clean, TextRange.Between(clause.Start + located.Length, clause.End)) is not { } place
            || !Takes.IsMatch(clean.Slice(TextRange.Between(place.End, clause.End))))
        {
            return null;
        }

        var title = located.Groups["title"];
        return title.Length >= ShortestTitle
            ? new Theme(number, new TextRange(clause.Start, title.Length), clause, [clause], [], null) { Place = place, Basis = ConfidenceBasis.Inferred }
            : null;
    }

    private static Theme? ByOffice(CleanText clean, TextRange clause, string number)
    {
        if (Heads.Match(clean.Slice(clause)) is not { Success: true } heads || !ThemeReader.BeginsAsTask(heads.Groups["task"].ValueSpan))
        {
            return null;
        }

        var names = heads.Groups["names"];
        return Brackets.Split(clean.Text, new TextRange(clause.Start + names.Index, names.Length), "、").All(n => OfficeReader.LooksLikeOffice(clean.Slice(n)))
            ? Of(clean, clause, clause.Start + heads.Groups["task"].Index, number) is { } theme ? theme with { Doers = new TextRange(clause.Start + names.Index, names.Length) } : null
            : null;
    }

    /// <summary>省市场监管局要于8月底前制定…: an office or a region, by when, and what.</summary>
    private static Theme? ByDuty(CleanText clean, TextRange clause, string number)
    {
        if (Duty.Match(clean.Slice(clause)) is not { Success: true } duty || !ThemeReader.BeginsAsTask(duty.Groups["task"].ValueSpan))
        {
            return null;
        }

        var who = new TextRange(clause.Start + duty.Groups["names"].Index, duty.Groups["names"].Length);
        var names = Brackets.Split(clean.Text, who, "、").Select(clean.Slice).ToList();
        return Of(clean, clause, clause.Start + duty.Groups["task"].Index, number) is not { } theme ? null
            : names.All(OfficeReader.LooksLikeOffice) ? theme with { Doers = who }
            : names.Any(RegionNames.IsKnown) && names.All(n => RegionNames.IsKnown(n) || RegionNames.IsNamedZone(n)) ? theme with { Place = who }
            : null;
    }

    private static readonly Regex Duty = Pattern.Of(@"^(?<names>[\u3400-\u9fff、()]{2,60}?)(?:要|应|须|应当|力争|于|在)+(?:\d|年|本|明|今|次)[^,;。]{1,14}?(?:前|内)(?<task>[\u3400-\u9fff“]{4,}.*)$");

    private static Theme? ByDate(CleanText clean, TextRange clause, string number)
    {
        if (DateReader.Find(clean, clause, null).FirstOrDefault() is not { Before: true } date || date.Range.Start != clause.Start)
        {
            return null;
        }

        var start = date.Range.End < clause.End && clean.Text[date.Range.End] == ',' ? date.Range.End + 1 : date.Range.End;
        return start < clause.End && ThemeReader.BeginsAsTask(clean.Text.AsSpan(start, clause.End - start)) ? Of(clean, clause, start, number) : null;
    }

    /// <summary>A task whose title starts there and goes to the next comma; null where that is none.</summary>
    private static Theme? Of(CleanText clean, TextRange clause, int start, string number)
    {
        if (start + ShortestTitle > clause.End)
        {
            return null;
        }

        var rest = TextRange.Between(start, clause.End);
        var comma = clean.Text.AsSpan(rest.Start, rest.Length).IndexOfAny(',', ':');
        var title = comma < 0 ? rest : rest with { Length = comma };
        return title.Length is >= ShortestTitle and <= LongestTitle && !Frame.IsMatch(clean.Slice(title))
            ? new Theme(number, title, clause, [clause], [], null) { Basis = ConfidenceBasis.Inferred }
            : null;
    }

    private static string Head(CleanText clean, TextRange clause) => clean.Slice(clause with { Length = Math.Min(clause.Length, LongestIntroduction) });
}
