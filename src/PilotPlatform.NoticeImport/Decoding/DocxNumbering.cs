using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// The numbers of list paragraphs, which Word counts itself and does not write into the text: numbering.xml says how, the
/// paragraph or its style says which list and level.
/// </summary>
internal sealed class DocxNumbering
{
    private const int Levels = 9;
    private const int MostLists = 5_000;
    private static readonly string[] Han = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

    private readonly Dictionary<string, string> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Level[]> _formats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string? Id, int Level)> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _counters = new(StringComparer.Ordinal);
    private readonly Dictionary<(string List, int Level), int> _restarts = [];
    private readonly HashSet<string> _started = new(StringComparer.Ordinal);

    private sealed record Level(string Format, string Text, int Start);

    public static DocxNumbering Load(ZipArchive archive)
    {
        var numbering = new DocxNumbering();
        if (archive.GetEntry("word/numbering.xml") is { } lists)
        {
            numbering.ReadLists(lists);
        }

        if (archive.GetEntry("word/styles.xml") is { } styles)
        {
            numbering.ReadStyles(styles);
        }

        return numbering;
    }

    /// <summary>The number before the next paragraph of a list; empty for a paragraph of none, and for a bullet.</summary>
    public string Next(string? list, int level, string? style)
    {
        if (list is null && style is not null && _styles.TryGetValue(style, out var styled))
        {
            (list, level) = styled;
        }

        if (list is null or "0" || level is < 0 or >= Levels || !_lists.TryGetValue(list, out var kind) || !_formats.TryGetValue(kind, out var formats))
        {
            return "";
        }

        if (!_counters.TryGetValue(kind, out var counters))
        {
            _counters[kind] = counters = new int[Levels];
        }

        // The first use of a list that says where to start begins anew, though it shares the format of another.
        if (_started.Add(list))
        {
            for (var i = 0; i < Levels; i++)
            {
                counters[i] = _restarts.TryGetValue((list, i), out var start) ? start - 1 : counters[i];
            }
        }

        counters[level] = counters[level] == 0 ? formats[level].Start : counters[level] + 1;
        for (var below = level + 1; below < Levels; below++)
        {
            counters[below] = 0;
        }

        return Written(formats, counters, level);
    }

    private static string Written(Level[] formats, int[] counters, int level)
    {
        if (formats[level].Format is "bullet" or "none")
        {
            return "";
        }

        var result = new StringBuilder(formats[level].Text);
        for (var i = 0; i <= level; i++)
        {
            result.Replace($"%{i + 1}", Number(formats[i].Format, counters[i] == 0 ? formats[i].Start : counters[i]));
        }

        return result.ToString();
    }

    private static string Number(string format, int value) => format switch
    {
        "chineseCounting" or "chineseCountingThousand" or "ideographDigital" or "japaneseCounting" or "taiwaneseCounting" or "taiwaneseCountingThousand" or "ideographLegalTraditional" => InHan(value),
        "decimalEnclosedCircle" or "decimalEnclosedCircleChinese" when value is >= 1 and <= 20 => ((char)('①' + value - 1)).ToString(),
        "decimalZero" => value.ToString("00", CultureInfo.InvariantCulture),
        "upperLetter" when value is >= 1 and <= 26 => ((char)('A' + value - 1)).ToString(),
        "lowerLetter" when value is >= 1 and <= 26 => ((char)('a' + value - 1)).ToString(),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private static string InHan(int value) => value switch
    {
        < 1 or > 99 => value.ToString(CultureInfo.InvariantCulture),
        < 10 => Han[value],
        < 20 => "十" + (value == 10 ? "" : Han[value - 10]),
        _ => Han[value / 10] + "十" + (value % 10 == 0 ? "" : Han[value % 10]),
    };

    private void ReadLists(ZipArchiveEntry entry)
    {
        using var reader = DocxText.Open(entry);
        string? kind = null, list = null;
        var level = 0;
        var (format, text, start) = ("decimal", "", 1);
        while (reader.Read() && _lists.Count < MostLists && _formats.Count < MostLists)
        {
            if (!DocxText.IsWord(reader))
            {
                continue;
            }

            var value = reader.NodeType == XmlNodeType.Element ? DocxText.Attribute(reader, "val") : null;
            switch (reader.NodeType, reader.LocalName)
            {
                case (XmlNodeType.Element, "abstractNum"):
                    kind = DocxText.Attribute(reader, "abstractNumId") ?? "";
                    _formats[kind] = [.. Enumerable.Range(0, Levels).Select(_ => new Level("none", "", 1))];
                    break;
                case (XmlNodeType.EndElement, "abstractNum"):
                    kind = null;
                    break;
                case (XmlNodeType.Element, "lvl"):
                    level = int.TryParse(DocxText.Attribute(reader, "ilvl"), out var at) ? at : 0;
                    (format, text, start) = ("decimal", "", 1);
                    break;
                case (XmlNodeType.Element, "numFmt"):
                    format = value ?? format;
                    break;
                case (XmlNodeType.Element, "lvlText"):
                    text = value ?? "";
                    break;
                case (XmlNodeType.Element, "start"):
                    start = int.TryParse(value, out var first) ? first : 1;
                    break;
                case (XmlNodeType.EndElement, "lvl") when kind is not null && level is >= 0 and < Levels:
                    _formats[kind][level] = new Level(format, text, start);
                    break;
                case (XmlNodeType.Element, "num"):
                    list = DocxText.Attribute(reader, "numId");
                    break;
                case (XmlNodeType.Element, "abstractNumId") when list is not null && value is not null:
                    _lists[list] = value;
                    break;
                case (XmlNodeType.Element, "lvlOverride"):
                    level = int.TryParse(DocxText.Attribute(reader, "ilvl"), out var over) ? over : 0;
                    break;
                case (XmlNodeType.Element, "startOverride") when list is not null && int.TryParse(value, out var restart):
                    _restarts[(list, level)] = restart;
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadStyles(ZipArchiveEntry entry)
    {
        using var reader = DocxText.Open(entry);
        string? style = null, id = null;
        var level = 0;
        while (reader.Read() && _styles.Count < MostLists)
        {
            if (!DocxText.IsWord(reader))
            {
                continue;
            }

            switch (reader.NodeType, reader.LocalName)
            {
                case (XmlNodeType.Element, "style"):
                    (style, id, level) = (DocxText.Attribute(reader, "styleId"), null, 0);
                    break;
                case (XmlNodeType.Element, "numId"):
                    id = DocxText.Attribute(reader, "val");
                    break;
                case (XmlNodeType.Element, "ilvl"):
                    level = int.TryParse(DocxText.Attribute(reader, "val"), out var at) ? at : 0;
                    break;
                case (XmlNodeType.EndElement, "style") when style is not null && id is not null:
                    _styles[style] = (id, level);
                    break;
                default:
                    break;
            }
        }
    }
}
