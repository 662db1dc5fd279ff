using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity.SignIn;
using PilotPlatform.Identity.Users;
using PilotPlatform.Localization;
using PilotPlatform.Modules;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Roles;

/// <summary>A role as it is in one region. <paramref name="ConcurrencyStamp"/> is empty for a ready-made role that the region left as it is.</summary>
internal sealed record RoleDto(
    string Name, string DisplayName, bool IsReadyMade, bool IsEdited, bool IsOwnRole, bool MayAssign, int UserCount, IReadOnlyList<string> Permissions, string ConcurrencyStamp);

internal sealed record PermissionDto(string Name, string DisplayName, IReadOnlyList<string> ReservedTo);

internal sealed record PermissionGroupDto(string Module, IReadOnlyList<PermissionDto> Permissions);

internal sealed record CreateRoleDto(Guid RegionId, string DisplayName, IReadOnlyList<string>? Permissions);

internal sealed record EditRoleDto(Guid RegionId, string? DisplayName, IReadOnlyList<string>? Permissions, string ConcurrencyStamp);

internal sealed record RestoreRoleDto(Guid RegionId, string ConcurrencyStamp);

/// <summary>Roles of a region: what they permit, and who may assign them.</summary>
internal sealed class RoleAppService(
    PlatformDbContext db, ICurrentScope scope, IRegionDirectory regions, RolePermissionStore store, PermissionCatalogue catalogue, IEnumerable<PlatformModule> modules,
    Texts texts, IHttpContextAccessor http, SecurityLog log, IIdGenerator ids)
{
    public async Task<IReadOnlyList<RoleDto>> ListAsync(Guid? regionId, CancellationToken cancellationToken)
    {
        var region = await RegionAsync(regionId ?? scope.RequiredTenant.Id, cancellationToken);
        var sets = await db.Set<RoleSet>().AsNoTracking().Where(r => r.TenantId == region.Id).ToListAsync(cancellationToken);
        var held = (await db.Set<User>().AsNoTracking().Where(u => u.TenantId == region.Id).Select(u => u.Roles).ToListAsync(cancellationToken))
            .SelectMany(r => r).GroupBy(r => r).ToDictionary(g => g.Key, g => g.Count());
        var byName = sets.ToDictionary(s => s.Name);
        var readyMade = RoleRules.ReadyMadeAt(region).ToList();
        return
        [
            .. readyMade.Select(name => Describe(name, byName.GetValueOrDefault(name))),
            .. sets.Where(s => !readyMade.Contains(s.Name)).OrderBy(s => s.DisplayName, StringComparer.Ordinal).Select(s => Describe(s.Name, s)),
        ];

        RoleDto Describe(string name, RoleSet? set) => new(
            name, set?.DisplayName ?? texts.Get($"Role:{name}"), readyMade.Contains(name), set is not null, IsHeldByCaller(region, name), ActorMayAssign(name),
            held.GetValueOrDefault(name), [.. (set is null ? catalogue.ByRole[name] : (IEnumerable<string>)set.Permissions).Order(StringComparer.Ordinal)], set?.ConcurrencyStamp ?? "");
    }

    public IReadOnlyList<PermissionGroupDto> Permissions() =>
    [
        .. modules.Where(m => m.Permissions.Count > 0).Select(m => new PermissionGroupDto(m.Name,
        [
            .. m.Permissions.Select(p => new PermissionDto(
                p.Name, texts.Get($"Permission:{p.Name}"), RoleRules.MayStandIn(p, "") ? [] : p.DefaultRoles)),
        ])),
    ];

    public async Task<RoleDto> CreateAsync(CreateRoleDto input, CancellationToken cancellationToken)
    {
        var region = await RegionAsync(input.RegionId, cancellationToken);
        var id = ids.NewId();
        var name = RoleSet.NameOfOwn(id);
        await CheckAsync(region, name, input.DisplayName ?? "", input.Permissions ?? [], cancellationToken);
        var set = new RoleSet(id, region, name, input.DisplayName!.Trim(), input.Permissions ?? []);
        db.Add(set);
        log.Add(SecurityEvents.RolePermissionsChanged, region, set.DisplayName!, ("before", null), ("after", set.Permissions));
        return await SaveAsync(region, name, cancellationToken);
    }

    public async Task<RoleDto> EditAsync(string name, EditRoleDto input, CancellationToken cancellationToken)
    {
        var region = await RegionAsync(input.RegionId, cancellationToken);
        RequireNotHeld(region, name);
        var set = await db.Set<RoleSet>().FirstOrDefaultAsync(r => r.TenantId == region.Id && r.Name == name, cancellationToken);
        var isReadyMade = RoleRules.ReadyMadeAt(region).Contains(name);
        if (set is null && !isReadyMade)
        {
            throw new NotFoundException(nameof(RoleSet), name);
        }

        IReadOnlyList<string> wanted = input.Permissions ?? throw new InputException("permissions", PlatformErrorCodes.Required);
        await CheckAsync(region, name, isReadyMade ? null : input.DisplayName ?? "", wanted, cancellationToken);
        var before = set?.Permissions ?? [.. catalogue.ByRole[name]];
        if (set is null)
        {
            if (input.ConcurrencyStamp is { Length: > 0 })
            {
                // The region's own set was taken back meanwhile.
                throw new StaleStampException(nameof(RoleSet), region.Id);
            }

            set = new RoleSet(ids.NewId(), region, name, null, wanted);
            db.Add(set);
        }
        else
        {
            set.EnsureStamp(input.ConcurrencyStamp);
            set.Edit(isReadyMade ? null : input.DisplayName!.Trim(), wanted);
        }

        log.Add(SecurityEvents.RolePermissionsChanged, region, name, ("before", before), ("after", set.Permissions));
        return await SaveAsync(region, name, cancellationToken);
    }

    /// <summary>Takes back what the region made of a ready-made role, or deletes a role of its own that nobody holds.</summary>
    public async Task RemoveAsync(string name, RestoreRoleDto input, CancellationToken cancellationToken)
    {
        var region = await RegionAsync(input.RegionId, cancellationToken);
        RequireNotHeld(region, name);
        // Nobody gives it to anybody meanwhile.
        await db.InTurnAsync<RoleSet, bool>(
            r => r.TenantId == region.Id && r.Name == name,
            async () =>
            {
                await RemoveAsync(region, name, input.ConcurrencyStamp, cancellationToken);
                return true;
            },
            cancellationToken);
        store.Renew();
    }

    private async Task RemoveAsync(TenantRef region, string name, string stamp, CancellationToken cancellationToken)
    {
        var set = await db.Set<RoleSet>().FirstOrDefaultAsync(r => r.TenantId == region.Id && r.Name == name, cancellationToken)
            ?? throw new NotFoundException(nameof(RoleSet), name);
        set.EnsureStamp(stamp);
        var isReadyMade = RoleRules.ReadyMadeAt(region).Contains(name);
        var holders = isReadyMade ? 0 : await db.Set<User>().CountAsync(u => u.TenantId == region.Id && u.Roles.Contains(name), cancellationToken);
        if (holders > 0)
        {
            throw new BusinessException(IdentityErrorCodes.RoleInUse).WithData("count", holders);
        }

        db.Remove(set);
        log.Add(SecurityEvents.RolePermissionsChanged, region, set.DisplayName ?? name, ("before", set.Permissions), ("after", isReadyMade ? catalogue.ByRole[name].Order(StringComparer.Ordinal) : null));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Whether the caller may give or take a role at a region.</summary>
    public async Task<bool> MayAssignAsync(TenantRef region, string role, CancellationToken cancellationToken) =>
        ActorMayAssign(role)
        && (RoleRules.ReadyMadeAt(region).Contains(role) || await db.Set<RoleSet>().AnyAsync(r => r.TenantId == region.Id && r.Name == role, cancellationToken));

    private bool ActorMayAssign(string role)
    {
        var own = http.HttpContext?.User;
        // The operator appoints a province's three administrators, so that it can look after itself; nothing else.
        return own?.HasClaim(PlatformClaims.Role, RoleNames.PlatformOperator) != true || RoleNames.MutuallyExclusive.Contains(role);
    }

    private bool IsHeldByCaller(TenantRef region, string role) =>
        region == scope.RequiredTenant && http.HttpContext?.User.HasClaim(PlatformClaims.Role, role) == true;

    private void RequireNotHeld(TenantRef region, string role)
    {
        if (IsHeldByCaller(region, role))
        {
            throw new BusinessException(IdentityErrorCodes.OwnRoles);
        }
    }

    private async Task<TenantRef> RegionAsync(Guid id, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant;
        if (id == own.Id)
        {
            return own;
        }

        return (await regions.GetAsync(cancellationToken)).Find(id) is { } region && own.Covers(region.Tenant)
            ? region.Tenant
            : throw new NotFoundException("Region", id);
    }

    private async Task CheckAsync(TenantRef region, string name, string? displayName, IReadOnlyList<string> permissions, CancellationToken cancellationToken)
    {
        var check = new InputCheck();
        if (displayName is not null)
        {
            var wanted = displayName.Trim();
            check.Text(displayName, "displayName", 40).That(
                !await db.Set<RoleSet>().AnyAsync(r => r.TenantId == region.Id && r.DisplayName == wanted && r.Name != name, cancellationToken)
                && !RoleNames.All.Any(r => texts.Get($"Role:{r}") == wanted),
                "displayName", "Identity:RoleNameTaken");
        }

        foreach (var permission in permissions)
        {
            var definition = catalogue.All.FirstOrDefault(p => p.Name == permission);
            check.That(definition is not null, "permissions", "Identity:PermissionUnknown", ("permission", permission));
            if (definition is not null && !RoleRules.MayStandIn(definition, name))
            {
                throw new BusinessException(IdentityErrorCodes.PermissionNotGrantable).WithData("permission", texts.Get($"Permission:{permission}"));
            }
        }

        check.ThrowIfAny();
    }

    private async Task<RoleDto> SaveAsync(TenantRef region, string name, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        store.Renew();
        return (await ListAsync(region.Id, cancellationToken)).Single(r => r.Name == name);
    }
}
