using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;

namespace PilotPlatform.Events;

/// <summary>One handler of one event.</summary>
/// <param name="Name">Stable name, such as <c>pilots.when-region-assigned</c>; receipts carry it.</param>
/// <param name="EventType">The event's type.</param>
/// <param name="Invoke">Resolves the handler and runs it.</param>
internal sealed record EventHandlerDescriptor(
    string Name,
    Type EventType,
    Func<IServiceProvider, IPlatformEvent, EventContext, CancellationToken, Task> Invoke);

/// <summary>Event names, types and handlers of all modules.</summary>
internal sealed class EventRegistry
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly ConcurrentDictionary<Type, string> Names = new();

    private readonly Dictionary<string, Type> types;
    private readonly ILookup<Type, EventHandlerDescriptor> handlers;

    public EventRegistry(IEnumerable<PlatformModule> modules, IEnumerable<EventHandlerDescriptor> descriptors)
    {
        types = modules.SelectMany(m => m.Assembly.GetTypes())
            .Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IPlatformEvent)))
            .ToDictionary(NameOf);
        handlers = descriptors.ToLookup(d => d.EventType);
    }

    public static string NameOf(Type type) => Names.GetOrAdd(
        type, t => t.GetCustomAttribute<EventNameAttribute>()?.Name ?? throw new InvalidOperationException($"{t.FullName} has no [EventName]."));

    public IPlatformEvent Read(OutboxMessage message) =>
        types.TryGetValue(message.Name, out var type)
            ? (IPlatformEvent)JsonSerializer.Deserialize(message.Payload, type, Json)!
            : throw new InvalidOperationException($"No module knows the event {message.Name}.");

    public IEnumerable<EventHandlerDescriptor> HandlersOf(IPlatformEvent platformEvent) => handlers[platformEvent.GetType()];
}

/// <summary>Registration of event handlers.</summary>
public static class EventHandlerRegistration
{
    /// <summary>Registers a handler under a stable name, such as <c>pilots.when-region-assigned</c>.</summary>
    public static IServiceCollection AddEventHandler<TEvent, THandler>(this IServiceCollection services, string name)
        where TEvent : IPlatformEvent
        where THandler : class, IEventHandler<TEvent>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new EventHandlerDescriptor(
            name,
            typeof(TEvent),
            (provider, e, context, token) => provider.GetRequiredService<THandler>().HandleAsync((TEvent)e, context, token)));
    }
}
