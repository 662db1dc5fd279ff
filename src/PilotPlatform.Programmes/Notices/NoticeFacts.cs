using PilotPlatform.Errors;
using PilotPlatform.NoticeImport;
using PilotPlatform.Regions;

namespace PilotPlatform.Programmes.Notices;

/// <summary>A measurable target.</summary>
/// <param name="Value">The bound: ≥50%.</param>
/// <param name="What">What is measured.</param>
/// <param name="SourceKey">The passage it was read from.</param>
internal sealed record NoticeTarget(string Value, string What, string? SourceKey);

/// <summary>A number of things that the notice states.</summary>
/// <param name="Key">Stays the same while counts are added and dropped.</param>
/// <param name="Number">How many.</param>
/// <param name="Unit">Of what kind they are counted: 项.</param>
/// <param name="What">What is counted.</param>
/// <param name="PartOf">The key of the count that this one is a part of.</param>
/// <param name="SourceKey">The passage it was read from.</param>
internal sealed record NoticeCount(string Key, int Number, string Unit, string What, string? PartOf, string? SourceKey);

/// <summary>报送要求: what regions report, to whom, when.</summary>
/// <param name="What">What is reported.</param>
/// <param name="To">To whom, where the notice says.</param>
/// <param name="When">When, in the notice's words.</param>
/// <param name="Dates">The days on which it falls due; none where the words name none (及时).</param>
/// <param name="SourceKey">The passage it was read from.</param>
internal sealed record NoticeDuty(string What, string? To, string? When, IReadOnlyList<DateOnly> Dates, string? SourceKey);

/// <summary>A practice that the notice takes over from elsewhere.</summary>
/// <param name="Region">Whose practice it is, in the notice's words.</param>
/// <param name="RegionId">The region of the installation that it is; null for one that is not here.</param>
/// <param name="What">The practice.</param>
/// <param name="SourceKey">The passage it was read from.</param>
internal sealed record NoticePractice(string Region, Guid? RegionId, string What, string? SourceKey);

/// <summary>Another programme, or a theme of it, that a theme has to do with.</summary>
internal sealed record NoticeLink(Guid ProgrammeId, Guid? ThemeId);

/// <summary>What a notice states beside its themes.</summary>
internal sealed record NoticeFacts(
    IReadOnlyList<NoticeTarget> Targets, IReadOnlyList<NoticeCount> Counts, IReadOnlyList<NoticeDuty> Duties, IReadOnlyList<NoticePractice> Practices)
{
    public static readonly NoticeFacts None = new([], [], [], []);
}

/// <summary>What a notice states of one theme beside who does it and by when.</summary>
/// <param name="Targets">Targets of the theme.</param>
/// <param name="Links">Other programmes and themes; chosen by the office, never read from the text alone.</param>
/// <param name="Withheld">What the notice says it has settled for the theme and does not give.</param>
internal sealed record ThemeFacts(IReadOnlyList<NoticeTarget> Targets, IReadOnlyList<NoticeLink> Links, IReadOnlyList<ThemeGap> Withheld)
{
    public static readonly ThemeFacts None = new([], [], []);
}

/// <summary>Turns what the importer read into facts of a draft, and checks what an office sends.</summary>
internal static class NoticeFactsReader
{
    private const int Most = 200;

    public static NoticeFacts Of(NoticeImport.NoticeDraft draft, RegionMap regions)
    {
        // What a theme asks for stands with the theme, once.
        var ofThemes = draft.Themes.SelectMany(t => t.Targets).ToHashSet();
        return new NoticeFacts(
            [.. draft.Targets.Select((t, i) => (Target: t, Read: new NoticeTarget(t.Value, t.What, $"targets[{i}]"))).Where(x => !ofThemes.Contains(x.Target)).Select(x => x.Read).Take(Most)],
            // A number that a target asks for is no statement beside it.
            [.. draft.Counts.Select((c, i) => new NoticeCount(KeyOf(i), c.Number, c.Unit, c.What, c.PartOf is { } whole ? KeyOf(whole) : null, $"counts[{i}]")).Where(c => !IsTarget(draft, c.SourceKey!))],
            [.. draft.Reporting.Select((r, i) => new NoticeDuty(r.What, r.To, r.When, DutyDates.Of(r.When, draft.IssueDate, draft.End?.Date), $"reporting[{i}]")).Take(Most)],
            [.. draft.LearnedFrom.Select((l, i) => new NoticePractice(l.Region, RegionOf(l.Region, regions)?.Id, l.What, $"learnedFrom[{i}]"))]);

        static string KeyOf(int index) => $"c{index + 1}";
    }

    private static bool IsTarget(NoticeImport.NoticeDraft draft, string count) =>
        draft.Spans.TryGetValue(count, out var at) && draft.Spans.Any(s => s.Key.StartsWith("targets[", StringComparison.Ordinal)
            && at.Start < s.Value.Start + s.Value.Length && s.Value.Start < at.Start + at.Length);

    public static ThemeFacts Of(NoticeImport.NoticeDraft draft, int theme)
    {
        var path = $"themes[{theme}]";
        var withheld = new List<ThemeGap>();
        if (draft.Gaps.Contains(path + ".offices"))
        {
            withheld.Add(ThemeGap.Responsible);
        }

        if (draft.Gaps.Contains(path + ".due"))
        {
            withheld.Add(ThemeGap.Due);
        }

        return new ThemeFacts([.. draft.Themes[theme].Targets.Select((t, i) => new NoticeTarget(t.Value, t.What, $"{path}.targets[{i}]")).Take(Most)], [], withheld);
    }

