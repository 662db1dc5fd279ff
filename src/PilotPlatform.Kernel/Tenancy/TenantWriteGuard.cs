using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Errors;

namespace PilotPlatform.Tenancy;

/// <summary>Refuses to save rows outside the caller's scope, deletes included, and the log's own rows when changed.</summary>
internal static class TenantWriteGuard
{
    public static void Check(ChangeTracker tracker, ScopeIdentity actor)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                continue;
            }

            if (entry.Entity is AuditEntry or AuditSeal && entry.State != EntityState.Added)
            {
                throw new TenantWriteRefusedException("The audit log is append-only.");
            }

            if (entry.Entity is not ITenantOwned || entry.Metadata.IsOwned() || entry.Entity is AuditEntry)
            {
                // An audit entry is written for whoever's data it was, also for a reader from another province.
                continue;
            }

            var path = entry.Property(nameof(ITenantOwned.TenantPath));
            RequireInScope(entry, actor, (string?)path.CurrentValue);
            if (entry.State != EntityState.Added)
            {
                RequireInScope(entry, actor, (string?)path.OriginalValue);
                RequireOwnDraft(entry, actor);
            }
        }
    }

    /// <summary>Refuses new rows that are written beside the tracker.</summary>
    public static void Check(IEnumerable<TenantEntity> added, ScopeIdentity actor)
    {
        foreach (var row in added)
        {
            RequireInScope(row.GetType(), EntityState.Added, actor, row.TenantPath);
        }
    }

    private static void RequireInScope(EntityEntry entry, ScopeIdentity actor, string? path) => RequireInScope(entry.Metadata.ClrType, entry.State, actor, path);

    private static void RequireInScope(Type type, EntityState state, ScopeIdentity actor, string? path)
    {
        if (actor.Tenant is not { } tenant || path is null || !TenantPaths.Covers(tenant.Path, path))
        {
            throw new TenantWriteRefusedException($"{type.Name} of {path} may not be {state} by {actor.Tenant?.Path ?? "nobody"}.");
        }
    }

    private static void RequireOwnDraft(EntityEntry entry, ScopeIdentity actor)
    {
        var foreign = entry.Entity switch
        {
            IRegionDraft draft when WasDraft(entry) => draft.TenantPath != actor.Tenant?.Path,
            IPersonalDraft draft when WasDraft(entry) => draft.OwnerUserId != actor.UserId,
            _ => false,
        };
        if (foreign)
        {
            throw new TenantWriteRefusedException($"{entry.Metadata.ClrType.Name} is a draft of somebody else.");
        }
    }

    private static bool WasDraft(EntityEntry entry) => entry.Property(nameof(IRegionDraft.IsDraft)).OriginalValue is true;
}
