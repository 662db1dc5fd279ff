using PilotPlatform.Localization;
using PilotPlatform.Regions;

namespace PilotPlatform.Programmes.Notices;

/// <summary>
/// Keeps who decided what and when: answers in words, values filled in where the notice has none, regions chosen or left out.
/// What did not change keeps its first author; what is undone is forgotten.
/// </summary>
internal static class NoticeDecisions
{
    private const int TextLength = 500;

    public static List<QuestionAnswer> After(
        IReadOnlyList<QuestionAnswer> before, IReadOnlyList<AnswerDto> given, NoticeReadingResult reading, NoticeContent was, NoticeContent now, RegionMap regions,
        Texts texts, string person, DateTime at)
    {
        var decisions = new List<QuestionAnswer>();
        foreach (var question in reading.Questions)
        {
            var (_, settled) = NoticeQuestions.SettledBy(question.Code, now);
            if (given.FirstOrDefault(a => a.Key == question.Key && !string.IsNullOrWhiteSpace(a.Text)) is { } answer)
            {
                Keep(question.Key, answer.Text.Trim(), DecisionKind.Answer, question.Text, question.Code);
            }
            else if (settled)
            {
                Keep(question.Key, NoticeQuestions.ValueOf(question.Code, now, texts), DecisionKind.Value, question.Text, question.Code);
            }
        }

        decisions.AddRange(before.Where(d => d.Kind == DecisionKind.Revision));
        // What was left out together with its theme stays on record.
        var themes = was.Themes.Select(t => t.Key).ToHashSet(StringComparer.Ordinal);
        decisions.AddRange(before.Where(d => d.Kind is DecisionKind.Dropped or DecisionKind.Region && ThemeOf(d.Key) is { Length: > 0 } theme && !themes.Contains(theme)));
        Regions(null, was.Regions, now.Regions);
        foreach (var theme in was.Themes)
        {
            Regions(theme, theme.Regions, now.Themes.FirstOrDefault(t => t.Key == theme.Key)?.Regions ?? []);
        }

        return decisions;

        void Keep(string key, string text, DecisionKind kind, string question, string code)
        {
            text = text.Length > TextLength ? text[..TextLength] : text;
            decisions.Add(before.FirstOrDefault(d => d.Key == key && d.Kind == kind && d.Text == text) is { } same
                ? same with { Question = question, Code = code }
                : new QuestionAnswer(key, text, person, at, kind, question, code));
        }

        void Regions(NoticeTheme? theme, IReadOnlyList<NoticeRegion> old, IReadOnlyList<NoticeRegion> named)
        {
            // Open before, or open once and decided since.
            var asked = old.Where(r => r.RegionId is null).Select(r => r.Text)
                .Concat(before.Where(d => d.Kind is DecisionKind.Region or DecisionKind.Dropped && d.Key.StartsWith(KeyOf(theme, ""), StringComparison.Ordinal)).Select(d => d.Key[KeyOf(theme, "").Length..]))
                .Distinct();
            foreach (var name in asked)
            {
                var present = named.FirstOrDefault(r => r.Text == name);
                if (present is null)
                {
                    Keep(KeyOf(theme, name), texts.Get("Programmes:Decision.Dropped"), DecisionKind.Dropped, NoticeQuestions.RegionQuestion(theme, name, texts), NoticeQuestions.RegionUnresolved);
                }
                else if (present.RegionId is { } id)
                {
                    Keep(KeyOf(theme, name), $"{regions.Find(id)?.Name}{(present.PartName is { Length: > 0 } part ? $"（{part}）" : "")}", DecisionKind.Region, NoticeQuestions.RegionQuestion(theme, name, texts), NoticeQuestions.RegionUnresolved);
                }
            }
        }
    }

    private static string ThemeOf(string key) => key.Split(':', 3) is [_, var theme, _] ? theme : "";

    private static string KeyOf(NoticeTheme? theme, string name) => $"region:{theme?.Key}:{name}";
}
