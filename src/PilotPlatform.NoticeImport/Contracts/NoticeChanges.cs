namespace PilotPlatform.NoticeImport;

/// <summary>What became of a value or a theme.</summary>
public enum NoticeChangeKind
{
    /// <summary>Only the new notice has it.</summary>
    Added,

    /// <summary>Only the old notice had it.</summary>
    Removed,

    /// <summary>Both have it, differently.</summary>
    Changed,
}

/// <summary>One value that differs.</summary>
/// <param name="Field">Its name in the exchange format: title, dueDate, regions.</param>
/// <param name="Kind">What became of it; for a list, of one of its members.</param>
/// <param name="Before">The old value; null when added.</param>
/// <param name="After">The new value; null when removed.</param>
public sealed record NoticeValueChange(string Field, NoticeChangeKind Kind, string? Before, string? After);

/// <summary>One theme with what differs in it. A theme that is the same in both notices, but for its number, is told by its values alone.</summary>
/// <param name="Kind">What became of the theme; null where nothing of it changed.</param>
/// <param name="Before">Its place in the old draft; null when added.</param>
/// <param name="After">Its place in the new draft; null when removed.</param>
/// <param name="Likeness">0 to 1: how alike the two are that were taken for one; 1 where the titles are equal, 0 where there is but one.</param>
/// <param name="Values">What differs.</param>
public sealed record NoticeThemeChange(NoticeChangeKind? Kind, int? Before, int? After, double Likeness, IReadOnlyList<NoticeValueChange> Values);

/// <summary>What a corrected notice changes.</summary>
/// <param name="Values">Values of the notice as a whole.</param>
/// <param name="Themes">Every theme of both notices, in the order of the new one, each removed theme behind the one it followed.</param>
public sealed record NoticeChanges(IReadOnlyList<NoticeValueChange> Values, IReadOnlyList<NoticeThemeChange> Themes)
{
    /// <summary>Whether nothing changed.</summary>
    public bool IsEmpty => Values.Count == 0 && Themes.All(t => t.Kind is null);
}
