using System.Text;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Rules;
using PilotPlatform.NoticeImport.Themes;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// The text of a PDF as <c>pdftotext -layout</c> gives it, made into paragraphs and table rows: page numbers and repeated
/// heads go, lines that the page's width has broken are joined, and the cells of a table are put together from the
/// columns that its header marks.
/// </summary>
internal static class PdfLayout
{
    /// <summary>A line that fills this much of the widest one was broken by the page, not by the writer.</summary>
    private const double FullLine = 0.85;

    private const int HeaderLines = 2;
    private const int FarthestColumn = 8;
    private const int LongestRow = 30;

    private static readonly Regex PageNumber = Pattern.Of(@"^\s*(?:[-—–·]{0,2}\s*\d{1,4}\s*[-—–·]{0,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})\s*$");

    public static string Unfold(string layout)
    {
        var lines = Lines(layout);
        var widest = lines.Count == 0 ? 0 : lines.Select(Width).Order().ElementAt((int)(lines.Count * 0.95));
        var result = new StringBuilder();
        var previous = "";
        for (var i = 0; i < lines.Count; i++)
        {
            if (Header(lines[i]) is { } columns)
            {
                i = WriteTable(lines, i, columns, result);
                previous = "";
                continue;
            }

            var line = lines[i];
            var text = line.Trim();
            if (text.Length == 0)
            {
                previous = "";
                continue;
            }

            // What is set in the middle or at the right is a title or a signature, and a line of its own.
            var isSetOff = Indent(line) * 3 > widest || Indent(previous) * 3 > widest;
            var joins = previous.Length > 0 && !isSetOff && Width(previous) >= FullLine * widest && Indent(line) < Indent(previous) + 2 && Numbering.At(text, 0) is null && !text.Contains("  ", StringComparison.Ordinal);
            if (!joins && result.Length > 0)
            {
                result.Append('\n');
            }

            result.Append(joins && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(result[^1]) ? " " : "").Append(text);
            previous = line;
        }

        return result.Append('\n').ToString();
    }

    /// <summary>The lines of all pages, without page numbers and without what stands at the same edge of most pages.</summary>
    private static List<string> Lines(string layout)
    {
        var pages = layout.Split('\f').Select(p => p.ReplaceLineEndings("\n").Split('\n').ToList()).ToList();
        foreach (var page in pages)
        {
            var edge = Edge(page);
            page.RemoveAll(l => edge.Contains(l) && PageNumber.IsMatch(l));
        }

        var full = pages.Where(p => p.Any(l => l.Trim().Length > 0)).ToList();
        foreach (var last in new[] { false, true })
        {
            var edges = full.Select(p => (last ? p.AsEnumerable().Reverse() : p).FirstOrDefault(l => l.Trim().Length > 0)?.Trim()).OfType<string>();
            var repeated = edges.GroupBy(e => e, StringComparer.Ordinal).Where(g => g.Count() >= 3 && g.Count() * 2 > full.Count && Header(g.Key) is null).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var page in full)
            {
                var at = last ? page.FindLastIndex(l => l.Trim().Length > 0) : page.FindIndex(l => l.Trim().Length > 0);
                if (at >= 0 && repeated.Contains(page[at].Trim()))
                {
                    page.RemoveAt(at);
                }
            }
        }

