using PilotPlatform.Localization;
using PilotPlatform.NoticeImport;

namespace PilotPlatform.Programmes.Notices;

/// <summary>A question on the wire: what is asked, where it arises, and whether it still stands.</summary>
/// <param name="Key">Its key, for the answer.</param>
/// <param name="Code">What kind of question it is.</param>
/// <param name="Text">The question.</param>
/// <param name="Field">The field of the content that answers it, such as <c>documentNumber</c> or <c>themes[2].regions[0]</c>; null where only words can.</param>
/// <param name="Start">Where in the text it arises.</param>
/// <param name="Length">How long that passage is.</param>
/// <param name="IsOpen">True while it keeps the notice from being published.</param>
/// <param name="MayBeAnswered">True where the office may settle it in words; a region has to be chosen.</param>
/// <param name="Answer">The office's answer.</param>
/// <param name="AnsweredBy">Who answered.</param>
/// <param name="AnsweredAt">When (UTC).</param>
internal sealed record NoticeQuestionDto(
    string Key, string Code, string Text, string? Field, int? Start, int? Length, bool IsOpen, bool MayBeAnswered, string? Answer, string? AnsweredBy, DateTime? AnsweredAt);

/// <summary>Works out which questions stand: the importer's, until the content or an answer settles them, and those that the content itself raises.</summary>
internal static class NoticeQuestions
{
    public const string RegionUnresolved = "region-unresolved";

    /// <summary>A copied programme needs a document number of its own.</summary>
    public const string NumberNew = "copy.number-new";

    /// <summary>A copied programme needs a date of its own.</summary>
    public const string DateNew = "copy.date-new";

    /// <summary>Dates were moved on by years and should be looked over.</summary>
    public const string DatesShifted = "copy.dates-shifted";

    /// <summary>A theme leaves open who or by when.</summary>
    public const string ThemeGap = "copy.theme-gap";

    /// <summary>An assignment was taken back in the programme that was copied.</summary>
    public const string AssignmentRevoked = "copy.assignment-revoked";

    /// <summary>A region of the programme that was copied is no longer there.</summary>
    public const string RegionGone = "copy.region-gone";

    public static IReadOnlyList<NoticeQuestionDto> Of(
        NoticeReadingResult reading, NoticeContent content, IReadOnlyList<QuestionAnswer> answers, Texts texts)
    {
        var byKey = answers.GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        var passages = reading.Passages.ToDictionary(p => p.Key, StringComparer.Ordinal);
        // Whether counts agree is asked of the draft, which may have been mended since it was read.
        var questions = reading.Questions.Where(q => q.Code != NoticeImportCodes.CountsDisagree || content.Facts is null).Select(q =>
        {
            var answer = byKey.GetValueOrDefault(q.Key);
            var (field, settled) = SettledBy(q.Code, content, answers);
            return new NoticeQuestionDto(
                q.Key, q.Code, q.Text, field, q.Start, q.Length, answer is not { Kind: DecisionKind.Answer } && !settled, true, answer?.Text, answer?.AnsweredBy, answer?.AnsweredAt);
        }).ToList();

        questions.AddRange(Disagreeing(content, texts).Select(q =>
        {
            var answer = byKey.GetValueOrDefault(q.Key);
            var passage = q.Source is { } source ? passages.GetValueOrDefault(source) : null;
            return new NoticeQuestionDto(
                q.Key, NoticeImportCodes.CountsDisagree, q.Text, q.Field, passage?.Start, passage?.Length, answer is not { Kind: DecisionKind.Answer }, true, answer?.Text, answer?.AnsweredBy, answer?.AnsweredAt);
        }));
        questions.AddRange(Unresolved(content.Regions, "regions", null));
        for (var i = 0; i < content.Themes.Count; i++)
        {
            questions.AddRange(Unresolved(content.Themes[i].Regions, $"themes[{i}].regions", content.Themes[i]));
        }

        // Regions that were chosen or left out, and choices between two versions of the notice: settled, and shown with who settled them.
        questions.AddRange(answers.Where(a => a.Kind is DecisionKind.Region or DecisionKind.Dropped or DecisionKind.Revision).Select(a => new NoticeQuestionDto(
            a.Key, a.Code ?? RegionUnresolved, a.Question ?? "", null, null, null, false, false, a.Text, a.AnsweredBy, a.AnsweredAt)));
        return questions;

        IEnumerable<NoticeQuestionDto> Unresolved(IReadOnlyList<NoticeRegion> named, string path, NoticeTheme? theme)
        {
            for (var i = 0; i < named.Count; i++)
            {
                if (named[i].RegionId is not null)
                {
                    continue;
                }

                var passage = named[i].SourceKey is { } source ? passages.GetValueOrDefault(source) : null;
                yield return new NoticeQuestionDto(
                    $"region:{theme?.Key}:{i}", RegionUnresolved, RegionQuestion(theme, named[i].Text, texts), $"{path}[{i}]", passage?.Start, passage?.Length, true, false, null, null, null);
            }
        }
    }

