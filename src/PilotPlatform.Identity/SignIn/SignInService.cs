using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity.Sessions;
using PilotPlatform.Identity.Users;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Identity.SignIn;

/// <summary>
/// Signing in and out. Whoever knocks learns nothing about whether an account exists: unknown names cost the same work
/// and are locked out like known ones.
/// </summary>
internal sealed class SignInService(
    PlatformDbContext db, ILookupNormalizer names, IPasswordHasher<User> hasher, UnknownNames unknown,
    SecurityLog log, IRegionDirectory regions, SessionGuard guard, AccountTurns turns, SavedSteps steps, ICurrentScope scope, TimeProvider time)
{
    /// <summary>Checks the password; the answer is null when a second factor is wanted.</summary>
    public async Task<ClaimsPrincipal?> SignInAsync(HttpContext http, string userName, string password, CancellationToken cancellationToken)
    {
        var normalized = names.NormalizeName(userName.Trim());
        var found = await db.Set<User>().AcrossTenants("whoever signs in has no region yet").AsNoTracking()
            .Where(u => u.NormalizedUserName == normalized)
            .Select(u => new { u.Id, u.DisplayName, u.TenantId, u.TenantPath })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            // In turn like the tries for an account: otherwise those made at the same moment would be answered sooner than its.
            using var turn = await turns.TakeAsync(normalized, cancellationToken);
            hasher.VerifyHashedPassword(null!, unknown.Hash, password);
            var locked = unknown.CountTry(normalized, time.UtcNow());
            log.Add(locked is null ? SecurityEvents.SignInFailed : SecurityEvents.LockedOut, TenantRef.Root, userName.Trim(), ("reason", "unknown"));
            await db.SaveChangesAsync(cancellationToken);
            throw locked is { } until ? LockedOut(until) : new BusinessException(IdentityErrorCodes.SignInFailed);
        }

        var identity = new ScopeIdentity(found.Id, found.DisplayName, new TenantRef(found.TenantId, found.TenantPath));
        var (principal, twoFactor) = await CheckPasswordAsync(identity, found.Id, password, cancellationToken);
        if (twoFactor)
        {
            await http.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, principal);
            return null;
        }

        await EnterAsync(http, principal);
        return principal;
    }

    /// <summary>The second step, within five minutes of the first.</summary>
    public async Task<ClaimsPrincipal> SignInWithCodeAsync(HttpContext http, string code, bool isRecoveryCode, CancellationToken cancellationToken)
    {
        var first = await http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        var identity = ScopeIdentity.FromPrincipal(first.Principal);
        if (identity.UserId is not { } userId)
        {
            throw new BusinessException(IdentityErrorCodes.SecondStepExpired);
        }

        var stamp = first.Principal!.FindFirstValue(IdentityClaims.SecurityStamp);
        var principal = await CheckCodeAsync(identity, userId, stamp, code, isRecoveryCode, cancellationToken);
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await EnterAsync(http, principal);
        return principal;
    }

    public async Task SignOutAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(http.User.FindFirstValue(IdentityClaims.SessionId), out var id))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // Of two tabs that sign out at once, one does.
            if (await db.Set<UserSession>().Where(s => s.Id == id).EndAsync(time.UtcNow(), cancellationToken) > 0)
            {
                log.Add(SecurityEvents.SignedOut, scope.RequiredTenant, http.User.Identity?.Name ?? "");
                await db.SaveChangesAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            guard.Forget(id);
        }

        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    internal static BusinessException LockedOut(TimeSpan left) =>
        new BusinessException(IdentityErrorCodes.LockedOut).WithData("minutes", MinutesOf(left));

    internal static int MinutesOf(TimeSpan left) => Math.Max(1, (int)Math.Ceiling(left.TotalMinutes));

    internal async Task<bool> MaySignInForAsync(TenantRef region, CancellationToken cancellationToken) =>
        region == TenantRef.Root || (await regions.GetAsync(cancellationToken)).Find(region.Id) is { IsActive: true };

    private async Task<(ClaimsPrincipal Principal, bool TwoFactor)> CheckPasswordAsync(
        ScopeIdentity identity, Guid userId, string password, CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(userId, cancellationToken);
        await StepAsync(identity, s => s.CountTryAsync(userId, password, cancellationToken));
        var checkedAgainst = await StepAsync(identity, s => s.VerifyAsync(userId, password, cancellationToken));
        return await StepAsync(identity, s => s.JudgePasswordAsync(userId, checkedAgainst, cancellationToken));
    }

    private async Task<ClaimsPrincipal> CheckCodeAsync(
        ScopeIdentity identity, Guid userId, string? stamp, string code, bool isRecoveryCode, CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(userId, cancellationToken);
        await StepAsync(identity, s => s.CountCodeTryAsync(userId, stamp, cancellationToken));
        return await StepAsync(identity, s => s.JudgeCodeAsync(userId, stamp, code, isRecoveryCode, cancellationToken));
    }

    private static async Task EnterAsync(HttpContext http, ClaimsPrincipal principal)
    {
        // The cookie holds the session's id; who that is, is read from the database on each request.
        var ticket = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        ticket.AddClaim(principal.FindFirst(IdentityClaims.SessionId)!);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(ticket), new AuthenticationProperties { IsPersistent = false });
        http.User = principal;
    }

    private Task<bool> StepAsync(ScopeIdentity identity, Func<SignInSteps, Task> step) =>
        StepAsync(identity, async s =>
        {
            await step(s);
            return true;
        });

    private Task<T> StepAsync<T>(ScopeIdentity identity, Func<SignInSteps, Task<T>> step) =>
        steps.RunAsync(identity, services => step(services.GetRequiredService<SignInSteps>()));
}

