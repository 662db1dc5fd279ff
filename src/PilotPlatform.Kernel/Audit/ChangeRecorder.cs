using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Audit;

/// <summary>Writes an audit entry for each changed row, in the same transaction.</summary>
internal sealed class ChangeRecorder(TimeProvider time, IIdGenerator ids)
{
    private const string Drafted = """{"draft":true}""";
    private static readonly ConcurrentDictionary<Type, bool> NotAudited = new();

    public List<AuditEntry> Record(ChangeTracker tracker, ScopeIdentity actor)
    {
        var now = time.UtcNow();
        var entries = new List<AuditEntry>();
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)
                || entry.Metadata.IsOwned()
                || NotAudited.GetOrAdd(entry.Metadata.ClrType, t => t.IsDefined(typeof(NotAuditedAttribute), inherit: true)))
            {
                continue;
            }

            var owned = entry.Entity as ITenantOwned;
            entries.Add(AuditEntry.Of(
                ids.NewId(),
                owned is null ? actor.Tenant ?? TenantRef.Root : new TenantRef(owned.TenantId, owned.TenantPath),
                actor,
                now,
                entry.State switch
                {
                    EntityState.Added => AuditKind.RowCreated,
                    EntityState.Deleted => AuditKind.RowDeleted,
                    _ => AuditKind.RowChanged,
                },
                entry.Metadata.ClrType.Name,
                string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(p => entry.Property(p.Name).CurrentValue)),
                Describe(entry)));
        }

        return entries;
    }

    /// <summary>The entries of new rows that are written beside the tracker; they say what those of tracked rows say.</summary>
    public List<AuditEntry> RecordAdded(IEntityType type, IReadOnlyCollection<TenantEntity> rows, ScopeIdentity actor)
    {
        if (NotAudited.GetOrAdd(type.ClrType, t => t.IsDefined(typeof(NotAuditedAttribute), inherit: true)))
        {
            return [];
        }

        var now = time.UtcNow();
        var told = type.GetProperties().Where(IsTold).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (p.Name, Getter: p.GetGetter())).ToList();
        return
        [
            .. rows.Select(row => AuditEntry.Of(
                ids.NewId(), row.Owner, actor, now, AuditKind.RowCreated, type.ClrType.Name, row.Id.ToString(),
                row is IRegionDraft { IsDraft: true } or IPersonalDraft { IsDraft: true }
                    ? Drafted
                    : JsonSerializer.Serialize(
                        new SortedDictionary<string, object?[]>(
                            told.Select(p => (p.Name, Value: p.Getter.GetClrValue(row))).Where(p => p.Value is not null)
                                .ToDictionary(p => p.Name, p => new[] { null, Printable(p.Value) }),
                            StringComparer.Ordinal),
                        AuditEntry.Json))),
        ];
    }

    private static bool IsTold(IProperty property) =>
        property.PropertyInfo?.GetCustomAttribute<SensitiveAttribute>() is null
        && property.Name is not (nameof(Entity.ConcurrencyStamp) or nameof(Entity.ModifiedAt) or nameof(Entity.ModifiedBy));

    private static string Describe(EntityEntry entry)
    {
        // A draft's content is its drafter's alone; the log says that it was saved, not what it says.
        if (entry.Entity is IRegionDraft { IsDraft: true } or IPersonalDraft { IsDraft: true })
        {
            return Drafted;
        }

        var changes = new SortedDictionary<string, object?[]>(StringComparer.Ordinal);
        foreach (var property in entry.Properties)
        {
            if (!IsTold(property.Metadata))
            {
                continue;
            }

            var before = entry.State == EntityState.Added ? null : property.OriginalValue;
            var after = entry.State == EntityState.Deleted ? null : property.CurrentValue;
            if (entry.State != EntityState.Modified ? (before ?? after) is not null : property.IsModified && !Equals(before, after))
            {
                changes[property.Metadata.Name] = [Printable(before), Printable(after)];
            }
        }

        return JsonSerializer.Serialize(changes, AuditEntry.Json);
    }

    private static object? Printable(object? value) => value switch
    {
        null or string or bool or int or long or decimal or double or Guid => value,
        DateTime instant => instant.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        Enum => value.ToString(),
        byte[] bytes => $"{bytes.Length} bytes",
        System.Collections.IEnumerable items => items.Cast<object?>().Select(Printable).ToArray(),
        _ => value.ToString(),
    };
}
