using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Rules;
using PilotPlatform.NoticeImport.Themes;

namespace PilotPlatform.NoticeImport.Regions;

/// <summary>A region named in the text.</summary>
internal sealed record RegionMention(string Name, TextRange Range);

/// <summary>An enumeration of regions with the number that the text states for it.</summary>
/// <param name="Regions">All of them.</param>
/// <param name="Named">How many of them the number counts.</param>
/// <param name="Stated">The number; null where the text states none.</param>
/// <param name="Range">The passage.</param>
internal sealed record RegionGroup(IReadOnlyList<RegionMention> Regions, int Named, int? Stated, TextRange Range)
{
    /// <summary>A number that agrees confirms the list; a heading labels it; running text is a pattern.</summary>
    public ConfidenceBasis Basis { get; init; } = ConfidenceBasis.Pattern;
}

/// <summary>Reads regions from label lines, cells and prose.</summary>
internal static class RegionReader
{
    private const int LongestEnumeration = 2000;
    private const int MostCounts = 20;

    private static readonly SearchValues<char> NeverInNames = SearchValues.Create("。,:;!?《》0123456789");

    private static readonly Regex Counted = Pattern.Of(@"等?(?<n>\d{1,3})个(?<unit>[\u3400-\u9fff()、]{1,12})");
    private static readonly Regex Declared = Pattern.Of(@"(?:为|作为|列为|开展|进行|深化|实施|启动|推进|先行开展|率先开展)[^。;,\n]{0,30}试点|(?:先行|率先)(?:试点|先试|开展|实施|推行|试行)|(?<bare>试点)(?:[,(]|$)");
    private static readonly Regex FurtherRegion = Pattern.Of(
        @"^[\u3400-\u9fff]{1,4}(?:\([^()]{1,10}\))?(?:和|及|以及)(?<name>[\u3400-\u9fff]{2,14}?)(?:开展|为|作为|列为|先行|率先|实施|进行)");

    private static readonly Regex ListTitle = Pattern.Of(@"(?:试点|先行|示范|试验|实验)[^。;:]{0,10}名单(?:\([^()]{0,12}\))?(?:如下)?:?$");
    private static readonly Regex ListRemark = Pattern.Of(@"^\([^()]{2,40}\)$|^[^。;,]{2,24}(?:\(\d{1,3}个\)|\d{1,3}个|:)$");
    private static readonly Regex AnnouncesList = Pattern.Of("(?:以下|下列|如下)[^。;:]{0,20}(?:试点|先行|试验|示范)[^。;:]{0,60}:|(?:试点|先行|试验|示范)[^。;:]{0,20}(?:以下|下列|如下)[^。;:]{0,20}:");
    private static readonly Regex OwnLevel = Pattern.Of("^[省市县区州盟]本级[及和与]?");
    private static readonly Regex Abbreviation = Pattern.Of("^(?:以下|下称|简称|统称|下同|不含|除|含)");
    private static readonly Regex LabelInProse = Pattern.Of(Pattern.AnyOf(RuleLists.RegionLabels) + "(?:确定|选定|选择|包括|为|是|分别)+");
    private static readonly Regex BelongsTo = Pattern.Of("所属|所辖|辖区|境内|范围内|部分");
    private static readonly Regex CountBehind = Pattern.Of(@"(?:共|合计)?\d{1,3}个[^、]{1,12}$");
    private static readonly Regex SelfCounted = Pattern.Of(@"等(?<n>\d{1,3})个");
    private static readonly Regex GroupReference = Pattern.Of(@"^(?<n>\d{1,3})个[\u3400-\u9fff]{0,8}(?:区域|地区|城市|省|市|县|区)$");
    private static readonly string[] Openings = ["经研究", "研究", "决定", "现", "拟", "先", "先期", "首批", "分别", "我省", "我市", "我县", "我区", "全省", "全市", "本省", "本市", "选择", "选取", "确定", "同意", "批准", "支持", "将", "在", "由", "对", "于", "以", "和", "及"];

