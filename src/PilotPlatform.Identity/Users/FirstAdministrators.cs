using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Users;

/// <inheritdoc cref="IFirstAdministrators"/>
internal sealed class FirstAdministrators(PlatformDbContext db, AccountProvisioner accounts, ILookupNormalizer names) : IFirstAdministrators
{
    public async Task<IReadOnlySet<Guid>> WhichHaveOneAsync(IReadOnlyCollection<Guid> regionIds, CancellationToken cancellationToken) =>
        await db.Set<User>().AsNoTracking()
            .Where(u => regionIds.Contains(u.TenantId) && u.IsActive && u.Roles.Any(r => r == RoleNames.RegionAdministrator))
            .Select(u => u.TenantId).Distinct().ToHashSetAsync(cancellationToken);

    public async Task<bool> InviteAsync(Guid regionId, string userName, string displayName, string initialPassword, CancellationToken cancellationToken)
    {
        var normalized = names.NormalizeName(userName);
        if (await db.Set<User>().AcrossTenants("user names are unique in the installation").AnyAsync(u => u.NormalizedUserName == normalized, cancellationToken))
        {
            return false;
        }

        // Not EnsureAsync: where another node has taken the name since, it would answer with that account, and the caller would
        // hand out a password that is not its own.
        await accounts.CreateAsync(
            new NewAccount(userName, displayName, regionId, null, [RoleNames.RegionAdministrator], initialPassword, MustChangePassword: true), isDemo: false,
            cancellationToken);
        return true;
    }
}
