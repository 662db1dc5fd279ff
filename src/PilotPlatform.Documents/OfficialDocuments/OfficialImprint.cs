using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using PilotPlatform.Documents.Contracts;
using WordParagraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace PilotPlatform.Documents.OfficialDocuments;

/// <summary>
/// The imprint block: framed paragraphs at the foot of the type area of the page on which the document ends, whichever that
/// is, so that the last line lies on the lower edge. Frames rather than a floating table, which LibreOffice leaves where it
/// is when it is as wide as the text; and lines as low black paragraphs, for the border of an indented paragraph would be
/// indented with it, and LibreOffice takes framed paragraphs with different borders for different frames.
/// </summary>
internal static class OfficialImprint
{
    // One character of its own type from either edge.
    private const int Inset = Gb9704.SizeFourPitch;
    private const int CopiesLabel = 3 * Gb9704.SizeFourPitch;

    public static IEnumerable<WordParagraph> Create(ImprintBlock imprint)
    {
        yield return Line(Gb9704.ThickLine);
        if (imprint.CopiesTo is { } copies)
        {
            // Names go on under the first name, and a full stop ends them.
            yield return Text(
                $"抄送：{copies.TrimEnd('。', '.')}。",
                new Indentation
                {
                    Left = OfficialStyles.Twips(Inset + CopiesLabel),
                    Right = OfficialStyles.Twips(Inset),
                    Hanging = OfficialStyles.Twips(CopiesLabel),
                });
            yield return Line(Gb9704.ThinLine);
        }

        yield return Text(
            $"{imprint.PrintedBy}\t{OfficialText.Date(imprint.PrintedOn)}印发",
            new Tabs(new TabStop { Val = TabStopValues.Right, Position = Gb9704.TypeAreaWidth - Inset }),
            new Indentation { Left = OfficialStyles.Twips(Inset) });
        yield return Line(Gb9704.ThickLine);
    }

    private static WordParagraph Text(string text, params OpenXmlElement[] layout) =>
        new(Framed(OfficialStyles.Imprint, layout), OfficialText.Run(text));

    private static WordParagraph Line(int weight) => new(Framed(
        OfficialStyles.ImprintLine,
        new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "000000" },
        new SpacingBetweenLines
        {
            Before = "0",
            After = "0",
            Line = OfficialStyles.Twips(weight),
            LineRule = LineSpacingRuleValues.Exact,
        }));

    // Paragraphs with the same frame stand in one frame.
    private static ParagraphProperties Framed(string style, params OpenXmlElement[] layout)
    {
        var properties = new ParagraphProperties(
            new ParagraphStyleId { Val = style },
            new FrameProperties
            {
                Width = OfficialStyles.Twips(Gb9704.TypeAreaWidth),
                Wrap = TextWrappingValues.NotBeside,
                HorizontalPosition = HorizontalAnchorValues.Margin,
                VerticalPosition = VerticalAnchorValues.Margin,
                XAlign = HorizontalAlignmentValues.Center,
                YAlign = VerticalAlignmentValues.Bottom,
            });
        foreach (var property in layout)
        {
            properties.AddChild(property);
        }

        return properties;
    }
}
