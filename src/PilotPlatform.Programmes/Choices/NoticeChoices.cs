namespace PilotPlatform.Programmes.Choices;

/// <summary>A flow chosen for one kind of work.</summary>
/// <param name="Kind">The kind's key, such as <c>pilots.submission</c>.</param>
/// <param name="ChosenKey">The key of the definition.</param>
internal sealed record NoticeFlow(string Kind, string ChosenKey);

/// <summary>What a draft chooses for the programme or one theme.</summary>
/// <param name="Flows">The flows that differ from the usual, or from the programme's; null as good as none.</param>
/// <param name="SchemeId">The scheme; null where the programme's holds, or none is chosen.</param>
internal sealed record NoticeChoices(IReadOnlyList<NoticeFlow>? Flows = null, Guid? SchemeId = null)
{
    /// <summary>The definition chosen for a kind, or null.</summary>
    public string? Of(string kind) => Flows?.FirstOrDefault(f => f.Kind == kind)?.ChosenKey;

    /// <summary>Whether two say the same; null says nothing.</summary>
    public static bool SameFlows(NoticeChoices? one, NoticeChoices? other) =>
        (one?.Flows ?? []).ToHashSet().SetEquals(other?.Flows ?? []);
}

/// <summary>Where a choice comes from.</summary>
internal enum ChoiceSource
{
    /// <summary>Nobody chose: what is usual holds.</summary>
    Usual,

    /// <summary>Chosen for the whole programme.</summary>
    Programme,

    /// <summary>Chosen for the theme.</summary>
    Theme,
}

/// <summary>A flow that can be or is taken. Owner: the region that keeps it; empty for what comes with the product.</summary>
internal sealed record FlowDto(string Key, string Name, Guid DefinitionId, Guid VersionId, int Version, string Owner, DateTime PublishedAt);

/// <summary>A kind of work and the flows that may be chosen for it, the usual one first; none for whoever may not choose.</summary>
internal sealed record FlowKindDto(string Key, string Name, bool RunsAtIssuer, IReadOnlyList<FlowDto> Options);

/// <summary>What can be chosen with a notice.</summary>
internal sealed record NoticeOptionsDto(
    IReadOnlyList<FlowKindDto> Kinds, IReadOnlyList<ThemeScheme> Schemes, bool MayChooseFlows, bool MayChooseSchemes);

/// <summary>The flow that a theme would take. IsGone: what was chosen is not in force any more, and publishing is refused.</summary>
internal sealed record ThemeFlowDto(string Kind, string KindName, string Name, int? Version, ChoiceSource Source, bool IsGone);

/// <summary>The scheme that would score a theme; see <see cref="ThemeFlowDto"/>.</summary>
internal sealed record ThemeSchemeDto(Guid Id, string Name, int? Version, ChoiceSource Source, bool IsGone);

/// <summary>The flows and the scheme of a theme to be. Scheme: null where none is chosen, and assessing will ask.</summary>
internal sealed record ThemeChoicesDto(string ThemeKey, string Number, string Title, IReadOnlyList<ThemeFlowDto> Flows, ThemeSchemeDto? Scheme);
