using System.Globalization;

namespace PilotPlatform.NoticeImport;

/// <summary>
/// Compares the draft of a notice with that of its correction. Themes are matched by what they say, not by their number or
/// place: renumbering is a changed number, not a theme removed and another added.
/// </summary>
public static class NoticeDiff
{
    /// <summary>Two themes less alike than this are two themes.</summary>
    public const double LeastLikeness = 0.5;

    // Every theme left over is compared with every other; no notice leaves as many as this.
    private const int MostCompared = 400;

    /// <summary>What changed from one draft to the next.</summary>
    /// <param name="before">The draft of the notice as first read.</param>
    /// <param name="after">The draft of the corrected notice.</param>
    public static NoticeChanges Compare(NoticeDraft before, NoticeDraft after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var values = new List<NoticeValueChange>();
        One(values, "title", before.Title, after.Title);
        One(values, "issuingBody", before.IssuingBody, after.IssuingBody);
        One(values, "documentNumber", before.DocumentNumber, after.DocumentNumber);
        One(values, "issueDate", Iso(before.IssueDate), Iso(after.IssueDate));
        One(values, "kind", before.Kind.ToString(), after.Kind.ToString());
        One(values, "end", Words(before.End), Words(after.End));
        Many(values, "regions", before.Regions, after.Regions);
        Keyed(values, "phases", before.Phases.Select(p => (p.Name, Words(p))), after.Phases.Select(p => (p.Name, Words(p))));
        Many(values, "deliverableKinds", before.DeliverableKinds, after.DeliverableKinds);
        Keyed(values, "targets", before.Targets.Select(t => (t.What, t.What + t.Value)), after.Targets.Select(t => (t.What, t.What + t.Value)));
        Many(values, "reporting", before.Reporting.Select(Words), after.Reporting.Select(Words));
        return new NoticeChanges(values, Themes(before.Themes, after.Themes));
    }

    private static List<NoticeThemeChange> Themes(IReadOnlyList<ThemeDraft> before, IReadOnlyList<ThemeDraft> after)
    {
        var matches = Match(before, after);
        var taken = matches.Values.Select(m => m.Before).ToHashSet();
        var changes = new List<NoticeThemeChange>();
        var removed = Enumerable.Range(0, before.Count).Where(i => !taken.Contains(i)).ToList();
        var next = 0;
        for (var i = 0; i < after.Count; i++)
        {
            if (!matches.TryGetValue(i, out var match))
            {
                changes.Add(new NoticeThemeChange(NoticeChangeKind.Added, null, i, 0, []));
                continue;
            }

            // What stood before this theme and is gone is told before it.
            while (next < removed.Count && removed[next] < match.Before)
            {
                changes.Add(Removed(removed[next++]));
            }

            var values = Values(before[match.Before], after[i]);
            changes.Add(new NoticeThemeChange(values.Count == 0 ? null : NoticeChangeKind.Changed, match.Before, i, match.Likeness, values));
        }

        changes.AddRange(removed.Skip(next).Select(Removed));
        return changes;
    }

    private static NoticeThemeChange Removed(int index) => new(NoticeChangeKind.Removed, index, null, 0, []);

    /// <summary>For each new theme the old one that it is: equal titles first, then the most alike that are left.</summary>
    private static Dictionary<int, (int Before, double Likeness)> Match(IReadOnlyList<ThemeDraft> before, IReadOnlyList<ThemeDraft> after)
    {
        var matches = new Dictionary<int, (int Before, double Likeness)>();
        var byTitle = Enumerable.Range(0, before.Count).GroupBy(i => before[i].Title, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new Queue<int>(g), StringComparer.Ordinal);
        for (var i = 0; i < after.Count; i++)
        {
            if (byTitle.TryGetValue(after[i].Title, out var same) && same.TryDequeue(out var index))
            {
                matches[i] = (index, 1);
            }
        }

        var taken = matches.Values.Select(m => m.Before).ToHashSet();
        var old = Enumerable.Range(0, before.Count).Where(i => !taken.Contains(i)).Take(MostCompared).ToList();
        var added = Enumerable.Range(0, after.Count).Where(i => !matches.ContainsKey(i)).Take(MostCompared).ToList();
        var pairs = from a in added
                    from b in old
                    let likeness = Likeness(before[b], after[a])
                    where likeness >= LeastLikeness
                    orderby likeness descending, a, b
                    select (After: a, Before: b, Likeness: likeness);
        foreach (var pair in pairs)
        {
            if (!matches.ContainsKey(pair.After) && taken.Add(pair.Before))
            {
                matches[pair.After] = (pair.Before, Math.Round(pair.Likeness, 3));
            }
        }

        return matches;
    }

