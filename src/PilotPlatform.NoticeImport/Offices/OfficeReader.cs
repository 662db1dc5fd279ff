using System.Buffers;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Regions;
using PilotPlatform.NoticeImport.Rules;
using PilotPlatform.NoticeImport.Themes;

namespace PilotPlatform.NoticeImport.Offices;

/// <summary>An office named for a task.</summary>
internal sealed record OfficeMention(string Name, TextRange Range, bool Leads)
{
    /// <summary>A label, a column or a role verb makes it one; in a remark of bare names only the names do.</summary>
    public ConfidenceBasis Basis { get; init; } = ConfidenceBasis.Labelled;
}

/// <summary>Reads the offices of a table cell, a label line or a remark in brackets.</summary>
internal static class OfficeReader
{
    private const int LongestName = 25;
    private const int LongestRemark = 400;

    private static readonly SearchValues<char> NeverInNames = SearchValues.Create("。,:;!?“”《》");
    /// <summary>各试点县(市、区), 各区(市)县: each region of a group, one name.</summary>
    private static readonly Regex Group = Pattern.Of($@"^各(?:试点|相关|有关)?{Pattern.Han}{{0,6}}(?:县|市|区|州|旗|盟|省|镇|街道|乡|地)?(?:\([市县区州旗盟、镇街乡]+\))?(?:县|市|区|州|旗|省|地|镇|街道|乡|地区|镇街|\([市县区州旗盟、镇街道乡]+\))$");

    private const int MostClauses = 200;

    private static readonly Regex Gives = Pattern.Of($@"^(?:具体|统一)?由(?<names>[\u3400-\u9fff、()]{{3,120}}?)(?<role>牵头|负责)");
    private static readonly Regex Heads = Pattern.Of(@"^(?<names>[\u3400-\u9fff、()]{3,120}?)(?<role>牵头|负责|指导)(?:落实|组织实施|实施|推进|抓总)?$");
    private static readonly Regex Assists = Pattern.Of($@"^(?<names>[\u3400-\u9fff、()]{{3,120}}?)(?<role>配合|参与|协助|协办|协同|落实|支持)");
    /// <summary>市财政局牵头制定…: who does it opens the sentence of the task.</summary>
    private static readonly Regex HeadsTask = Pattern.Of(@"^(?<names>[\u3400-\u9fff、()]{3,120}?)(?<role>牵头|负责)(?<task>[\u3400-\u9fff“]{4,})");
    private static readonly string[] AssistingRoles = ["配合", "参与", "协助", "协办", "协同", "落实", "支持"];
    private static readonly Regex Is = Pattern.Of($@"^(?<role>牵头|责任|负责|配合|参与|主管|指导)(?:责任)?(?:单位|部门)(?:为|是)(?<names>[\u3400-\u9fff、()]{{3,200}})$");
    private static readonly Regex Government = Pattern.Of("(?:人民政府|政府|管委会|管理委员会)$");
    private static readonly Regex Vague = Pattern.Of("级|所在地|当地|^地方|地方(?:政府|人民|党委|有关|各|部门)|以上|相关|有关|主管|各自|专人");

    private static readonly string[] Connectors = ["、", "和", "及", "与", "以及"];

    /// <summary>The offices of a cell or of what follows a label.</summary>
    public static IReadOnlyList<OfficeMention> ReadList(CleanText clean, TextRange range, bool leads) =>
        Read(clean, range, leads, roleNeeded: false);

    /// <summary>
    /// The offices of every remark in brackets within the range: (A、B牵头,C按职责分工负责), (责任单位:A;配合单位:B).
    /// A bracket without a role is a remark of another kind.
    /// </summary>
    public static IReadOnlyList<OfficeMention> ReadRemarks(CleanText clean, TextRange range)
    {
        var found = new List<OfficeMention>();
        foreach (var bracket in Brackets.Within(clean.Text, range, LongestRemark))
        {
            // What follows the first sentence of a remark speaks of other items.
            var sentence = Brackets.Split(clean.Text, bracket, "。").FirstOrDefault();
            var named = Read(clean, sentence, leads: true, roleNeeded: true);
            found.AddRange(named.Count == 0 && IsBareList(clean, range, bracket) ? Read(clean, sentence, leads: true, roleNeeded: false).Select(o => o with { Basis = ConfidenceBasis.Pattern }) : named);
        }

        return Distinct(found);
    }

