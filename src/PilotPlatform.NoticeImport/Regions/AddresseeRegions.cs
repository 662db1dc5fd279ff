using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Regions;

/// <summary>
/// The regions that a notice is addressed to by name (甲市、乙市、丙市市场监管局:). A pilot's notice that names its regions
/// nowhere else means these; where the body says how many (在甲市等5个市开展) and the number agrees, that is certain.
/// </summary>
internal static class AddresseeRegions
{
    private const int MostLines = 40;
    private const int LongestAddressee = 300;

    private static readonly Regex First = Pattern.Of($@"(?<name>{Pattern.Han}{{2,8}})等(?<n>\d{{1,2}})个?(?:试点)?(?:省|市|县|区|州|地|城市|设区市)");

    public static RegionGroup? Read(CleanText clean, BlockTree tree, IEnumerable<TextRange> body)
    {
        var named = tree.Lines.Take(MostLines).Where(l => !l.IsRow && l.Mark is null).Select(l => Named(clean, l.Range)).FirstOrDefault(n => n.Count > 0) ?? [];
        if (named.Count < 2)
        {
            return null;
        }

        var range = TextRange.Between(named[0].Range.Start, named[^1].Range.End);
        var counted = body.Select(r => Stated(clean, r, named[0].Name)).FirstOrDefault(n => n is not null);
        return counted is null ? new RegionGroup(named, named.Count, null, range) { Basis = ConfidenceBasis.Inferred }
            : new RegionGroup(named, named.Count, counted, range) { Basis = counted == named.Count ? ConfidenceBasis.Confirmed : ConfidenceBasis.Assumed };
    }

    private static int? Stated(CleanText clean, TextRange range, string first)
    {
        foreach (var match in First.Matches(clean.Slice(range)).Take(20))
        {
            if (match.Groups["name"].Value.EndsWith(first, StringComparison.Ordinal))
            {
                return int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private static List<RegionMention> Named(CleanText clean, TextRange line)
    {
        var head = clean.Text.AsSpan(line.Start, Math.Min(line.Length, 2 * LongestAddressee));
        var colon = head.IndexOf(':');
        if (colon < 4)
        {
            return [];
        }

        // In a run-on text the number of the notice stands before its addressee.
        var number = head[..colon].LastIndexOf('号');
        var start = number < 0 ? 0 : number + 1;
        if (colon - start > LongestAddressee)
        {
            return [];
        }

        var found = new List<RegionMention>();
        foreach (var item in Brackets.Split(clean.Text, TextRange.Between(line.Start + start, line.Start + colon), "、,"))
        {
            var text = clean.Text.AsSpan(item.Start, item.Length);
            var length = RegionNames.KnownPrefix(text);
            var rest = text[length..].ToString();
            if (length > 0 && (rest.Length == 0 || rest.EndsWith("部门", StringComparison.Ordinal) || OfficeReader.LooksLikeOffice(OtherName.Replace(RegionKind.Replace(rest, ""), "")) || OfficeReader.LooksLikeOffice(text.ToString())))
            {
                found.Add(new RegionMention(text[..length].ToString(), item with { Length = length }));
            }
            else if (found.Count == 0 || text.StartsWith("各") && !text.StartsWith("各有关"))
            {
                // 各市、…: everybody is addressed.
                return [];
            }
        }

        return found;
    }

    /// <summary>江苏、重庆省(市)数据局: the kind of division that stands behind several names.</summary>
    private static readonly Regex RegionKind = Pattern.Of(@"^(?:(?:自治区|省|市|县|区|州)(?:\([^()]{1,8}\))?|\([省市县区州、]{1,5}\))");

    /// <summary>…厅(局): what the office is called in some of them.</summary>
    private static readonly Regex OtherName = Pattern.Of(@"\([局委办厅]{1,2}\)$");
}