    /// <summary>Mostly the title; what the theme is given to and its number decide between titles that are alike.</summary>
    private static double Likeness(ThemeDraft a, ThemeDraft b)
    {
        var title = Shared(Pairs(a.Title), Pairs(b.Title));
        var given = Shared([.. a.Regions, .. a.Offices, .. a.Deliverables], [.. b.Regions, .. b.Offices, .. b.Deliverables]);
        return (0.75 * title) + (0.2 * given) + (a.Number == b.Number ? 0.05 : 0);
    }

    private static HashSet<string> Pairs(string text) =>
        text.Length < 2 ? [text] : [.. Enumerable.Range(0, text.Length - 1).Select(i => text.Substring(i, 2))];

    /// <summary>Twice what both have, of all that they have; two empty sets are alike.</summary>
    private static double Shared(HashSet<string> a, HashSet<string> b) =>
        a.Count + b.Count == 0 ? 1 : 2.0 * a.Count(b.Contains) / (a.Count + b.Count);

    private static List<NoticeValueChange> Values(ThemeDraft before, ThemeDraft after)
    {
        var values = new List<NoticeValueChange>();
        One(values, "number", before.Number, after.Number);
        One(values, "title", before.Title, after.Title);
        Many(values, "regions", before.Regions, after.Regions);
        Many(values, "leadOffices", before.LeadOffices, after.LeadOffices);
        Many(values, "assistingOffices", before.AssistingOffices, after.AssistingOffices);
        One(values, "due", Words(before.Due), Words(after.Due));
        Many(values, "deliverables", before.Deliverables, after.Deliverables);
        Keyed(values, "targets", before.Targets.Select(t => (t.What, t.What + t.Value)), after.Targets.Select(t => (t.What, t.What + t.Value)));
        return values;
    }

    private static void One(List<NoticeValueChange> values, string field, string? before, string? after)
    {
        if (before != after)
        {
            values.Add(new NoticeValueChange(field, before is null ? NoticeChangeKind.Added : after is null ? NoticeChangeKind.Removed : NoticeChangeKind.Changed, before, after));
        }
    }

    /// <summary>Members of a list, whatever their order.</summary>
    private static void Many(List<NoticeValueChange> values, string field, IEnumerable<string> before, IEnumerable<string> after)
    {
        var (old, now) = (before.ToHashSet(StringComparer.Ordinal), after.ToHashSet(StringComparer.Ordinal));
        values.AddRange(old.Where(v => !now.Contains(v)).Select(v => new NoticeValueChange(field, NoticeChangeKind.Removed, v, null)));
        values.AddRange(now.Where(v => !old.Contains(v)).Select(v => new NoticeValueChange(field, NoticeChangeKind.Added, null, v)));
    }

    /// <summary>Members of a list that keep their name while their value changes.</summary>
    private static void Keyed(List<NoticeValueChange> values, string field, IEnumerable<(string Key, string Words)> before, IEnumerable<(string Key, string Words)> after)
    {
        var old = before.DistinctBy(b => b.Key).ToDictionary(b => b.Key, b => b.Words, StringComparer.Ordinal);
        var now = after.DistinctBy(a => a.Key).ToDictionary(a => a.Key, a => a.Words, StringComparer.Ordinal);
        foreach (var key in old.Keys.Concat(now.Keys.Where(k => !old.ContainsKey(k))))
        {
            One(values, field, old.GetValueOrDefault(key), now.GetValueOrDefault(key));
        }
    }

    private static string? Words(DueDraft? due) =>
        due is null ? null : due.Date is { } date ? $"{due.Text}({Iso(date)}{(due.Soft ? ",原则上" : "")})" : due.Text;

    private static string Words(PhaseDraft phase) => $"{phase.Name}:{Iso(phase.Start)}—{Iso(phase.End)}";

    private static string Words(ReportingDraft duty) => string.Join('，', new[] { duty.What, duty.When, duty.To }.OfType<string>());

    private static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
