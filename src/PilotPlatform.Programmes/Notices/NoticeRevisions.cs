using System.Globalization;
using PilotPlatform.Regions;

namespace PilotPlatform.Programmes.Notices;

/// <summary>How a corrected notice differs.</summary>
internal enum DifferenceKind
{
    /// <summary>Only the corrected notice has it.</summary>
    Added,

    /// <summary>The corrected notice has it no more.</summary>
    Removed,

    /// <summary>It reads otherwise.</summary>
    Changed,
}

/// <summary>What to do about a difference.</summary>
internal enum RevisionChoice
{
    /// <summary>Take what the corrected notice says.</summary>
    Revised,

    /// <summary>Leave the draft as it is.</summary>
    Kept,
}

/// <summary>A difference between the notice that the draft was read from and the corrected one.</summary>
/// <param name="Key">Its key, for the choice.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="ThemeTitle">The theme's title; null for what concerns the whole programme.</param>
/// <param name="Field">Which value: <c>title</c>, <c>regions</c>, <c>theme</c> for a theme as a whole.</param>
/// <param name="Before">As read before.</param>
/// <param name="After">As read from the corrected notice.</param>
/// <param name="Mine">As the draft has it now.</param>
/// <param name="EditedByHand">Whether the office changed it since it was read.</param>
/// <param name="Suggested">What happens unless the office chooses: hand edits stay.</param>
internal sealed record NoticeDifferenceDto(
    string Key, DifferenceKind Kind, string? ThemeTitle, string Field, string? Before, string? After, string? Mine, bool EditedByHand, RevisionChoice Suggested);

/// <summary>
/// Compares three states: what was read before, what the office made of it, and what a corrected notice says. Pure, so that the
/// same three give the same differences when they are shown and when they are applied.
/// </summary>
internal static class NoticeRevisions
{
    private const double SameTitle = 0.6;
    private const double SameTitleUnderOneNumber = 0.35;

    private static readonly Field<NoticeContent>[] HeadFields =
    [
        new("title", c => c.Title, (mine, theirs) => mine with { Title = theirs.Title }),
        new("documentNumber", c => c.DocumentNumber, (mine, theirs) => mine with { DocumentNumber = theirs.DocumentNumber }),
        new("issuingBody", c => c.IssuingBody, (mine, theirs) => mine with { IssuingBody = theirs.IssuingBody }),
        new("issueDate", c => Text(c.IssueDate), (mine, theirs) => mine with { IssueDate = theirs.IssueDate }),
        new("deadline", c => Text(c.Deadline), (mine, theirs) => mine with { Deadline = theirs.Deadline }),
        new("regions", c => Text(c.Regions), (mine, theirs) => mine with { Regions = Resolved(theirs.Regions, mine.Regions) }),
        new("phases", c => string.Join('；', c.Phases.Select(p => $"{p.Name} {Text(p.Start)}—{Text(p.End)}")), (mine, theirs) => mine with { Phases = theirs.Phases }),
        new("targets", c => Text(c.Facts?.Targets), (mine, theirs) => mine with { Facts = FactsOf(mine) with { Targets = FactsOf(theirs).Targets } }),
        new("counts", c => Text(FactsOf(c).Counts), (mine, theirs) => mine with { Facts = FactsOf(mine) with { Counts = FactsOf(theirs).Counts } }),
        new("duties", c => Text(FactsOf(c).Duties), (mine, theirs) => mine with { Facts = FactsOf(mine) with { Duties = FactsOf(theirs).Duties } }),
        new("practices", c => Text(FactsOf(c).Practices), (mine, theirs) => mine with { Facts = FactsOf(mine) with { Practices = Resolved(FactsOf(theirs).Practices, FactsOf(mine).Practices) } }),
    ];