    /// <summary>
    /// …。(省政务办、省司法厅,各设区市政府): a remark of nothing but offices, behind a whole sentence or with a date. Behind a name it
    /// is another name of that office.
    /// </summary>
    private static bool IsBareList(CleanText clean, TextRange range, TextRange bracket)
    {
        // (市委组织部、市水务局;第二季度完成): when it is due stands beside who does it.
        var all = Brackets.Split(clean.Text, bracket, "、,;").ToList();
        var items = all.Where(i => !DateReader.Find(clean, i, null).Any()).Select(clean.Slice).Where(i => !RuleLists.DueWords.Any(w => i.StartsWith(w, StringComparison.Ordinal))).ToList();
        if (items.Count == all.Count && (bracket.Start - 2 < range.Start || clean.Text[bracket.Start - 2] is not ('。' or ';' or '”')))
        {
            return false;
        }

        return items.Count > 0 && items.Any(LooksLikeOffice)
            && items.All(i => i.Length >= 3 && (LooksLikeOffice(i) || i.EndsWith("部门", StringComparison.Ordinal) || i.EndsWith("单位", StringComparison.Ordinal) || RuleLists.OfficeGeneric.Contains(i)));
    }

    /// <summary>Whether a remark gives the task to anybody, be it only to 各地区、各部门.</summary>
    public static bool HasRemark(CleanText clean, TextRange range)
    {
        foreach (var bracket in Brackets.Within(clean.Text, range, LongestRemark))
        {
            var names = Brackets.Split(clean.Text, bracket, "。").FirstOrDefault();
            if (RoleOf(clean, ref names) is not null && RuleLists.OfficeGeneric.Any(g => clean.Slice(names).EndsWith(g, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The offices of label lines within the range: 责任单位:A、B;配合单位:C。</summary>
    public static IReadOnlyList<OfficeMention> ReadLabels(CleanText clean, TextRange range)
    {
        var found = new List<OfficeMention>();
        bool? leads = null;
        var end = -1;
        foreach (var clause in Brackets.Split(clean.Text, range, "。;\n"))
        {
            if (LabelOf(clean, clause) is { } label)
            {
                found.AddRange(ReadList(clean, label.Value, label.Leads));
                leads = label.Leads;
            }
            else if (leads is { } continued && clause.Start == end + 1 && clean.Text[end] == ';' && IsList(clean, clause))
            {
                // 责任单位:A;B: the list goes on behind the semicolon.
                found.AddRange(ReadList(clean, clause, continued));
            }
            else
            {
                leads = null;
            }

            end = clause.End;
        }

        return Distinct(found);
    }

    /// <summary>
    /// The offices that running text gives a task to: 由A牵头,B、C配合; 牵头单位为A. Every name of the clause must be an
    /// office's, and a particular one's.
    /// </summary>
    public static IReadOnlyList<OfficeMention> ReadProse(CleanText clean, TextRange range)
    {
        var found = new List<OfficeMention>();
        foreach (var sentence in Brackets.Split(clean.Text, range, "。;\n"))
        {
            var goesOn = false;
            foreach (var clause in Brackets.Split(clean.Text, sentence, ",").SelectMany(c => RoleClauses(clean, c)).Take(MostClauses))
            {
                var text = clean.Slice(clause with { Length = Math.Min(clause.Length, LongestRemark) });
                var named = Gives.Match(text) is { Success: true } gives ? gives
                    : Heads.Match(text) is { Success: true } heads ? heads
                    : goesOn && Assists.Match(text) is { Success: true } assists ? assists
                    : Is.Match(text) is { Success: true } stated ? stated
                    : HeadsTask.Match(text) is { Success: true } task && ThemeReader.BeginsAsTask(task.Groups["task"].ValueSpan) ? task
                    : null;
                goesOn = named is not null;
                if (named is null)
                {
                    found.AddRange(Jointly(clean, clause, text));
                    continue;
                }

                var names = named.Groups["names"];
                var offices = Names(clean, new TextRange(clause.Start + names.Index, names.Length)).ToList();
                var parts = Brackets.Split(clean.Text, new TextRange(clause.Start + names.Index, names.Length), "、").Count();
                if (offices.Count >= parts && offices.All(o => o.Name.Length >= 3 && !Vague.IsMatch(o.Name)))
                {
                    var leads = !AssistingRoles.Contains(named.Groups["role"].Value);
                    found.AddRange(offices.Select(o => new OfficeMention(o.Name, o.Range, leads) { Basis = ConfidenceBasis.Pattern }));
                }
            }
        }

        return Distinct(found);
    }

    /// <summary>由A会同B、C编制…: the first of them leads.</summary>
    private static IEnumerable<OfficeMention> Jointly(CleanText clean, TextRange clause, string text)
    {
        if (Together.Match(text) is not { Success: true } match || !ThemeReader.BeginsAsTask(match.Groups["task"].ValueSpan))
        {
            return [];
        }

        var (lead, others) = (match.Groups["lead"], match.Groups["others"]);
        var named = new[] { new TextRange(clause.Start + lead.Index, lead.Length) }.Concat(Brackets.Split(clean.Text, new TextRange(clause.Start + others.Index, others.Length), "、")).ToList();
        return named.All(n => LooksLikeOffice(clean.Slice(n)) && !Vague.IsMatch(clean.Slice(n)))
            ? named.Select((n, i) => new OfficeMention(clean.Slice(n), n, i == 0) { Basis = ConfidenceBasis.Pattern })
            : [];
    }

    private static readonly Regex Together = Pattern.Of(@"^由?(?<lead>[\u3400-\u9fff()]{3,25}?)会同(?<others>[\u3400-\u9fff、]{2,60}?[局委办厅部院署行])(?<task>[\u3400-\u9fff]{2,})");

    /// <summary>由A牵头、B配合 is two clauses, though no comma parts them.</summary>
    private static IEnumerable<TextRange> RoleClauses(CleanText clean, TextRange clause)
    {
        const string lead = "牵头、";
        var at = clean.Text.AsSpan(clause.Start, Math.Min(clause.Length, LongestRemark)).IndexOf(lead);
        return at < 0 ? [clause] : [clause with { Length = at + lead.Length - 1 }, TextRange.Between(clause.Start + at + lead.Length, clause.End)];
    }

    /// <summary>Whether a remark in brackets names offices.</summary>
    public static bool IsRemark(CleanText clean, TextRange inner) =>
        Read(clean, inner, leads: true, roleNeeded: true).Count > 0 || IsBareList(clean, TextRange.Between(0, inner.End), inner);

    /// <summary>(市场监管部门负责,6月底前完成): whether a remark says who acts, be it by no office's name.</summary>
    public static bool SaysWho(CleanText clean, TextRange inner) =>
        Brackets.Split(clean.Text, inner, ",;。").Any(c => ByKind.IsMatch(clean.Slice(c with { Length = Math.Min(c.Length, LongestRemark) })));

    private static readonly Regex ByKind = Pattern.Of($"^[\\u3400-\\u9fff、]{{2,40}}(?:部门|单位|政府|机构|地区|街道|乡镇)(?:分别|共同|牵头|具体|按职责分工|组织)*(?:负责|牵头|落实|实施)$");

    public static bool LooksLikeOffice(string name) => IsOffice(name) || IsDoubleName(name);

    /// <summary>市商务局(市口岸办): one office under two names.</summary>
    private static bool IsDoubleName(string name)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        return open >= 3 && name[^1] == ')' && IsOffice(name[..open]) && name[(open + 1)..^1] is { Length: >= 3 } other
            && IsOffice(other) && !RuleLists.LeadVerbs.Concat(RuleLists.AssistingVerbs).Contains(other);
    }

    private static bool IsOffice(string name) =>
        name.Length is >= 2 and <= LongestName
        && (RuleLists.OfficeSuffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal)) || RuleLists.OfficePrefixes.Any(p => name.Length > p.Length + 1 && name.Length <= p.Length + 12 && name.StartsWith(p, StringComparison.Ordinal)) || Group.IsMatch(name))
        && !name.AsSpan().ContainsAny(NeverInNames);

    private static List<OfficeMention> Read(CleanText clean, TextRange range, bool leads, bool roleNeeded)
    {
        var found = new List<(OfficeMention Office, bool Headed)>();
        var anyLeader = false;
        bool? inherited = null;
        foreach (var clause in Brackets.Split(clean.Text, range, ",;。\n\t"))
        {
            var role = inherited;
            var names = clause;
            if (LabelOf(clean, clause) is { } label)
            {
                (names, role) = (label.Value, label.Leads);
                inherited = role;
            }
            else if (clean.Text.AsSpan(clause.Start, clause.Length).IndexOf(':') >= 0)
            {
                // A label of another kind (适用范围:…) ends the list of offices.
                inherited = null;
                continue;
            }

            var headed = false;
            if (RoleOf(clean, ref names) is { } verb)
            {
                role = verb.Leads;
                headed = verb.Heads;
                anyLeader |= headed;
            }

            if (roleNeeded && role is null)
            {
                continue;
            }

            foreach (var part in Brackets.SplitWord(clean.Text, names, "会同"))
            {
                // A会同B: B assists.
                var partLeads = (role ?? leads) && part.Start == names.Start;
                foreach (var (name, place) in Names(clean, part))
                {
                    found.Add((new OfficeMention(name, place, partLeads), headed));
                }
            }
        }

        // Where one office heads the task, those that are "responsible by division of duties" assist it.
        return Distinct(found.Select(f => anyLeader && !f.Headed ? f.Office with { Leads = false } : f.Office));
    }

    private static bool IsList(CleanText clean, TextRange clause) =>
        Brackets.Split(clean.Text, clause, "、,").All(item => LooksLikeOffice(clean.Slice(item)));

    private static (TextRange Value, bool Leads)? LabelOf(CleanText clean, TextRange clause)
    {
        var text = clean.Text.AsSpan(clause.Start, clause.Length);
        var colon = text.IndexOf(':');
        if (colon is < 2 or > 10 || text[0] is < '\u4e00' or > '\u9fff')
        {
            return null;
        }

        var rest = TextRange.Between(clause.Start + colon + 1, clause.End);
        return TableColumns.KindOf(clean, clause with { Length = colon }) switch
        {
            TableColumn.Lead => (rest, true),
            TableColumn.Assisting => (rest, false),
            _ => null,
        };
    }

    private static (bool Leads, bool Heads)? RoleOf(CleanText clean, ref TextRange names)
    {
        (bool, bool)? role = null;
        for (var again = true; again;)
        {
            again = false;
            var text = clean.Slice(names);
            foreach (var (verbs, leads) in new[] { (RuleLists.LeadVerbs, true), (RuleLists.AssistingVerbs, false) })
            {
                if (verbs.Where(v => text.EndsWith(v, StringComparison.Ordinal)).MaxBy(v => v.Length) is { } verb)
                {
                    role ??= (leads, verb.StartsWith("牵头", StringComparison.Ordinal));
                    names = names with { Length = names.Length - verb.Length };
                    again = true;
                    break;
                }
            }
        }

        if (role is not null && clean.Slice(names).StartsWith('由'))
        {
            names = TextRange.Between(names.Start + 1, names.End);
        }

        return role;
    }

    private static IEnumerable<(string Name, TextRange Range)> Names(CleanText clean, TextRange range)
    {
        // 涪城区、游仙区、安州区人民政府 are three governments.
        var places = new List<TextRange>();
        foreach (var item in Brackets.Split(clean.Text, range, "、"))
        {
            foreach (var name in SplitConnected(clean, WithoutRole(clean, item)))
            {
                var text = clean.Slice(name);
                if (LooksLikeOffice(text) && !RuleLists.OfficeGeneric.Contains(text))
                {
                    if (places.Count > 0 && Government.Match(text) is { Success: true } government && RegionNames.IsKnown(text[..government.Index]))
                    {
                        foreach (var place in places)
                        {
                            yield return (clean.Slice(place) + government.Value, place);
                        }
                    }

                    places.Clear();
                    yield return (text, name);
                }
                else if (name.Length <= RegionNames.Longest && RegionNames.IsKnown(text))
                {
                    places.Add(name);
                }
                else
                {
                    places.Clear();
                }
            }
        }
    }

    /// <summary>省建设厅(牵头) is 省建设厅; the bracket of 各县(市、区) stays.</summary>
    private static TextRange WithoutRole(CleanText clean, TextRange item)
    {
        var text = clean.Slice(item);
        var open = text.LastIndexOf('(');
        return open > 0 && text[^1] == ')' && RuleLists.LeadVerbs.Concat(RuleLists.AssistingVerbs).Contains(text[(open + 1)..^1])
            ? item with { Length = open }
            : item;
    }

    /// <summary>
    /// 银保监会及各地区 and 商务部等国务院相关部门 are two names, 工业和信息化部 is one: a connector parts only where the
    /// words before it end as an office does.
    /// </summary>
    private static IEnumerable<TextRange> SplitConnected(CleanText clean, TextRange item)
    {
        var text = clean.Slice(item);
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            var connector = text[i] == '等' ? "等" : Connectors.FirstOrDefault(c => text.AsSpan(i).StartsWith(c));
            if (connector is not null && i - start <= LongestName && LooksLikeOffice(text[start..i]))
            {
                yield return new TextRange(item.Start + start, i - start);
                start = i + connector.Length;
            }
        }

        if (start < text.Length)
        {
            yield return new TextRange(item.Start + start, text.Length - start);
        }
    }

    private static List<OfficeMention> Distinct(IEnumerable<OfficeMention> mentions) =>
        [.. mentions.GroupBy(m => m.Name).Select(g => g.FirstOrDefault(m => m.Leads) is { } lead ? g.First() with { Leads = lead.Leads } : g.First())];
}
