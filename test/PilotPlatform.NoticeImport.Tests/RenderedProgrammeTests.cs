using FsCheck;
using FsCheck.Fluent;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>
/// A programme written down in any of the many ways of offices comes back as that programme: numbering, widths, spaces,
/// scripts, pinyin, labels and remarks, stages, and the layouts of tables.
/// </summary>
public class RenderedProgrammeTests
{
    private static readonly Arbitrary<int> Seeds = Arb.From(Gen.Choose(1, int.MaxValue - 1));

    [Fact]
    public void Notice_InAnyWriting_ComesBack() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400),
        Prop.ForAll(Seeds, seed =>
        {
            var written = new RenderedProgramme(seed);
            var text = written.AsNotice();
            var draft = NoticeReader.Read(text).Draft.ShouldNotBeNull(text);

            ShouldHaveHead(draft, written, text);
            draft.Themes.Select(t => t.Title).ShouldBe(written.Themes.Select(t => t.Title), $"seed {seed}\n{text}");
            foreach (var (theme, made) in draft.Themes.Zip(written.Themes))
            {
                theme.Regions.ShouldBe(made.Regions, $"seed {seed}: {made.Title}\n{text}");
                theme.LeadOffices.ShouldBe(made.Leads, $"seed {seed}: {made.Title}\n{text}");
                theme.AssistingOffices.ShouldBe(made.Assists, $"seed {seed}: {made.Title}\n{text}");
                ShouldBeDue(theme, made, written.Year, $"seed {seed}: {made.Title}\n{text}");
            }

            if (written.HasPhases)
            {
                draft.Phases.Select(p => p.End).ShouldBe(written.Phases.Select(p => (DateOnly?)RenderedProgramme.EndOf(written.Year, p.ToMonth)), $"seed {seed}\n{text}");
            }
        }));

    [Fact]
    public void Table_InAnyLayout_ComesBack() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400),
        Prop.ForAll(Seeds, seed =>
        {
            var written = new RenderedProgramme(seed);
            var (text, format) = written.AsTable();
            var reading = format == NoticeFormat.Html ? NoticeReader.Read(System.Text.Encoding.UTF8.GetBytes(text), format) : NoticeReader.Read(text);
            var draft = reading.Draft.ShouldNotBeNull(text);

            ShouldHaveHead(draft, written, text);
            draft.Themes.Select(t => t.Title).ShouldBe(written.Themes.Select(t => t.Title), $"seed {seed}\n{text}");
            foreach (var (theme, made) in draft.Themes.Zip(written.Themes))
            {
                theme.Offices.ShouldBe(made.Offices, $"seed {seed}: {made.Title}\n{text}");
                if (written.HasRoles)
                {
                    theme.LeadOffices.ShouldBe(made.Leads, $"seed {seed}: {made.Title}\n{text}");
                }

                if (written.HasRegions)
                {
                    theme.Regions.ShouldBe(made.Regions, $"seed {seed}: {made.Title}\n{text}");
                }

                ShouldBeDue(theme, made, written.Year, $"seed {seed}: {made.Title}\n{text}");
            }
        }));

    private static void ShouldHaveHead(NoticeDraft draft, RenderedProgramme written, string text)
    {
        draft.Title.ShouldBe(written.Title, $"seed {written.Seed}\n{text}");
        draft.DocumentNumber.ShouldBe(written.Number, $"seed {written.Seed}\n{text}");
        draft.IssuingBody.ShouldBe(written.Issuer, $"seed {written.Seed}\n{text}");
        draft.IssueDate.ShouldBe(written.IssueDate, $"seed {written.Seed}\n{text}");
    }

    private static void ShouldBeDue(ThemeDraft theme, MadeTheme made, int year, string message)
    {
        if (made.DueMonth is { } month)
        {
            theme.Due.ShouldNotBeNull(message).Date.ShouldBe(RenderedProgramme.EndOf(year, month), message);
        }
        else
        {
            theme.Due?.Date.ShouldBeNull(message);
        }
    }
}
