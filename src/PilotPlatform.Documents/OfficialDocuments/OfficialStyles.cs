using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PilotPlatform.Documents.OfficialDocuments;

/// <summary>The paragraph and table styles. All form lies here, so that a clerk can go on working in the file.</summary>
internal static class OfficialStyles
{
    public const string Body = "BodyText";
    public const string Title = "Title";
    public const string IssuerMark = "IssuerMark";
    public const string DocumentNumber = "DocumentNumber";
    public const string Addressee = "Salutation";
    public const string ListItem = "ListNumber";
    public const string AttachmentList = "AttachmentList";
    public const string AttachmentLabel = "AttachmentLabel";
    public const string AttachmentTitle = "AttachmentTitle";
    public const string Signature = "Signature";
    public const string Date = "Date";
    public const string Note = "Note";
    public const string Imprint = "Imprint";
    public const string ImprintLine = "ImprintLine";
    public const string Caption = "Caption";
    public const string TableHeader = "TableHeader";
    public const string TableText = "TableText";
    public const string Table = "OfficialTable";
    public const string Footer = "Footer";
    public const string Anchor = "LastLine";

    private const int TwoCharacters = 2 * Gb9704.CharacterPitch;

    public static string Heading(int level) => string.Create(CultureInfo.InvariantCulture, $"Heading{level}");

    public static Styles Create(string language)
    {
        var styles = new Styles(
            new DocDefaults(
                new RunPropertiesDefault(new RunPropertiesBaseStyle(
                    OfficialFont.FangSong.ToRunFonts(),
                    new Spacing { Val = Gb9704.CharacterSpacing },
                    new FontSize { Val = Points(Gb9704.SizeThree) },
                    new FontSizeComplexScript { Val = Points(Gb9704.SizeThree) },
                    new Languages { Val = language, EastAsia = language })),
                new ParagraphPropertiesDefault()),
            new Style(
                new StyleName { Val = "Normal" },
                new PrimaryStyle(),
                new StyleParagraphProperties(
                    new WidowControl { Val = false },
                    // Punctuation stays within the type area.
                    new OverflowPunctuation { Val = false },
                    // Every style has an exact pitch: LibreOffice would round it up to whole lines of the grid.
                    new SnapToGrid { Val = false },
                    Lines(0, 0),
                    new Justification { Val = JustificationValues.Both }))
            {
                Type = StyleValues.Paragraph,
                StyleId = "Normal",
                Default = true,
            },
            new Style(
                new StyleName { Val = "Default Paragraph Font" },
                new UIPriority { Val = 1 },
                new SemiHidden(),
                new UnhideWhenUsed())
            {
                Type = StyleValues.Character,
                StyleId = "DefaultParagraphFont",
                Default = true,
            },
            new Style(
                new StyleName { Val = "Normal Table" },
                new UIPriority { Val = 99 },
                new SemiHidden(),
                new UnhideWhenUsed(),
                new StyleTableProperties(
                    new TableIndentation { Width = 0, Type = TableWidthUnitValues.Dxa },
                    new TableCellMarginDefault(
                        new TopMargin { Width = "0", Type = TableWidthUnitValues.Dxa },
                        new TableCellLeftMargin { Width = 108, Type = TableWidthValues.Dxa },
                        new BottomMargin { Width = "0", Type = TableWidthUnitValues.Dxa },
                        new TableCellRightMargin { Width = 108, Type = TableWidthValues.Dxa })))
            {
                Type = StyleValues.Table,
                StyleId = "TableNormal",
                Default = true,
            });

        styles.Append(
            Paragraph(Body, "Body Text", [Indented()]),
            // The title starts two lines under the red line.
            Paragraph(Title, "Title", [Lines(2, 0), Centred(), new OutlineLevel { Val = 9 }], Type(OfficialFont.XiaoBiaoSong, Gb9704.SizeTwo, 0)),
            Paragraph(
                IssuerMark,
                "Issuer Mark",
                [Exactly(960, Gb9704.IssuerMarkOffset), Centred()],
                [.. Type(OfficialFont.XiaoBiaoSong, null, 0), new Color { Val = Gb9704.Red }]),
            Paragraph(
                DocumentNumber,
                "Document Number",
                [
                    new ParagraphBorders(new BottomBorder
                    {
                        Val = BorderValues.Single,
                        Size = Gb9704.RedLineWeight,
                        Space = Gb9704.RedLineDistance,
                        Color = Gb9704.Red,
                    }),
                    // Two free lines under the mark.
                    Lines(2, 0),
                    Centred(),
                ]),
            // One free line under the title.
            Paragraph(Addressee, "Salutation", [Lines(1, 0)]),
            HeadingStyle(1, Type(OfficialFont.HeiTi)),
            HeadingStyle(2, Type(OfficialFont.KaiTi)),
            HeadingStyle(3, [OfficialFont.FangSong.ToRunFonts(), new Bold(), new BoldComplexScript()]),
            HeadingStyle(4, Type(OfficialFont.FangSong)),
            Paragraph(ListItem, "List Number", [Indented()]),
            Paragraph(AttachmentList, "Attachment List", []),
            Paragraph(
                AttachmentLabel,
                "Attachment Label",
                [new KeepNext(), new PageBreakBefore()],
                Type(OfficialFont.HeiTi)),
            // The title stands on the third line: one line is free above and below.
            Paragraph(
                AttachmentTitle,
                "Attachment Title",
                [new KeepNext(), Lines(1, 1), Centred(), new OutlineLevel { Val = 0 }],
                Type(OfficialFont.XiaoBiaoSong, Gb9704.SizeTwo, 0)),
            Paragraph(Signature, "Signature", [new KeepNext(), Right()]),
            Paragraph(Date, "Date", [Right()]),
            Paragraph(Note, "Note", [Indented()]),
            Paragraph(Imprint, "Imprint", [Exactly(Gb9704.LinePitch * 5 / 6, 0)], Type(OfficialFont.FangSong, Gb9704.SizeFour, 0)),
            Paragraph(ImprintLine, "Imprint Line", [Exactly(20, 0)], Type(OfficialFont.FangSong, 2, 0)),
            Paragraph(
                Caption,
                "caption",
                [new KeepNext(), Centred()],
                Type(OfficialFont.HeiTi, Gb9704.SizeFour, 0)),
            Paragraph(
                TableText,
                "Table Text",
                [Exactly(400, 0), new Justification { Val = JustificationValues.Left }],
                Type(OfficialFont.FangSong, Gb9704.SizeSmallFour, 0)),
            Paragraph(TableHeader, "Table Header", [Exactly(400, 0), Centred()], Type(OfficialFont.HeiTi, Gb9704.SizeSmallFour, 0)),
            TableStyle(),
            Paragraph(
                Footer,
                "footer",
                [Exactly(Gb9704.PageNumberLine, 0)],
                Type(OfficialFont.SongTi, Gb9704.SizeFour, 0)),
            Paragraph(Anchor, "Last Line", [Exactly(20, 0)], Type(OfficialFont.FangSong, 2, 0)));
        return styles;
    }

