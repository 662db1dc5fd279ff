using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Dates;

/// <summary>One date expression in the text.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="First">First day of what it names.</param>
/// <param name="Last">Last day of what it names.</param>
/// <param name="Precision">How exactly.</param>
/// <param name="Before">Whether it says "before".</param>
/// <param name="HasYear">Whether the year is written.</param>
/// <param name="Soft">Whether it says 原则上.</param>
internal sealed record DateMention(TextRange Range, DateOnly First, DateOnly Last, DuePrecision Precision, bool Before, bool HasYear, bool Soft)
{
    /// <summary>The same expression in another year.</summary>
    public DateMention In(int year)
    {
        var last = new DateOnly(year, Last.Month, Precision == DuePrecision.Day ? Math.Min(Last.Day, DateTime.DaysInMonth(year, Last.Month)) : DateTime.DaysInMonth(year, Last.Month));
        return this with { First = new DateOnly(year, First.Month, Math.Min(First.Day, last.Day)), Last = last };
    }
}

/// <summary>Reads dates, due dates and periods.</summary>
internal static class DateReader
{
    // Stands in for a year that nothing gives; a leap year, so that every day of a month is one.
    private const int AnyYear = 2000;

    private const string Part =
        @"(?:(?:(?<frommonth>\d{1,2})月?[-—–~至]+)?(?<month>\d{1,2})月(?:(?:(?<fromday>\d{1,2})日?[-—–~至]+)?(?<day>\d{1,2})日|(?<monthend>底|末|份|初)|(?<third>上旬|中旬|下旬|中下旬|上中旬))?"
        + @"|第?(?<quarter>[一二三四1-4])季度末?|(?<half>上半年|下半年))";

    private static readonly Regex Mention = Pattern.Of(
        $@"(?:(?<year>\d{{4}}|本|今|当|明|次|翌)年(?:{Part}|(?<yearend>年底|年末|年内|底|末|内))?|{Part}|(?<yearend>年底|年末|年内))(?<before>之前|以前|前)?");

    private static readonly Regex Labelled = Pattern.Of(@"(?:^|[\n,;。(【\[])" + Pattern.AnyOf(RuleLists.DueLabels) + @"[:为](?<value>[^\n,;。()【】\[\]]{2,30})");
    private static readonly Regex Done = Pattern.Of("^,?(?:要|应|须|基本|全面|全部|正式|力争|实现|以)*(?:完成|建成|到位|出台|上线|建立|实现|形成|投入)");
    private static readonly Regex Held = Pattern.Of("^,?(?:要|应|须|前后|分别|统一|集中)*(?:组织|开展|举办|印发|发布|公布|推出|试运行)");
    private static readonly Regex Begins = Pattern.Of("^(?:起|启动|开始|以后|之后|后)");
    private static readonly Regex Latest = Pattern.Of("(?:不迟于|不晚于|最迟|最晚|截至|截止至?到?)(?:本|当)?$");
    private static readonly Regex AfterIssue = Pattern.Of(@"(?:印发|发文|下发|发布|公布)(?:之日起|之日后|后)?(?<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?<unit>月|工作日|年|周|日|天)内");
    private static readonly Regex Numeric = Pattern.Of(@"^(?<y>20\d{2})(?:[.\-/](?<m>\d{1,2})(?:[.\-/](?<d>\d{1,2}))?|(?<m2>\d{2})(?<d2>\d{2}))(?:之?前)?$");
    private static readonly Regex Full = Pattern.Of(@"(?<y>\d{4})[年\-./](?<m>\d{1,2})[月\-./](?<d>\d{1,2})日?");

    /// <summary>A full date at any place of the range.</summary>
    public static (DateOnly Date, TextRange Range)? FindFull(CleanText clean, TextRange range)
    {
        foreach (Match match in Full.Matches(clean.Slice(range)))
        {
            if (DayOf(Number(match, "y"), Number(match, "m"), Number(match, "d")) is { } date)
            {
                return (date, new TextRange(range.Start + match.Index, match.Length));
            }
        }

        return null;
    }

