using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity.Roles;
using PilotPlatform.Identity.SignIn;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Users;

/// <inheritdoc cref="IAccountProvisioner"/>
internal sealed class AccountProvisioner(
    PlatformDbContext db, UserManager<User> users, IRegionDirectory regions, ILookupNormalizer names, SecurityLog log, IIdGenerator ids) : IAccountProvisioner
{
    public Task<Guid> EnsureAsync(NewAccount account, CancellationToken cancellationToken) => EnsureAsync(account, isDemo: false, cancellationToken);

    public async Task<Guid> EnsureAsync(NewAccount account, bool isDemo, CancellationToken cancellationToken)
    {
        var normalized = names.NormalizeName(account.UserName);
        var existing = await db.Set<User>().AcrossTenants("user names are unique in the installation").AsNoTracking()
            .Where(u => u.NormalizedUserName == normalized).Select(u => (Guid?)u.Id).FirstOrDefaultAsync(cancellationToken);
        if (existing is { } id)
        {
            return id;
        }

        return await CreateAsync(account, isDemo, cancellationToken);
    }

    /// <summary>Makes an account that is not there; whoever hands out its password must know that it is its own.</summary>
    /// <exception cref="InputException">The name was taken meanwhile.</exception>
    public async Task<Guid> CreateAsync(NewAccount account, bool isDemo, CancellationToken cancellationToken)
    {
        var region = account.RegionId == TenantRef.Root.Id
            ? TenantRef.Root
            : (await regions.GetAsync(cancellationToken)).Find(account.RegionId)?.Tenant ?? throw new NotFoundException("Region", account.RegionId);
        if (account.Roles.Except(RoleRules.ReadyMadeAt(region)).FirstOrDefault() is { } unknown)
        {
            throw new BusinessException(IdentityErrorCodes.RoleNotAssignable).WithData("role", unknown);
        }

        var user = new User(ids.NewId(), region, account.UserName, account.DisplayName, account.OfficeId, account.Email, account.MustChangePassword);
        user.AssignRoles(account.Roles, actorId: null);
        if (isDemo)
        {
            user.MarkAsDemo();
        }

        log.Add(SecurityEvents.AccountCreated, user, ("roles", user.Roles));
        AccountAppService.Require(await users.CreateAsync(user, account.InitialPassword), "initialPassword");
        return user.Id;
    }
}
