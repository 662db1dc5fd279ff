using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations.Schema;
using PilotPlatform.Errors;
using PilotPlatform.Events;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Data;

/// <summary>A row with an id that the application assigns.</summary>
public abstract class Entity
{
    private List<IPlatformEvent>? raised;
    private bool touched;

    /// <summary>For EF Core.</summary>
    protected Entity()
    {
    }

    /// <summary>Creates the row with an id from <see cref="IIdGenerator"/>.</summary>
    protected Entity(Guid id) => Id = id;

    /// <summary>The row's id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Changes with every saved change; a client sends back the one it read.</summary>
    public string ConcurrencyStamp { get; internal set; } = "";

    /// <summary>When the row was created (UTC).</summary>
    public DateTime CreatedAt { get; internal set; }

    /// <summary>Who created it; null for the system.</summary>
    public Guid? CreatedBy { get; internal set; }

    /// <summary>When the row was last changed (UTC).</summary>
    public DateTime? ModifiedAt { get; internal set; }

    /// <summary>Who changed it last; null for the system.</summary>
    public Guid? ModifiedBy { get; internal set; }

    /// <summary>Events raised since the row was loaded; SaveChanges writes them to the outbox.</summary>
    [NotMapped]
    public IReadOnlyList<IPlatformEvent> RaisedEvents => raised ?? [];

    /// <summary>Refuses a form that was filled in against an older state of the row.</summary>
    /// <exception cref="StaleStampException">The stamps differ.</exception>
    public void EnsureStamp(string? stamp)
    {
        if (!string.Equals(stamp, ConcurrencyStamp, StringComparison.Ordinal))
        {
            throw new StaleStampException(GetType().Name, Id);
        }
    }

    /// <summary>Forces the row to be saved (and its stamp to change) although only rows below it changed.</summary>
    public void Touch(TimeProvider time)
    {
        ModifiedAt = time.GetUtcNow().UtcDateTime;
        // The time alone would not do: two people in the same tick would both find the row unchanged.
        touched = true;
    }

    internal bool TakeTouch()
    {
        var was = touched;
        touched = false;
        return was;
    }

    /// <summary>Records an event; it is committed together with the row.</summary>
    protected void Raise(IPlatformEvent platformEvent) => (raised ??= []).Add(platformEvent);

    internal void ClearEvents() => raised?.Clear();
}

/// <summary>A row that belongs to a region.</summary>
public abstract class TenantEntity : Entity, ITenantOwned
{
    /// <summary>For EF Core.</summary>
    protected TenantEntity()
    {
    }

    /// <summary>Creates a row owned by the region that acts; SaveChanges fills it in.</summary>
    protected TenantEntity(Guid id)
        : base(id)
    {
    }

    /// <summary>Creates a row owned by <paramref name="owner"/>, which must lie in the scope of whoever saves it.</summary>
    protected TenantEntity(Guid id, TenantRef owner)
        : base(id)
    {
        TenantId = owner.Id;
        TenantPath = owner.Path;
    }

    /// <inheritdoc/>
    public Guid TenantId { get; internal set; }

    /// <inheritdoc/>
    public string TenantPath { get; internal set; } = "";

    /// <summary>The owner as one value.</summary>
    [NotMapped]
    public TenantRef Owner => new(TenantId, TenantPath);
}

/// <summary>Leaves a property's value out of the audit log (secrets, tokens, personal identifiers).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SensitiveAttribute : Attribute;

/// <summary>Leaves an entity out of the row-change log: it is a log or a counter itself.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotAuditedAttribute : Attribute;

/// <summary>
/// Rows that are numbered within something larger, by a unique index: whoever takes a number that is taken came second, so
/// the answer is “changed meanwhile” and not “exists already”.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesTurnsAttribute : Attribute;

/// <summary>
/// A note on a row that nobody's form depends on (how often somebody was urged, which reminder was sent). A change of such
/// properties alone keeps the row's stamp and times, so that whoever has it open can still hand in; each such property is
/// compared when the row is saved, so that of two notes made at the same moment one is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SideNoteAttribute : Attribute;

internal static class SideNotes
{
    private static readonly ConcurrentDictionary<Type, FrozenSet<string>> Known = new();

    /// <summary>The names of an entity's side notes.</summary>
    public static FrozenSet<string> Of(Type entity) => Known.GetOrAdd(entity, static type => type.GetProperties()
        .Where(p => p.IsDefined(typeof(SideNoteAttribute), inherit: true)).Select(p => p.Name).ToFrozenSet(StringComparer.Ordinal));
}
