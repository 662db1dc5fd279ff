namespace PilotPlatform.Programmes;

/// <summary>指标体系: what scores a theme, as its module offers it.</summary>
/// <param name="Id">Its id, the same for all its versions.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its published version, the newest.</param>
/// <param name="IsUsual">Whether it is taken for a new programme unless another is chosen; at most one is.</param>
public sealed record ThemeScheme(Guid Id, string Name, int Version, bool IsUsual);

/// <summary>
/// The schemes that score themes. The module that assesses implements it: this one knows that a theme has a scheme, and not what
/// a scheme is. So the choice made with a notice is committed together with the programme.
/// </summary>
public interface IThemeSchemes
{
    /// <summary>The permission that choosing takes.</summary>
    string ChoosePermission { get; }

    /// <summary>The published schemes of the current region, the newest first.</summary>
    Task<IReadOnlyList<ThemeScheme>> OptionsAsync(CancellationToken cancellationToken);

    /// <summary>What was chosen for a programme and its themes: theme or programme → scheme.</summary>
    Task<IReadOnlyDictionary<Guid, Guid>> ChosenAsync(Guid programmeId, CancellationToken cancellationToken);

    /// <summary>Chooses for a new programme of the current region or one of its themes; adds to the context. The scheme is one of the options.</summary>
    void Choose(Guid programmeId, Guid chosenFor, ThemeScheme scheme);
}
