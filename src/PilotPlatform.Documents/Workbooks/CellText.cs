using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.Documents.Packages;

namespace PilotPlatform.Documents.Workbooks;

internal static partial class CellText
{
    public const int LongestText = 32_767;

    // What a spreadsheet, or a program that reads the table after it was saved as CSV, takes for the start of a formula.
    private static readonly char[] FormulaStarts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

    /// <summary>The text as an inline string carries it.</summary>
    public static string Encode(string text)
    {
        if (text.Length > LongestText)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A cell holds {LongestText} characters; this text has {text.Length}."),
                nameof(text));
        }

        // Excel decodes _x000D_ in a string; a text that happens to read so is protected by encoding its underscore.
        return Escape().Replace(XmlText.Clean(text), "_x005F_");
    }

    public static bool LooksLikeFormula(string text) =>
        text.Length > 0 && Array.IndexOf(FormulaStarts, text.TrimStart(' ') is [var first, ..] ? first : ' ') >= 0;

    /// <summary>The width in the units of a column: a Han character takes two.</summary>
    public static double DisplayWidth(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += rune.Value >= 0x1100 ? 2 : 1;
        }

        return width;
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Escape();
}
