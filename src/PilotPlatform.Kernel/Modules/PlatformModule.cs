using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Permissions;

namespace PilotPlatform.Modules;

/// <summary>What the platform knows of a module: its assembly (entity configurations, events, texts), permissions and status codes.</summary>
/// <param name="Name">The module's name, such as <c>Pilots</c>.</param>
/// <param name="Assembly">Its assembly.</param>
/// <param name="Permissions">Its permission definitions.</param>
/// <param name="StatusCodes">Error codes that are not 409, with their HTTP status.</param>
public sealed record PlatformModule(
    string Name,
    Assembly Assembly,
    IReadOnlyList<PermissionDefinition> Permissions,
    IReadOnlyDictionary<string, int> StatusCodes);

/// <summary>Registration of modules.</summary>
public static class PlatformModuleRegistration
{
    /// <summary>Registers a module with the platform. Modules call it first in their <c>AddX</c>.</summary>
    public static IServiceCollection AddPlatformModule(
        this IServiceCollection services,
        string name,
        Assembly assembly,
        IReadOnlyList<PermissionDefinition>? permissions = null,
        IReadOnlyDictionary<string, int>? statusCodes = null) =>
        services.AddSingleton(new PlatformModule(name, assembly, permissions ?? [], statusCodes ?? new Dictionary<string, int>()));
}
