namespace PilotPlatform.NoticeImport.Cleaning;

/// <summary>Splitting and searching that know of brackets and quotation marks.</summary>
internal static class Brackets
{
    /// <summary>The parts between separators that stand outside round brackets, titles and quotations.</summary>
    public static IEnumerable<TextRange> Split(string text, TextRange range, string separators)
    {
        var depth = 0;
        var start = range.Start;
        for (var i = range.Start; i < range.End; i++)
        {
            var c = text[i];
            if (c is '(' or '《' or '“')
            {
                depth++;
            }
            else if (c is ')' or '》' or '”')
            {
                depth = Math.Max(0, depth - 1);
            }
            else if (c == '\n')
            {
                // A bracket that is never closed must not swallow the lines below it.
                depth = 0;
            }

            if (depth == 0 && separators.Contains(c, StringComparison.Ordinal))
            {
                if (i > start)
                {
                    yield return TextRange.Between(start, i);
                }

                start = i + 1;
            }
        }

        if (range.End > start)
        {
            yield return TextRange.Between(start, range.End);
        }
    }

    /// <summary>The parts before and after a word's first place; the whole where it is absent.</summary>
    public static IEnumerable<TextRange> SplitWord(string text, TextRange range, string word)
    {
        var at = text.AsSpan(range.Start, range.Length).IndexOf(word, StringComparison.Ordinal);
        if (at < 0)
        {
            return [range];
        }

        return [new TextRange(range.Start, at), TextRange.Between(range.Start + at + word.Length, range.End)];
    }

    /// <summary>What stands inside each outermost pair of brackets, round or square.</summary>
    public static IEnumerable<TextRange> Within(string text, TextRange range, int longest)
    {
        var depth = 0;
        var start = 0;
        for (var i = range.Start; i < range.End; i++)
        {
            switch (text[i])
            {
                case '(' or '【' or '[' or '〔' when depth++ == 0:
                    start = i + 1;
                    break;
                case ')' or '】' or ']' or '〕' when depth > 0:
                    if (--depth == 0 && i - start <= longest)
                    {
                        yield return TextRange.Between(start, i);
                    }

                    break;
                case '\n':
                    depth = 0;
                    break;
                default:
                    break;
            }
        }
    }
}
