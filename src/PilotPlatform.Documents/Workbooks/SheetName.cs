using System.Text;
using PilotPlatform.Documents.Packages;

namespace PilotPlatform.Documents.Workbooks;

/// <summary>The rules that Excel has for the name on a tab; a file that breaks one is reported as damaged.</summary>
internal static class SheetName
{
    private const int LongestName = 31;
    private const string Reserved = "History";

    public static string From(string name)
    {
        var shown = new StringBuilder(name.Length);
        foreach (var c in XmlText.Clean(name))
        {
            shown.Append(c switch
            {
                '\\' => '＼',
                '/' => '／',
                '?' => '？',
                '*' => '＊',
                ':' => '：',
                '[' => '［',
                ']' => '］',
                '\t' or '\r' or '\n' => ' ',
                _ => c,
            });
        }

        var trimmed = shown.ToString().Trim().Trim('\'').Trim();
        if (trimmed.Length > LongestName)
        {
            // A name must not end in half a character.
            var length = char.IsHighSurrogate(trimmed[LongestName - 1]) ? LongestName - 1 : LongestName;
            trimmed = trimmed[..length].TrimEnd().TrimEnd('\'');
        }

        if (trimmed.Length == 0)
        {
            throw new ArgumentException("A sheet needs a name.", nameof(name));
        }

        return trimmed.Equals(Reserved, StringComparison.OrdinalIgnoreCase) ? trimmed + "_" : trimmed;
    }
}
