using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Users;

/// <inheritdoc cref="IFirstAdministrators"/>
internal sealed class FirstAdministrators(PlatformDbContext db, IUserDirectory people, IAccountProvisioner accounts, ILookupNormalizer names) : IFirstAdministrators
{
    public async Task<bool> ExistAsync(Guid regionId, CancellationToken cancellationToken) =>
        (await people.WithPermissionAsync(regionId, RegionsPermissions.Manage, cancellationToken)).Count > 0;

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
