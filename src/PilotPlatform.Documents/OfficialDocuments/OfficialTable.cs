using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Documents.Packages;
using WordParagraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace PilotPlatform.Documents.OfficialDocuments;

/// <summary>A data table: a marked header row on every page, rows that do not break, a caption for those who cannot see it.</summary>
internal static class OfficialTable
{
    public static Table Create(DocumentTable model)
    {
        if (model.Columns.Count == 0 || model.Columns.Any(column => column.Weight < 1))
        {
            throw new ArgumentException($"The table “{model.Caption}” needs columns, each with a weight of at least 1.", nameof(model));
        }

        var widths = Widths(model.Columns);
        var table = new Table(
            new TableProperties(
                new TableStyle { Val = OfficialStyles.Table },
                new TableWidth { Width = OfficialStyles.Twips(Gb9704.TypeAreaWidth), Type = TableWidthUnitValues.Dxa },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableLook
                {
                    Val = "0020",
                    FirstRow = true,
                    LastRow = false,
                    FirstColumn = false,
                    LastColumn = false,
                    NoHorizontalBand = true,
                    NoVerticalBand = true,
                },
                new TableCaption { Val = XmlText.Clean(model.Caption) }),
            new TableGrid(widths.Select(width => new GridColumn { Width = OfficialStyles.Twips(width) })));
        table.Append(Row(
            widths, model.Columns.Select(column => column.Header), OfficialStyles.TableHeader, alignments: null, new TableHeader()));
        for (var i = 0; i < model.Rows.Count; i++)
        {
            if (model.Rows[i].Count != widths.Length)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Row {i + 1} of “{model.Caption}” has {model.Rows[i].Count} cells, its table {widths.Length} columns."),
                    nameof(model));
            }

            table.Append(Row(widths, model.Rows[i], OfficialStyles.TableText, model.Columns));
        }

        return table;
    }

    // Rounded so that the columns add up to the type area exactly.
    private static int[] Widths(IReadOnlyList<DocumentTableColumn> columns)
    {
        var all = columns.Sum(column => column.Weight);
        var widths = new int[columns.Count];
        var (weight, edge) = (0, 0);
        for (var i = 0; i < widths.Length; i++)
        {
            weight += columns[i].Weight;
            var next = Gb9704.TypeAreaWidth * weight / all;
            (widths[i], edge) = (next - edge, next);
        }

        return widths;
    }

    private static TableRow Row(
        int[] widths,
        IEnumerable<string> texts,
        string style,
        IReadOnlyList<DocumentTableColumn>? alignments,
        TableHeader? header = null)
    {
        var properties = new TableRowProperties(new CantSplit());
        if (header is not null)
        {
            properties.Append(header);
        }

        var row = new TableRow(properties);
        foreach (var (index, text) in texts.Index())
        {
            var paragraph = new ParagraphProperties(new ParagraphStyleId { Val = style });
            if (alignments is not null && alignments[index].Alignment != CellAlignment.Start)
            {
                paragraph.Append(new Justification
                {
                    Val = alignments[index].Alignment == CellAlignment.End ? JustificationValues.Right : JustificationValues.Center,
                });
            }

            row.Append(new TableCell(
                new TableCellProperties(
                    new TableCellWidth { Width = OfficialStyles.Twips(widths[index]), Type = TableWidthUnitValues.Dxa },
                    new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }),
                new WordParagraph(paragraph, OfficialText.Run(text))));
        }

        return row;
    }
}
