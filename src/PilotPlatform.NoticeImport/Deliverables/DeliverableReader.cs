using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Deliverables;

/// <summary>Reads what has to be handed in: things with a name that a task asks to draw up, and the kinds asked of all.</summary>
internal static class DeliverableReader
{
    private static readonly Regex Lead = Pattern.Of(
        "^(?:并|要|应|将|需|和|及)?" + Pattern.AnyOf(RuleLists.DeliverableAdverbs) + "{0,3}" + Pattern.AnyOf(RuleLists.DeliverableVerbs));

    private static readonly Regex Build = Pattern.Of("(?:建设|建成)$");
    private static readonly Regex Artefacts = Pattern.Of(@"(?:“一[\u3400-\u9fff]{1,4}”\([^()]{2,40}\)[、,和]?){3,12}");
    private static readonly Regex Artefact = Pattern.Of(@"”\((?<name>[^(),]{2,20})");
    private static readonly Regex Kinds = Pattern.Of(@"成果\((?:如|包括|包含|主要包括)?(?<kinds>[^()]{2,80}?)等?\)");

    /// <summary>
    /// The named things of clauses that begin with a verb of drawing up (编制…清单、…目录). To improve or to strengthen
    /// something (完善…机制) is no deliverable, and what is only cited (依据《…清单》) is none either.
    /// </summary>
    public static IEnumerable<TextRange> ReadNamed(CleanText clean, TextRange range)
    {
        foreach (var clause in Brackets.Split(clean.Text, range, ",;。:\n\t"))
        {
            var text = clean.Slice(clause);
            if (Lead.Match(text) is not { Success: true } lead)
            {
                continue;
            }

            var suffixes = Build.IsMatch(lead.Value) ? RuleLists.BuiltSuffixes : RuleLists.DeliverableSuffixes;
            foreach (var item in Brackets.Split(clean.Text, TextRange.Between(clause.Start + lead.Length, clause.End), "、"))
            {
                var name = WithoutLevel(clean, item);
                var words = clean.Slice(name);
                if (words.Length is >= 4 and <= 50 && !"和及或与并".Contains(words[0], StringComparison.Ordinal) && suffixes.Any(s => words.EndsWith(s, StringComparison.Ordinal)))
                {
                    yield return name;
                }
            }
        }
    }

    /// <summary>“一单”(赋权清单)、“一案”(承接方案,包括…): artefacts that go by a short name.</summary>
    public static IReadOnlyList<TextRange> ReadArtefacts(CleanText clean)
    {
        foreach (Match match in Artefacts.Matches(clean.Text))
        {
            var names = Artefact.Matches(match.Value).Select(m => new TextRange(match.Index + m.Groups["name"].Index, m.Groups["name"].Length)).ToList();
            if (names.Count >= 3)
            {
                return names;
            }
        }

        return [];
    }

    /// <summary>形成成果(如事项清单、制度规范等): the kinds that every region hands in.</summary>
    public static IEnumerable<TextRange> ReadKinds(CleanText clean)
    {
        if (Kinds.Match(clean.Text) is { Success: true } match)
        {
            var kinds = match.Groups["kinds"];
            foreach (var item in Brackets.Split(clean.Text, new TextRange(kinds.Index, kinds.Length), "、,"))
            {
                var text = clean.Slice(item);
                yield return text.EndsWith('等') ? item with { Length = item.Length - 1 } : item;
            }
        }
    }

    private static TextRange WithoutLevel(CleanText clean, TextRange item)
    {
        var text = clean.Slice(item);
        var level = RuleLists.DeliverableLevels.FirstOrDefault(l => text.StartsWith(l, StringComparison.Ordinal));
        return level is null ? item : TextRange.Between(item.Start + level.Length, item.End);
    }
}