    /// <summary>Every date expression of the range; a year that is not written is the given one.</summary>
    public static IEnumerable<DateMention> Find(CleanText clean, TextRange range, int? year)
    {
        var text = clean.Slice(range);
        foreach (Match match in Mention.Matches(text))
        {
            if (match.Length < 2 || Of(match, year) is not { } span)
            {
                continue;
            }

            var before = match.Index > 0 ? text[match.Index - 1] : '\n';
            var after = match.Index + match.Length < text.Length ? text[match.Index + match.Length] : '\n';
            if (char.IsAsciiDigit(before) || before is '每' or '〔' || char.IsAsciiDigit(after))
            {
                continue;
            }

            var lead = text.AsSpan(Math.Max(0, match.Index - 12), Math.Min(12, match.Index));
            var soft = lead.Contains("原则上", StringComparison.Ordinal) && lead.LastIndexOfAny("。;") < lead.LastIndexOf("原则上", StringComparison.Ordinal);
            yield return new DateMention(
                new TextRange(range.Start + match.Index, match.Length),
                span.First,
                span.Last,
                span.Precision,
                match.Groups["before"].Success || match.Groups["yearend"].Value.EndsWith('内') || Latest.IsMatch(lead),
                match.Groups["year"].Success && char.IsAsciiDigit(match.Groups["year"].Value[0]),
                soft);
        }
    }

    /// <summary>
    /// Every date expression of the range, each in its year: as written, else that of the expression before it, else that
    /// of the next one, else that of the notice. A year that would put it before its neighbour, or before the notice, is
    /// none; such an expression is left out.
    /// </summary>
    public static IReadOnlyList<(DateMention Mention, bool YearInferred)> FindInOrder(CleanText clean, TextRange range, DateOnly? issued)
    {
        var all = Find(clean, range, issued?.Year).ToList();
        var found = new List<(DateMention, bool)>();
        DateMention? before = null;
        var following = 0;
        for (var i = 0; i < all.Count; i++)
        {
            var mention = all[i];
            if (!mention.HasYear)
            {
                for (following = Math.Max(following, i + 1); following < all.Count && !all[following].HasYear; following++)
                {
                }

                var next = following < all.Count ? all[following] : null;
                var years = new[] { before?.First.Year, issued?.Year, next?.First.Year };
                var earliest = before?.First ?? issued;
                var fitting = years.OfType<int>().Select(mention.In).FirstOrDefault(m => (earliest is null || m.Last >= earliest) && (next is null || m.First <= next.Last));
                if (fitting is null)
                {
                    continue;
                }

                mention = fitting;
            }

            before = mention;
            found.Add((mention, !mention.HasYear));
        }

        return found;
    }

    /// <summary>The first due date of running text: an expression that says "before" and does not recur every year.</summary>
    public static (DueDraft Due, TextRange Range, bool YearUncertain)? FindDue(CleanText clean, TextRange range, DateOnly? issued)
    {
        var text = clean.Slice(range);
        if (Labelled.Match(text) is { Success: true } labelled)
        {
            var value = labelled.Groups["value"];
            return ReadCell(clean, new TextRange(range.Start + value.Index, value.Length), issued);
        }

        DateMention? within = null;
        foreach (var mention in Find(clean, range, issued?.Year))
        {
            var index = mention.Range.Start - range.Start;
            if ((!mention.Before && !IsWhenDone(clean, text.AsSpan(index + mention.Range.Length), mention) && !IsInRemark(text, index, mention)) || IsRecurring(text, index))
            {
                continue;
            }

            // 年内推出10项,11月底前全部上线: the day that is named outdoes the year; 3月底前启动,6月底前公布: the end, the beginning.
            if (clean.Text[mention.Range.End - 1] != '内' && !Begins.IsMatch(text.AsSpan(index + mention.Range.Length, Math.Min(2, text.Length - index - mention.Range.Length))))
            {
                return Due(clean, mention, issued);
            }

            within ??= mention;
        }

        return within is not null ? Due(clean, within, issued)
            : AfterIssue.Match(text) is { Success: true } after && issued is { } date ? Since(after, range, date)
            : null;
    }

