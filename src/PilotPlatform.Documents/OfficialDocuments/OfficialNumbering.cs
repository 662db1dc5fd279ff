using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PilotPlatform.Documents.OfficialDocuments;

/// <summary>
/// Numbers as Word's own numbering rather than as text: a clerk who moves a section has it renumbered, and a screen reader
/// announces the structure.
/// </summary>
internal sealed class OfficialNumbering
{
    public const int BodyHeadings = 1;

    private const int HeadingFormat = 1;
    private const int CircledFormat = 2;
    private const int LongListFormat = 3;

    // Unicode has circled numbers up to ⑳ in every Chinese face.
    private const int LastCircled = 20;

    private readonly List<(int Id, int Format)> _lists = [];

    /// <summary>Starts the headings of an attachment again from one.</summary>
    public int StartHeadings() => Start(HeadingFormat);

    public int StartList(int length) => Start(length <= LastCircled ? CircledFormat : LongListFormat);

    public Numbering Create() => new(
    [
        Format(
            HeadingFormat,
            MultiLevelValues.Multilevel,
            [
                HeadingLevel(0, NumberFormatValues.ChineseCountingThousand, "%1、"),
                HeadingLevel(1, NumberFormatValues.ChineseCountingThousand, "（%2）"),
                HeadingLevel(2, NumberFormatValues.Decimal, "%3."),
                HeadingLevel(3, NumberFormatValues.Decimal, "（%4）"),
            ]),
        Format(CircledFormat, MultiLevelValues.SingleLevel, [Level(0, NumberFormatValues.DecimalEnclosedCircle, "%1")]),
        Format(LongListFormat, MultiLevelValues.SingleLevel, [Level(0, NumberFormatValues.Decimal, "%1）")]),
        new NumberingInstance(new AbstractNumId { Val = HeadingFormat }) { NumberID = BodyHeadings },
        .. _lists.Select(list => Instance(list.Id, list.Format)),
    ]);

    private static AbstractNum Format(int id, MultiLevelValues kind, IEnumerable<Level> levels) => new(
    [
        // Word tells formats apart by this number; a constant one keeps the file the same each time.
        new Nsid { Val = string.Create(CultureInfo.InvariantCulture, $"0970{id:X4}") },
        new MultiLevelType { Val = kind },
        .. levels,
    ])
    {
        AbstractNumberId = id,
    };

    private static Level HeadingLevel(int index, NumberFormatValues format, string text)
    {
        var level = Level(index, format, text);
        level.InsertAfter(
            new ParagraphStyleIdInLevel { Val = OfficialStyles.Heading(index + 1) }, level.GetFirstChild<NumberingFormat>());
        return level;
    }

    // The number is followed by the text without a gap, and lines after the first return to the margin.
    private static Level Level(int index, NumberFormatValues format, string text) => new(
        new StartNumberingValue { Val = 1 },
        new NumberingFormat { Val = format },
        new LevelSuffix { Val = LevelSuffixValues.Nothing },
        new LevelText { Val = text },
        new LevelJustification { Val = LevelJustificationValues.Left },
        new PreviousParagraphProperties(OfficialStyles.Indented()))
    {
        LevelIndex = index,
    };

    private static NumberingInstance Instance(int id, int format) => new(
    [
        new AbstractNumId { Val = format },
        .. Enumerable.Range(0, format == HeadingFormat ? 4 : 1).Select(level =>
            new LevelOverride(new StartOverrideNumberingValue { Val = 1 }) { LevelIndex = level }),
    ])
    {
        NumberID = id,
    };

    private int Start(int format)
    {
        var id = BodyHeadings + _lists.Count + 1;
        _lists.Add((id, format));
        return id;
    }
}
