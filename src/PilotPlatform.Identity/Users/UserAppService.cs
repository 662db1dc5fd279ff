using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity.Roles;
using PilotPlatform.Identity.Sessions;
using PilotPlatform.Identity.SignIn;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Identity.Users;

/// <summary>Accounts of a region and of those below, by its administrators.</summary>
internal sealed partial class UserAppService(
    PlatformDbContext db, UserManager<User> users, ICurrentScope scope, IRegionDirectory regions, IOfficeDirectory offices, RolePermissionStore roles,
    RoleAppService roleService, SessionGuard guard, SecurityLog log, IIdGenerator ids, TimeProvider time)
{
    private const string NoRole = "none";

    private static readonly SortList<User> Sorts = new SortList<User>()
        .Allow("userName", u => u.UserName).Allow("displayName", u => u.DisplayName).Allow("createdAt", u => u.CreatedAt).Allow("isActive", u => u.IsActive)
        .Otherwise(q => q.OrderBy(u => u.TenantPath).ThenBy(u => u.UserName));

    public async Task<PagedResult<UserListItemDto>> ListAsync(GetUsersInput input, CancellationToken cancellationToken)
    {
        var query = db.Set<User>().AsNoTracking();
        if (input.Filter?.Trim() is { Length: > 0 } filter)
        {
            var upper = filter.ToUpperInvariant();
            query = query.Where(u => u.NormalizedUserName.Contains(upper) || u.DisplayName.Contains(filter));
        }

        query = input.RegionId is { } region ? query.Where(u => u.TenantId == region) : query;
        query = input.IsActive is { } active ? query.Where(u => u.IsActive == active) : query;
        query = input.Role is not { Length: > 0 } role ? query
            : role == NoRole ? query.Where(u => u.Roles.Count == 0)
            : query.Where(u => u.Roles.Contains(role));
        var page = await query.ToPageAsync(input, Sorts, u => new
        {
            User = u,
            State = db.Set<SignInState>().Where(s => s.UserId == u.Id).Select(s => new { s.LockedUntil, s.LastSignInAt }).FirstOrDefault(),
        }, cancellationToken);

        var names = await offices.FindAsync([.. page.Items.Select(i => i.User.OfficeId).OfType<Guid>().Distinct()], cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        var now = time.UtcNow();
        var items = new List<UserListItemDto>();
        foreach (var item in page.Items)
        {
            var user = item.User;
            items.Add(new UserListItemDto(
                user.Id, user.UserName, user.DisplayName, user.TenantId, RegionName(map, user.Owner),
                user.OfficeId is { } office ? names.GetValueOrDefault(office)?.ShortName : null, await RolesOfAsync(user, cancellationToken),
                user.IsActive, user.MustChangePassword, user.TwoFactorEnabled, item.State?.LockedUntil > now, item.State?.LastSignInAt));
        }

        return new PagedResult<UserListItemDto>(page.TotalCount, items);
    }

    public async Task<UserDto> GetAsync(Guid id, CancellationToken cancellationToken) => await DescribeAsync(await FindAsync(id, cancellationToken), cancellationToken);

    public async Task<UserWithPasswordDto> CreateAsync(CreateUserDto input, CancellationToken cancellationToken)
    {
        new InputCheck().That(UserNameForm().IsMatch(input.UserName ?? ""), "userName", "Identity:UserNameForm").ThrowIfAny();
        var region = await RegionAsync(input.RegionId, cancellationToken);
        await CheckAsync(region, input.DisplayName, input.OfficeId, input.Email, cancellationToken);
        if (await users.FindByNameAsync(input.UserName!) is not null)
        {
            throw new InputException("userName", IdentityErrorCodes.UserNameTaken);
        }

        var user = new User(ids.NewId(), region, input.UserName!, input.DisplayName.Trim(), input.OfficeId, Blank(input.Email), mustChangePassword: true);
        var password = PasswordRules.Generate();
        log.Add(SecurityEvents.AccountCreated, user);
        AccountAppService.Require(await users.CreateAsync(user, password), "userName");
        return new UserWithPasswordDto(await DescribeAsync(user, cancellationToken), password);
    }

    public async Task<UserDto> EditAsync(Guid id, EditUserDto input, CancellationToken cancellationToken)
    {
        var user = await FindAsync(id, cancellationToken);
        user.EnsureStamp(input.ConcurrencyStamp);
        await CheckAsync(user.Owner, input.DisplayName, input.OfficeId, input.Email, cancellationToken);
        user.Edit(input.DisplayName.Trim(), input.OfficeId, Blank(input.Email));
        return await SaveAsync(user, cancellationToken);
    }

    public async Task<UserDto> DisableAsync(Guid id, UserStampDto input, CancellationToken cancellationToken)
    {
        var user = await FindOtherAsync(id, input.ConcurrencyStamp, cancellationToken);
        user.Disable();
        log.Add(SecurityEvents.AccountDisabled, user);
        return await SaveAsync(user, cancellationToken);
    }

    public async Task<UserDto> EnableAsync(Guid id, UserStampDto input, CancellationToken cancellationToken)
    {
        var user = await FindOtherAsync(id, input.ConcurrencyStamp, cancellationToken);
        user.Enable();
        log.Add(SecurityEvents.AccountEnabled, user);
        return await SaveAsync(user, cancellationToken);
    }

    public async Task<UserDto> UnlockAsync(Guid id, UserStampDto input, CancellationToken cancellationToken)
    {
        var user = await FindOtherAsync(id, input.ConcurrencyStamp, cancellationToken);
        if ((await db.Set<SignInState>().FirstOrDefaultAsync(s => s.UserId == id, cancellationToken))?.Unlock() == true)
        {
            log.Add(SecurityEvents.AccountUnlocked, user);
        }

        return await SaveAsync(user, cancellationToken);
    }

    public async Task<UserWithPasswordDto> ResetPasswordAsync(Guid id, UserStampDto input, CancellationToken cancellationToken)
    {
        var user = await FindOtherAsync(id, input.ConcurrencyStamp, cancellationToken);
        RequireMayTakeOver(user);
        var password = PasswordRules.Generate();
        user.SetPasswordHash(users.PasswordHasher.HashPassword(user, password));
        user.PasswordResetByAdministrator();
        log.Add(SecurityEvents.PasswordReset, user);
        return new UserWithPasswordDto(await SaveWithNewStampAsync(user, cancellationToken), password);
    }

    public async Task<UserDto> ResetSecondFactorAsync(Guid id, UserStampDto input, CancellationToken cancellationToken)
    {
        var user = await FindOtherAsync(id, input.ConcurrencyStamp, cancellationToken);
        RequireMayTakeOver(user);
        user.DisableTwoFactor();
        log.Add(SecurityEvents.TwoFactorReset, user);
        return await SaveWithNewStampAsync(user, cancellationToken);
    }

    public async Task<UserDto> AssignRolesAsync(Guid id, AssignRolesDto input, CancellationToken cancellationToken)
    {
        var user = await FindAsync(id, cancellationToken);
        user.EnsureStamp(input.ConcurrencyStamp);
        IReadOnlyList<string> wanted = input.Roles ?? throw new InputException("roles", PlatformErrorCodes.Required);
        // A role of the region's own that is given is not removed meanwhile, at whichever node.
        await db.InTurnAsync<RoleSet, int>(
            r => r.TenantId == user.TenantId && wanted.Contains(r.Name), () => AssignRolesAsync(user, wanted, cancellationToken), cancellationToken);
        guard.ForgetUser(user.Id);
        return await DescribeAsync(user, cancellationToken);
    }

    private async Task<int> AssignRolesAsync(User user, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        var before = user.Roles;
        foreach (var role in wanted.Union(before).Except(wanted.Intersect(before)))
        {
            // Taking a role away is as much a decision as giving it.
            if (!await roleService.MayAssignAsync(user.Owner, role, cancellationToken))
            {
                throw new BusinessException(IdentityErrorCodes.RoleNotAssignable).WithData("role", await roles.DisplayNameAsync(user.TenantId, role, cancellationToken));
            }
        }

        user.AssignRoles(wanted, scope.RequiredUserId);
        log.Add(SecurityEvents.RolesAssigned, user, ("before", before), ("after", user.Roles));
        return await db.SaveChangesAsync(cancellationToken);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string RegionName(RegionMap map, TenantRef region) => region == TenantRef.Root ? "" : map.NameOf(region);

    [GeneratedRegex("^[a-z][a-z0-9.-]{2,39}$", RegexOptions.NonBacktracking)]
    private static partial Regex UserNameForm();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]+$", RegexOptions.NonBacktracking)]
    private static partial Regex EmailForm();

    /// <summary>
    /// Whoever resets a password could sign in with it. So that the region administrator cannot become the security
    /// administrator or the auditor, those accounts are reset from a region above.
    /// </summary>
    private void RequireMayTakeOver(User user)
    {
        if (user.Roles.Any(r => RoleNames.MutuallyExclusive.Contains(r)) && scope.RequiredTenant.Path == user.TenantPath)
        {
            throw new BusinessException(IdentityErrorCodes.HigherRegionNeeded);
        }
    }

    private async Task<TenantRef> RegionAsync(Guid id, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant;
        if (id == TenantRef.Root.Id && own == TenantRef.Root)
        {
            return own;
        }

        var region = (await regions.GetAsync(cancellationToken)).Find(id);
        if (region is null || !own.Covers(region.Tenant))
        {
            throw new InputException("regionId", "Identity:RegionUnknown");
        }

        return region.IsActive ? region.Tenant : throw new BusinessException(IdentityErrorCodes.RegionNotActive);
    }

    private async Task CheckAsync(TenantRef region, string displayName, Guid? officeId, string? email, CancellationToken cancellationToken)
    {
        var officeFits = officeId is not { } office
            || (await offices.FindAsync([office], cancellationToken)).GetValueOrDefault(office) is { } found && found.Region.Id == region.Id;
        new InputCheck().Text(displayName, "displayName", 60).Text(email, "email", 200, required: false)
            .That(string.IsNullOrWhiteSpace(email) || EmailForm().IsMatch(email.Trim()), "email", "Identity:EmailForm")
            .That(officeFits, "officeId", "Identity:OfficeUnknown").ThrowIfAny();
    }

    private async Task<User> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Set<User>().FirstOrDefaultAsync(u => u.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(User), id);

    private async Task<User> FindOtherAsync(Guid id, string stamp, CancellationToken cancellationToken)
    {
        var user = await FindAsync(id, cancellationToken);
        user.EnsureStamp(stamp);
        return user.Id == scope.RequiredUserId ? throw new BusinessException(IdentityErrorCodes.OwnAccount) : user;
    }

    private async Task<UserDto> SaveAsync(User user, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        guard.ForgetUser(user.Id);
        return await DescribeAsync(user, cancellationToken);
    }

    private async Task<UserDto> SaveWithNewStampAsync(User user, CancellationToken cancellationToken)
    {
        AccountAppService.Require(await users.UpdateSecurityStampAsync(user), "userName");
        guard.ForgetUser(user.Id);
        return await DescribeAsync(user, cancellationToken);
    }

    private async Task<IReadOnlyList<RoleRefDto>> RolesOfAsync(User user, CancellationToken cancellationToken)
    {
        var list = new List<RoleRefDto>();
        foreach (var role in user.Roles)
        {
            list.Add(new RoleRefDto(role, await roles.DisplayNameAsync(user.TenantId, role, cancellationToken)));
        }

        return list;
    }

    private async Task<UserDto> DescribeAsync(User user, CancellationToken cancellationToken)
    {
        var state = await db.Set<SignInState>().AsNoTracking().FirstOrDefaultAsync(s => s.UserId == user.Id, cancellationToken);
        var office = user.OfficeId is { } id ? (await offices.FindAsync([id], cancellationToken)).GetValueOrDefault(id) : null;
        return new UserDto(
            user.Id, user.UserName, user.DisplayName, user.TenantId, RegionName(await regions.GetAsync(cancellationToken), user.Owner), user.OfficeId, office?.Name,
            user.Email, await RolesOfAsync(user, cancellationToken), user.IsActive, user.MustChangePassword, user.TwoFactorEnabled,
            state is not null && state.IsLocked(time.UtcNow()) ? state.LockedUntil : null, state?.LastSignInAt, user.CreatedAt,
            user.Id == scope.Identity.UserId, user.ConcurrencyStamp);
    }
}