    /// <summary>Word counts an indentation in characters of the paragraph's own size; the length is for readers that do not.</summary>
    public static Indentation Indented() => new() { FirstLine = Twips(TwoCharacters), FirstLineChars = 200 };

    public static string Twips(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Points(int halfPoints) => halfPoints.ToString(CultureInfo.InvariantCulture);

    private static SpacingBetweenLines Lines(int before, int after) => new()
    {
        Before = Twips(before * Gb9704.LinePitch),
        After = Twips(after * Gb9704.LinePitch),
        Line = Twips(Gb9704.LinePitch),
        LineRule = LineSpacingRuleValues.Exact,
    };

    private static SpacingBetweenLines Exactly(int line, int before) => new()
    {
        Before = Twips(before),
        After = "0",
        Line = Twips(line),
        LineRule = LineSpacingRuleValues.Exact,
    };

    private static Justification Centred() => new() { Val = JustificationValues.Center };

    private static Justification Right() => new() { Val = JustificationValues.Right };

    private static OpenXmlElement[] Type(OfficialFont font, int? size = null, int? spacing = null)
    {
        var properties = new List<OpenXmlElement> { font.ToRunFonts() };
        if (spacing is { } extra)
        {
            properties.Add(new Spacing { Val = extra });
        }

        if (size is { } halfPoints)
        {
            properties.Add(new FontSize { Val = Points(halfPoints) });
            properties.Add(new FontSizeComplexScript { Val = Points(halfPoints) });
        }

        return [.. properties];
    }

    private static Style Paragraph(
        string id, string name, OpenXmlElement[] paragraph, OpenXmlElement[]? run = null)
    {
        // The properties are set through the typed schema order, whatever order they are listed in above.
        var paragraphProperties = new StyleParagraphProperties();
        foreach (var property in paragraph)
        {
            paragraphProperties.AddChild(property, throwOnError: true);
        }

        var style = new Style(
            new StyleName { Val = name },
            new BasedOn { Val = "Normal" },
            new PrimaryStyle())
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
        };
        if (paragraphProperties.HasChildren)
        {
            style.Append(paragraphProperties);
        }

        if (run is not null)
        {
            var runProperties = new StyleRunProperties();
            foreach (var property in run)
            {
                runProperties.AddChild(property, throwOnError: true);
            }

            style.Append(runProperties);
        }

        return style;
    }

    private static Style HeadingStyle(int level, OpenXmlElement[] run) => Paragraph(
        Heading(level),
        string.Create(CultureInfo.InvariantCulture, $"heading {level}"),
        [
            new KeepNext(),
            new NumberingProperties(
                new NumberingLevelReference { Val = level - 1 },
                new NumberingId { Val = OfficialNumbering.BodyHeadings }),
            Indented(),
            new OutlineLevel { Val = level - 1 },
        ],
        run);

    private static Style TableStyle()
    {
        static T Line<T>()
            where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "000000" };

        return new Style(
            new StyleName { Val = "Official Table" },
            new BasedOn { Val = "TableNormal" },
            new PrimaryStyle(),
            new StyleTableProperties(
                new TableBorders(
                    Line<TopBorder>(),
                    Line<LeftBorder>(),
                    Line<BottomBorder>(),
                    Line<RightBorder>(),
                    Line<InsideHorizontalBorder>(),
                    Line<InsideVerticalBorder>()),
                new TableCellMarginDefault(
                    new TopMargin { Width = "40", Type = TableWidthUnitValues.Dxa },
                    new TableCellLeftMargin { Width = 100, Type = TableWidthValues.Dxa },
                    new BottomMargin { Width = "40", Type = TableWidthUnitValues.Dxa },
                    new TableCellRightMargin { Width = 100, Type = TableWidthValues.Dxa })))
        {
            Type = StyleValues.Table,
            StyleId = Table,
        };
    }
}
