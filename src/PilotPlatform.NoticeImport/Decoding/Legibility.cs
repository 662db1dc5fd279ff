using System.Collections.Frozen;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// How much a text looks like official Chinese: the share of its characters beyond ASCII that are common characters, in
/// either script, or Chinese punctuation. A text in the right encoding has about 0.95, in a wrong one below 0.5.
/// </summary>
internal static class Legibility
{
    private static readonly FrozenSet<char> Common = RuleLists.CommonCharacters.ToFrozenSet();

    /// <summary>A sample is enough: an encoding holds for the whole file.</summary>
    private const int Sample = 100_000;

    public static double Of(ReadOnlySpan<char> text)
    {
        int good = 0, all = 0;
        foreach (var c in text[..Math.Min(text.Length, Sample)])
        {
            if (c < 0x80)
            {
                // Control characters that no text holds count against it.
                all += c < ' ' && c is not ('\n' or '\r' or '\t' or '\f' or '\v') ? 1 : 0;
                continue;
            }

            all++;
            good += IsCommon(c) || IsPunctuation(c) ? 1 : 0;
        }

        return all == 0 ? 1 : (double)good / all;
    }

    public static bool IsCommon(char c) => Common.Contains(c) || Common.Contains(TraditionalTable.Simplified(c));

    private static bool IsPunctuation(char c) =>
        c is >= '\u3000' and <= '\u301f' or >= '\uff01' and <= '\uff5e' or >= '\u2010' and <= '\u2026' or >= '\u2460' and <= '\u2473' or '\u00b7' or '\u00a0';
}
