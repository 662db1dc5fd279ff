using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity.Sessions;
using PilotPlatform.Identity.Users;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;
using QRCoder;

namespace PilotPlatform.Identity.SignIn;

/// <summary>What people do with their own account.</summary>
internal sealed class AccountAppService(
    PlatformDbContext db, UserManager<User> users, ICurrentScope scope, SessionGuard guard, SecondFactorSecrets secrets, SecurityLog log, AccountTurns turns,
    SavedSteps steps, TimeProvider time)
{
    private const string Issuer = "PilotPlatform";

    public async Task ChangePasswordAsync(ChangePasswordDto input, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.CurrentPassword, "currentPassword", PasswordRules.MaxLength)
            .Text(input.NewPassword, "newPassword", PasswordRules.MaxLength).ThrowIfAny();
        using var turn = await TurnAsync(cancellationToken);
        var user = await OwnAsync(cancellationToken);
        if (!await IsCurrentPasswordAsync(user, input, cancellationToken))
        {
            // The second of two clicks, or the same again after a lost answer: what was asked for is the case already.
            return;
        }

        user.PasswordChangedByOwner();
        log.Add(SecurityEvents.PasswordChanged, user);
        await EndOthersAsync(
            user, principal, async () => Require(await users.ChangePasswordAsync(user, input.CurrentPassword, input.NewPassword), "newPassword"), cancellationToken);
    }

    public async Task<IReadOnlyList<AccountSessionDto>> SessionsAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var user = await OwnAsync(cancellationToken);
        var current = SessionOf(principal);
        var now = time.UtcNow();
        DateTime seenAfter = now - UserSession.IdleTime, startedAfter = now - UserSession.LongestTime;
        return await db.Set<UserSession>().AsNoTracking()
            .Where(s => s.UserId == user.Id && s.EndedAt == null && s.SecurityStamp == user.SecurityStamp && s.LastSeenAt >= seenAfter && s.StartedAt >= startedAfter)
            .OrderByDescending(s => s.LastSeenAt)
            .Select(s => new AccountSessionDto(s.Id, s.Id == current, s.StartedAt, s.LastSeenAt, s.IpAddress, s.UserAgent))
            .ToListAsync(cancellationToken);
    }

    public async Task EndSessionAsync(Guid id, CancellationToken cancellationToken)
    {
        var user = await OwnAsync(cancellationToken);
        if (await EndAsync(user, db.Set<UserSession>().Where(s => s.Id == id && s.UserId == user.Id), cancellationToken) == 0)
        {
            throw new NotFoundException(nameof(UserSession), id);
        }

        guard.Forget(id);
    }

    public async Task EndAllSessionsAsync(CancellationToken cancellationToken)
    {
        var user = await OwnAsync(cancellationToken);
        await EndAsync(user, db.Set<UserSession>().Where(s => s.UserId == user.Id), cancellationToken);
        guard.ForgetUser(user.Id);
    }

    public async Task<AuthenticatorSetupDto> StartAuthenticatorAsync(CancellationToken cancellationToken)
    {
        var user = await OwnAsync(cancellationToken);
        var key = Totp.NewKey();
        user.StartAuthenticator(secrets.Protect(key));
        await db.SaveChangesAsync(cancellationToken);
        var uri = Totp.Uri(Issuer, user.UserName, key);
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return new AuthenticatorSetupDto(string.Join(' ', key.Chunk(4).Select(c => new string(c))), uri, svg.GetGraphic(4));
    }

    public async Task<RecoveryCodesDto> EnableAuthenticatorAsync(string code, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        var user = await OwnAsync(cancellationToken);
        if (secrets.KeyOf(user) is not { } key)
        {
            throw new BusinessException(IdentityErrorCodes.AuthenticatorNotStarted);
        }

        user.RequireNoTwoFactor();
        await RequireCodeAsync(user, key, code, cancellationToken);
        var (codes, hashes) = SecondFactorSecrets.NewRecoveryCodes();
        user.EnableTwoFactor(hashes);
        log.Add(SecurityEvents.TwoFactorEnabled, user);
        await EndOthersAsync(user, principal, async () => Require(await users.UpdateSecurityStampAsync(user), "code"), cancellationToken);
        return new RecoveryCodesDto(codes);
    }

    public async Task DisableAuthenticatorAsync(string code, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        var user = await OwnAsync(cancellationToken);
        await RequireCodeAsync(user, KeyOf(user), code, cancellationToken);
        user.DisableTwoFactor();
        log.Add(SecurityEvents.TwoFactorDisabled, user);
        await EndOthersAsync(user, principal, async () => Require(await users.UpdateSecurityStampAsync(user), "code"), cancellationToken);
    }

    public async Task<RecoveryCodesDto> RenewRecoveryCodesAsync(string code, CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        var user = await OwnAsync(cancellationToken);
        await RequireCodeAsync(user, KeyOf(user), code, cancellationToken);
        var (codes, hashes) = SecondFactorSecrets.NewRecoveryCodes();
        user.RenewRecoveryCodes(hashes);
        log.Add(SecurityEvents.RecoveryCodesRenewed, user);
        await db.SaveChangesAsync(cancellationToken);
        return new RecoveryCodesDto(codes);
    }

    internal static void Require(IdentityResult result, string field)
    {
        if (!result.Succeeded)
        {
            throw new InputException([.. result.Errors.Select(e => new FieldError(field, e.Code, new Dictionary<string, object?> { ["min"] = PasswordRules.MinLength, ["max"] = PasswordRules.MaxLength }))]);
        }
    }

    private static Guid? SessionOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(IdentityClaims.SessionId), out var id) ? id : null;

    private string KeyOf(User user) => user.TwoFactorEnabled && secrets.KeyOf(user) is { } key
        ? key
        : throw new BusinessException(IdentityErrorCodes.TwoFactorNotEnabled);

    private async Task<User> OwnAsync(CancellationToken cancellationToken)
    {
        var id = scope.RequiredUserId;
        return await db.Set<User>().FirstOrDefaultAsync(u => u.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(User), id);
    }

    private Task<IDisposable> TurnAsync(CancellationToken cancellationToken) => turns.TakeAsync(scope.RequiredUserId, cancellationToken);

    /// <summary>
    /// Guesses by whoever found an open screen count towards the lockout, like those at sign-in. False where the password was
    /// changed in just this way already.
    /// </summary>
    private async Task<bool> IsCurrentPasswordAsync(User user, ChangePasswordDto input, CancellationToken cancellationToken)
    {
        await CountTryAsync(user, "currentPassword", cancellationToken);
        var isCurrent = await users.CheckPasswordAsync(user, input.CurrentPassword);
        if (!isCurrent && !IsDone(user, input))
        {
            throw new InputException("currentPassword", "Identity:CurrentPasswordWrong");
        }

        await StepAsync(user, state => state.TakeBackTry(), cancellationToken);
        return isCurrent;
    }

    private bool IsDone(User user, ChangePasswordDto input) =>
        user.FormerPasswordHashes is [var former, ..] && user.PasswordHash is { } present
        && users.PasswordHasher.VerifyHashedPassword(user, former, input.CurrentPassword) != PasswordVerificationResult.Failed
        && users.PasswordHasher.VerifyHashedPassword(user, present, input.NewPassword) != PasswordVerificationResult.Failed;

    private async Task RequireCodeAsync(User user, string key, string code, CancellationToken cancellationToken)
    {
        await CountTryAsync(user, "code", cancellationToken);
        var step = Totp.StepOf(key, code.Trim(), time.GetUtcNow());
        var isAccepted = await StepAsync(
            user,
            state =>
            {
                var isNew = step is { } given && state.AcceptTotpStep(given);
                if (isNew)
                {
                    state.TakeBackTry();
                }

                return isNew;
            },
            cancellationToken);
        if (!isAccepted)
        {
            throw new InputException("code", IdentityErrorCodes.CodeWrong);
        }
    }

    private async Task CountTryAsync(User user, string field, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        var lockedUntil = await StepAsync(
            user,
            state =>
            {
                if (state.IsLocked(now))
                {
                    return state.LockedUntil;
                }

                state.CountTry(now);
                return null;
            },
            cancellationToken);
        if (lockedUntil is { } until)
        {
            throw new InputException(field, IdentityErrorCodes.LockedOut, ("minutes", SignInService.MinutesOf(until - now)));
        }
    }

    private Task<bool> StepAsync(User user, Action<SignInState> step, CancellationToken cancellationToken) => StepAsync(
        user,
        state =>
        {
            step(state);
            return true;
        },
        cancellationToken);

    /// <summary>Judges the account's tries in a step of its own: what a conflict makes undone is the step, never the count.</summary>
    private Task<T> StepAsync<T>(User user, Func<SignInState, T> step, CancellationToken cancellationToken) =>
        steps.RunAsync(scope.Identity, async services =>
        {
            var own = services.GetRequiredService<PlatformDbContext>();
            // There is one: the person signed in.
            var result = step(await own.Set<SignInState>().FirstAsync(s => s.UserId == user.Id, cancellationToken));
            await own.SaveChangesAsync(cancellationToken);
            return result;
        });

    /// <summary>Ends sessions and says so, if there were any to end.</summary>
    private async Task<int> EndAsync(User user, IQueryable<UserSession> sessions, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ended = await sessions.EndAsync(time.UtcNow(), cancellationToken);
        if (ended > 0)
        {
            log.Add(SecurityEvents.SessionsEnded, user, ("sessions", ended));
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return ended;
    }

    /// <summary>Saves with a new security stamp, which ends the person's other sessions, and carries this one over.</summary>
    private async Task EndOthersAsync(User user, ClaimsPrincipal principal, Func<Task> changeStamp, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await changeStamp();
        if (SessionOf(principal) is { } current)
        {
            (await db.Set<UserSession>().FirstAsync(s => s.Id == current, cancellationToken)).Follow(user);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        guard.ForgetUser(user.Id);
    }
}