    /// <summary>印发后3个月内. How many days so many working days take, the calendar of the programme knows.</summary>
    private static (DueDraft, TextRange, bool) Since(Match match, TextRange range, DateOnly issued)
    {
        var written = match.Groups["n"].Value;
        var n = char.IsAsciiDigit(written[0]) ? Number(match, "n") : Blocks.Numbering.Parse(written.Replace('两', '二')) ?? 0;
        DateOnly? due = match.Groups["unit"].Value switch
        {
            _ when n == 0 => null,
            "月" => issued.AddMonths(n),
            "年" => issued.AddYears(n),
            "周" => issued.AddDays(7 * n),
            "日" or "天" => issued.AddDays(n),
            _ => null,
        };
        return (new DueDraft(match.Value, due, due is null ? null : DuePrecision.Day, false), new TextRange(range.Start + match.Index, match.Length), false);
    }

    /// <summary>The due date of a table cell, where no "before" is needed.</summary>
    public static (DueDraft Due, TextRange Range, bool YearUncertain)? ReadCell(CleanText clean, TextRange cell, DateOnly? issued)
    {
        if (cell.Length == 0)
        {
            return null;
        }

        if (Numeric.Match(clean.Slice(cell)) is { Success: true } numeric && OfNumbers(numeric) is { } written)
        {
            return (new DueDraft(clean.Slice(cell), written.Date, written.Precision, false), cell, false);
        }

        // 2023年6月启动 says when it begins.
        var last = Find(clean, cell, issued?.Year).LastOrDefault(m => !Begins.IsMatch(clean.Text.AsSpan(m.Range.End, Math.Min(2, cell.End - m.Range.End))));
        if (last is null)
        {
            return FindDue(clean, cell, issued) ?? (new DueDraft(clean.Slice(cell), null, null, false), cell, false);
        }

        var (due, _, uncertain) = Due(clean, last, issued);
        return (due with { Text = clean.Slice(cell) }, cell, uncertain);
    }

    /// <summary>2024.6.30, 2024-06 and 20240630, as cells hold them.</summary>
    private static (DateOnly Date, DuePrecision Precision)? OfNumbers(Match match)
    {
        var year = Number(match, "y");
        var month = Number(match, match.Groups["m"].Success ? "m" : "m2");
        var day = match.Groups["d"].Success ? Number(match, "d") : match.Groups["d2"].Success ? Number(match, "d2") : (int?)null;
        return month is < 1 or > 12 ? null
            : day is null ? (EndOf(year, month), DuePrecision.Month)
            : DayOf(year, month, day.Value) is { } date ? (date, DuePrecision.Day)
            : null;
    }

    /// <summary>A period: 2021年2月1日—2021年2月28日, 2021年3—4月, or an end alone.</summary>
    public static (DateOnly? Start, DateOnly? End, TextRange Range)? FindPeriod(CleanText clean, TextRange range, int? year)
    {
        var mentions = Find(clean, range, year).Take(2).ToList();
        return mentions.Count == 0 ? null : PeriodOf(clean, mentions, range.End);
    }

    /// <summary>The period that begins with the first of some expressions.</summary>
    public static (DateOnly? Start, DateOnly? End, TextRange Range)? PeriodOf(CleanText clean, IReadOnlyList<DateMention> mentions, int end)
    {
        var first = mentions[0];
        if (mentions.Count > 1)
        {
            var between = clean.Slice(TextRange.Between(first.Range.End, mentions[1].Range.Start));
            if (between.Length is > 0 and <= 3 && between.All(c => "—-–―至到~起".Contains(c, StringComparison.Ordinal)))
            {
                // 2021年3月—4月: the second date takes its year from the first, or the next one (11月至2月).
                var second = mentions[1];
                if (!second.HasYear && first.HasYear)
                {
                    second = second.In(first.First.Year);
                }

                return second.Last < first.First ? null : (first.First, second.Last, TextRange.Between(first.Range.Start, second.Range.End));
            }
        }

        if (first.First.Month != first.Last.Month && first.Precision == DuePrecision.Month || first.Precision == DuePrecision.Day && first.First != first.Last)
        {
            return (first.First, first.Last, first.Range);
        }

        var after = first.Range.End < end ? clean.Text[first.Range.End] : '\n';
        return after == '起'
            ? (first.First, null, first.Range)
            : (null, first.Last, first.Range);
    }

    private static (DueDraft, TextRange, bool) Due(CleanText clean, DateMention mention, DateOnly? issued)
    {
        // 3月底前 in a notice of November can only mean a year that the text does not say.
        var uncertain = !mention.HasYear && (issued is null || mention.Last < issued);
        return (
            new DueDraft(clean.Slice(mention.Range), uncertain ? null : mention.Last, uncertain ? null : mention.Precision, mention.Soft),
            mention.Range,
            uncertain);
    }