        return [.. pages.SelectMany(p => p.Append(""))];
    }

    private static HashSet<string> Edge(List<string> page)
    {
        var filled = page.Where(l => l.Trim().Length > 0).ToList();
        return [.. filled.Take(HeaderLines), .. filled.TakeLast(HeaderLines)];
    }

    /// <summary>Chinese characters are two wide.</summary>
    private static int Width(string line)
    {
        var width = 0;
        foreach (var c in line.AsSpan().TrimEnd())
        {
            width += c >= '\u2e80' ? 2 : 1;
        }

        return width;
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    /// <summary>The columns of a table's header: where each begins and what it holds.</summary>
    private static List<(int Start, string Name)>? Header(string line)
    {
        var parts = Parts(line, 1);
        var kinds = parts.Select(p => TableColumns.KindOf(p.Text)).ToList();
        return parts.Count >= 3 && kinds.All(k => k is not null) && TableColumns.IsTaskTable([.. kinds.OfType<TableColumn>()]) ? parts : null;
    }

    /// <summary>The parts of a line that at least so many spaces set apart.</summary>
    private static List<(int Start, string Text)> Parts(string line, int gap)
    {
        var parts = new List<(int, string)>();
        for (var i = 0; i < line.Length;)
        {
            if (line[i] is ' ' or '\t')
            {
                i++;
                continue;
            }

            var start = i;
            var end = i;
            for (var spaces = 0; i < line.Length && spaces < gap; i++)
            {
                (spaces, end) = line[i] is ' ' or '\t' ? (spaces + 1, end) : (0, i + 1);
            }

            parts.Add((start, line[start..end]));
        }

        return parts;
    }

    /// <summary>Writes header and rows; gives the index of the table's last line.</summary>
    private static int WriteTable(List<string> lines, int header, List<(int Start, string Name)> columns, StringBuilder result)
    {
        if (result.Length > 0)
        {
            result.Append('\n');
        }

        result.AppendJoin('\t', columns.Select(c => c.Name));
        var last = header;
        var rows = new List<string[]>();
        for (var i = header + 1; i < lines.Count;)
        {
            if (lines[i].Trim().Length == 0)
            {
                i++;
                continue;
            }

            // Lines without a blank one between them: the row or rows of one group.
            var group = lines.Skip(i).TakeWhile(l => l.Trim().Length > 0).ToList();
            if (group.Count == 1 && Header(group[0]) is not null)
            {
                i += group.Count;
                continue;
            }

            var cells = group.Select(l => Cells(l, columns)).ToList();
            var numbered = Enumerable.Range(0, cells.Count).Where(n => IsNumber(cells[n][0])).ToList();
            i += group.Count;
            if (numbered.Count > 0)
            {
                rows.AddRange(Rows(cells, numbered));
            }
            else if (rows.Count > 0 && lines.Skip(i).Take(LongestRow).Any(l => IsNumber(Cells(l, columns)[0])))
            {
                // The end of a row that a page break has cut off.
                foreach (var line in cells)
                {
                    Add(rows[^1], line);
                }
            }
            else
            {
                break;
            }

            last = i - 1;
        }

        foreach (var row in rows)
        {
            result.Append('\n').AppendJoin('\t', row);
        }

        return last;
    }

    private static bool IsNumber(string cell) => cell.Length is > 0 and <= 4 && cell.All(char.IsAsciiDigit);

    private static void Add(string[] row, string[] line)
    {
        for (var c = 0; c < line.Length; c++)
        {
            row[c] += line[c];
        }
    }

    /// <summary>Each line belongs to the row whose number is nearest: a number stands in the middle of its row.</summary>
    private static IEnumerable<string[]> Rows(List<string[]> lines, List<int> numbered)
    {
        var rows = numbered.ToDictionary(n => n, n => new string[lines[n].Length]);
        for (var i = 0; i < lines.Count; i++)
        {
            Add(rows[numbered.MinBy(n => Math.Abs(n - i))], lines[i]);
        }

        return rows.OrderBy(r => r.Key).Select(r => r.Value);
    }

    /// <summary>Each part of a line goes to the column whose header begins nearest.</summary>
    private static string[] Cells(string line, List<(int Start, string Name)> columns)
    {
        var cells = Enumerable.Repeat("", columns.Count).ToArray();
        foreach (var (start, text) in Parts(line, 2))
        {
            var column = Enumerable.Range(0, columns.Count).MinBy(c => Math.Abs(columns[c].Start - start));

            // A number is never text: what stands beside it, however near, begins the next column.
            if (column == 0 && !text.All(char.IsAsciiDigit) && Math.Abs(columns[1].Start - start) <= FarthestColumn)
            {
                column = 1;
            }

            cells[column] += text.Replace(" ", "", StringComparison.Ordinal);
        }

        return cells;
    }
}
