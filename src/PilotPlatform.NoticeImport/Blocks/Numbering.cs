namespace PilotPlatform.NoticeImport.Blocks;

/// <summary>The style of a number before an item.</summary>
internal enum NumberStyle
{
    /// <summary>一、</summary>
    Han,

    /// <summary>(一)</summary>
    HanInBrackets,

    /// <summary>1.</summary>
    Digit,

    /// <summary>(1)</summary>
    DigitInBrackets,
}

/// <summary>A number before an item.</summary>
/// <param name="Style">How it is written.</param>
/// <param name="Value">What it counts.</param>
/// <param name="Length">How many characters it takes, its point included.</param>
/// <param name="Label">The number as the text writes it, without its point: 四, (四), 4.</param>
internal sealed record NumberMark(NumberStyle Style, int Value, int Length, string Label);

/// <summary>Reads numbers such as 一、 (一) 1. (1) and 第一, in clean text.</summary>
internal static class Numbering
{
    private const string Digits = "零一二三四五六七八九";

    public static NumberMark? At(ReadOnlySpan<char> text, int index)
    {
        var rest = text[index..];
        if (rest.Length < 2)
        {
            return null;
        }

        var bracket = rest[0] == '(';
        var offset = bracket ? 1 : 0;
        var digits = offset;
        while (digits < rest.Length && digits < offset + 3 && char.IsAsciiDigit(rest[digits]))
        {
            digits++;
        }

        if (digits > offset)
        {
            var value = int.Parse(rest[offset..digits], System.Globalization.CultureInfo.InvariantCulture);
            if (bracket)
            {
                return digits < rest.Length && rest[digits] == ')' && value < 100
                    ? new NumberMark(NumberStyle.DigitInBrackets, value, AfterBracket(rest, digits), $"({value})")
                    : null;
            }

            // 1.5 and 2.0 are amounts.
            return digits + 1 < rest.Length && rest[digits] is '.' or '、' or ')' && !char.IsAsciiDigit(rest[digits + 1])
                ? new NumberMark(NumberStyle.Digit, value, digits + 1, rest[..digits].ToString())
                : null;
        }

        var ordinal = !bracket && rest[0] == '第';
        offset += ordinal ? 1 : 0;
        var end = offset;
        while (end < rest.Length && end < offset + 4 && "一二三四五六七八九十百零".Contains(rest[end], StringComparison.Ordinal))
        {
            end++;
        }

        if (end == offset || end >= rest.Length || Parse(rest[offset..end]) is not { } number)
        {
            return null;
        }

        if (bracket)
        {
            return rest[end] == ')'
                ? new NumberMark(NumberStyle.HanInBrackets, number, AfterBracket(rest, end), rest[..(end + 1)].ToString())
                : null;
        }

        return rest[end] is '、' or '.' || (ordinal && rest[end] == ',')
            ? new NumberMark(NumberStyle.Han, number, end + 1, rest[offset..end].ToString())
            : null;
    }

    /// <summary>一 to 九百九十九.</summary>
    public static int? Parse(ReadOnlySpan<char> text)
    {
        var total = 0;
        var current = 0;
        foreach (var c in text)
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            switch (c)
            {
                case '百':
                    total += Math.Max(1, current) * 100;
                    current = 0;
                    break;
                case '十':
                    total += (current == 0 ? 1 : current) * 10;
                    current = 0;
                    break;
                case var _ when digit < 0 || current != 0:
                    return null;
                default:
                    current = digit;
                    break;
            }
        }

        return total + current is var value and > 0 ? value : null;
    }

    private static int AfterBracket(ReadOnlySpan<char> rest, int close) =>
        close + 1 < rest.Length && rest[close + 1] is '、' or '.' ? close + 2 : close + 1;
}
