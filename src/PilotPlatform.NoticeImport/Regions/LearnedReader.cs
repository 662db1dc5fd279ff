using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Regions;

/// <summary>Reads whose practice a text takes over: 学习杭州市“城市大脑”建设经验.</summary>
internal static class LearnedReader
{
    private static readonly Regex Learns = Pattern.Of("(?:学习借鉴|学习|借鉴|参照|对标|复制推广|推广)(?<rest>[^。;,\\n]{4,60})(?:经验|做法|模式|制度|机制|改革)");

    public static IEnumerable<(LearnedFromDraft Draft, TextRange Range)> Read(CleanText clean, TextRange range)
    {
        foreach (var clause in Brackets.Split(clean.Text, range, "。;,\n\t"))
        {
            if (Learns.Match(clean.Slice(clause)) is not { Success: true } match)
            {
                continue;
            }

            var rest = match.Groups["rest"];
            var start = clause.Start + rest.Index;
            var length = RegionNames.KnownPrefix(clean.Text.AsSpan(start, rest.Length));
            if (length > 0)
            {
                var what = clean.Text[(start + length)..(clause.Start + match.Index + match.Length)].TrimStart('的', '在');
                yield return (new LearnedFromDraft(clean.Text.Substring(start, length), what), TextRange.Between(start, clause.Start + match.Index + match.Length));
            }
        }
    }
}