    /// <summary>2023年6月完成, 年底建成 and 第三季度组织 say when, though not "before"; a bare year does not.</summary>
    private static bool IsWhenDone(CleanText clean, ReadOnlySpan<char> after, DateMention mention)
    {
        var next = after[..Math.Min(12, after.Length)];
        return mention.First <= mention.Last && mention.Precision switch
        {
            DuePrecision.Year => clean.Text[mention.Range.End - 1] is '底' or '末' && Done.IsMatch(next),
            DuePrecision.Quarter or DuePrecision.HalfYear => Done.IsMatch(next) || Held.IsMatch(next),
            _ => Done.IsMatch(next),
        };
    }

    /// <summary>(责任单位:市司法局;2022年7月底): a date alone behind the offices of a remark.</summary>
    private static bool IsInRemark(string text, int index, DateMention mention) =>
        mention.Precision != DuePrecision.Year && index > 0 && text[index - 1] is ';' or ','
        && index + mention.Range.Length is var end && end < text.Length && text[end] is ')' or ']' or '〕' or '】';

    private static bool IsRecurring(string text, int index)
    {
        var lead = text.AsSpan(Math.Max(0, index - 2), Math.Min(2, index));
        return lead.Contains('每');
    }

    private static (DateOnly First, DateOnly Last, DuePrecision Precision)? Of(Match match, int? year)
    {
        var written = match.Groups["year"];
        var y = !written.Success ? year ?? AnyYear
            : char.IsAsciiDigit(written.Value[0]) ? Number(match, "year")
            : (year ?? AnyYear) + (written.Value[0] is '明' or '次' or '翌' ? 1 : 0);
        if (y is < 1949 or > 2100)
        {
            return null;
        }

        if (match.Groups["month"].Success)
        {
            var m = Number(match, "month");
            var from = match.Groups["frommonth"].Success ? Number(match, "frommonth") : m;
            if (match.Groups["day"].Success)
            {
                // 3月1-15日 is a period; 3月—4月15日 is not written.
                var first = match.Groups["fromday"].Success ? Number(match, "fromday") : Number(match, "day");
                return DayOf(y, from, first) is { } start && DayOf(y, m, Number(match, "day")) is { } day && start <= day ? (start, day, DuePrecision.Day) : null;
            }

            if (m is < 1 or > 12 || from < 1 || from > m)
            {
                return null;
            }

            return match.Groups["third"].Value switch
            {
                "上旬" => (new DateOnly(y, from, 1), new DateOnly(y, m, 10), DuePrecision.Day),
                "中旬" or "上中旬" => (new DateOnly(y, from, match.Groups["third"].Length == 3 ? 1 : 11), new DateOnly(y, m, 20), DuePrecision.Day),
                "下旬" or "中下旬" => (new DateOnly(y, from, match.Groups["third"].Length == 3 ? 11 : 21), EndOf(y, m), DuePrecision.Day),
                _ => (new DateOnly(y, from, 1), EndOf(y, m), DuePrecision.Month),
            };
        }

        if (match.Groups["quarter"].Success)
        {
            var q = "一二三四".IndexOf(match.Groups["quarter"].Value, StringComparison.Ordinal) is var han and >= 0
                ? han + 1
                : Number(match, "quarter");
            return (new DateOnly(y, (q * 3) - 2, 1), EndOf(y, q * 3), DuePrecision.Quarter);
        }

        if (match.Groups["half"].Success)
        {
            var first = match.Groups["half"].Value[0] == '上';
            return (new DateOnly(y, first ? 1 : 7, 1), EndOf(y, first ? 6 : 12), DuePrecision.HalfYear);
        }

        var yearEnd = match.Groups["yearend"];
        if (yearEnd.Success ? written.Success || yearEnd.Length == 2 : written.Success)
        {
            return (new DateOnly(y, 1, 1), new DateOnly(y, 12, 31), DuePrecision.Year);
        }

        return null;
    }

    private static DateOnly EndOf(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));

    private static DateOnly? DayOf(int year, int month, int day) =>
        year is >= 1949 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
}
