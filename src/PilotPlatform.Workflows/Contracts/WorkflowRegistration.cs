using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace PilotPlatform.Workflows;

/// <summary>How domain modules bring flows, handlers and events.</summary>
public static class WorkflowRegistration
{
    /// <summary>Registers the program behind service tasks of this name.</summary>
    public static IServiceCollection AddServiceTask<THandler>(this IServiceCollection services, string name)
        where THandler : class, IServiceTaskHandler
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new ServiceTaskDescriptor(name, typeof(THandler)));
    }

    /// <summary>Registers an event that the module reports with <see cref="IWorkflows.HappenedAsync"/>.</summary>
    public static IServiceCollection AddWorkflowEvent(this IServiceCollection services, string name) =>
        services.AddSingleton(new WorkflowEventDescriptor(name));

    /// <summary>
    /// Registers a flow that comes with the product, embedded as <c>Flows/FILE.bpmn</c>; <c>WorkflowKind:</c> plus the key is the
    /// text key of what it is for. <paramref name="runsAtIssuer"/>: its instances are the issuer's own.
    /// </summary>
    /// <exception cref="InvalidOperationException">When read: the assembly lacks the resource.</exception>
    public static IServiceCollection AddStandardWorkflow(
        this IServiceCollection services, string key, string name, Assembly assembly, string file, bool runsAtIssuer = false) =>
        services.AddSingleton(new StandardWorkflow(key, name, () =>
        {
            var resource = $"{assembly.GetName().Name}.Flows.{file}";
            using var stream = assembly.GetManifestResourceStream(resource)
                ?? throw new InvalidOperationException($"{assembly.GetName().Name} lacks the embedded flow {resource}.");
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }, runsAtIssuer));
}
