using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Regions;

/// <summary>Regions that running text gives a task to, without a label: 推动A、B、C尽快…; 将事项赋权至某镇行使.</summary>
internal static class ProseRegions
{
    private const int MostSentences = 2_000;

    private static readonly Regex Acts = Pattern.Of("^(?:等|等地|等市|等地区|分别|先行|率先)?(?:要|先行|率先|开展|试点|承担|牵头|负责|探索)");

    // Powers handed down to a town: 赋权至海头镇, 下放给甲街道、乙街道.
    private static readonly Regex HandedTo = Pattern.Of(
        $@"(?:赋权|下放|下沉|委托|移交|授权)(?:至|给|到|予)(?<names>(?:{Pattern.Han}{{2,6}}?(?:镇|乡|街道)(?:人民政府|办事处)?[、和]?)+)");

    private static readonly Regex Town = Pattern.Of($@"^(?<name>{Pattern.Han}{{1,5}}(?:镇|乡|街道))(?:人民政府|办事处)?$");
    private static readonly Regex TownInTitle = Pattern.Of($@"\((?<name>{Pattern.Han}{{1,5}}(?:镇|乡|街道))\)");

    /// <summary>
    /// The first enumeration of at least two known regions behind a word that sets them to work. Regions to learn from
    /// (赴深圳、杭州学习) stand behind other words.
    /// </summary>
    public static IReadOnlyList<RegionMention> ReadTask(CleanText clean, TextRange range)
    {
        foreach (var clause in Brackets.Split(clean.Text, range, ",;。:\n\t"))
        {
            var text = clean.Text.AsSpan(clause.Start, clause.Length);
            if (text.IndexOfAny('、', '和') < 0)
            {
                continue;
            }

            for (var i = 0; i < text.Length; i++)
            {
                var isStart = i == 0;
                if (!isStart && !EndsWithLead(text[..i]))
                {
                    continue;
                }

                var (names, end) = Chain(text, i);
                if (names.Count >= 2 && (!isStart || Acts.IsMatch(text[end..])))
                {
                    return [.. names.Select(n => Mention(clean, clause.Start + n.Start, n.Length))];
                }
            }
        }

        return [];
    }