    private static readonly Field<NoticeTheme>[] ThemeFields =
    [
        new("number", t => t.Number, (mine, theirs) => mine with { Number = theirs.Number }),
        new("title", t => t.Title, (mine, theirs) => mine with { Title = theirs.Title }),
        new("description", t => t.Description, (mine, theirs) => mine with { Description = theirs.Description }),
        new("regions", t => Text(t.Regions), (mine, theirs) => mine with { Regions = Resolved(theirs.Regions, mine.Regions) }),
        new("deliverables", t => string.Join('、', t.Deliverables.Select(d => d.Name)), (mine, theirs) => mine with { Deliverables = theirs.Deliverables }),
        new("leadOffices", t => string.Join('、', t.LeadOffices), (mine, theirs) => mine with { LeadOffices = theirs.LeadOffices }),
        new("assistingOffices", t => string.Join('、', t.AssistingOffices ?? []), (mine, theirs) => mine with { AssistingOffices = theirs.AssistingOffices }),
        new("deadline", t => Text(t.Deadline), (mine, theirs) => mine with { Deadline = theirs.Deadline }),
        // Links are the office's own and stay; what is withheld follows from offices and deadline.
        new("targets", t => Text(t.Facts?.Targets), (mine, theirs) => mine with { Facts = FactsOf(mine) with { Targets = FactsOf(theirs).Targets } }),
    ];

    /// <summary>Gives the themes of a corrected notice the keys of the themes that they correct, and its questions the keys of those that were asked before.</summary>
    public static NoticeReadingResult Aligned(NoticeReadingResult before, NoticeContent mine, NoticeReadingResult after)
    {
        var matches = Match(before.Content.Themes, after.Content.Themes);
        var used = before.Content.Themes.Concat(mine.Themes).Select(t => t.Key).ToHashSet(StringComparer.Ordinal);
        var next = 0;
        var themes = after.Content.Themes.Select(t => t with { Key = matches.TryGetValue(t.Key, out var old) ? old : Fresh("t", used, ref next) }).ToList();

        var asked = before.Questions.ToList();
        var keys = before.Questions.Select(q => q.Key).ToHashSet(StringComparer.Ordinal);
        next = 0;
        var questions = new List<ImporterQuestion>();
        foreach (var question in after.Questions)
        {
            var same = asked.FirstOrDefault(q => q.Code == question.Code && q.Text == question.Text);
            if (same is not null)
            {
                asked.Remove(same);
            }

            questions.Add(question with { Key = same?.Key ?? Fresh("notice-", keys, ref next) });
        }

        return after with { Content = after.Content with { Themes = themes }, Questions = questions };
    }

    /// <summary>The differences; <paramref name="after"/> is aligned.</summary>
    public static IReadOnlyList<NoticeDifferenceDto> Between(NoticeContent before, NoticeContent mine, NoticeContent after) =>
        [.. Steps(before, mine, after).Select(s => s.Difference)];

    /// <summary>The draft with what was chosen, and the differences with the choice made on each.</summary>
    public static (NoticeContent Content, IReadOnlyList<(NoticeDifferenceDto Difference, RevisionChoice Choice)> Chosen) Apply(
        NoticeContent before, NoticeContent mine, NoticeContent after, IReadOnlyDictionary<string, RevisionChoice> choices)
    {
        var chosen = new List<(NoticeDifferenceDto, RevisionChoice)>();
        var content = mine;
        foreach (var step in Steps(before, mine, after))
        {
            var choice = choices.TryGetValue(step.Difference.Key, out var given) ? given : step.Difference.Suggested;
            chosen.Add((step.Difference, choice));
            content = choice == RevisionChoice.Revised ? step.Take(content) : content;
        }

        return (Sourced(content, after), chosen);
    }