    /// <summary>The regions of a list: names parted by 、; a part of a region stays with it in brackets, a remark goes.</summary>
    public static IReadOnlyList<RegionMention> ReadList(CleanText clean, TextRange range)
    {
        var sentence = Brackets.Split(clean.Text, range, "。;\n").FirstOrDefault();
        var found = new List<RegionMention>();
        foreach (var item in Brackets.Split(clean.Text, sentence, "、,"))
        {
            foreach (var name in Names(clean, item))
            {
                var text = clean.Slice(name);
                if (IsRegion(text))
                {
                    found.Add(new RegionMention(text, name));
                }
            }
        }

        return found;
    }

    /// <summary>The list behind a label such as 试点地区: anywhere in the range.</summary>
    public static IReadOnlyList<RegionMention> ReadLabelled(CleanText clean, TextRange range)
    {
        var text = clean.Slice(range);
        foreach (var label in RuleLists.RegionLabels)
        {
            var at = text.IndexOf(label + ":", StringComparison.Ordinal);
            if (at < 0)
            {
                continue;
            }

            var start = range.Start + at + label.Length + 1;
            var end = EndOfValue(clean.Text, start, range.End);
            var list = ReadList(clean, TextRange.Between(start, end));
            if (list.Count > 0)
            {
                return list;
            }
        }

        return [];
    }

    private const int LongestRemark = 200;

    private static readonly Regex RemarkLead = Pattern.Of("^(?:拟|首批|先行)?(?:试点|先行|承担|实施|推广|适用|牵头)(?:地区|地|市|县|区|城市|县区|范围|单位|区域|市县)?(?:[:为]|包括)|^(?:在|由)");
    private static readonly Regex RemarkRole = Pattern.Of("(?:等地|等市|等县|等)?(?:\\d{1,2}个?[市县区地]{1,3})?(?:先行|率先|开展|承担|试点|先试|进行|负责|实施)+$");

    /// <summary>The regions of a remark in brackets that says what they are for: (试点:A、B), (A、B先行).</summary>
    public static IReadOnlyList<RegionMention> ReadRemarks(CleanText clean, TextRange range) =>
        Brackets.Within(clean.Text, range, LongestRemark).Select(b => ReadRemark(clean, b)).FirstOrDefault(r => r.Count > 0) ?? [];

    public static IReadOnlyList<RegionMention> ReadRemark(CleanText clean, TextRange bracket)
    {
        var text = clean.Slice(bracket);
        var start = RemarkLead.Match(text) is { Success: true } lead ? lead.Length : 0;
        var end = RemarkRole.Match(text) is { Success: true } role && role.Index > start ? role.Index : text.Length;
        return start > 0 || end < text.Length ? KnownList(clean, TextRange.Between(bracket.Start + start, bracket.Start + end)) : [];
    }

    /// <summary>
    /// A remark of nothing but regions at the end of a passage (推行…改革(苏州市、无锡市)). It may say who is to try it as
    /// well as who has; a part of a region (南通市(如皋市)) is neither.
    /// </summary>
    public static (IReadOnlyList<RegionMention> Regions, TextRange Remark)? ReadBareRemark(CleanText clean, TextRange passage)
    {
        var text = clean.Text.AsSpan(passage.Start, passage.Length);
        var open = text.LastIndexOf('(');
        if (open < 4 || text[^1] != ')' || text.Length - open > LongestRemark || EndsWithDivision(text[..open]))
        {
            return null;
        }

        var regions = KnownList(clean, TextRange.Between(passage.Start + open + 1, passage.End - 1));
        return regions.Count > 0 ? (regions, TextRange.Between(passage.Start + open, passage.End)) : null;
    }

