using PilotPlatform.Regions;

namespace PilotPlatform.Programmes.Notices;

/// <summary>Finds the region that a notice means by a name, among those directly below the issuer. What is not certain stays open.</summary>
internal static class RegionResolver
{
    private static readonly char[] Opening = ['(', '（'];
    private static readonly char[] Closing = [')', '）'];

    /// <summary>Resolves a name; a part in brackets (南通市（如皋市）) is kept as the part of the region.</summary>
    public static NoticeRegion Resolve(string text, RegionMap regions, RegionInfo issuer, string? sourceKey)
    {
        var open = text.IndexOfAny(Opening);
        var name = (open > 0 ? text[..open] : text).Trim();
        var part = open > 0 ? text[(open + 1)..].TrimEnd(Closing).Trim() : null;
        if (name.Length > issuer.Name.Length && name.StartsWith(issuer.Name, StringComparison.Ordinal))
        {
            name = name[issuer.Name.Length..];
        }

        var below = regions.ChildrenOf(issuer.Id);
        var found = below.Where(r => r.Name == name || r.ShortName == name).ToList();
        if (found.Count == 0 && string.IsNullOrEmpty(part))
        {
            // A county that the notice names by itself lies in its city, which answers for it.
            var deeper = below.SelectMany(r => regions.ChildrenOf(r.Id).Where(c => c.Name == name).Select(c => (City: r, County: c))).ToList();
            if (deeper.Count == 1)
            {
                return new NoticeRegion(text, deeper[0].City.Id, deeper[0].County.Name, sourceKey);
            }
        }

        return new NoticeRegion(text, found.Count == 1 ? found[0].Id : null, string.IsNullOrEmpty(part) ? null : part, sourceKey);
    }

    /// <summary>Whether a name means a group of regions: 各试点县（市、区）, 各设区市, 所有设区市.</summary>
    public static bool IsGroup(string text)
    {
        var name = text.Trim();
        return (name.StartsWith('各') || name.StartsWith("所有", StringComparison.Ordinal)) && name.Length <= 16
            && name.IndexOfAny(['县', '市', '区', '州', '镇', '乡', '地']) > 0 && name.TrimEnd(Closing).LastOrDefault() is '县' or '市' or '区' or '州' or '盟' or '旗' or '镇' or '乡' or '道' or '地';
    }

    /// <summary>Resolves a name, or every region of the group that it means. “试点” names a part of them that only the notice knows.</summary>
    public static IReadOnlyList<NoticeRegion> ResolveAll(string text, RegionMap regions, RegionInfo issuer, string? sourceKey)
    {
        if (!IsGroup(text) || text.Contains("试点", StringComparison.Ordinal))
        {
            return [Resolve(text, regions, issuer, sourceKey)];
        }

        var below = regions.ChildrenOf(issuer.Id);
        var meant = text.Contains('县') || text.Contains('区') && !text.Contains("设区", StringComparison.Ordinal) && !text.Contains("地区", StringComparison.Ordinal)
            ? below.Where(r => r.Level == RegionLevel.County)
            : text.Contains('镇') || text.Contains('乡') ? below.Where(r => r.Level == RegionLevel.Town)
            : text.Contains('市') ? below.Where(r => r.Level == RegionLevel.City)
            : below;
        return meant.ToList() is { Count: > 0 } all ? [.. all.Select(r => new NoticeRegion(r.Name, r.Id, null, sourceKey))] : [Resolve(text, regions, issuer, sourceKey)];
    }

    /// <summary>行政序列; what is not resolved yet stands last, in the notice's order.</summary>
    public static IReadOnlyList<NoticeRegion> InOrder(IReadOnlyList<NoticeRegion> named, RegionMap regions) =>
        [.. regions.InAdministrativeOrder(named, r => r.RegionId ?? Guid.Empty)];
}