    private static IEnumerable<Step> Steps(NoticeContent before, NoticeContent mine, NoticeContent after)
    {
        foreach (var field in HeadFields)
        {
            if (Differs(field.Text(before), field.Text(after), field.Text(mine)))
            {
                yield return new(
                    Difference(field.Name, null, field.Name, field.Text(before), field.Text(after), field.Text(mine)), content => field.Take(content, after));
            }
        }

        foreach (var old in before.Themes)
        {
            var present = mine.Themes.FirstOrDefault(t => t.Key == old.Key);
            if (after.Themes.FirstOrDefault(t => t.Key == old.Key) is not { } revised)
            {
                if (present is not null)
                {
                    var edited = ThemeFields.Any(f => f.Text(present) != f.Text(old));
                    yield return new(
                        new($"{old.Key}.theme", DifferenceKind.Removed, present.Title, "theme", Summary(old), null, Summary(present), edited, edited ? RevisionChoice.Kept : RevisionChoice.Revised),
                        content => content with { Themes = [.. content.Themes.Where(t => t.Key != old.Key)] });
                }

                continue;
            }

            if (present is null)
            {
                // Left out by hand: it stays out unless the office takes it in again.
                if (ThemeFields.Any(f => f.Text(old) != f.Text(revised)))
                {
                    yield return new(
                        new($"{old.Key}.theme", DifferenceKind.Changed, revised.Title, "theme", Summary(old), Summary(revised), null, true, RevisionChoice.Kept),
                        content => Insert(content, after, revised));
                }

                continue;
            }

            foreach (var field in ThemeFields.Where(f => Differs(f.Text(old), f.Text(revised), f.Text(present))))
            {
                yield return new(
                    Difference($"{old.Key}.{field.Name}", present.Title, field.Name, field.Text(old), field.Text(revised), field.Text(present)),
                    content => content with { Themes = [.. content.Themes.Select(t => t.Key == old.Key ? field.Take(t, revised) : t)] });
            }
        }

        foreach (var added in after.Themes.Where(t => before.Themes.All(old => old.Key != t.Key)))
        {
            // The office may have added it already, by hand.
            var twin = mine.Themes.FirstOrDefault(t => t.Title == added.Title);
            yield return new(
                new($"{added.Key}.theme", DifferenceKind.Added, added.Title, "theme", null, Summary(added), twin is null ? null : Summary(twin), twin is not null, twin is null ? RevisionChoice.Revised : RevisionChoice.Kept),
                content => Insert(content, after, added));
        }
    }

    private static bool Differs(string? before, string? after, string? mine) => Plain(before) != Plain(after) && Plain(mine) != Plain(after);

    private static NoticeDifferenceDto Difference(string key, string? theme, string field, string? before, string? after, string? mine)
    {
        var edited = Plain(mine) != Plain(before);
        var kind = Plain(before).Length == 0 ? DifferenceKind.Added : Plain(after).Length == 0 ? DifferenceKind.Removed : DifferenceKind.Changed;
        return new(key, kind, theme, field, before, after, mine, edited, edited ? RevisionChoice.Kept : RevisionChoice.Revised);
    }

    private static string Plain(string? text) => text?.Trim() ?? "";

    // Behind the theme that it follows in the corrected notice.
    private static NoticeContent Insert(NoticeContent content, NoticeContent after, NoticeTheme theme)
    {
        var themes = content.Themes.ToList();
        var place = 0;
        foreach (var before in after.Themes.TakeWhile(t => t.Key != theme.Key))
        {
            var index = themes.FindIndex(t => t.Key == before.Key);
            place = index >= 0 ? index + 1 : place;
        }

        themes.Insert(place, theme);
        return content with { Themes = themes };
    }

    // Passages are those of the corrected notice from now on.
    private static NoticeContent Sourced(NoticeContent content, NoticeContent after)
    {
        var byKey = after.Themes.ToDictionary(t => t.Key, StringComparer.Ordinal);
        return content with
        {
            Regions = Regions(content.Regions, after.Regions),
            Phases = [.. content.Phases.Select(p => p with { SourceKey = after.Phases.FirstOrDefault(a => a.Name == p.Name)?.SourceKey })],
            Facts = NoticeSources.Of(content.Facts, after.Facts),
            Themes =
            [
                .. content.Themes.Select(t => byKey.TryGetValue(t.Key, out var source)
                    ? t with
                    {
                        SourceKey = source.SourceKey,
                        Facts = NoticeSources.Of(t.Facts, source.Facts),
                        Regions = Regions(t.Regions, source.Regions),
                        Deliverables = [.. t.Deliverables.Select(d => d with { SourceKey = source.Deliverables.FirstOrDefault(a => a.Name == d.Name)?.SourceKey })],
                    }
                    : t with { SourceKey = null, Facts = NoticeSources.Of(t.Facts, null), Regions = Regions(t.Regions, []), Deliverables = [.. t.Deliverables.Select(d => d with { SourceKey = null })] }),
            ],
        };

        static IReadOnlyList<NoticeRegion> Regions(IReadOnlyList<NoticeRegion> named, IReadOnlyList<NoticeRegion> source) =>
            [.. named.Select(r => r with { SourceKey = source.FirstOrDefault(a => a.Text == r.Text)?.SourceKey })];
    }

