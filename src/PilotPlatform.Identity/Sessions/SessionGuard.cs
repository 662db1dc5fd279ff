using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Identity.Users;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Identity.Sessions;

/// <summary>
/// Judges each request's session. Sessions are kept in memory for a short while; what ends one on this node forgets it
/// here at once, another node learns of it after at most <see cref="MaxAge"/>.
/// </summary>
internal sealed class SessionGuard(ITenantScopes scopes, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private const int KeepAtMost = 20_000;

    private readonly ConcurrentDictionary<Guid, Known> known = new();
    private int forgotten;

    /// <summary>The signed-in principal of a session, or null when it has ended. A machine's look is no sign of life.</summary>
    public async Task<ClaimsPrincipal?> JudgeAsync(Guid sessionId, bool isSignOfLife = true)
    {
        var now = time.UtcNow();
        if (!known.TryGetValue(sessionId, out var session) || now - session.ReadAt >= MaxAge)
        {
            var before = Volatile.Read(ref forgotten);
            if (await ReadAsync(sessionId, now) is not { } fresh)
            {
                known.TryRemove(sessionId, out _);
                return null;
            }

            Trim(now);
            session = known[sessionId] = fresh;
            if (Volatile.Read(ref forgotten) != before)
            {
                // One may have ended after it was read: it serves this request, and is not kept.
                known.TryRemove(sessionId, out _);
            }
        }

        if (now - session.LastSeenAt > UserSession.IdleTime || now - session.StartedAt > UserSession.LongestTime)
        {
            known.TryRemove(sessionId, out _);
            return null;
        }

        if (isSignOfLife && session.IsSeenDue(now, SeenEvery))
        {
            await NoteSeenAsync(sessionId, now);
        }

        return session.Principal;
    }

    public void Forget(Guid sessionId)
    {
        Interlocked.Increment(ref forgotten);
        known.TryRemove(sessionId, out _);
    }

    /// <summary>Forgets every session of a person: after a change of roles, password or state.</summary>
    public void ForgetUser(Guid userId)
    {
        Interlocked.Increment(ref forgotten);
        foreach (var (id, session) in known)
        {
            if (session.UserId == userId)
            {
                known.TryRemove(id, out _);
            }
        }
    }

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var principal = Guid.TryParse(context.Principal?.FindFirstValue(IdentityClaims.SessionId), out var id)
            ? await context.HttpContext.RequestServices.GetRequiredService<SessionGuard>().JudgeAsync(id, !BackgroundLook.Is(context.HttpContext))
            : null;
        if (principal is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }

        context.ReplacePrincipal(principal);
    }

    private async Task<Known?> ReadAsync(Guid sessionId, DateTime now) =>
        await scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var row = await (
                from s in db.Set<UserSession>().AsNoTracking()
                join u in db.Set<User>().AsNoTracking() on s.UserId equals u.Id
                where s.Id == sessionId && s.EndedAt == null && u.IsActive && s.SecurityStamp == u.SecurityStamp
                select new { Session = s, User = u }).FirstOrDefaultAsync();
            if (row is null)
            {
                return null;
            }

            var identity = UserPrincipalFactory.IdentityOf(row.User, Microsoft.AspNetCore.Identity.IdentityConstants.ApplicationScheme);
            identity.AddClaim(new Claim(IdentityClaims.SessionId, sessionId.ToString()));
            return new Known(row.User.Id, row.Session.StartedAt, row.Session.LastSeenAt, now, new ClaimsPrincipal(identity));
        });

    private Task NoteSeenAsync(Guid sessionId, DateTime now) =>
        scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var row = await db.Set<UserSession>().FirstAsync(s => s.Id == sessionId);
            row.Seen(now);
            await db.SaveChangesAsync();
        });

    private void Trim(DateTime now)
    {
        if (known.Count < KeepAtMost)
        {
            return;
        }

        foreach (var (id, session) in known)
        {
            if (now - session.ReadAt >= MaxAge)
            {
                known.TryRemove(id, out _);
            }
        }
    }

    private sealed class Known(Guid userId, DateTime startedAt, DateTime lastSeenAt, DateTime readAt, ClaimsPrincipal principal)
    {
        private long notedTicks = lastSeenAt.Ticks;

        public Guid UserId => userId;

        public DateTime StartedAt => startedAt;

        public DateTime LastSeenAt => new(Interlocked.Read(ref notedTicks), DateTimeKind.Utc);

        public DateTime ReadAt => readAt;

        public ClaimsPrincipal Principal => principal;

        /// <summary>True for one of several simultaneous requests, once per interval: it writes the time of last use.</summary>
        public bool IsSeenDue(DateTime now, TimeSpan every)
        {
            var noted = Interlocked.Read(ref notedTicks);
            return now.Ticks - noted >= every.Ticks && Interlocked.CompareExchange(ref notedTicks, now.Ticks, noted) == noted;
        }
    }
}
