using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using PilotPlatform.Documents.Contracts;
using WordParagraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace PilotPlatform.Documents.OfficialDocuments;

/// <summary>
/// The imprint block. It floats at the foot of the type area of the page on which the document ends, whichever that is, so
/// that its last line lies on the lower edge.
/// </summary>
internal static class OfficialImprint
{
    // One character of its own type from either edge.
    private const int Inset = Gb9704.SizeFourPitch;
    private const int CopiesLabel = 3 * Gb9704.SizeFourPitch;

    public static Table Create(ImprintBlock imprint)
    {
        var table = new Table(
            new TableProperties(
                new TablePositionProperties
                {
                    VerticalAnchor = VerticalAnchorValues.Margin,
                    HorizontalAnchor = HorizontalAnchorValues.Margin,
                    TablePositionXAlignment = HorizontalAlignmentValues.Center,
                    TablePositionYAlignment = VerticalAlignmentValues.Bottom,
                },
                new TableWidth { Width = OfficialStyles.Twips(Gb9704.TypeAreaWidth), Type = TableWidthUnitValues.Dxa },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = Gb9704.ThickLine, Space = 0, Color = "000000" },
                    new BottomBorder { Val = BorderValues.Single, Size = Gb9704.ThickLine, Space = 0, Color = "000000" },
                    new InsideHorizontalBorder { Val = BorderValues.Single, Size = Gb9704.ThinLine, Space = 0, Color = "000000" }),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TableCellLeftMargin { Width = Inset, Type = TableWidthValues.Dxa },
                    new TableCellRightMargin { Width = Inset, Type = TableWidthValues.Dxa }),
                new TableLook { Val = "0000" },
                new TableCaption { Val = "版记" }),
            new TableGrid(new GridColumn { Width = OfficialStyles.Twips(Gb9704.TypeAreaWidth) }));
        if (imprint.CopiesTo is { } copies)
        {
            // Names go on under the first name, and a full stop ends them.
            table.Append(Row(
                $"抄送：{copies.TrimEnd('。', '.')}。",
                new Indentation
                {
                    Left = OfficialStyles.Twips(CopiesLabel),
                    Hanging = OfficialStyles.Twips(CopiesLabel),
                }));
        }

        table.Append(Row(
            $"{imprint.PrintedBy}\t{OfficialText.Date(imprint.PrintedOn)}印发",
            new Tabs(new TabStop { Val = TabStopValues.Right, Position = Gb9704.TypeAreaWidth - (2 * Inset) })));
        return table;
    }

    private static TableRow Row(string text, OpenXmlElement layout)
    {
        var properties = new ParagraphProperties(new ParagraphStyleId { Val = OfficialStyles.Imprint });
        properties.AddChild(layout);
        return new TableRow(
            new TableRowProperties(new CantSplit()),
            new TableCell(
                new TableCellProperties(
                    new TableCellWidth { Width = OfficialStyles.Twips(Gb9704.TypeAreaWidth), Type = TableWidthUnitValues.Dxa }),
                new WordParagraph(properties, OfficialText.Run(text))));
    }
}
