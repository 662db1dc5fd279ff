namespace PilotPlatform.Regions;

/// <summary>
/// Invites the first administrator of a region when it is onboarded. Whoever keeps the accounts implements it; this module
/// stands above the accounts and knows none.
/// </summary>
public interface IFirstAdministrators
{
    /// <summary>Those of the regions that have an active administrator.</summary>
    Task<IReadOnlySet<Guid>> WhichHaveOneAsync(IReadOnlyCollection<Guid> regionIds, CancellationToken cancellationToken);

    /// <summary>Makes the account with the roles of a first administrator; its password must be changed at the first sign-in.</summary>
    /// <returns>False when an account of that name exists already, wherever; it is left as it is.</returns>
    Task<bool> InviteAsync(Guid regionId, string userName, string displayName, string initialPassword, CancellationToken cancellationToken);
}
