using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Users;

/// <inheritdoc cref="IFirstAdministrators"/>
internal sealed class FirstAdministrators(PlatformDbContext db, IAccountProvisioner accounts, ILookupNormalizer names) : IFirstAdministrators
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
            // EnsureAsync would answer with that account, and the caller would hand out a password that is not its own.
            return false;
        }

        await accounts.EnsureAsync(
            new NewAccount(userName, displayName, regionId, null, [RoleNames.RegionAdministrator], initialPassword, MustChangePassword: true), cancellationToken);
        return true;
    }
}
