using System.Collections.Frozen;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Rules;
using PilotPlatform.Regions;

namespace PilotPlatform.NoticeImport.Regions;

/// <summary>What is a region's name: a known division, one within another (湖北武汉), or a zone named for one (赣州经开区).</summary>
internal static class RegionNames
{
    public const int Longest = 20;

    private static readonly Regex Corps = Pattern.Of("^(?:新疆生产建设)?(?:兵团)?第[一二三四五六七八九十]{1,3}师");

    /// <summary>Whether the whole name is that of a known division or of a zone of one.</summary>
    public static bool IsKnown(string name)
    {
        var plain = WithoutPart(name);
        if (plain.Length is < 2 or > Longest)
        {
            return false;
        }

        // 第一师阿拉尔市: a division of the Corps and the city that it runs.
        plain = plain[Corps.Match(plain).Length..];
        if (plain.Length == 0 || IsDivision(plain))
        {
            return true;
        }

        for (var i = 2; i < plain.Length; i++)
        {
            if (IsDivision(plain[..i]) && (IsWithin(plain[..i], plain[i..]) || IsZone(plain[i..])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>漳州市公安(局) is no place within a place, though 公安 is a county elsewhere.</summary>
    private static bool IsWithin(string outer, string inner)
    {
        var (outers, inners) = (ChinaDivisions.FindByName(outer), ChinaDivisions.FindByName(inner));
        return IsDivision(inner) && (outers.Count == 0 || inners.Count == 0
            || inners.Any(i => outers.Any(o => i.Code.Length > o.Code.Length && i.Code.StartsWith(o.Code, StringComparison.Ordinal))));
    }

    /// <summary>A division, or one within another; no zone.</summary>
    public static bool IsDivisionName(string name) =>
        name.Length is >= 2 and <= Longest && (IsDivision(name) || Enumerable.Range(2, Math.Max(0, name.Length - 3)).Any(i => IsDivision(name[..i]) && IsWithin(name[..i], name[i..])));

    /// <summary>临港经济开发区: a zone with a name of its own, which no list of divisions holds.</summary>
    public static bool IsNamedZone(string name) =>
        name.Length <= Longest && NamedZone.IsMatch(name) && RuleLists.ZoneSuffixes.Any(s => name.Length >= s.Length + 2 && name.EndsWith(s, StringComparison.Ordinal));

    private static readonly Regex NamedZone = Pattern.Of($"^{Pattern.Han}+[区城园]$");

    /// <summary>The longest known name that the text begins with; 0 where it begins with none.</summary>
    public static int KnownPrefix(ReadOnlySpan<char> text)
    {
        var limit = 0;
        while (limit < text.Length && limit < Longest && text[limit] is >= '\u4e00' and <= '\u9fff')
        {
            limit++;
        }

        for (var length = limit; length >= 2; length--)
        {
            if (IsKnown(text[..length].ToString()))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>
    /// 南通 is 南通市: the full name of a division that is written by its short one. Of several that share it (吉林) the one
    /// within the division that issues the notice is meant, and of those the highest; a district is not called by the
    /// name of a city beside it. Where that does not decide, the name stays as written.
    /// </summary>
    public static string Full(string name, Division? issuing)
    {
        var named = ChinaDivisions.FindByName(name);
        if (named.Count == 0 || named.Any(d => d.Name == name))
        {
            return name;
        }

        var within = issuing is null ? [] : named.Where(d => d.Code.Length > issuing.Code.Length && d.Code.StartsWith(issuing.Code, StringComparison.Ordinal)).ToList();
        var fitting = within.Count > 0 ? within : named;
        var names = fitting.Where(d => d.Code.Length == fitting.Min(f => f.Code.Length)).Select(d => d.Name).Distinct().Take(2).ToList();
        return names.Count == 1 ? names[0] : name;
    }

    /// <summary>The division whose office a name is: 江苏省 for 江苏省数据局, 如皋市 for 南通市如皋市人民政府; null where it begins with none.</summary>
    public static Division? DivisionOf(string office)
    {
        const string party = "中共";
        Division? found = null;
        for (var rest = office.StartsWith(party, StringComparison.Ordinal) ? office.AsSpan(party.Length) : office.AsSpan(); Leading(rest, found) is { } next; rest = rest[next.Length..])
        {
            found = next.Division;
        }

        return found;
    }

    private static (Division Division, int Length)? Leading(ReadOnlySpan<char> text, Division? above)
    {
        for (var length = Math.Min(text.Length, Longest); length >= 2; length--)
        {
            var fitting = ChinaDivisions.FindByName(text[..length].ToString()).FirstOrDefault(d => above is null || d.Code.StartsWith(above.Code, StringComparison.Ordinal) && d.Code.Length > above.Code.Length);
            if (fitting is not null)
            {
                return (fitting, length);
            }
        }

        return null;
    }

    /// <summary>A name without the part of the region that stands in brackets behind it.</summary>
    public static string WithoutPart(string name)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        return open > 0 ? name[..open] : name;
    }

    private static bool IsDivision(string name) => ChinaDivisions.FindByName(name).Count > 0 || Autonomous.Value.Contains(name);

    /// <summary>延边州, 巴里坤县: an autonomous division by its short name and the last word of its kind.</summary>
    private static readonly Lazy<FrozenSet<string>> Autonomous = new(() => ChinaDivisions.All
        .Where(d => d.Name.Contains("自治", StringComparison.Ordinal) && d.Name[^1] is '州' or '县' or '旗')
        .SelectMany(d => new[] { ChinaDivisions.ShortNameOf(d.Name) + d.Name[^1], ChinaDivisions.ShortNameOf(d.Name) + d.Name[^3..] })
        .Concat(RuleLists.RegionAliases)
        .ToFrozenSet(StringComparer.Ordinal));

    /// <summary>经开区, 蓉江新区: a kind of zone, with at most a short name of its own before it.</summary>
    private static bool IsZone(string name) =>
        RuleLists.ZoneSuffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal) && name.Length <= s.Length + 6);
}
