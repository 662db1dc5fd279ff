using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Rules;
using PilotPlatform.NoticeImport.Themes;

namespace PilotPlatform.NoticeImport.Phases;

/// <summary>A stage with the passage of its name, dates and text.</summary>
internal sealed record Phase(PhaseDraft Draft, TextRange Name, TextRange? Dates, TextRange Text);

/// <summary>Reads the numbered stages of a section such as 工作步骤.</summary>
internal static class PhaseReader
{
    private const int MostPhases = 30;

    public static IReadOnlyList<Phase> Read(CleanText clean, BlockTree tree, DateOnly? issued)
    {
        var phases = new List<Phase>();
        foreach (var section in tree.Root.NumberedChildren.Where(s => ThemeReader.HeadingIs(clean, s, RuleLists.PhaseHeadings)))
        {
            foreach (var item in section.NumberedChildren.Take(MostPhases - phases.Count))
            {
                phases.Add(Of(clean, item, issued));
            }
        }

        return phases;
    }

    private static Phase Of(CleanText clean, Block item, DateOnly? issued)
    {
        var heading = ThemeReader.Heading(clean, item);
        var text = clean.Slice(heading);
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = open > 0 ? heading with { Length = open } : heading;
        var whole = TextRange.Between(item.Range.Start, item.DeepEnd);

        // The dates stand in brackets behind the name; else the first due date of the text closes the stage.
        var period = DateReader.FindPeriod(clean, heading, issued?.Year) ?? Closing(clean, TextRange.Between(heading.End, item.DeepEnd), issued);
        return new Phase(
            new PhaseDraft(clean.Slice(name), period?.Start, period?.End),
            name,
            period?.Range,
            whole);
    }

    private static (DateOnly? Start, DateOnly? End, TextRange Range)? Closing(CleanText clean, TextRange text, DateOnly? issued)
    {
        var mention = DateReader.Find(clean, text, issued?.Year)
            .FirstOrDefault(m => m.HasYear && (m.Before || m.Precision == DuePrecision.HalfYear));
        return mention is null ? null : (null, mention.Last, mention.Range);
    }
}
