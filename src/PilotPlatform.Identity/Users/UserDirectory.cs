using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Identity.Roles;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Users;

/// <inheritdoc cref="IUserDirectory"/>
internal sealed class UserDirectory(PlatformDbContext db, RolePermissionStore roles) : IUserDirectory
{
    private static readonly Expression<Func<User, UserSummary>> Summary =
        u => new UserSummary(u.Id, u.DisplayName, new TenantRef(u.TenantId, u.TenantPath), u.OfficeId);

    public async Task<IReadOnlyDictionary<Guid, UserSummary>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        await db.Set<User>().AcrossTenants("names only: a city reads who in the province reviewed its work").AsNoTracking()
            .Where(u => ids.Contains(u.Id))
            .Select(Summary)
            .ToDictionaryAsync(u => u.Id, cancellationToken);

    public async Task<IReadOnlyList<UserSummary>> WithPermissionAsync(Guid regionId, string permission, CancellationToken cancellationToken)
    {
        var holding = await roles.RolesWithAsync(regionId, permission, cancellationToken);
        return holding.Count == 0
            ? []
            : await db.Set<User>().AcrossTenants("a province's event is told to people of the cities it concerns: ids and names only").AsNoTracking()
                .Where(u => u.TenantId == regionId && u.IsActive && u.Roles.Any(r => holding.Contains(r)))
                .OrderBy(u => u.UserName)
                .Select(Summary)
                .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<UserSummary>> InRoleAsync(Guid regionId, string role, CancellationToken cancellationToken) =>
        await Active().Where(u => u.TenantId == regionId && u.Roles.Any(r => r == role)).OrderBy(u => u.UserName)
            .Select(Summary).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<UserSummary>> OfOfficeAsync(Guid officeId, CancellationToken cancellationToken) =>
        await Active().Where(u => u.OfficeId == officeId).OrderBy(u => u.UserName)
            .Select(Summary).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<UserSummary>> SearchAsync(IReadOnlyCollection<Guid> regionIds, string text, int limit, CancellationToken cancellationToken) =>
        await Active().Where(u => regionIds.Contains(u.TenantId) && u.DisplayName.Contains(text)).OrderBy(u => u.TenantPath).ThenBy(u => u.DisplayName).Take(limit)
            .Select(Summary).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> RolesOfAsync(Guid userId, CancellationToken cancellationToken) =>
        await Active().Where(u => u.Id == userId).Select(u => u.Roles).FirstOrDefaultAsync(cancellationToken) ?? [];

    private IQueryable<User> Active() =>
        db.Set<User>().AcrossTenants("a flow offers work to people of the regions it concerns: ids and names only").AsNoTracking().Where(u => u.IsActive);
}
