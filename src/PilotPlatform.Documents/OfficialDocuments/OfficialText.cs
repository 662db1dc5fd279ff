using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using PilotPlatform.Documents.Packages;

namespace PilotPlatform.Documents.OfficialDocuments;

internal static class OfficialText
{
    public static Run Run(string text, RunProperties? properties = null)
    {
        var run = new Run();
        if (properties is not null)
        {
            run.Append(properties);
        }

        var lines = Lines(text);
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                run.Append(new Break());
            }

            var pieces = lines[i].Split('\t');
            for (var j = 0; j < pieces.Length; j++)
            {
                if (j > 0)
                {
                    run.Append(new TabChar());
                }

                run.Append(new Text(pieces[j]) { Space = SpaceProcessingModeValues.Preserve });
            }
        }

        return run;
    }

    public static string[] Lines(string text) => XmlText.Clean(text).ReplaceLineEndings("\n").Split('\n');

    /// <summary>2023年9月30日: no leading zeros, as the standard has it.</summary>
    public static string Date(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日");

    /// <summary>The width in half characters: Han and full-width signs take two, Latin letters and digits one.</summary>
    public static int HalfWidths(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += rune.Value >= 0x2010 ? 2 : 1;
        }

        return width;
    }
}
