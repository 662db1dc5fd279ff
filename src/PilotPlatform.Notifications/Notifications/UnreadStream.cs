using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PilotPlatform.Identity;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Notifications.Notifications;

/// <summary>Tells an open page how many notifications wait: at once, on each change, and as a heartbeat.</summary>
internal sealed class UnreadStream(UnreadSignals signals, ITenantScopes scopes, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(25);

    public async IAsyncEnumerable<SseItem<UnreadCountDto>> RunAsync(
        HttpContext context, ScopeIdentity identity, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var listener = signals.Listen(identity.UserId!.Value);
        var credentials = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value);
        do
        {
            var count = await scopes.RunAsync(identity, services => services.GetRequiredService<NotificationAppService>().CountUnreadAsync(ending.Token));
            yield return new SseItem<UnreadCountDto>(count, "unread");
            foreach (var other in await OthersAsync(identity, ending.Token))
            {
                yield return new SseItem<UnreadCountDto>(new UnreadCountDto(other.Count), other.Name);
            }

            if (!await WaitAsync(listener, ending.Token))
            {
                yield break;
            }
        }
        while (await IsStillSignedInAsync(context, credentials, identity));
    }

    private Task<List<LiveCount>> OthersAsync(ScopeIdentity identity, CancellationToken cancellationToken) =>
        scopes.RunAsync(identity, async services =>
        {
            var counts = new List<LiveCount>();
            foreach (var counter in services.GetServices<ILiveCounter>())
            {
                counts.AddRange(await counter.CountAsync(cancellationToken));
            }

            return counts;
        });

    private async Task<bool> WaitAsync(UnreadSignals.Listener listener, CancellationToken cancellationToken)
    {
        try
        {
            await listener.WaitAsync(Heartbeat, time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            // The page was closed or the server stops: the stream ends in good order.
            return false;
        }
    }

    /// <summary>
    /// Asks the sign-in again with the request's own credentials. The request's context keeps the answer that it got when
    /// the stream began, so a fresh one asks.
    /// </summary>
    private static async Task<bool> IsStillSignedInAsync(
        HttpContext original, Dictionary<string, Microsoft.Extensions.Primitives.StringValues> credentials, ScopeIdentity identity)
    {
        await using var scope = original.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Scheme = original.Request.Scheme;
        context.Request.Host = original.Request.Host;
        context.Request.Path = original.Request.Path;
        BackgroundLook.Mark(context);
        foreach (var (name, value) in credentials)
        {
            context.Request.Headers[name] = value;
        }

        var result = await context.AuthenticateAsync();
        return result.Succeeded && ScopeIdentity.FromPrincipal(result.Principal) is var now && now.UserId == identity.UserId && now.Tenant == identity.Tenant;
    }
}