    /// <summary>Counts whose parts do not make the whole. The numbers are part of the key: other numbers are another question.</summary>
    public static IEnumerable<(string Key, string Text, string Field, string? Source)> Disagreeing(NoticeContent content, Texts texts)
    {
        foreach (var sum in CountSums.Of(content.Facts).Where(s => !s.Agrees))
        {
            var index = content.Facts!.Counts.Select(c => c.Key).ToList().IndexOf(sum.Key);
            var whole = content.Facts.Counts[index];
            yield return (
                $"counts:{sum.Key}:{sum.Whole}:{sum.Sum}",
                texts.Get("Programmes:Question.CountsDisagree", new Dictionary<string, object?> { ["what"] = whole.What, ["whole"] = $"{sum.Whole}{whole.Unit}", ["sum"] = $"{sum.Sum}{whole.Unit}" }),
                $"facts.counts[{index}].number", whole.SourceKey);
        }
    }

    public static string RegionQuestion(NoticeTheme? theme, string name, Texts texts) => texts.Get(
        theme is null ? "Programmes:Question.RegionOfProgramme" : "Programmes:Question.RegionOfTheme",
        new Dictionary<string, object?> { ["name"] = name, ["number"] = theme?.Number, ["title"] = theme?.Title });

    /// <summary>What was filled in where a question asked for it.</summary>
    public static string ValueOf(string code, NoticeContent content, Texts texts) => SettledBy(code, content, []).Field switch
    {
        "title" => content.Title ?? "",
        "issuingBody" => content.IssuingBody ?? "",
        "documentNumber" => content.DocumentNumber ?? "",
        "issueDate" => content.IssueDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "",
        "themes" => texts.Get("Programmes:Decision.Themes", new Dictionary<string, object?> { ["count"] = content.Themes.Count }),
        "gaps" => texts.Get("Programmes:Decision.Gaps"),
        _ => "",
    };

    public static (string? Field, bool Settled) SettledBy(string code, NoticeContent content, IReadOnlyList<QuestionAnswer> decisions) => code switch
    {
        NoticeImportCodes.TitleMissing => ("title", !string.IsNullOrWhiteSpace(content.Title)),
        NoticeImportCodes.IssuerMissing => ("issuingBody", !string.IsNullOrWhiteSpace(content.IssuingBody)),
        NoticeImportCodes.NumberMissing or NoticeImportCodes.NumberGarbled or NumberNew => ("documentNumber", !string.IsNullOrWhiteSpace(content.DocumentNumber)),
        NoticeImportCodes.DateMissing or DateNew => ("issueDate", content.IssueDate is not null),
        NoticeImportCodes.NoThemes => ("themes", content.Themes.Count > 0),
        NoticeImportCodes.OfficesOrDatesWithheld => ("gaps", NoticeGaps.AreSettled(content, decisions)),
        _ => (null, false),
    };
}
