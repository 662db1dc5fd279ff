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

    public static IReadOnlyList<NoticeQuestionDto> Of(
        NoticeReadingResult reading, NoticeContent content, IReadOnlyList<QuestionAnswer> answers, Texts texts)
    {
        var byKey = answers.ToDictionary(a => a.Key, StringComparer.Ordinal);
        var passages = reading.Passages.ToDictionary(p => p.Key, StringComparer.Ordinal);
        var questions = reading.Questions.Select(q =>
        {
            var answer = byKey.GetValueOrDefault(q.Key);
            var (field, settled) = SettledBy(q.Code, content);
            return new NoticeQuestionDto(
                q.Key, q.Code, q.Text, field, q.Start, q.Length, answer is null && !settled, true, answer?.Text, answer?.AnsweredBy, answer?.AnsweredAt);
        }).ToList();

        questions.AddRange(Unresolved(content.Regions, "regions", null));
        for (var i = 0; i < content.Themes.Count; i++)
        {
            questions.AddRange(Unresolved(content.Themes[i].Regions, $"themes[{i}].regions", content.Themes[i]));
        }

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
                var text = texts.Get(
                    theme is null ? "Programmes:Question.RegionOfProgramme" : "Programmes:Question.RegionOfTheme",
                    new Dictionary<string, object?> { ["name"] = named[i].Text, ["number"] = theme?.Number, ["title"] = theme?.Title });
                yield return new NoticeQuestionDto(
                    $"region:{theme?.Key}:{i}", RegionUnresolved, text, $"{path}[{i}]", passage?.Start, passage?.Length, true, false, null, null, null);
            }
        }
    }

    private static (string? Field, bool Settled) SettledBy(string code, NoticeContent content) => code switch
    {
        NoticeImportCodes.TitleMissing => ("title", !string.IsNullOrWhiteSpace(content.Title)),
        NoticeImportCodes.IssuerMissing => ("issuingBody", !string.IsNullOrWhiteSpace(content.IssuingBody)),
        NoticeImportCodes.NumberMissing or NoticeImportCodes.NumberGarbled => ("documentNumber", !string.IsNullOrWhiteSpace(content.DocumentNumber)),
        NoticeImportCodes.DateMissing => ("issueDate", content.IssueDate is not null),
        NoticeImportCodes.NoThemes => ("themes", content.Themes.Count > 0),
        _ => (null, false),
    };
}
