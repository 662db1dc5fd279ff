using System.Globalization;
using System.Text.RegularExpressions;

namespace PilotPlatform.Programmes.Notices;

/// <summary>
/// The days on which a duty to report falls due, as far as its words name any: 6月底前 is the first end of June from the notice's
/// date on, 每季度 every quarter's last day until the programme ends. 及时 and 定期 name none, and nothing is guessed.
/// </summary>
internal static partial class DutyDates
{
    /// <summary>The most days of one duty.</summary>
    public const int Most = 24;

    public static IReadOnlyList<DateOnly> Of(string? when, DateOnly? issued, DateOnly? end)
    {
        var words = when?.Replace(" ", "", StringComparison.Ordinal) ?? "";
        if (Named().Match(words) is { Success: true } named)
        {
            return OfNamed(named, issued, end);
        }

        if (Recurring().Match(words) is not { Success: true } recurring || issued is not { } first || end is not { } last || last < first)
        {
            return [];
        }

        var months = recurring.Groups["unit"].Value switch { "月" => 1, "季度" => 3, "半年" => 6, _ => 12 };
        var day = recurring.Groups["day"].Success ? int.Parse(recurring.Groups["day"].ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        return [.. PeriodEnds(first, months).Select(e => day is { } on ? InMonth(e, on) : e).Where(d => d >= first).TakeWhile(d => d <= last).Take(Most)];
    }

    private static IReadOnlyList<DateOnly> OfNamed(Match named, DateOnly? issued, DateOnly? end)
    {
        var month = int.Parse(named.Groups["month"].ValueSpan, CultureInfo.InvariantCulture);
        if (month is < 1 or > 12)
        {
            return [];
        }

        if (named.Groups["year"].Success)
        {
            return [On(int.Parse(named.Groups["year"].ValueSpan, CultureInfo.InvariantCulture))];
        }

        // Without a year it can only be told from the date of issue.
        if (issued is not { } first)
        {
            return [];
        }

        var next = On(first.Year) >= first ? first.Year : first.Year + 1;
        return named.Groups["every"].Success && end is { } last
            ? [.. Enumerable.Range(next, Most).Select(On).TakeWhile(d => d <= last)]
            : [On(next)];

        DateOnly On(int year) => InMonth(
            new DateOnly(year, month, DateTime.DaysInMonth(year, month)),
            named.Groups["day"].Success ? int.Parse(named.Groups["day"].ValueSpan, CultureInfo.InvariantCulture) : 31);
    }

    private static IEnumerable<DateOnly> PeriodEnds(DateOnly from, int months)
    {
        var month = ((from.Month + months - 1) / months * months) - 1;
        for (var i = 0; i <= Most + 1; i++, month += months)
        {
            var (year, of) = (from.Year + (month / 12), (month % 12) + 1);
            yield return new DateOnly(year, of, DateTime.DaysInMonth(year, of));
        }
    }

    private static DateOnly InMonth(DateOnly month, int day) => new(month.Year, month.Month, Math.Clamp(day, 1, DateTime.DaysInMonth(month.Year, month.Month)));

    [GeneratedRegex(@"^于?(?:(?<year>\d{4})年|(?<every>每年))?(?<month>\d{1,2})月(?:(?<day>\d{1,2})日|底)?前?$", RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex(@"^每(?<unit>月|季度|半年|年)(?:(?<day>\d{1,2})日前)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Recurring();
}
