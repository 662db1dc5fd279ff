namespace PilotPlatform.Tenancy;

/// <summary>
/// A region as the owner of rows: its id and its path of codes from the root, such as <c>/32/3206/</c>.
/// The root itself (the operator of the installation) is <c>/</c>.
/// </summary>
/// <param name="Id">The region's id.</param>
/// <param name="Path">Codes from the root, each followed by a slash; lower-case ASCII letters and digits only.</param>
public readonly record struct TenantRef(Guid Id, string Path)
{
    /// <summary>The operator of the installation, ancestor of every region.</summary>
    public static readonly TenantRef Root = new(Guid.Empty, "/");

    /// <summary>The region's own code, the last part of the path; empty for the root.</summary>
    public string Code => Path.Length <= 1 ? "" : Path[(Path.LastIndexOf('/', Path.Length - 2) + 1)..^1];

    /// <summary>True when this region is <paramref name="other"/> or one of its ancestors.</summary>
    public bool Covers(TenantRef other) => TenantPaths.Covers(Path, other.Path);
}

/// <summary>The arithmetic of tenant paths: a prefix read as a half-open range, so that one index serves it.</summary>
public static class TenantPaths
{
    /// <summary>The longest path a row may carry: 12 levels of codes would still fit.</summary>
    public const int MaxLength = 96;

    /// <summary>A range that contains no path: what an anonymous caller sees.</summary>
    public const string Nowhere = "!";

    /// <summary>The first string after every path that starts with <paramref name="path"/>.</summary>
    public static string EndOf(string path) =>
        // Every path ends with '/', and '0' is the character after it in ASCII.
        path == Nowhere ? Nowhere : string.Concat(path.AsSpan(0, path.Length - 1), "0");

    /// <summary>True when <paramref name="ancestor"/> is a prefix of <paramref name="path"/>.</summary>
    public static bool Covers(string ancestor, string path) => path.StartsWith(ancestor, StringComparison.Ordinal);

    /// <summary>The path of a region below <paramref name="parent"/>.</summary>
    public static string Append(string parent, string code) => $"{parent}{code}/";

    /// <summary>The paths above this one, from the root downwards; none for the root and for <see cref="Nowhere"/>.</summary>
    public static IReadOnlyList<string> AncestorsOf(string path)
    {
        var ancestors = new List<string>();
        for (var slash = path.IndexOf('/'); slash >= 0 && slash < path.Length - 1; slash = path.IndexOf('/', slash + 1))
        {
            ancestors.Add(path[..(slash + 1)]);
        }

        return ancestors;
    }

    /// <summary>The path of the region directly above, or null at the root.</summary>
    public static string? ParentOf(string path) =>
        path.Length <= 1 ? null : path[..(path.LastIndexOf('/', path.Length - 2) + 1)];
}
