namespace PilotPlatform.Programmes.Notices;

/// <summary>A whole and the sum of the parts that belong to it.</summary>
/// <param name="Key">The whole's key.</param>
/// <param name="Whole">What the notice states.</param>
/// <param name="Parts">The parts.</param>
/// <param name="Sum">What they come to.</param>
/// <param name="Agrees">Whether the two are the same.</param>
internal sealed record CountSumDto(string Key, int Whole, IReadOnlyList<int> Parts, int Sum, bool Agrees);

/// <summary>Whether parts make their whole: 76 + 29 = 105.</summary>
internal static class CountSums
{
    public static IReadOnlyList<CountSumDto> Of(NoticeFacts? facts) =>
    [
        .. from whole in facts?.Counts ?? []
           let parts = facts!.Counts.Where(c => c.PartOf == whole.Key).Select(c => c.Number).ToList()
           where parts.Count > 0
           let sum = parts.Sum()
           select new CountSumDto(whole.Key, whole.Number, parts, sum, sum == whole.Number),
    ];
}
