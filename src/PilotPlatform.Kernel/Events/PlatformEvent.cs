using PilotPlatform.Tenancy;

namespace PilotPlatform.Events;

/// <summary>Something that happened, told to other modules after the commit. Records in a module's Contracts implement it.</summary>
public interface IPlatformEvent;

/// <summary>The stable name under which an event is stored, such as <c>pilots.pilot-concluded.v1</c>; never a CLR name.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}

/// <summary>What a handler is told besides the event.</summary>
/// <param name="MessageId">The message's id: the same for each delivery.</param>
/// <param name="Tenant">The region in whose scope the event was raised; the handler runs in that scope.</param>
/// <param name="ActorId">Who caused it; null for the system.</param>
/// <param name="ActorName">The name of whoever caused it.</param>
/// <param name="OccurredAt">When (UTC).</param>
public sealed record EventContext(Guid MessageId, TenantRef Tenant, Guid? ActorId, string ActorName, DateTime OccurredAt);

/// <summary>
/// Handles an event in a fresh scope that acts for the event's region. Everything it saves and the receipt that it
/// ran are one transaction, so a message that comes twice has its effect once.
/// </summary>
public interface IEventHandler<in TEvent>
    where TEvent : IPlatformEvent
{
    /// <summary>Adds its changes to the context; the dispatcher saves them.</summary>
    Task HandleAsync(TEvent platformEvent, EventContext context, CancellationToken cancellationToken);
}

/// <summary>Adds an event to the outbox without an entity that raises it; saved by the same SaveChanges.</summary>
public interface IOutbox
{
    /// <summary>Adds the event.</summary>
    void Add(IPlatformEvent platformEvent);
}
