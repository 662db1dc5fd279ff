using PilotPlatform.Tenancy;

namespace PilotPlatform.Workflows;

/// <summary>A flow that new instances can take: a definition and its version in force.</summary>
/// <param name="Key">The definition's key.</param>
/// <param name="Name">Its name.</param>
/// <param name="DefinitionId">The definition, whose page shows the picture.</param>
/// <param name="VersionId">The version in force.</param>
/// <param name="Version">Its number, from 1.</param>
/// <param name="Owner">The region that keeps it; the root for what comes with the product.</param>
/// <param name="PublishedAt">Since when that version is in force (UTC).</param>
public sealed record FlowSummary(string Key, string Name, Guid DefinitionId, Guid VersionId, int Version, TenantRef Owner, DateTime PublishedAt);

/// <summary>环节: something that the product runs by a flow, and for which an issuer may choose another flow.</summary>
/// <param name="Key">The key that the domain starts, such as <c>pilots.submission</c>.</param>
/// <param name="Name">Its name in the reader's language.</param>
/// <param name="RunsAtIssuer">True where the flow is the issuer's own, false where it runs for the region below.</param>
public sealed record FlowKind(string Key, string Name, bool RunsAtIssuer);

/// <summary>What an issuer chose for one theme or programme.</summary>
/// <param name="ChosenFor">The theme or programme.</param>
/// <param name="Kind">The kind's key.</param>
/// <param name="ChosenKey">The key of the definition chosen.</param>
/// <param name="ChosenAt">Since when it holds (UTC).</param>
/// <param name="ChosenBy">Who chose; null for the system.</param>
/// <param name="ConcurrencyStamp">Changes with every choice.</param>
public sealed record FlowChoice(Guid ChosenFor, string Kind, string ChosenKey, DateTime ChosenAt, Guid? ChosenBy, string ConcurrencyStamp);

/// <summary>The flows that a region takes for things of an issuer, and what the issuer chose; read at one moment.</summary>
public interface IFlowPlan
{
    /// <summary>All kinds, in the order of the work.</summary>
    IReadOnlyList<FlowKind> Kinds { get; }

    /// <summary>What the issuer chose for the themes and programmes asked for.</summary>
    IReadOnlyList<FlowChoice> Choices { get; }

    /// <summary>
    /// The flow that a new instance takes: of what was chosen, the nearest first, the first that is in force; else the usual one.
    /// Null when there is none at all.
    /// </summary>
    FlowSummary? InForce(string kind, params IReadOnlyList<Guid> nearestFirst);

    /// <summary>The flow of this key that is in force, or null.</summary>
    FlowSummary? Find(string kind, string key);

    /// <summary>The name of a definition, also of one that is retired; the key where nobody keeps it any more.</summary>
    string NameOf(string key);

    /// <summary>The flows that may be chosen: the usual one first. Empty unless the plan was read with options.</summary>
    IReadOnlyList<FlowSummary> OptionsFor(string kind);
}

/// <summary>A choice to be made.</summary>
/// <param name="ChosenFor">The theme or programme.</param>
/// <param name="Kind">The kind's key.</param>
/// <param name="Key">The key of the definition; null takes the choice back.</param>
/// <param name="Stamp">The stamp of the choice that the caller saw; null where there was none.</param>
public sealed record ChosenFlow(Guid ChosenFor, string Kind, string? Key, string? Stamp);

/// <summary>
/// Names what flows are chosen for. The module that owns themes and programmes registers one (scoped); it names what the caller
/// may see, and leaves the others out.
/// </summary>
public interface IFlowChoiceNames
{
    /// <summary>The titles of those themes and programmes that the caller may see.</summary>
    Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> chosenFor, CancellationToken cancellationToken);
}

/// <summary>Which flow an issuer takes for its themes and programmes instead of the usual one.</summary>
public interface IWorkflowChoices
{
    /// <summary>All kinds, in the order of the work.</summary>
    IReadOnlyList<FlowKind> Kinds { get; }

    /// <summary>Reads the flows in force.</summary>
    /// <param name="region">The region whose new instances are asked about: the issuer or one below it.</param>
    /// <param name="issuer">The issuer.</param>
    /// <param name="chosenFor">The themes and programmes whose choices are wanted.</param>
    /// <param name="withOptions">Whether to say also what may be chosen; reads the models.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IFlowPlan> PlanAsync(TenantRef region, TenantRef issuer, IReadOnlyCollection<Guid> chosenFor, bool withOptions, CancellationToken cancellationToken);

    /// <summary>
    /// Chooses flows for themes and programmes of the current region, or takes choices back; adds to the context, and the caller's
    /// SaveChanges commits it. That the themes are the caller's is the caller's to check. Running instances stay on theirs.
    /// </summary>
    /// <exception cref="Errors.StaleStampException">Somebody chose meanwhile.</exception>
    /// <exception cref="Errors.BusinessException">A definition is not in force, or is made for something else.</exception>
    Task ChooseAsync(IReadOnlyCollection<ChosenFlow> chosen, CancellationToken cancellationToken);
}
