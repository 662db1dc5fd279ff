namespace PilotPlatform.Programmes.Notices;

/// <summary>How alike two short texts are.</summary>
internal static class Likeness
{
    /// <summary>Dice's measure over pairs of characters: 1 for equal texts, 0 where no pair is shared.</summary>
    public static double Of(string one, string other)
    {
        var (a, b) = (Pairs(one), Pairs(other));
        return a.Count + b.Count == 0 ? 0 : 2.0 * a.Intersect(b).Count() / (a.Count + b.Count);
    }

    private static HashSet<string> Pairs(string text) => [.. Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(i => text.Substring(i, 2))];
}
