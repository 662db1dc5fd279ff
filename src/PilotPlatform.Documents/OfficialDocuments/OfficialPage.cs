using DocumentFormat.OpenXml.Wordprocessing;

namespace PilotPlatform.Documents.OfficialDocuments;

/// <summary>The sheet of paper: its edges, its lines and its numbers.</summary>
internal static class OfficialPage
{
    public static SectionProperties Create(string oddFooterId, string evenFooterId) => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = oddFooterId },
        new FooterReference { Type = HeaderFooterValues.Even, Id = evenFooterId },
        new PageSize { Width = Gb9704.PageWidth, Height = Gb9704.PageHeight },
        new PageMargin
        {
            Top = Gb9704.TopMargin,
            Right = Gb9704.RightMargin,
            Bottom = Gb9704.BottomMargin,
            Left = Gb9704.LeftMargin,
            Header = 851,
            Footer = Gb9704.FooterDistance,
            Gutter = 0,
        },
        new DocGrid { Type = DocGridValues.Lines, LinePitch = Gb9704.LinePitch });

    /// <summary>A right-hand page: the number stands right, one character in.</summary>
    public static Footer OddFooter() => new(PageNumber(
        new Indentation { Right = OfficialStyles.Twips(Gb9704.SizeFourPitch) }, JustificationValues.Right));

    /// <summary>A left-hand page: the number stands left, one character in.</summary>
    public static Footer EvenFooter() => new(PageNumber(
        new Indentation { Left = OfficialStyles.Twips(Gb9704.SizeFourPitch) }, JustificationValues.Left));

    private static Paragraph PageNumber(Indentation indentation, JustificationValues side) => new(
        new ParagraphProperties(
            new ParagraphStyleId { Val = OfficialStyles.Footer }, indentation, new Justification { Val = side }),
        OfficialText.Run("— "),
        new SimpleField(OfficialText.Run("1")) { Instruction = " PAGE " },
        OfficialText.Run(" —"));
}
