using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Audit;

/// <summary>Endpoint metadata: a GET that is logged like a change (downloads, exports).</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AuditedReadAttribute : Attribute;

/// <summary>Names the region whose data a request read or changed, when it is not the caller's own.</summary>
public static class RequestAudit
{
    private const string OwnerKey = "audit-owner";
    private const string NoteKey = "audit-note";

    /// <summary>Logs every call of a GET endpoint.</summary>
    public static TBuilder AuditRead<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AuditedReadAttribute());

    /// <summary>Tells the log whose data the current request deals with, and which version or file.</summary>
    public static void Concerns(HttpContext context, TenantRef owner, string note)
    {
        context.Items[OwnerKey] = owner;
        context.Items[NoteKey] = note;
    }

    internal static TenantRef? OwnerOf(HttpContext context) => context.Items.TryGetValue(OwnerKey, out var owner) ? (TenantRef?)owner : null;

    internal static string? NoteOf(HttpContext context) => context.Items.TryGetValue(NoteKey, out var note) ? (string?)note : null;
}

/// <summary>Writes an audit entry after each request that changes something or is marked with <see cref="AuditedReadAttribute"/>.</summary>
internal sealed class RequestAuditMiddleware(RequestDelegate next, ITenantScopes scopes, TimeProvider time, IIdGenerator ids)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        string? failure = null;
        try
        {
            await next(context);
        }
        catch (Exception error)
        {
            // The problem answer is written further out; here the status still says 200.
            failure = (error as Errors.BusinessException)?.Code ?? error.GetType().Name;
            throw;
        }
        finally
        {
            if (IsLogged(context))
            {
                // Also for refused and failed requests; the client having gone away is no reason to lose the line.
                await WriteAsync(context, time.GetElapsedTime(start), failure);
            }
        }
    }

    private static bool IsLogged(HttpContext context) =>
        context.GetEndpoint() is { } endpoint
        && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
            || endpoint.Metadata.GetMetadata<AuditedReadAttribute>() is not null);

    private async Task WriteAsync(HttpContext context, TimeSpan elapsed, string? failure)
    {
        var actor = ScopeIdentity.FromPrincipal(context.User);
        var details = JsonSerializer.Serialize(
            new
            {
                status = failure is null ? context.Response.StatusCode : (int?)null,
                failure,
                address = context.Connection.RemoteIpAddress?.ToString(),
                milliseconds = (long)elapsed.TotalMilliseconds,
                note = RequestAudit.NoteOf(context),
            },
            AuditEntry.Json);
        var entry = AuditEntry.Of(
            ids.NewId(), RequestAudit.OwnerOf(context) ?? actor.Tenant ?? TenantRef.Root, actor, time.UtcNow(), AuditKind.Request,
            $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}", context.Request.Path.Value ?? "", details);
        await scopes.RunAsync(actor.Tenant is null ? ScopeIdentity.System(TenantRef.Root) : actor, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(entry);
            await db.SaveChangesAsync(CancellationToken.None);
        });
    }
}
