using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Cleaning;

/// <summary>
/// Takes the page numbers and running heads out of a text that was copied from printed pages, so that a sentence which a
/// page break has cut in two can be joined again.
/// </summary>
internal static class PageMarks
{
    private const int LongestMark = 16;
    private const int LongestHead = 40;

    /// <summary>A running head has at most two lines: the gazette's name and that of the part.</summary>
    private const int HeadLines = 2;

    /// <summary>— 12 — and 第3页共9页; a bare number may be one of a table that came apart.</summary>
    private static readonly Regex Number = Pattern.Of(@"^(?:[-—–·]{1,2}\d{1,4}[-—–·]{1,2}|第\d{1,4}页[,/]?(?:共\d{1,4}页)?)$");

    public static CleaningBuffer Without(CleaningBuffer buffer)
    {
        var text = new string(CollectionsMarshal.AsSpan(buffer.Text));
        var lines = Lines(text);
        var marks = Enumerable.Range(0, lines.Count).Where(i => lines[i].Length is >= 3 and <= LongestMark && Number.IsMatch(text.AsSpan(lines[i].Start, lines[i].Length))).ToList();
        if (marks.Count == 0)
        {
            return buffer;
        }

        var gone = new HashSet<int>(marks);
        foreach (var side in new[] { 1, -1 })
        {
            for (var step = 1; step <= HeadLines; step++)
            {
                // A line that stands at the same place beside two page numbers or more is a running head.
                gone.UnionWith(marks.Select(m => m + (side * step))
                    .Where(i => i >= 0 && i < lines.Count && !gone.Contains(i) && lines[i].Length is > 0 and <= LongestHead && !text.AsSpan(lines[i].Start, lines[i].Length).ContainsAny("。;:\t"))
                    .GroupBy(i => text.Substring(lines[i].Start, lines[i].Length), StringComparer.Ordinal)
                    .Where(g => g.Count() >= 2)
                    .SelectMany(g => g)
                    .ToList());
            }
        }

        var result = new CleaningBuffer(text.Length);
        for (var i = 0; i < lines.Count; i++)
        {
            for (var at = lines[i].Start; !gone.Contains(i) && at < Math.Min(lines[i].End + 1, text.Length); at++)
            {
                result.Take(buffer, at);
            }
        }

        return result;
    }

    /// <summary>The lines that hold anything.</summary>
    private static List<TextRange> Lines(string text)
    {
        var lines = new List<TextRange>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            if (end > start)
            {
                lines.Add(TextRange.Between(start, end));
            }

            start = end + 1;
        }

        return lines;
    }
}