    /// <summary>The region of this name, wherever it lies: 杭州市, 深圳市福田区. Null where none or more than one has it.</summary>
    public static RegionInfo? RegionOf(string name, RegionMap regions)
    {
        var found = regions.All.Where(r => r.Name == name || r.ShortName == name).ToList();
        if (found.Count == 0)
        {
            // A county with its city's name in front.
            found = [.. regions.All.Where(r => name.EndsWith(r.Name, StringComparison.Ordinal) && r.ParentId is { } parent && regions.Find(parent)?.Name == name[..^r.Name.Length])];
        }

        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Practices of regions that are in the installation know them; what was typed since is looked up again.</summary>
    public static NoticeFacts? Resolved(NoticeFacts? facts, RegionMap regions) => facts is null ? null : facts with
    {
        Practices = [.. facts.Practices.Select(p => p with { RegionId = p.RegionId ?? RegionOf(p.Region, regions)?.Id })],
    };

    public static void Check(InputCheck check, NoticeFacts? facts, RegionMap regions)
    {
        const string path = "content.facts";
        if (facts is null)
        {
            return;
        }

        if (facts is not { Targets: not null, Counts: not null, Duties: not null, Practices: not null } || facts.Duties.Any(d => d?.Dates is null)
            || facts.Targets.Any(t => t is null) || facts.Counts.Any(c => c is null) || facts.Practices.Any(p => p is null))
        {
            throw new InputException(path, PlatformErrorCodes.Required);
        }

        Targets(check, facts.Targets, path);
        Limit(check, facts.Counts.Count, $"{path}.counts");
        for (var i = 0; i < facts.Counts.Count; i++)
        {
            var (count, at) = (facts.Counts[i], $"{path}.counts[{i}]");
            check.Text(count.Key, $"{at}.key", 40).Text(count.Unit, $"{at}.unit", 20, required: false).Text(count.What, $"{at}.what", 200, required: false)
                .That(count.Number is >= 0 and <= 9_999_999, $"{at}.number", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", 9_999_999))
                .That(
                    count.PartOf is null || (count.PartOf != count.Key && facts.Counts.Any(c => c.Key == count.PartOf && c.PartOf is null)),
                    $"{at}.partOf", PlatformErrorCodes.InvalidInput);
        }

        check.That(facts.Counts.DistinctBy(c => c.Key).Count() == facts.Counts.Count, $"{path}.counts", PlatformErrorCodes.InvalidInput);
        Limit(check, facts.Duties.Count, $"{path}.duties");
        for (var i = 0; i < facts.Duties.Count; i++)
        {
            var (duty, at) = (facts.Duties[i], $"{path}.duties[{i}]");
            check.Text(duty.What, $"{at}.what", 200, required: false).Text(duty.To, $"{at}.to", 100, required: false).Text(duty.When, $"{at}.when", 100, required: false)
                .That(duty.Dates.Count <= DutyDates.Most, $"{at}.dates", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", DutyDates.Most));
        }

        Limit(check, facts.Practices.Count, $"{path}.practices");
        for (var i = 0; i < facts.Practices.Count; i++)
        {
            var (practice, at) = (facts.Practices[i], $"{path}.practices[{i}]");
            check.Text(practice.Region, $"{at}.region", 100, required: false).Text(practice.What, $"{at}.what", 200, required: false)
                .That(practice.RegionId is not { } id || regions.Find(id) is not null, $"{at}.regionId", PlatformErrorCodes.InvalidInput);
        }
    }

    public static void Check(InputCheck check, ThemeFacts? facts, string path)
    {
        if (facts is null)
        {
            return;
        }

        if (facts is not { Targets: not null, Links: not null, Withheld: not null } || facts.Targets.Any(t => t is null) || facts.Links.Any(l => l is null))
        {
            throw new InputException(path, PlatformErrorCodes.Required);
        }

        Targets(check, facts.Targets, path);
        check.That(facts.Links.Count <= 20, $"{path}.links", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", 20))
            .That(facts.Withheld.All(Enum.IsDefined), $"{path}.withheld", PlatformErrorCodes.OutOfRange);
    }

    /// <summary>What a programme may not lack before it is published: facts without words.</summary>
    public static void CheckComplete(InputCheck check, NoticeContent content)
    {
        var facts = content.Facts ?? NoticeFacts.None;
        Named(facts.Targets, "content.facts");
        for (var i = 0; i < facts.Counts.Count; i++)
        {
            check.Text(facts.Counts[i].What, $"content.facts.counts[{i}].what", 200);
        }

        for (var i = 0; i < facts.Duties.Count; i++)
        {
            check.Text(facts.Duties[i].What, $"content.facts.duties[{i}].what", 200);
        }

        for (var i = 0; i < facts.Practices.Count; i++)
        {
            check.Text(facts.Practices[i].Region, $"content.facts.practices[{i}].region", 100).Text(facts.Practices[i].What, $"content.facts.practices[{i}].what", 200);
        }

        for (var i = 0; i < content.Themes.Count; i++)
        {
            Named(content.Themes[i].Facts?.Targets ?? [], $"content.themes[{i}].facts");
        }

        void Named(IReadOnlyList<NoticeTarget> targets, string path)
        {
            for (var i = 0; i < targets.Count; i++)
            {
                check.Text(targets[i].What, $"{path}.targets[{i}].what", 200);
            }
        }
    }

    private static void Targets(InputCheck check, IReadOnlyList<NoticeTarget> targets, string path)
    {
        Limit(check, targets.Count, $"{path}.targets");
        for (var i = 0; i < targets.Count; i++)
        {
            check.Text(targets[i].Value, $"{path}.targets[{i}].value", 60, required: false).Text(targets[i].What, $"{path}.targets[{i}].what", 200, required: false);
        }
    }

    private static void Limit(InputCheck check, int count, string path) => check.That(count <= Most, path, PlatformErrorCodes.OutOfRange, ("min", 0), ("max", Most));
}
