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

        var found = regions.ChildrenOf(issuer.Id).Where(r => r.Name == name || r.ShortName == name).ToList();
        return new NoticeRegion(text, found.Count == 1 ? found[0].Id : null, string.IsNullOrEmpty(part) ? null : part, sourceKey);
    }

    /// <summary>行政序列; what is not resolved yet stands last, in the notice's order.</summary>
    public static IReadOnlyList<NoticeRegion> InOrder(IReadOnlyList<NoticeRegion> named, RegionMap regions) =>
        [.. regions.InAdministrativeOrder(named, r => r.RegionId ?? Guid.Empty)];
}
