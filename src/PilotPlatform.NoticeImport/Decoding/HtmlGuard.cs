using System.Buffers;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// Looks at the tags of a page before it is parsed. What a parser does for one tag grows with the tags still open and
/// with the attributes already read, so a page built of nothing else would keep it busy for hours.
/// </summary>
internal static class HtmlGuard
{
    private const int DeepestNesting = 500;
    private const int MostAttributes = 500;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\f/>");

    /// <summary>Elements that have no content or that the next of their kind closes.</summary>
    private static readonly HashSet<string> ClosesItself = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "option", "optgroup", "br", "img", "hr", "input", "meta",
        "link", "source", "wbr", "area", "base", "col", "colgroup", "embed", "param", "track", "html", "head", "body",
    };

    public static bool IsSound(string page)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var depth = 0;
        for (var i = page.IndexOf('<', StringComparison.Ordinal); i >= 0 && i < page.Length - 1; i = Next(page, i))
        {
            var closing = page[i + 1] == '/';
            var start = closing ? i + 2 : i + 1;
            if (start >= page.Length || !char.IsAsciiLetter(page[start]))
            {
                i++;
                continue;
            }

            var length = page.AsSpan(start).IndexOfAny(NameEnds);
            var name = page.Substring(start, Math.Min(length < 0 ? page.Length - start : length, 40));
            i = start + name.Length;
            if (closing)
            {
                // A closing tag of an element that is not open closes nothing.
                if (open.TryGetValue(name, out var count) && count > 0)
                {
                    open[name] = count - 1;
                    depth--;
                }

                continue;
            }

            if (AttributesEnd(page, i) is not { } end)
            {
                return false;
            }

            i = end;
            if (name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase))
            {
                var close = page.IndexOf("</" + name, i, StringComparison.OrdinalIgnoreCase);
                i = close < 0 ? page.Length : close;
                continue;
            }

            if (!ClosesItself.Contains(name) && page[Math.Min(i, page.Length - 1) - 1] != '/')
            {
                open[name] = open.GetValueOrDefault(name) + 1;
                if (++depth > DeepestNesting)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int Next(string page, int from) => from >= page.Length ? -1 : page.IndexOf('<', from);

    /// <summary>The end of a tag; null where it has more attributes than any real one.</summary>
    private static int? AttributesEnd(string page, int from)
    {
        var gaps = 0;
        var quote = '\0';
        for (var i = from; i < page.Length; i++)
        {
            var c = page[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '>')
            {
                return i;
            }
            else if (c is '=' or '/' || char.IsWhiteSpace(c) && !char.IsWhiteSpace(page[i - 1]))
            {
                // Every attribute begins behind one of these.
                if (++gaps > MostAttributes)
                {
                    return null;
                }
            }
        }

        return page.Length;
    }
}
