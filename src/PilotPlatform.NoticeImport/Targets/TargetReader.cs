using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Targets;

/// <summary>A measurable target with its passage.</summary>
internal sealed record Target(TargetDraft Draft, TextRange Range, bool Ambiguous);

/// <summary>Reads percentages and least counts that a task has to reach.</summary>
internal static class TargetReader
{
    // Nothing that a person wrote has more; a text made to be slow has.
    private const int MostInClause = 20;
    private const int LongestLead = 80;

    private static readonly Regex Amount = Pattern.Of(
        @"(?<from>\d+(?:\.\d+)?)%?(?:(?<dash>—|–|-|~|至)+(?<to>\d+(?:\.\d+)?))?%(?<after>以上|以内|以下|左右)?"
        + @"|(?<least>不少于|不低于|至少)(?<count>\d+)(?<unit>[项个家件次种])"
        + @"|(?<count>\d+)(?<unit>[项个家件次种])(?<thing>[\u3400-\u9fff]{0,8})以上");

    /// <summary>推出“微改革”15项: how many things are to be done, said by its verb; what was done is a count.</summary>
    private static readonly Regex AskedFor = Pattern.Of(
        $@"(?:推出|新增|建成|打造|培育|选树|布设|新建|新设|推行|上线)(?<thing>[^。;,\d的了]{{0,24}}?)(?<count>\d{{1,5}})(?<unit>[项个家件次种])(?<least>以上|左右)?");

    private static readonly Regex Done = Pattern.Of("(?:已|累计|共|先后|成功|近年|去年|截至)[^,;。]{0,12}$");

    private static readonly Regex Things = Pattern.Of(
        $@"(?<things>(?:{Pattern.Han}{{1,8}}、)+{Pattern.Han}{{1,4}}?)(?:均|各|分别|平均|至少|再)*(?<verb>压减|压缩|精简|减少|缩短|降低)(?:至少|均)*$");

    private static readonly Regex Opening = Pattern.Of($@"^(?:\d{{4}}年)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日|年?底)?(?:之前|以前|前)?(?:要|力争|确保|实现|使|将|达到)*");

    public static IEnumerable<Target> Read(CleanText clean, TextRange range)
    {
        foreach (var clause in Brackets.Split(clean.Text, range, ",;。\n\t"))
        {
            var text = clean.Slice(clause);
            foreach (var match in Amount.Matches(text).Take(MostInClause))
            {
                var lead = text[Math.Max(0, match.Index - LongestLead)..match.Index];
                if (lead.EndsWith("占比", StringComparison.Ordinal) || lead.EndsWith('占'))
                {
                    // A share that is stated, not asked for.
                    continue;
                }

                var passage = new TextRange(clause.Start + match.Index, match.Length);
                var (value, ambiguous) = Bound(match, lead);
                foreach (var what in Whats(text, lead, match))
                {
                    yield return new Target(new TargetDraft(value, what), passage, ambiguous);
                }
            }
        }
    }

    /// <summary>The things that a clause asks for by number, with the passage of the number.</summary>
    public static IEnumerable<Target> ReadAsked(CleanText clean, TextRange range)
    {
        foreach (var clause in Brackets.Split(clean.Text, range, ",;。\n\t"))
        {
            var text = clean.Slice(clause);
            foreach (var match in AskedFor.Matches(text).Take(MostInClause))
            {
                var number = match.Groups["count"];
                var thing = match.Groups["thing"].Value;
                if (number.Value[0] != '0' && !Done.IsMatch(text[Math.Max(0, match.Index - LongestLead)..match.Index]) && !AtLeast.Any(w => thing.EndsWith(w, StringComparison.Ordinal)))
                {
                    // 推出甲、乙等15项微改革: examples stand before the number, the things behind it.
                    var behind = text[(number.Index + number.Length + match.Groups["unit"].Length)..];
                    thing = (thing.Length < 2 || thing.EndsWith('等') || thing.Contains('、', StringComparison.Ordinal)) && behind.Length is >= 2 and <= LongestLead ? behind : thing;
                    var value = number.Value + match.Groups["unit"].Value;
                    if (thing.Length < 2)
                    {
                        continue;
                    }

                    yield return new Target(
                        new TargetDraft(match.Groups["least"].Value == "以上" ? "≥" + value : value, thing),
                        new TextRange(clause.Start + number.Index, number.Length + match.Groups["unit"].Length),
                        match.Groups["least"].Value == "左右");
                }
            }
        }
    }

    private static readonly string[] AtLeast = ["不少于", "不低于", "至少"];

    private static (string Value, bool Ambiguous) Bound(Match match, string lead)
    {
        if (match.Groups["count"].Success)
        {
            return ($"≥{match.Groups["count"].Value}{match.Groups["unit"].Value}", false);
        }

        var from = match.Groups["from"].Value;
        var atLeast = lead.Contains("不少于", StringComparison.Ordinal)
            || lead.Contains("不低于", StringComparison.Ordinal)
            || lead.Contains("至少", StringComparison.Ordinal);
        if (match.Groups["to"].Success)
        {
            // "At least 30 to 50 per cent": the lower bound, or a band?
            return ($"{from}%-{match.Groups["to"].Value}%", atLeast);
        }

        var after = match.Groups["after"].Value;
        return after switch
        {
            "以内" or "以下" => ($"≤{from}%", false),
            "以上" => ($"≥{from}%", false),
            "左右" => ($"{from}%", true),
            _ when atLeast => ($"≥{from}%", false),
            _ when lead.Contains("不超过", StringComparison.Ordinal) || lead.Contains("不高于", StringComparison.Ordinal) => ($"≤{from}%", false),
            _ => ($"{from}%", false),
        };
    }

    /// <summary>材料、环节、时限至少压减50% are three targets.</summary>
    private static IEnumerable<string> Whats(string text, string lead, Match match)
    {
        if (match.Groups["thing"].Length > 0)
        {
            return [match.Groups["thing"].Value];
        }

        if (match.Groups["count"].Success)
        {
            var rest = text[(match.Index + match.Length)..];
            return [rest.Length is > 0 and <= LongestLead ? rest : lead];
        }

        var what = lead[Opening.Match(lead).Length..];
        if (Things.Match(what) is { Success: true } things)
        {
            return things.Groups["things"].Value.Split('、').Select(t => t + things.Groups["verb"].Value);
        }

        what = what.TrimEnd('的', '达', '到').Replace("至少", "", StringComparison.Ordinal);
        if (what.Length == 0)
        {
            // 80%以上的机构要…: what is measured stands behind.
            var behind = text[(match.Index + match.Length)..].TrimStart('的');
            what = behind.Length <= LongestLead ? behind : "";
        }

        return what.Length > 0 ? [what] : [];
    }
}
