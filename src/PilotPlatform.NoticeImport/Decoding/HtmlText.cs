using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// The main content of a page as text: paragraphs on lines, table rows with tabs. The parser runs no script and loads
/// nothing; the walk keeps its own stack, so that deep nesting cannot exhaust the thread's.
/// </summary>
internal static class HtmlText
{
    private const int MostNodes = 500_000;
    private const int MostCharacters = 8 * 1024 * 1024;
    private const int LongestMetadata = 160;

    private static readonly HashSet<string> MetadataLabels = new(
        [.. RuleLists.MetadataTitle, .. RuleLists.MetadataNumber, .. RuleLists.MetadataIssuer, .. RuleLists.MetadataIssueDate, .. RuleLists.MetadataOther], StringComparer.Ordinal);

    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "SCRIPT", "STYLE", "NAV", "FOOTER", "FORM", "NOSCRIPT", "IFRAME", "HEAD", "SELECT", "BUTTON", "TEMPLATE", "OBJECT", "SVG", "ASIDE",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "P", "DIV", "TR", "TABLE", "LI", "UL", "OL", "H1", "H2", "H3", "H4", "H5", "H6", "SECTION", "ARTICLE", "HEADER", "DL", "DT", "DD", "BLOCKQUOTE", "TBODY", "THEAD",
    };

    public static (string? Text, NoticeRefusal? Refusal) Extract(ReadOnlyMemory<byte> bytes)
    {
        var (page, refusal) = TextDecoder.Decode(bytes.Span);
        if (page is null)
        {
            return (null, refusal);
        }

        if (!HtmlGuard.IsSound(page))
        {
            return (null, Refusals.Unreadable);
        }

        using var document = new HtmlParser().ParseDocument(page);
        var body = (INode?)document.Body ?? document;
        var weights = Weigh(body);
        if (weights is null)
        {
            return (null, Refusals.Unreadable);
        }

        var main = Main(document, body, weights);
        return Write(main, weights) is { } text ? (Metadata(body, main, weights) + Heading(body, main, weights) + text, null) : (null, Refusals.Unreadable);
    }

    private static INode Main(IDocument document, INode body, Dictionary<INode, (int Text, int Links)> weights)
    {
        foreach (var selector in RuleLists.MainContent)
        {
            if (document.QuerySelector(selector) is { } known && weights.GetValueOrDefault(known).Text > 200)
            {
                return known;
            }
        }

        // Go down while one child holds nearly all of the text that is not links; through tables too, where one cell does.
        var (current, whole) = (body, body);
        while (true)
        {
            var own = Weight(weights, current);
            var heavy = current.ChildNodes.FirstOrDefault(c => Weight(weights, c) * 10 >= own * 8);
            if (heavy is not IElement || heavy.NodeName is "P" or "SPAN" or "STRONG" or "B" or "FONT")
            {
                return whole;
            }

            current = heavy;
            whole = current.NodeName is "TR" or "TBODY" or "TABLE" ? whole : current;
        }
    }

    /// <summary>
    /// The title, where the page sets it above its main content and not in it: the nearest heading, or short passage that
    /// ends as titles end, before the main content.
    /// </summary>
    private static string Heading(INode body, INode main, Dictionary<INode, (int Text, int Links)> weights)
    {
        var start = main.TextContent.AsSpan().TrimStart();
        var head = Plain(start[..Math.Min(400, start.Length)].ToString());
        for (var node = main; node != body && node.Parent is { } parent; node = parent)
        {
            for (var above = node.PreviousSibling; above is not null; above = above.PreviousSibling)
            {
                if (TitleIn(above, weights) is { } title)
                {
                    return head.Contains(Plain(title), StringComparison.Ordinal) ? "" : title + "\n";
                }
            }
        }

        return "";

        static string Plain(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }

    private static string? TitleIn(INode root, Dictionary<INode, (int Text, int Links)> weights)
    {
        if (root is not IElement || Dropped.Contains(root.NodeName))
        {
            return null;
        }

        var open = new Stack<INode>([root]);
        while (open.TryPop(out var node))
        {
            if (node is IElement element && weights.GetValueOrDefault(node) is { Text: >= 8 and <= 120, Links: 0 })
            {
                var text = Flat(element.TextContent);
                if (element.NodeName is "H1" or "H2" || RuleLists.TitleEndings.Concat(["解读"]).Any(e => text.EndsWith(e, StringComparison.Ordinal)))
                {
                    return text;
                }
            }

            foreach (var child in node.ChildNodes.Where(c => c is IElement && !Dropped.Contains(c.NodeName) && weights.GetValueOrDefault(c).Text >= 8).Reverse())
            {
                open.Push(child);
            }
        }

        return null;
    }

    private static int Weight(Dictionary<INode, (int Text, int Links)> weights, INode node) =>
        weights.TryGetValue(node, out var w) ? Math.Max(0, w.Text - (2 * w.Links)) : 0;

    /// <summary>Text and link text under each element, from the leaves up.</summary>
    private static Dictionary<INode, (int Text, int Links)>? Weigh(INode root)
    {
        var order = new List<INode>();
        var open = new Stack<INode>([root]);
        while (open.TryPop(out var node))
        {
            if (order.Count > MostNodes)
            {
                return null;
            }

            order.Add(node);
            foreach (var child in node.ChildNodes.Where(c => !Dropped.Contains(c.NodeName)))
            {
                open.Push(child);
            }
        }

        var weights = new Dictionary<INode, (int Text, int Links)>();
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var node = order[i];
            var text = node is IText t ? t.Data.Trim().Length : 0;
            var links = 0;
            foreach (var child in node.ChildNodes)
            {
                var (childText, childLinks) = weights.GetValueOrDefault(child);
                text += childText;
                links += childLinks;
            }

            weights[node] = (text, node.NodeName == "A" ? text : links);
        }

        return weights;
    }

    /// <summary>Null where the tables would unfold to more than any notice holds.</summary>
    private static string? Write(INode root, Dictionary<INode, (int Text, int Links)> weights)
    {
        var result = new StringBuilder();
        var grids = new Dictionary<INode, TableGrid>();
        var open = new Stack<(INode? Node, string? After)>();
        open.Push((root, null));
        while (open.TryPop(out var next))
        {
            if (result.Length > MostCharacters)
            {
                return null;
            }

            if (next.Node is null)
            {
                result.Append(next.After);
                continue;
            }

            var node = next.Node;
            if (node is IText text)
            {
                // Line ends inside a paragraph of the page's source mean nothing, but for preformatted text.
                var keep = node.ParentElement?.NodeName == "PRE";
                foreach (var c in text.Data)
                {
                    if (keep || c is not ('\n' or '\r' or '\t'))
                    {
                        result.Append(c);
                    }
                }

                continue;
            }

            var name = node.NodeName;
            if (Dropped.Contains(name) || IsLinkList(node, weights))
            {
                continue;
            }

            if (name == "BR")
            {
                result.Append('\n');
                continue;
            }

            if (name == "TR" && WriteRow(result, (IElement)node, grids, weights, weights.GetValueOrDefault(root).Text))
            {
                continue;
            }

            if (Blocks.Contains(name))
            {
                result.Append('\n');
                open.Push((null, "\n"));
            }

            foreach (var child in node.ChildNodes.Reverse())
            {
                open.Push((child, null));
            }
        }

        return result.ToString();
    }

    /// <summary>A list of links leads to other texts (相关文章, 上一篇): their titles are not this one's.</summary>
    private static bool IsLinkList(INode node, Dictionary<INode, (int Text, int Links)> weights) =>
        node.NodeName is "UL" or "OL" or "DL" or "DIV" or "SECTION"
        && weights.GetValueOrDefault(node) is { Text: > 0 } own && own.Links * 10 >= own.Text * 9
        && node.ChildNodes.Count(c => weights.GetValueOrDefault(c).Text > 0) >= 2;

    /// <summary>
    /// Writes a row of short cells, those included that reach down from rows above. A table that lays out a page holds
    /// whole articles in its cells and is no row.
    /// </summary>
    private static bool WriteRow(StringBuilder result, IElement row, Dictionary<INode, TableGrid> grids, Dictionary<INode, (int Text, int Links)> weights, int all)
    {
        var cells = row.Children.Where(c => c.NodeName is "TD" or "TH").ToList();
        const int article = 120;
        if (cells.Any(c => c.QuerySelector("table") is not null || c.TextContent.Length >= 3000 || (weights.GetValueOrDefault(c).Text > article && HoldsPage(c)) || (weights.GetValueOrDefault(c).Text is > article and var own && own * 2 > all)))
        {
            return false;
        }

        var table = row.Parent is { NodeName: "TABLE" } direct ? direct : row.Parent?.Parent ?? row;
        if (!grids.TryGetValue(table, out var grid))
        {
            grids[table] = grid = new TableGrid();
        }

        if (cells.Count < 2 && !grid.HasPending)
        {
            return false;
        }

        result.Append('\n').AppendJoin('\t', grid.Row(cells.Select(c => (Flat(c.TextContent), Span(c, "colspan"), Span(c, "rowspan"))))).Append('\n');
        return true;
    }

    /// <summary>Lists, headings or several sections in a cell: it lays out a page.</summary>
    private static bool HoldsPage(IElement cell) => cell.QuerySelector("ul, ol, h1, h2, h3, form, article") is not null || cell.QuerySelectorAll("div").Length >= 2;

    private static int Span(IElement cell, string attribute) =>
        int.TryParse(cell.GetAttribute(attribute), NumberStyles.Integer, CultureInfo.InvariantCulture, out var span) ? span : 1;

    private static string Flat(string text)
    {
        var result = new StringBuilder();
        foreach (var c in text.Trim())
        {
            result.Append(c is '\n' or '\r' or '\t' ? ' ' : c);
        }

        return result.ToString();
    }

    /// <summary>What the page says about the notice beside its text: 文号, 成文日期. One line each.</summary>
    private static string Metadata(INode body, INode main, Dictionary<INode, (int Text, int Links)> weights)
    {
        var result = new StringBuilder();
        var open = new Stack<INode>([body]);
        while (open.TryPop(out var node))
        {
            if (node == main || Dropped.Contains(node.NodeName))
            {
                continue;
            }

            if (node is IElement element && weights.GetValueOrDefault(node).Text is > 2 and <= LongestMetadata)
            {
                var text = element.NodeName == "TR" ? string.Join('\t', element.Children.Select(c => Flat(c.TextContent))) : Flat(element.TextContent);
                if (IsMetadata(text))
                {
                    result.Append(text).Append('\n');
                    continue;
                }
            }

            foreach (var child in node.ChildNodes.Reverse())
            {
                open.Push(child);
            }
        }

        return result.ToString();
    }

    private static bool IsMetadata(string text)
    {
        var plain = string.Concat(text.Where(c => !char.IsWhiteSpace(c) || c == '\t')).TrimStart('\t');
        var end = plain.AsSpan().IndexOfAny(':', '：', '\t');
        return end is >= 2 and <= 8 && MetadataLabels.Contains(plain[..end]);
    }
}
