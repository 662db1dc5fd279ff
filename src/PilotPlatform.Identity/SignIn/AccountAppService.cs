using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
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
    PlatformDbContext db, UserManager<User> users, ICurrentScope scope, SessionGuard guard, SecondFactorSecrets secrets, SecurityLog log, TimeProvider time)
{
    private const string Issuer = "PilotPlatform";

    public async Task ChangePasswordAsync(ChangePasswordDto input, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.CurrentPassword, "currentPassword", PasswordRules.MaxLength)
            .Text(input.NewPassword, "newPassword", PasswordRules.MaxLength).ThrowIfAny();
        var user = await OwnAsync(cancellationToken);
        await RequireCurrentPasswordAsync(user, input.CurrentPassword, cancellationToken);
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
        var session = await db.Set<UserSession>().FirstOrDefaultAsync(s => s.Id == id && s.UserId == user.Id && s.EndedAt == null, cancellationToken)
            ?? throw new NotFoundException(nameof(UserSession), id);
        session.End(time.UtcNow());
        log.Add(SecurityEvents.SessionsEnded, user, ("sessions", 1));
        await db.SaveChangesAsync(cancellationToken);
        guard.Forget(id);
    }

    public async Task EndAllSessionsAsync(CancellationToken cancellationToken)
    {
        var user = await OwnAsync(cancellationToken);
        var open = await db.Set<UserSession>().Where(s => s.UserId == user.Id && s.EndedAt == null).ToListAsync(cancellationToken);
        open.ForEach(s => s.End(time.UtcNow()));
        log.Add(SecurityEvents.SessionsEnded, user, ("sessions", open.Count));
        await db.SaveChangesAsync(cancellationToken);
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
        var user = await OwnAsync(cancellationToken);
        await RequireCodeAsync(user, KeyOf(user), code, cancellationToken);
        user.DisableTwoFactor();
        log.Add(SecurityEvents.TwoFactorDisabled, user);
        await EndOthersAsync(user, principal, async () => Require(await users.UpdateSecurityStampAsync(user), "code"), cancellationToken);
    }

    public async Task<RecoveryCodesDto> RenewRecoveryCodesAsync(string code, CancellationToken cancellationToken)
    {
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

    /// <summary>Guesses by whoever found an open screen count towards the lockout, like those at sign-in.</summary>
    private async Task RequireCurrentPasswordAsync(User user, string password, CancellationToken cancellationToken)
    {
        var state = await CountTryAsync(user, "currentPassword", cancellationToken);
        if (!await users.CheckPasswordAsync(user, password))
        {
            throw new InputException("currentPassword", "Identity:CurrentPasswordWrong");
        }

        state.TakeBackTry();
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task RequireCodeAsync(User user, string key, string code, CancellationToken cancellationToken)
    {
        var state = await CountTryAsync(user, "code", cancellationToken);
        if (Totp.StepOf(key, code.Trim(), time.GetUtcNow()) is not { } step || !state.AcceptTotpStep(step))
        {
            throw new InputException("code", IdentityErrorCodes.CodeWrong);
        }

        state.TakeBackTry();
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<SignInState> CountTryAsync(User user, string field, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        // There is one: the person signed in.
        var state = await db.Set<SignInState>().FirstAsync(s => s.UserId == user.Id, cancellationToken);
        if (state.IsLocked(now))
        {
            throw new InputException(field, IdentityErrorCodes.LockedOut, ("minutes", SignInService.MinutesOf(state.LockedUntil!.Value - now)));
        }

        state.CountTry(now);
        await db.SaveChangesAsync(cancellationToken);
        return state;
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
