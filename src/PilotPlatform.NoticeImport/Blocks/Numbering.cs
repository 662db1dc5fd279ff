using PilotPlatform.NoticeImport.Rules;

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

    /// <summary>第一,</summary>
    Ordinal,

    /// <summary>1.2 within chapter 1.</summary>
    Decimal,

    /// <summary>任务一:</summary>
    Word,
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

    private const int LongestWorded = 40;

    /// <summary>What follows a number of things, not the number of a thing.</summary>
    private const string Counters = "个项条类家年月日号是的至到和件份名人次处所";

    /// <summary>What an amount goes on with.</summary>
    private const string Units = "万亿倍元个米公千百平吨年月日天小度";

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
            if (value == 0)
            {
                return null;
            }

            if (bracket)
            {
                return digits < rest.Length && rest[digits] == ')' && value < 100
                    ? new NumberMark(NumberStyle.DigitInBrackets, value, AfterBracket(rest, digits), $"({value})")
                    : null;
            }

            if (Decimal(rest, digits) is { } inner)
            {
                return inner;
            }

            // 1.5 and 2.0 are amounts.
            return digits + 1 < rest.Length && rest[digits] is '.' or '、' or ')' && !IsAmount(rest, digits)
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

        if (end == offset && !bracket && !ordinal)
        {
            return Worded(rest);
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

        if (ordinal)
        {
            return rest[end] is '、' or '.' or ',' or ':' ? new NumberMark(NumberStyle.Ordinal, number, end + 1, rest[offset..end].ToString()) : null;
        }

        return rest[end] is '、' or '.'
            ? new NumberMark(NumberStyle.Han, number, end + 1, rest[offset..end].ToString())
            : null;
    }

    /// <summary>1.5 is an amount; 1.2023年底前… and 3.12345热线… are items that begin with a number of their own.</summary>
    private static bool IsAmount(ReadOnlySpan<char> rest, int point)
    {
        var end = point + 1;
        while (end < rest.Length && char.IsAsciiDigit(rest[end]))
        {
            end++;
        }

        return end - point - 1 is 1 or 2 || (end - point - 1 > 2 && rest[point] != '.' && rest[point] != '、');
    }

    /// <summary>1.2推进…: a number within a chapter. An amount (1.2亿元) goes on with a unit.</summary>
    private static NumberMark? Decimal(ReadOnlySpan<char> rest, int digits)
    {
        var end = digits;
        var value = 0;
        for (var part = 0; part < 2 && end + 1 < rest.Length && rest[end] == '.' && char.IsAsciiDigit(rest[end + 1]); part++)
        {
            var start = ++end;
            while (end < rest.Length && end < start + 2 && char.IsAsciiDigit(rest[end]))
            {
                end++;
            }

            value = int.Parse(rest[start..end], System.Globalization.CultureInfo.InvariantCulture);
        }

        if (end == digits || value == 0 || end + 1 >= rest.Length)
        {
            return null;
        }

        var length = rest[end] is '、' or '.' ? end + 1 : end;
        return (rest[length] is >= '\u4e00' and <= '\u9fff' or '“') && (length > end || !Units.Contains(rest[length], StringComparison.Ordinal))
            ? new NumberMark(NumberStyle.Decimal, value, length, rest[..end].ToString())
            : null;
    }

    /// <summary>任务一: and 举措2、</summary>
    private static NumberMark? Worded(ReadOnlySpan<char> rest)
    {
        foreach (var word in RuleLists.NumberWords)
        {
            if (!rest.StartsWith(word))
            {
                continue;
            }

            var end = word.Length;
            while (end < rest.Length && end < word.Length + 3 && (char.IsAsciiDigit(rest[end]) || "一二三四五六七八九十".Contains(rest[end], StringComparison.Ordinal)))
            {
                end++;
            }

            var digits = rest[word.Length..end];
            var value = int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var plain) ? plain : Parse(digits);
            if (value is > 0 && end < rest.Length - 1 && rest[end] is ':' or '、' or '.')
            {
                return new NumberMark(NumberStyle.Word, value!.Value, end + 1, digits.ToString());
            }

            // 任务1  工业项目…: a heading set off by a space only.
            return value is > 0 and < 100 && plain == value && end < rest.Length - 3 && rest.Length <= LongestWorded && rest[end] is >= '\u4e00' and <= '\u9fff'
                && !Counters.Contains(rest[end], StringComparison.Ordinal) && rest.IndexOfAny('。', ',', ':') < 0
                ? new NumberMark(NumberStyle.Word, value.Value, end, digits.ToString())
                : null;
        }

        return null;
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