    // A region that the office chose for a name stays chosen where the corrected notice has the same name.
    private static IReadOnlyList<NoticeRegion> Resolved(IReadOnlyList<NoticeRegion> theirs, IReadOnlyList<NoticeRegion> mine) =>
        [.. theirs.Select(r => r.RegionId is null && mine.FirstOrDefault(m => m.Text == r.Text && m.RegionId is not null) is { } chosen ? r with { RegionId = chosen.RegionId, PartName = chosen.PartName } : r)];

    /// <summary>Corrected theme's key → key of the theme that it corrects: by title first, then by likeness.</summary>
    private static Dictionary<string, string> Match(IReadOnlyList<NoticeTheme> before, IReadOnlyList<NoticeTheme> after)
    {
        var matches = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = before.ToList();
        foreach (var theme in after)
        {
            Take(theme, left.FirstOrDefault(t => t.Title == theme.Title && t.Number == theme.Number) ?? left.FirstOrDefault(t => t.Title == theme.Title));
        }

        foreach (var theme in after.Where(t => !matches.ContainsKey(t.Key)))
        {
            Take(theme, left.Select(t => (Theme: t, Likeness: Likeness.Of(t.Title, theme.Title)))
                .Where(x => x.Likeness >= (x.Theme.Number == theme.Number ? SameTitleUnderOneNumber : SameTitle))
                .OrderByDescending(x => x.Likeness).Select(x => x.Theme).FirstOrDefault());
        }

        return matches;

        void Take(NoticeTheme theme, NoticeTheme? match)
        {
            if (match is not null)
            {
                matches[theme.Key] = match.Key;
                left.Remove(match);
            }
        }
    }

    private static string Fresh(string prefix, HashSet<string> used, ref int next)
    {
        string key;
        do
        {
            key = string.Create(CultureInfo.InvariantCulture, $"{prefix}{++next}");
        }
        while (!used.Add(key));
        return key;
    }

    private static string Summary(NoticeTheme theme) => $"{theme.Number} {theme.Title}{(theme.Regions.Count > 0 ? $"：{Text(theme.Regions)}" : "")}";

    private static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Text(DeadlineDto? deadline) => deadline is null ? "" : $"{Text(deadline.Date)} {deadline.Precision}{(deadline.IsSoft ? " 原则上" : "")}";

    // The name as the notice has it: which region is meant is the office's own decision, and no difference between notices.
    private static string Text(IReadOnlyList<NoticeRegion> regions) => string.Join('、', regions.Select(r => r.Text).Order(StringComparer.Ordinal));

    private static string Text(IReadOnlyList<NoticeTarget>? targets) => string.Join('；', (targets ?? []).Select(t => t.What + t.Value));

    private static string Text(IReadOnlyList<NoticeCount> counts) =>
        string.Join('；', counts.Select(c => $"{c.What}{c.Number}{c.Unit}{(counts.FirstOrDefault(w => w.Key == c.PartOf) is { } whole ? $"（属于{whole.Number}{whole.Unit}）" : "")}"));

    private static string Text(IReadOnlyList<NoticeDuty> duties) =>
        string.Join('；', duties.Select(d => $"{d.When}{(d.To is { Length: > 0 } ? $"向{d.To}" : "")}报送{d.What}{(d.Dates.Count > 0 ? $"（{string.Join('、', d.Dates.Select(x => Text(x)))}）" : "")}"));

    // The name as the notice has it, as with regions.
    private static string Text(IReadOnlyList<NoticePractice> practices) => string.Join('；', practices.Select(p => $"{p.Region}：{p.What}"));

    private static IReadOnlyList<NoticePractice> Resolved(IReadOnlyList<NoticePractice> theirs, IReadOnlyList<NoticePractice> mine) =>
        [.. theirs.Select(p => p with { RegionId = p.RegionId ?? mine.FirstOrDefault(m => m.Region == p.Region)?.RegionId })];

    private static NoticeFacts FactsOf(NoticeContent content) => content.Facts ?? NoticeFacts.None;

    private static ThemeFacts FactsOf(NoticeTheme theme) => theme.Facts ?? ThemeFacts.None;

    private sealed record Field<T>(string Name, Func<T, string?> Text, Func<T, T, T> Take);

    private sealed record Step(NoticeDifferenceDto Difference, Func<NoticeContent, NoticeContent> Take);
}
