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
        Gaps();
        foreach (var (key, question, _, _) in NoticeQuestions.Disagreeing(now, texts))
        {
            if (Given(key) is { } answer)
            {
                Keep(key, answer, DecisionKind.Answer, question, NoticeImport.NoticeImportCodes.CountsDisagree);
            }
        }

        foreach (var question in reading.Questions)
        {
            var (_, settled) = NoticeQuestions.SettledBy(question.Code, now, decisions);
            if (Given(question.Key) is { } answer)
            {
                Keep(question.Key, answer, DecisionKind.Answer, question.Text, question.Code);
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

        string? Given(string key) => given.FirstOrDefault(a => a.Key == key && !string.IsNullOrWhiteSpace(a.Text))?.Text.Trim();

        // What the notice does not say: filled in since it was read, or left open by decision.
        void Gaps()
        {
            var open = NoticeGaps.Of(now).ToList();
            foreach (var gap in open)
            {
                if (Given(gap.Key) is { } reason)
                {
                    Keep(gap.Key, reason, DecisionKind.LeftOpen, NoticeGaps.Question(gap, texts), NoticeGaps.Code);
                }
            }

            foreach (var gap in NoticeGaps.Of(reading.Content).Where(g => open.All(o => o.Key != g.Key) && now.Themes.Any(t => t.Key == g.ThemeKey)))
            {
                Keep(gap.Key, NoticeGaps.Filling(gap, now), DecisionKind.Value, NoticeGaps.Question(gap, texts), NoticeGaps.Code);
            }
        }

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