/// <summary>
/// Steps that are saved each by itself. Tries at other nodes meet at the concurrency stamp: what was not saved is done again
/// on what the others left. Only the step is done again, so that a try counts once however often it meets others.
/// </summary>
internal sealed class SavedSteps(ITenantScopes scopes)
{
    private const int Attempts = 8;

    public async Task<T> RunAsync<T>(ScopeIdentity identity, Func<IServiceProvider, Task<T>> step)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await scopes.RunAsync(identity, step);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another try for the same account was saved first: read its count and do the step again.
            }
        }
    }
}

/// <summary>
/// Tries for one account come one after the other, so that several right passwords at once, counted before they are judged,
/// do not lock the account out. Between nodes nothing waits: there each node adds one try at most.
/// </summary>
internal sealed class AccountTurns
{
    // Accounts share a turn by chance: it costs the time of checking a password.
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <param name="account">The account's id, or the name that was tried when there is none of that name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<IDisposable> TakeAsync(object account, CancellationToken cancellationToken)
    {
        var turn = turns[(uint)account.GetHashCode() % turns.Length];
        await turn.WaitAsync(cancellationToken);
        return new Held(turn);
    }

    private sealed class Held(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}

/// <summary>The steps of signing in, each in the scope of the person who signs in.</summary>
internal sealed class SignInSteps(
    PlatformDbContext db, UserManager<User> users, SignInService service, SecurityLog log, SecondFactorSecrets secrets, IIdGenerator ids, TimeProvider time)
{
    public async Task CountTryAsync(Guid userId, string password, CancellationToken cancellationToken)
    {
        var (user, state) = await LoadAsync(userId, cancellationToken);
        await CountTryAsync(user, state, password, cancellationToken);
    }

    /// <summary>The security stamp of the account whose password this is; null when it is not.</summary>
    public async Task<string?> VerifyAsync(Guid userId, string password, CancellationToken cancellationToken)
    {
        var user = await db.Set<User>().FirstAsync(u => u.Id == userId, cancellationToken);
        return await users.CheckPasswordAsync(user, password) ? user.SecurityStamp : null;
    }

    public async Task<(ClaimsPrincipal Principal, bool TwoFactor)> JudgePasswordAsync(Guid userId, string? checkedAgainst, CancellationToken cancellationToken)
    {
        var (user, state) = await LoadAsync(userId, cancellationToken);
        if (user.SecurityStamp != checkedAgainst || !user.IsActive || !await service.MaySignInForAsync(user.Owner, cancellationToken))
        {
            throw await FailedAsync(user, state, IdentityErrorCodes.SignInFailed, "password", cancellationToken);
        }

        if (user.TwoFactorEnabled)
        {
            // Earlier failures stay counted until the second factor is right.
            state.TakeBackTry();
            await db.SaveChangesAsync(cancellationToken);
            var half = UserPrincipalFactory.IdentityOf(user, IdentityConstants.TwoFactorUserIdScheme);
            half.AddClaim(new Claim(IdentityClaims.SecurityStamp, user.SecurityStamp));
            return (new ClaimsPrincipal(half), true);
        }

        return (await SucceedAsync(user, state, "password", cancellationToken), false);
    }

    public async Task CountCodeTryAsync(Guid userId, string? stamp, CancellationToken cancellationToken)
    {
        var (user, state) = await LoadAsync(userId, cancellationToken);
        RequireKey(user, stamp);
        await CountTryAsync(user, state, null, cancellationToken);
    }

    public async Task<ClaimsPrincipal> JudgeCodeAsync(Guid userId, string? stamp, string code, bool isRecoveryCode, CancellationToken cancellationToken)
    {
        var (user, state) = await LoadAsync(userId, cancellationToken);
        var key = RequireKey(user, stamp);
        var right = isRecoveryCode
            ? user.RedeemRecoveryCode(SecondFactorSecrets.HashOf(code))
            : Totp.StepOf(key, code, time.GetUtcNow()) is { } step && state.AcceptTotpStep(step);
        if (!right)
        {
            throw await FailedAsync(user, state, IdentityErrorCodes.CodeWrong, isRecoveryCode ? "recovery-code" : "code", cancellationToken);
        }

        if (isRecoveryCode)
        {
            log.Add(SecurityEvents.RecoveryCodeUsed, user, ("left", user.RecoveryCodeHashes.Count));
        }

        return await SucceedAsync(user, state, isRecoveryCode ? "recovery-code" : "code", cancellationToken);
    }

    private string RequireKey(User user, string? stamp) => user.IsActive && user.SecurityStamp == stamp && secrets.KeyOf(user) is { } key
        ? key
        : throw new BusinessException(IdentityErrorCodes.SecondStepExpired);

    private async Task<(User User, SignInState State)> LoadAsync(Guid userId, CancellationToken cancellationToken)
    {
        var user = await db.Set<User>().FirstAsync(u => u.Id == userId, cancellationToken);
        var state = await db.Set<SignInState>().FirstOrDefaultAsync(s => s.UserId == userId, cancellationToken);
        if (state is null)
        {
            state = new SignInState(ids.NewId(), user.Owner, userId);
            db.Add(state);
        }

        return (user, state);
    }

    private async Task CountTryAsync(User user, SignInState state, string? password, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        if (state.IsLocked(now))
        {
            if (password is not null)
            {
                // The same work as for an account that is not locked; the outcome is not looked at.
                await users.CheckPasswordAsync(user, password);
            }

            log.Add(SecurityEvents.LockedOut, user, ("until", state.LockedUntil));
            await db.SaveChangesAsync(cancellationToken);
            throw SignInService.LockedOut(state.LockedUntil!.Value - now);
        }

        state.CountTry(now);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<BusinessException> FailedAsync(User user, SignInState state, string code, string by, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        var locked = state.IsLocked(now);
        log.Add(locked ? SecurityEvents.LockedOut : SecurityEvents.SignInFailed, user, ("by", by), ("failures", state.Failures));
        await db.SaveChangesAsync(cancellationToken);
        return locked ? SignInService.LockedOut(state.LockedUntil!.Value - now) : new BusinessException(code);
    }

    private async Task<ClaimsPrincipal> SucceedAsync(User user, SignInState state, string by, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        state.Succeed(now);
        var session = new UserSession(ids.NewId(), user, now, log.Address, log.UserAgent);
        db.Add(session);
        log.Add(SecurityEvents.SignedIn, user, ("by", by));
        await db.SaveChangesAsync(cancellationToken);
        var identity = UserPrincipalFactory.IdentityOf(user, IdentityConstants.ApplicationScheme);
        identity.AddClaim(new Claim(IdentityClaims.SessionId, session.Id.ToString()));
        return new ClaimsPrincipal(identity);
    }
}

/// <summary>Failed tries with names that no account has, so that lockout does not tell known names from unknown ones.</summary>
internal sealed class UnknownNames(IPasswordHasher<User> hasher)
{
    private const int KeepAtMost = 20_000;
    private readonly ConcurrentDictionary<string, (int Failures, DateTime Since, DateTime? LockedUntil)> tries = new(StringComparer.Ordinal);
    private readonly Lazy<string> hash = new(() => hasher.HashPassword(null!, Guid.CreateVersion7().ToString()));

    /// <summary>A hash that no password fits, to spend the same time on.</summary>
    public string Hash => hash.Value;

    /// <summary>Counts a try; the time left when the name is locked.</summary>
    public TimeSpan? CountTry(string name, DateTime now)
    {
        if (tries.Count >= KeepAtMost)
        {
            foreach (var (key, old) in tries)
            {
                if ((old.LockedUntil ?? old.Since + SignInState.LockoutTime) <= now)
                {
                    tries.TryRemove(key, out _);
                }
            }

            if (tries.Count >= KeepAtMost)
            {
                tries.Clear();
            }
        }

        var state = tries.AddOrUpdate(
            name.Length > 60 ? name[..60] : name,
            _ => (1, now, null),
            (_, t) => t.LockedUntil > now ? t
                : t.LockedUntil is not null ? (1, now, null)
                : (t.Failures + 1, now, t.Failures + 1 >= SignInState.MaxFailures ? now + SignInState.LockoutTime : null));
        return state.LockedUntil is { } until && until > now ? until - now : null;
    }
}