    /// <summary>The first enumeration of at least two known regions, at the head of a clause or behind a leading word.</summary>
    public static IReadOnlyList<RegionMention> FirstChain(CleanText clean, TextRange range)
    {
        var found = new List<RegionMention>();
        foreach (var clause in Brackets.Split(clean.Text, range, ",;。:\n\t").Take(40))
        {
            var text = clean.Text.AsSpan(clause.Start, Math.Min(clause.Length, 400));
            for (var i = 0; i < (found.Count == 0 ? text.Length : 1); i++)
            {
                if ((i == 0 || EndsWithLead(text[..i])) && Chain(text, i).Names is var names && names.Count >= (found.Count == 0 ? 2 : 1))
                {
                    found.AddRange(names.Select(n => Mention(clean, clause.Start + n.Start, n.Length)));
                    break;
                }
            }

            // 上饶市、鹰潭市全域,南昌市进贤县…: the enumeration goes on behind a comma.
            if (found.Count > 0 && (found[^1].Range.Start < clause.Start || clause.End >= clean.Text.Length || clean.Text[clause.End] != ','))
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The known regions that a passage begins with, as one passage: 甲市、乙市 of 甲市、乙市探索…; null where it begins with none.</summary>
    public static TextRange? Leading(CleanText clean, TextRange range) =>
        Chain(clean.Text.AsSpan(range.Start, Math.Min(range.Length, 400)), 0).Names is { Count: > 0 } names
            ? new TextRange(range.Start + names[0].Start, names[^1].End - names[0].Start)
            : null;

    /// <summary>决定将甲区、乙区…试点期限延长: known regions behind a word that decides, in a clause about the pilot.</summary>
    public static RegionGroup? FindSet(CleanText clean, IEnumerable<TextRange> body)
    {
        foreach (var clause in body.SelectMany(r => Brackets.Split(clean.Text, r, "。;,:\n\t")).Take(MostSentences))
        {
            var text = clean.Slice(clause with { Length = Math.Min(clause.Length, 400) });
            if (!text.Contains("试点", StringComparison.Ordinal) || Told.IsMatch(text) || Decides.Match(text) is not { Success: true } decides)
            {
                continue;
            }

            var names = Chain(text, decides.Index + decides.Length).Names;
            if (names.Count >= 2)
            {
                return new RegionGroup([.. names.Select(n => Mention(clean, clause.Start + n.Start, n.Length))], names.Count, null, TextRange.Between(clause.Start + names[0].Start, clause.Start + names[^1].End))
                {
                    Basis = ConfidenceBasis.Inferred,
                };
            }
        }

        return null;
    }

    private static readonly Regex Decides = Pattern.Of("^(?:经?研究)?(?:决定|同意|批准|确定|选定|拟|现)(?:将|在|由|对|以)?");
    private static readonly Regex Told = Pattern.Of("经验|成效|做法|汇报|学习|考察|借鉴|赴");

    private static bool EndsWithLead(ReadOnlySpan<char> text)
    {
        foreach (var lead in RuleLists.RegionLeads)
        {
            if (text.EndsWith(lead))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The towns that powers are handed down to, or that the title names in brackets.</summary>
    public static IReadOnlyList<RegionMention> ReadReceivers(CleanText clean, TextRange? title, IEnumerable<TextRange> body)
    {
        var found = new List<RegionMention>();
        if (title is { } heading && TownInTitle.Match(clean.Slice(heading)) is { Success: true } named)
        {
            found.Add(Mention(clean, heading.Start + named.Groups["name"].Index, named.Groups["name"].Length));
        }

        foreach (var range in body.Take(MostSentences))
        {
            foreach (Match match in HandedTo.Matches(clean.Slice(range)))
            {
                var names = match.Groups["names"];
                foreach (var item in Brackets.Split(clean.Text, new TextRange(range.Start + names.Index, names.Length), "、和"))
                {
                    if (Town.Match(clean.Slice(item)) is { Success: true } town && town.Groups["name"].Value is var name && !IsGeneric(name))
                    {
                        found.Add(Mention(clean, item.Start, name.Length));
                    }
                }
            }
        }

        return [.. found.DistinctBy(f => f.Name)];
    }

    private static bool IsGeneric(string name) => name[0] is '各' or '全' or '有' or '乡' or '本' or '该' or '县' or '区' or '市';

    private static (List<TextRange> Names, int End) Chain(ReadOnlySpan<char> text, int start)
    {
        var names = new List<TextRange>();
        for (var i = start; ;)
        {
            var length = RegionNames.KnownPrefix(text[i..]);
            length = length == 0 && names.Count > 0 ? ZonePrefix(text[i..]) : length;
            if (length == 0)
            {
                // A、B和没有名字的: what was read before the connector stands.
                return (names, names.Count > 0 ? names[^1].End : start);
            }

            names.Add(new TextRange(i, length));
            i += length;
            if (i >= text.Length || text[i] is not ('、' or '和' or '与' or '及'))
            {
                return (names, i);
            }

            i++;
        }
    }

    /// <summary>甲区、某某新区、乙区: a zone among known regions, up to the sign that parts them.</summary>
    private static int ZonePrefix(ReadOnlySpan<char> text)
    {
        var end = text[..Math.Min(text.Length, RegionNames.Longest)].IndexOfAny('、', '和', '与');
        if (end >= 4 && RegionNames.IsNamedZone(text[..end].ToString()))
        {
            return end;
        }

        // 渝水区、分宜县、高新区: the zone of the city whose districts these are.
        var longest = 0;
        foreach (var zone in RuleLists.ZoneSuffixes)
        {
            longest = zone.Length >= 3 && zone[^1] == '区' && zone.Length > longest && text.StartsWith(zone) ? zone.Length : longest;
        }

        return longest;
    }

    private static RegionMention Mention(CleanText clean, int start, int length)
    {
        var range = new TextRange(start, length);
        return new RegionMention(clean.Slice(range), range);
    }
}
