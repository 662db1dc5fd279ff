using System.Globalization;
using PilotPlatform.Deadlines;
using PilotPlatform.Localization;
using PilotPlatform.Programmes.Notices;

namespace PilotPlatform.Programmes.Programmes;

/// <summary>Makes the content of a new draft from a programme or a template: number and date are asked for, dates move on, and what is open becomes a question.</summary>
internal static class ProgrammeCopies
{
    /// <summary>The same days some years later; a month's last day stays a last day.</summary>
    public static NoticeContent InYears(NoticeContent content, int years) => Moved(content, date => date.AddYears(years)) with { Title = InYears(content.Title, content.IssueDate, years) };

    /// <summary>The same distances from another date of issue.</summary>
    public static NoticeContent InDays(NoticeContent content, int days) => Moved(content, date => date.AddDays(days));

    /// <summary>What has to be looked at in a copy.</summary>
    public static IReadOnlyList<ImporterQuestion> Questions(
        NoticeContent copy, string? oldNumber, DateOnly? oldDate, string moved, IReadOnlyList<(string Code, string Text)> more, Texts texts)
    {
        var questions = new List<(string Code, string Text)>
        {
            (NoticeQuestions.NumberNew, texts.Get("Programmes:Question.NumberNew", new Dictionary<string, object?> { ["number"] = oldNumber ?? "—" })),
            (NoticeQuestions.DateNew, texts.Get("Programmes:Question.DateNew", new Dictionary<string, object?> { ["date"] = oldDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—" })),
        };
        if (copy.Deadline is not null || copy.ClaimsCloseOn is not null || copy.Phases.Any(p => p.Start is not null || p.End is not null) || copy.Themes.Any(t => t.Deadline is not null)
            || copy.Facts?.Duties.Any(d => d.Dates.Count > 0) == true)
        {
            questions.Add((NoticeQuestions.DatesShifted, moved));
        }

        questions.AddRange(NoticeGaps.Of(copy).Select(gap => (NoticeQuestions.ThemeGap, NoticeGaps.Question(gap, texts))));
        questions.AddRange(more);
        return [.. questions.Select((q, i) => new ImporterQuestion(string.Create(CultureInfo.InvariantCulture, $"copy-{i}"), q.Code, q.Text, null, null))];
    }

    /// <summary>Where the values of a copy stand in the notice that it was read from, as far as the titles are the same.</summary>
    public static NoticeContent Sourced(NoticeContent copy, NoticeContent read) => copy with
    {
        Facts = NoticeSources.Of(copy.Facts, read.Facts),
        Phases = [.. copy.Phases.Select(p => p with { SourceKey = read.Phases.FirstOrDefault(r => r.Name == p.Name)?.SourceKey })],
        Themes =
        [
            .. copy.Themes.Select(t => read.Themes.FirstOrDefault(r => r.Title == t.Title) is not { } source ? t : t with
            {
                SourceKey = source.SourceKey,
                Facts = NoticeSources.Of(t.Facts, source.Facts),
                Deliverables = [.. t.Deliverables.Select(d => d with { SourceKey = source.Deliverables.FirstOrDefault(r => r.Name == d.Name)?.SourceKey })],
                Regions = [.. t.Regions.Select(x => x with { SourceKey = source.Regions.FirstOrDefault(r => r.RegionId == x.RegionId)?.SourceKey })],
            }),
        ],
    };

    private static NoticeContent Moved(NoticeContent content, Func<DateOnly, DateOnly> move) => content with
    {
        DocumentNumber = null,
        IssueDate = null,
        Deadline = Moved(content.Deadline, move),
        ClaimsCloseOn = content.ClaimsCloseOn is { } close ? move(close) : null,
        Phases = [.. content.Phases.Select(p => p with { Start = p.Start is { } start ? move(start) : null, End = p.End is { } end ? KeepingMonthsEnd(end, move) : null })],
        Themes = [.. content.Themes.Select(t => t with { Deadline = Moved(t.Deadline, move) })],
        Facts = content.Facts is { } facts
            ? facts with { Duties = [.. facts.Duties.Select(d => d with { Dates = [.. d.Dates.Select(date => KeepingMonthsEnd(date, move))] })] }
            : null,
    };

    private static DeadlineDto? Moved(DeadlineDto? deadline, Func<DateOnly, DateOnly> move) => deadline is null ? null : deadline with
    {
        Date = deadline.Precision == DuePrecision.Day ? KeepingMonthsEnd(deadline.Date, move) : LastOfMonth(move(deadline.Date)),
    };

    // 28 February of a common year becomes 29 February of a leap year; moved by days, a day is a day.
    private static DateOnly KeepingMonthsEnd(DateOnly date, Func<DateOnly, DateOnly> move)
    {
        var moved = move(date);
        return date == LastOfMonth(date) && moved.Month == date.Month ? LastOfMonth(moved) : moved;
    }

    private static DateOnly LastOfMonth(DateOnly date) => new(date.Year, date.Month, DateTime.DaysInMonth(date.Year, date.Month));

    private static string? InYears(string? title, DateOnly? issued, int years) => issued is not { } date ? title
        : title?.Replace(
            date.Year.ToString(CultureInfo.InvariantCulture) + "年", (date.Year + years).ToString(CultureInfo.InvariantCulture) + "年", StringComparison.Ordinal);
}