    private static bool EndsWithDivision(ReadOnlySpan<char> text)
    {
        for (var length = 2; length <= Math.Min(RegionNames.Longest, text.Length); length++)
        {
            if (RegionNames.IsKnown(text[^length..].ToString()))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<RegionMention> KnownList(CleanText clean, TextRange list) =>
        ListOf(clean, [list]) is { Count: > 0 } named && named.All(r => RegionNames.IsKnown(r.Name)) ? named : [];

    /// <summary>适用范围均为所有自贸试验区: the regions of all further items that name none.</summary>
    public static IReadOnlyList<RegionMention> ReadDefault(CleanText clean, TextRange range)
    {
        var text = clean.Slice(range);
        foreach (var label in RuleLists.RegionLabels)
        {
            var at = text.IndexOf(label + "均为", StringComparison.Ordinal);
            if (at >= 0)
            {
                var start = range.Start + at + label.Length + 2;
                return ReadList(clean, TextRange.Between(start, EndOfValue(clean.Text, start, range.End)));
            }
        }

        return [];
    }

    /// <summary>
    /// An enumeration in a sentence about a pilot: A、B等19个县(市、区)为…试点; or A、B为…试点 where each is a known
    /// division. A list of districts in a sentence about something else (amounts, offices) is none.
    /// </summary>
    public static RegionGroup? FindProgrammeRegions(CleanText clean, TextRange range)
    {
        if (Announced(clean, range) is { } announced)
        {
            return announced;
        }

        foreach (var sentence in Brackets.Split(clean.Text, range, "。;\n"))
        {
            var text = clean.Slice(sentence);
            if (!text.Contains("试点", StringComparison.Ordinal) && !text.Contains("试验区", StringComparison.Ordinal) && !text.Contains("先行", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var match in Counted.Matches(text).Take(MostCounts))
            {
                var list = Before(clean, sentence, sentence.Start + match.Index);
                if (list.Count >= 2)
                {
                    // The number counts what stands before it: A、B等10个省(区、市)和C市 are eleven.
                    var named = list.Count;
                    var more = FurtherGroup(clean, sentence, match);
                    list.AddRange(more);
                    if (more.Count == 0 && Added(clean, sentence, match) is { } added)
                    {
                        list.Add(added);
                    }

                    var stated = int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);
                    return new RegionGroup(list, named, stated, TextRange.Between(list[0].Range.Start, sentence.Start + match.Index + match.Length))
                    {
                        Basis = named == stated ? ConfidenceBasis.Confirmed : ConfidenceBasis.Assumed,
                    };
                }
            }

            // 试点区域为A、B。 A label within the sentence.
            if (LabelInProse.Match(text) is { Success: true } labelled)
            {
                var rest = TextRange.Between(sentence.Start + labelled.Index + labelled.Length, sentence.End);
                var named = ListOf(clean, [rest]) is { Count: > 0 } plain && plain.All(r => RegionNames.IsKnown(r.Name)) ? plain : [.. ProseRegions.FirstChain(clean, rest)];
                if (named.Count >= 2)
                {
                    return new RegionGroup(named, named.Count, null, TextRange.Between(named[0].Range.Start, named[^1].Range.End)) { Basis = ConfidenceBasis.Labelled };
                }
            }

            foreach (var declared in Declared.Matches(text).Take(MostCounts))
            {
                // 《长沙市推进…试点工作方案》 names a document, not where it applies.
                var before = text.AsSpan(0, declared.Index);
                if (before.Count('《') > before.Count('》'))
                {
                    continue;
                }

                // 在浙江省、广东省区域性股权市场开展…: words about them follow the last of them.
                var list = Before(clean, sentence, sentence.Start + declared.Index);
                list = list.Count > 0 ? list : [.. ProseRegions.FirstChain(clean, sentence with { Length = declared.Index })];
                // 成都市等5个市: one of several that stand elsewhere.
                var isOfSeveral = list.Count == 1 && list[0].Range.End < sentence.End && clean.Text[list[0].Range.End] == '等';
                var least = declared.Groups["bare"].Success ? 2 : 1;
                if (list.Count >= least && !isOfSeveral && (list.All(r => RegionNames.IsKnown(r.Name)) || IsZones(list) || (list.Count >= 2 && list.All(r => IsTown(r.Name) || IsTownOfKnown(r.Name)))))
                {
                    return new RegionGroup(list, list.Count, null, TextRange.Between(list[0].Range.Start, list[^1].Range.End));
                }
            }
        }

        return null;
    }

    /// <summary>Zones, each with a name of its own (某某生态城), beside at least one that is known or three of them.</summary>
    private static bool IsZones(List<RegionMention> list) =>
        list.Count >= 2 && (list.Count >= 3 || list.Any(r => RegionNames.IsKnown(r.Name))) && list.All(r => RegionNames.IsKnown(r.Name) || RegionNames.IsNamedZone(r.Name) || RuleLists.ZoneSuffixes.Contains(r.Name));

    /// <summary>确定以下城市为试点:A,B、C。 Every name behind the colon must be a known division.</summary>
    private static RegionGroup? Announced(CleanText clean, TextRange range)
    {
        if (AnnouncesList.Match(clean.Slice(range with { Length = Math.Min(range.Length, LongestEnumeration) })) is not { Success: true } match)
        {
            return null;
        }

        var rest = TextRange.Between(range.Start + match.Index + match.Length, range.End);
        var list = Brackets.Split(clean.Text, rest, "。\n").Select(s => ListOf(clean, [s])).FirstOrDefault();
        return list is { Count: >= 2 } && list.All(r => RegionNames.IsKnown(r.Name))
            ? new RegionGroup(list, list.Count, null, TextRange.Between(list[0].Range.Start, list[^1].Range.End))
            : null;
    }

    /// <summary>Towns are in no list of divisions; 乡镇 and 各镇 are no names.</summary>
    private static bool IsTown(string name) =>
        name.Length is >= 3 and <= 6 && name[^1] is '镇' or '乡' or '道' && !"各全本该有".Contains(name[0], StringComparison.Ordinal) && !name.EndsWith("乡镇", StringComparison.Ordinal) && !name.EndsWith("渠道", StringComparison.Ordinal);

    /// <summary>罗定市船步镇: a town behind the division that it belongs to.</summary>
    private static bool IsTownOfKnown(string name) =>
        name.Length <= RegionNames.Longest && Enumerable.Range(2, Math.Max(0, name.Length - 4)).Any(i => IsTown(name[i..]) && RegionNames.IsKnown(name[..i]));

    /// <summary>
    /// The regions under a heading such as 试点范围, or in the list of an annex (试点地区名单): every item of the text below
    /// must be a region.
    /// </summary>
    public static RegionGroup? FindHeaded(CleanText clean, BlockTree tree)
    {
        foreach (var line in tree.Lines.Where(l => !l.IsRow && l.Body.Length is > 0 and <= 2_000))
        {
            var body = clean.Slice(line.Body);
            var end = body.AsSpan().IndexOfAny('。', ':');
            var heading = (end < 0 ? body : body[..end]).TrimEnd(':');
            if (line.Mark is not null && RuleLists.RegionLabels.Any(l => l == heading || l == RegionNames.WithoutPart(heading)))
            {
                var below = end >= 0 && end + 1 < body.Length ? [TextRange.Between(line.Body.Start + end + 1, line.Body.End)] : line.Children.Where(c => !c.IsRow).Select(c => c.Body);
                var passages = below.ToList();
                var list = ListOf(clean, passages) is { Count: >= 2 } plain ? plain
                    : [.. passages.Take(3).Select(p => ProseRegions.FirstChain(clean, p)).FirstOrDefault(c => c.Count >= 2) ?? []];
                if (list.Count >= 2)
                {
                    return new RegionGroup(list, list.Count, null, TextRange.Between(list[0].Range.Start, list[^1].Range.End)) { Basis = ConfidenceBasis.Labelled };
                }
            }
        }

        for (var i = 0; i + 1 < tree.Lines.Count; i++)
        {
            var line = tree.Lines[i];
            if (line.IsRow || !(line.Range.Length <= 60 ? ListTitle.IsMatch(clean.Slice(line.Range)) || AnnouncesBelow(clean, line) : AnnouncesBelow(clean, line)))
            {
                continue;
            }

            var found = ListBelow(clean, tree, i + 1);

            if (found.Count >= 2)
            {
                return new RegionGroup(found, found.Count, null, TextRange.Between(found[0].Range.Start, found[^1].Range.End)) { Basis = ConfidenceBasis.Labelled };
            }
        }

        return null;
    }

    /// <summary>经审核,确定以下地区为…试点: with the list on the lines below.</summary>
    private static bool AnnouncesBelow(CleanText clean, Block line)
    {
        var tail = TextRange.Between(Math.Max(line.Range.Start, line.Range.End - 120), line.Range.End);
        return clean.Text[line.Range.End - 1] == ':' && AnnouncesList.Matches(clean.Slice(tail)).Any(m => m.Index + m.Length == tail.Length);
    }

    /// <summary>The lines of a list, and its rows; remarks and headings between them (综合试点(3个)) name none.</summary>
    private static List<RegionMention> ListBelow(CleanText clean, BlockTree tree, int start)
    {
        var found = new List<RegionMention>();
        var skipped = 0;
        foreach (var line in tree.Lines.Skip(start).TakeWhile(l => l.Body.Length <= 2_000))
        {
            List<RegionMention>? list = null;
            if (line.IsRow)
            {
                // Of a province and its cities the last cell counts; a header names none.
                var cells = line.Cells.Where(c => c.Length > 0 && !clean.Slice(c).All(char.IsAsciiDigit)).ToList();
                list = cells.Any(c => TableColumns.KindOf(clean, c) is not null) ? null : cells.Select(c => ListOf(clean, [c])).LastOrDefault(l => l is { Count: > 0 });
            }
            else
            {
                // 东部地区(5个) is a heading, though it ends as regions do.
                list = line.Mark is not null && ListRemark.IsMatch(clean.Slice(line.Body)) ? null : ListOf(clean, [line.Body]);
            }

            if (list is { Count: > 0 })
            {
                found.AddRange(list);
                skipped = 0;
            }
            else if (++skipped > 2 || !(line.IsRow ? found.Count == 0 : ListRemark.IsMatch(clean.Slice(line.Body))))
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The regions of lists that hold nothing else (江苏省:A、B); null where they do.</summary>
    private static List<RegionMention>? ListOf(CleanText clean, IEnumerable<TextRange> lines)
    {
        var found = new List<RegionMention>();
        foreach (var sentence in lines.SelectMany(l => Brackets.Split(clean.Text, l, "。;\n")))
        {
            var text = clean.Slice(sentence);
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var list = colon is > 0 and <= 12 ? TextRange.Between(sentence.Start + colon + 1, sentence.End) : sentence;
            var names = Brackets.Split(clean.Text, list, "、,").Where(item => OwnLevel.Match(clean.Slice(item)).Length < item.Length).SelectMany(item => Names(clean, WithoutOwnLevel(clean, item))).ToList();
            if (names.Count == 0 || names.Any(n => !IsRegion(clean.Slice(n))))
            {
                return found.Count > 0 ? found : null;
            }

            found.AddRange(names.Select(n => new RegionMention(clean.Slice(n), n)));
        }

        return found;
    }

    /// <summary>市本级及离石区, 市本级、离石区: the level that issues the text is no region of a list.</summary>
    private static TextRange WithoutOwnLevel(CleanText clean, TextRange item) =>
        OwnLevel.Match(clean.Slice(item)) is { Success: true } own ? TextRange.Between(item.Start + own.Length, item.End) : item;

    /// <summary>8个改革试验区域 in a cell: the enumeration of eight that the body gives, whatever their kind.</summary>
    public static IReadOnlyList<RegionMention> Resolve(CleanText clean, TextRange cell, IReadOnlyDictionary<string, IReadOnlyList<RegionMention>> groups) =>
        GroupReference.Match(clean.Slice(cell)) is { Success: true } reference
            ? groups.GetValueOrDefault(reference.Groups["n"].Value, [])
            : [];

    /// <summary>Every enumeration of the body that counts itself (A、B等8个区域), by its number.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<RegionMention>> Groups(CleanText clean, IEnumerable<TextRange> body)
    {
        var groups = new Dictionary<string, IReadOnlyList<RegionMention>>(StringComparer.Ordinal);
        foreach (var sentence in body.SelectMany(p => Brackets.Split(clean.Text, p, "。;\n,")))
        {
            if (sentence.Length <= LongestEnumeration && SelfCounted.Match(clean.Slice(sentence)) is { Success: true } match)
            {
                var names = Brackets.Split(clean.Text, new TextRange(sentence.Start, match.Index), "、").ToList();
                var stated = match.Groups["n"].Value;
                if (names.Count.ToString(CultureInfo.InvariantCulture) == stated)
                {
                    groups.TryAdd(stated, [.. names.Select(n => new RegionMention(clean.Slice(n), n))]);
                }
            }
        }

        return groups;
    }

    public static bool IsRegion(string name)
    {
        if (name.Length < 2 || name.Length > RegionNames.Longest || RuleLists.RegionLabels.Any(l => name.StartsWith(l, StringComparison.Ordinal)) || name.AsSpan().ContainsAny(NeverInNames))
        {
            return false;
        }

        var plain = RegionNames.WithoutPart(name);
        return RuleLists.RegionGroups.Any(g => name.StartsWith(g, StringComparison.Ordinal))
            || RegionNames.IsKnown(plain)
            || (RuleLists.RegionSuffixes.Any(s => plain.EndsWith(s, StringComparison.Ordinal)) && !plain.StartsWith('各') && plain.Length >= 3 && !RuleLists.RegionSuffixes.Contains(plain));
    }

    /// <summary>The names of one item of a list: a remark in brackets dropped, 等… cut, A和B parted.</summary>
    private static IEnumerable<TextRange> Names(CleanText clean, TextRange item)
    {
        var text = clean.Slice(item);
        var length = text.Length;
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open > 0)
        {
            var close = text.IndexOf(')', open);
            var inner = close > open ? text[(open + 1)..close] : "";
            length = IsPart(inner) ? close + 1 : open;
        }

        // 大田县所属园区: the division stands before what belongs to it.
        if (BelongsTo.Match(text) is { Success: true } belongs && RegionNames.IsKnown(text[..belongs.Index]))
        {
            length = Math.Min(length, belongs.Index);
        }

        // 甲街道、乙街道2个街道9个社区: how many there are is no part of the last name.
        if (CountBehind.Match(text) is { Success: true, Index: > 1 } count)
        {
            length = Math.Min(length, count.Index);
        }

        var etc = text.IndexOf('等', StringComparison.Ordinal);
        length = etc > 1 && etc < length ? etc : length;
        text = text[..length];

        // 呼和浩特市和林格尔县: the connector is a character of a name.
        foreach (var connector in RegionNames.IsDivisionName(text) ? Array.Empty<string>() : ["和", "及", "以及"])
        {
            var at = text.IndexOf(connector, StringComparison.Ordinal);
            if (at > 1 && at + connector.Length < text.Length && IsRegion(text[..at]) && IsRegion(text[(at + connector.Length)..]))
            {
                yield return new TextRange(item.Start, at);
                yield return TextRange.Between(item.Start + at + connector.Length, item.Start + length);
                yield break;
            }
        }

        yield return new TextRange(item.Start, length);
    }

    /// <summary>南通市(如皋市): a bracket that names divisions is part of the region, any other is a remark.</summary>
    private static bool IsPart(string inner) =>
        inner.Length > 0
        && !Abbreviation.IsMatch(inner)
        && inner.Split('、').All(p => p.Length is >= 2 and <= 8 && (RegionNames.IsKnown(p) || RuleLists.RegionSuffixes.Any(s => p.EndsWith(s, StringComparison.Ordinal))));

    /// <summary>A、B等9个县和C、D2个开发区: the second list that is counted.</summary>
    private static List<RegionMention> FurtherGroup(CleanText clean, TextRange sentence, Match counted)
    {
        var start = sentence.Start + counted.Groups["unit"].Index;
        var rest = clean.Slice(TextRange.Between(start, sentence.End));
        if (Counted.Matches(rest).FirstOrDefault(m => m.Index > 2) is not { } next)
        {
            return [];
        }

        var joint = rest.AsSpan(0, next.Index).IndexOfAny('和', '及', '与');
        if (joint is < 1 or > 10)
        {
            return [];
        }

        var found = new List<RegionMention>();
        foreach (var item in Brackets.Split(clean.Text, TextRange.Between(start + joint + 1, start + next.Index), "、"))
        {
            foreach (var name in Names(clean, item))
            {
                if (!IsRegion(clean.Slice(name)))
                {
                    return [];
                }

                found.Add(new RegionMention(clean.Slice(name), name));
            }
        }

        return found;
    }

    private static RegionMention? Added(CleanText clean, TextRange sentence, Match counted)
    {
        var start = sentence.Start + counted.Groups["unit"].Index;
        var rest = clean.Slice(new TextRange(start, Math.Min(60, sentence.End - start)));
        return FurtherRegion.Match(rest) is { Success: true } match && IsRegion(match.Groups["name"].Value)
            ? new RegionMention(match.Groups["name"].Value, new TextRange(start + match.Groups["name"].Index, match.Groups["name"].Length))
            : null;
    }

    private static List<RegionMention> Before(CleanText clean, TextRange sentence, int end)
    {
        var first = Math.Max(sentence.Start, end - LongestEnumeration);
        var start = first;
        for (var i = end - 1; i >= first; i--)
        {
            if (clean.Text[i] is ',' or ':')
            {
                start = i + 1;
                break;
            }
        }

        var items = Brackets.Split(clean.Text, TextRange.Between(start, end), "、").ToList();
        var found = new List<RegionMention>();
        for (var i = 0; i < items.Count; i++)
        {
            var item = i == 0 ? WithoutOpening(clean, items[i]) : items[i];
            foreach (var name in Names(clean, item))
            {
                var text = clean.Slice(name);
                if (!IsRegion(text) || OfficeReader.LooksLikeOffice(text))
                {
                    return [];
                }

                found.Add(new RegionMention(text, name));
            }
        }

        return found;
    }

    /// <summary>我市章贡区 and 决定在北京市 begin with words that are not the name's.</summary>
    private static TextRange WithoutOpening(CleanText clean, TextRange item)
    {
        var whole = clean.Slice(item);
        for (var start = 0; start < whole.Length - 1; start++)
        {
            if (RegionNames.IsKnown(whole[start..]))
            {
                return TextRange.Between(item.Start + start, item.End);
            }
        }

        for (var again = true; again;)
        {
            again = false;
            var text = clean.Slice(item);
            foreach (var opening in Openings)
            {
                if (text.Length > opening.Length + 1 && text.StartsWith(opening, StringComparison.Ordinal) && !RegionNames.IsKnown(text))
                {
                    item = TextRange.Between(item.Start + opening.Length, item.End);
                    again = true;
                    break;
                }
            }
        }

        // 决定自6月1日起在某某园区: the words before the place may be any.
        var rest = clean.Slice(item);
        var at = IsRegion(rest) ? -1 : rest.LastIndexOf('在');
        return at > 0 && IsRegion(rest[(at + 1)..]) ? TextRange.Between(item.Start + at + 1, item.End) : item;
    }

    private static int EndOfValue(string text, int start, int limit)
    {
        var depth = 0;
        for (var i = start; i < limit; i++)
        {
            if (text[i] == '(')
            {
                depth++;
            }
            else if (text[i] == ')' && --depth < 0)
            {
                return i;
            }
            else if (text[i] is '\n' or '\t' || (depth == 0 && text[i] is '。' or ';'))
            {
                return i;
            }
        }

        return limit;
    }
}
