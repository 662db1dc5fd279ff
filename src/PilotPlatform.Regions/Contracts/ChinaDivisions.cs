using System.Collections.Frozen;
using System.Text;

namespace PilotPlatform.Regions;

/// <summary>The level of an administrative division.</summary>
public enum DivisionLevel
{
    /// <summary>Province, autonomous region, municipality or special administrative region; two-digit code.</summary>
    Province,

    /// <summary>Prefecture-level city, prefecture or league; four-digit code.</summary>
    City,

    /// <summary>County, district or county-level city; six-digit code.</summary>
    County,
}

/// <summary>One administrative division of China.</summary>
/// <param name="Code">GB/T 2260 code without trailing zeros: 32, 3206, 320682.</param>
/// <param name="Name">Full name, such as 南通市.</param>
/// <param name="Level">The level it stands on.</param>
/// <param name="ParentCode">Code of the division it belongs to; null for a province.</param>
/// <param name="Order">Its place in the administrative order (行政序列) of the whole country.</param>
public sealed record Division(string Code, string Name, DivisionLevel Level, string? ParentCode, int Order);

/// <summary>China's administrative divisions down to county level, in administrative order (行政序列).</summary>
public static class ChinaDivisions
{
    private static readonly Lazy<Tables> Loaded = new(Load);

    /// <summary>Every division; a division stands before those that belong to it.</summary>
    public static IReadOnlyList<Division> All => Loaded.Value.All;

    /// <summary>The division with this code, or null.</summary>
    /// <param name="code">A code of two, four or six digits.</param>
    public static Division? Find(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Loaded.Value.ByCode.GetValueOrDefault(code);
    }

    /// <summary>The divisions directly under one; with null, the provinces.</summary>
    /// <param name="code">Code of the division above, or null.</param>
    public static IReadOnlyList<Division> ChildrenOf(string? code) =>
        Loaded.Value.ByParent.GetValueOrDefault(code ?? "", []);

    /// <summary>
    /// The divisions of this name, full (南通市) or short (南通). Several share one name (鼓楼区), so the answer is a
    /// list; the shortest code, that is the highest level, comes first.
    /// </summary>
    /// <param name="name">A full or short name.</param>
    public static IReadOnlyList<Division> FindByName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Loaded.Value.ByName.GetValueOrDefault(name.Trim(), []);
    }

    /// <summary>
    /// The name without its kind of division: 南通 for 南通市, 内蒙古 for 内蒙古自治区, 延边 for 延边朝鲜族自治州. A name
    /// that would be left with one character (东区, 沛县) is its own short name.
    /// </summary>
    /// <param name="name">A full name.</param>
    public static string ShortNameOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var suffix in Suffixes)
        {
            if (!name.EndsWith(suffix, StringComparison.Ordinal))
            {
                continue;
            }

            var stem = name[..^suffix.Length];
            if (suffix[0] == '自')
            {
                stem = WithoutPeoples(stem);
            }

            return stem.Length >= 2 ? stem : name;
        }

        return name;
    }

    private static readonly string[] Suffixes =
        ["特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "新区", "矿区", "省", "市", "县", "区", "旗", "盟", "州"];

    // Longest first, so that 蒙古族 is not left as 蒙古 by a shorter one.
    private static readonly string[] Peoples = new[]
    {
        "壮族", "回族", "维吾尔", "维吾尔族", "苗族", "彝族", "土家族", "藏族", "蒙古", "蒙古族", "侗族", "布依族", "瑶族", "白族", "朝鲜族",
        "哈尼族", "黎族", "傣族", "畲族", "傈僳族", "仡佬族", "拉祜族", "佤族", "水族", "纳西族", "羌族", "土族", "仫佬族", "锡伯", "哈萨克",
        "哈萨克族", "柯尔克孜", "达斡尔族", "景颇族", "毛南族", "撒拉族", "布朗族", "塔吉克", "怒族", "独龙族", "保安族", "东乡族", "裕固族",
        "鄂伦春", "鄂温克族", "满族", "普米族", "各族",
    }.OrderByDescending(p => p.Length).ToArray();

    private static string WithoutPeoples(string stem)
    {
        for (var again = true; again;)
        {
            again = false;
            foreach (var people in Peoples)
            {
                // Two characters stay: 东乡族自治县 and 鄂伦春自治旗 are named for a people and nothing else.
                if (stem.Length >= people.Length + 2 && stem.EndsWith(people, StringComparison.Ordinal))
                {
                    stem = stem[..^people.Length];
                    again = true;
                    break;
                }
            }
        }

        return stem;
    }

    private static Tables Load()
    {
        const string resource = "PilotPlatform.Regions.divisions.tsv";
        using var stream = typeof(ChinaDivisions).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        var all = new List<Division>(3300);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var cells = line.Split('\t');
            all.Add(new Division(
                cells[0],
                cells[1],
                Enum.Parse<DivisionLevel>(cells[2], ignoreCase: true),
                cells[3].Length == 0 ? null : cells[3],
                all.Count + 1));
        }

        var byName = all
            .SelectMany(d => new[] { d.Name, ShortNameOf(d.Name) }.Distinct().Select(name => (Name: name, Division: d)))
            .GroupBy(x => x.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(
                g => g.Key,
                g => (IReadOnlyList<Division>)[.. g.Select(x => x.Division).OrderBy(d => d.Level).ThenBy(d => d.Order)],
                StringComparer.Ordinal);

        return new Tables(
            all.AsReadOnly(),
            all.ToFrozenDictionary(d => d.Code, StringComparer.Ordinal),
            all.GroupBy(d => d.ParentCode ?? "").ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Division>)[.. g], StringComparer.Ordinal),
            byName);
    }

    private sealed record Tables(
        IReadOnlyList<Division> All,
        FrozenDictionary<string, Division> ByCode,
        FrozenDictionary<string, IReadOnlyList<Division>> ByParent,
        FrozenDictionary<string, IReadOnlyList<Division>> ByName);
}
