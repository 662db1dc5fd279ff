using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PilotPlatform.Identity;

/// <summary>
/// Marks a request in which a machine, not the person, looks whether a sign-in still holds (an open stream). It is no sign
/// of life and must not keep an idle session alive.
/// </summary>
public static class BackgroundLook
{
    private const string Key = "background-look";

    /// <summary>Marks the request.</summary>
    public static void Mark(HttpContext context) => context.Items[Key] = true;

    /// <summary>Marks an endpoint that pages ask by themselves, such as a stream that is opened again whenever it broke.</summary>
    public static TBuilder AsBackgroundLook<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Asked());

    /// <summary>Whether the request is marked, or its endpoint.</summary>
    public static bool Is(HttpContext context) =>
        context.Items.ContainsKey(Key) || context.GetEndpoint()?.Metadata.GetMetadata<Asked>() is not null;

    private sealed class Asked;
}
