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

    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "SCRIPT", "STYLE", "NAV", "FOOTER", "FORM", "NOSCRIPT", "IFRAME", "HEAD", "SELECT", "BUTTON", "TEMPLATE", "OBJECT", "SVG",
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
        return (Write(main), null);
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

        // Go down while one child holds nearly all of the text that is not links.
        var current = body;
        while (true)
        {
            var own = Weight(weights, current);
            var heavy = current.ChildNodes.FirstOrDefault(c => Weight(weights, c) * 10 >= own * 8);
            if (heavy is not IElement || heavy.NodeName is "P" or "SPAN" or "TR" or "TBODY" or "TABLE")
            {
                return current;
            }

            current = heavy;
        }
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

    private static string Write(INode root)
    {
        var result = new StringBuilder();
        var open = new Stack<(INode? Node, string? After)>();
        open.Push((root, null));
        while (open.TryPop(out var next))
        {
            if (next.Node is null)
            {
                result.Append(next.After);
                continue;
            }

            var node = next.Node;
            if (node is IText text)
            {
                // Line ends inside a paragraph of the page's source mean nothing.
                foreach (var c in text.Data)
                {
                    if (c is not ('\n' or '\r' or '\t'))
                    {
                        result.Append(c);
                    }
                }

                continue;
            }

            var name = node.NodeName;
            if (Dropped.Contains(name))
            {
                continue;
            }

            if (name == "BR")
            {
                result.Append('\n');
                continue;
            }

            if (name == "TR" && IsDataRow((IElement)node))
            {
                WriteRow(result, (IElement)node);
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

    /// <summary>A row of short cells; a table that lays out a page holds whole articles in its cells.</summary>
    private static bool IsDataRow(IElement row)
    {
        var cells = row.Children.Where(c => c.NodeName is "TD" or "TH").ToList();
        return cells.Count > 1 && cells.All(c => c.QuerySelector("table") is null && c.TextContent.Length < 3000);
    }

    private static void WriteRow(StringBuilder result, IElement row)
    {
        result.Append('\n');
        var first = true;
        foreach (var cell in row.Children.Where(c => c.NodeName is "TD" or "TH"))
        {
            if (!first)
            {
                result.Append('\t');
            }

            first = false;
            foreach (var c in cell.TextContent.Trim())
            {
                result.Append(c is '\n' or '\r' or '\t' ? ' ' : c);
            }
        }

        result.Append('\n');
    }
}
