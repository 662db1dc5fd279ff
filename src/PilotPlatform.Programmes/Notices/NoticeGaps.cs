using System.Globalization;
using PilotPlatform.Localization;
using PilotPlatform.Programmes.Programmes;

namespace PilotPlatform.Programmes.Notices;

/// <summary>What a theme leaves open.</summary>
internal enum ThemeGap
{
    /// <summary>No region and no office is responsible.</summary>
    Responsible,

    /// <summary>Neither the theme nor the programme says by when.</summary>
    Due,
}

/// <summary>A theme that leaves something open.</summary>
/// <param name="Key">Its key, for the decision to leave it open.</param>
/// <param name="ThemeKey">The theme.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Gap">What is open.</param>
/// <param name="Field">The field that would fill it.</param>
/// <param name="IsWithheld">Whether the notice says that it is settled and does not give it.</param>
/// <param name="Decision">Why it is left open; null while nothing was decided.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When (UTC).</param>
internal sealed record ThemeGapDto(
    string Key, string ThemeKey, string Number, string Title, ThemeGap Gap, string Field, bool IsWithheld, string? Decision, string? DecidedBy, DateTime? DecidedAt);

/// <summary>公文未写明: what themes leave open. A gap is filled in, or left open by a decision that is on record; it does not keep a notice from being published.</summary>
internal static class NoticeGaps
{
    public const string Code = "gap";

    public static IReadOnlyList<ThemeGapDto> Of(NoticeContent content, IReadOnlyList<QuestionAnswer>? decisions = null) =>
    [
        .. content.Themes.SelectMany((t, i) =>
            Of(t.Regions.Count, t.LeadOffices.Count, t.Deadline is not null || content.Deadline is not null, content.ClaimAudience, t.Facts?.Withheld ?? [])
                .Select(gap =>
                {
                    var decided = decisions?.LastOrDefault(d => d.Kind == DecisionKind.LeftOpen && d.Key == KeyOf(t, gap));
                    var field = $"themes[{i}].{(gap == ThemeGap.Due ? "deadline" : "leadOffices")}";
                    return new ThemeGapDto(
                        KeyOf(t, gap), t.Key, t.Number, t.Title, gap, field, t.Facts?.Withheld.Contains(gap) ?? false, decided?.Text, decided?.AnsweredBy, decided?.AnsweredAt);
                })),
    ];

    /// <summary>What a theme leaves open; while claims are wanted, no region is missing.</summary>
    public static IEnumerable<ThemeGap> Of(int regions, int offices, bool isDue, ClaimAudience claims, IReadOnlyCollection<ThemeGap> withheld)
    {
        // A unit that the notice says it names, and does not, is missing however many regions the text speaks of.
        if (offices == 0 && (withheld.Contains(ThemeGap.Responsible) || (regions == 0 && claims == ClaimAudience.None)))
        {
            yield return ThemeGap.Responsible;
        }

        if (!isDue)
        {
            yield return ThemeGap.Due;
        }
    }

    /// <summary>What is asked where a theme leaves something open.</summary>
    public static string Question(ThemeGapDto gap, Texts texts) => texts.Get(
        gap.Gap == ThemeGap.Responsible ? "Programmes:Question.GapResponsible" : "Programmes:Question.GapDue",
        new Dictionary<string, object?> { ["number"] = gap.Number, ["title"] = gap.Title });

    /// <summary>What was filled in where there was a gap.</summary>
    public static string Filling(ThemeGapDto gap, NoticeContent content)
    {
        var theme = content.Themes.First(t => t.Key == gap.ThemeKey);
        return gap.Gap == ThemeGap.Responsible
            ? string.Join('、', theme.LeadOffices.Concat(theme.Regions.Select(r => r.Text)))
            : (theme.Deadline ?? content.Deadline)?.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>Whether everything that the notice withholds is filled in or left open by decision.</summary>
    public static bool AreSettled(NoticeContent content, IReadOnlyList<QuestionAnswer> decisions) =>
        Of(content, decisions).All(g => !g.IsWithheld || g.Decision is not null);

    private static string KeyOf(NoticeTheme theme, ThemeGap gap) => $"gap:{theme.Key}:{gap}";
}
