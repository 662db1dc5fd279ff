namespace PilotPlatform.Programmes.Notices;

/// <summary>Where the facts of a draft stand in a text that was read anew: by what they say, so that edited ones lose their passage.</summary>
internal static class NoticeSources
{
    public static NoticeFacts? Of(NoticeFacts? facts, NoticeFacts? read) => facts is null ? null : new NoticeFacts(
        Of(facts.Targets, read?.Targets),
        [.. facts.Counts.Select(c => c with { SourceKey = read?.Counts.FirstOrDefault(r => r.Number == c.Number && r.Unit == c.Unit)?.SourceKey })],
        [.. facts.Duties.Select(d => d with { SourceKey = read?.Duties.FirstOrDefault(r => r.What == d.What)?.SourceKey })],
        [.. facts.Practices.Select(p => p with { SourceKey = read?.Practices.FirstOrDefault(r => r.Region == p.Region && r.What == p.What)?.SourceKey })]);

    /// <summary>What is withheld is said by the text alone.</summary>
    public static ThemeFacts? Of(ThemeFacts? facts, ThemeFacts? read) => (facts ?? read) is null ? null : new ThemeFacts(
        Of(facts?.Targets ?? [], read?.Targets), facts?.Links ?? [], read?.Withheld ?? []);

    private static IReadOnlyList<NoticeTarget> Of(IReadOnlyList<NoticeTarget> targets, IReadOnlyList<NoticeTarget>? read) =>
        [.. targets.Select(t => t with { SourceKey = read?.FirstOrDefault(r => r.What == t.What && r.Value == t.Value)?.SourceKey })];
}
