using PilotPlatform.NoticeImport.Cleaning;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>A theme as found, before its regions, offices and dates are read.</summary>
/// <param name="Number">Its number as the text writes it.</param>
/// <param name="Title">The passage of its title.</param>
/// <param name="Whole">The passage of all of it.</param>
/// <param name="Own">The passages that speak of it and not of its sub-items.</param>
/// <param name="Below">The passages of its sub-items.</param>
/// <param name="Row">Its cells, when it is a row of a table.</param>
internal sealed record Theme(
    string Number,
    TextRange Title,
    TextRange Whole,
    IReadOnlyList<TextRange> Own,
    IReadOnlyList<TextRange> Below,
    TaskRow? Row)
{
    /// <summary>The title as it must have read, where a character of its verb is lost; it is asked for.</summary>
    public string? Restored { get; init; }

    /// <summary>The region that its passage stands under (东城区:…), where it names none itself.</summary>
    public TextRange? Place { get; init; }

    /// <summary>The offices that its clause opens with (市财政局牵头…).</summary>
    public TextRange? Doers { get; init; }

    /// <summary>What makes it a theme: a row or a heading of tasks, what it names itself, or only how it begins.</summary>
    public ConfidenceBasis Basis { get; init; } = ConfidenceBasis.Labelled;
}

/// <summary>The cells of a task table's row by meaning; a blank cell of offices or regions holds those of the row above.</summary>
internal sealed record TaskRow(IReadOnlyList<TextRange> Lead, IReadOnlyList<TextRange> Assisting, TextRange? Due, TextRange? Regions)
{
    /// <summary>Whether its offices are those of a row above.</summary>
    public bool InheritsOffices { get; init; }

    /// <summary>Whether its regions are those of a row above.</summary>
    public bool InheritsRegions { get; init; }
}

/// <summary>The themes of a notice.</summary>
/// <param name="Themes">In the order of the text.</param>
/// <param name="Tables">The task tables found.</param>
internal sealed record ThemeSet(IReadOnlyList<Theme> Themes, IReadOnlyList<TaskTable> Tables);
