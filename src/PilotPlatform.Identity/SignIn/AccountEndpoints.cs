using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Errors;
using PilotPlatform.Permissions;

namespace PilotPlatform.Identity.SignIn;

internal sealed record SignInDto(string UserName, string Password);

/// <summary>The session, or the wish for a second factor.</summary>
internal sealed record TwoFactorRequiredDto(bool RequiresTwoFactor);

internal sealed record SignInWithCodeDto(string Code, bool IsRecoveryCode);

internal sealed record ChangePasswordDto(string CurrentPassword, string NewPassword);

internal sealed record CodeDto(string Code);

internal sealed record SignInProviderDto(string Name, string DisplayName);

internal sealed record AccountSessionDto(Guid Id, bool IsCurrent, DateTime StartedAt, DateTime LastSeenAt, string? IpAddress, string? UserAgent);

internal sealed record AuthenticatorSetupDto(string SharedKey, string Uri, string QrCodeSvg);

internal sealed record RecoveryCodesDto(IReadOnlyList<string> RecoveryCodes);

internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/api/session").WithTags("Session");
        session.MapGet("", SessionAsync).AllowAnonymous().WithName("GetSession")
            .WithSummary("Who is signed in, for which region, with which permissions. Sets the antiforgery cookie.");
        session.MapGet("/providers", Providers).AllowAnonymous().WithName("GetSignInProviders")
            .WithSummary("Outside identity providers one may sign in with; none unless configured.");

        var account = routes.MapGroup("/api/account").WithTags("Account");
        account.MapPost("/sign-in", SignInAsync).AllowAnonymous().RequireRateLimiting("sign-in").WithName("SignIn")
            .WithSummary("Signs in with user name and password; answers the session, or that a second factor is wanted.");
        account.MapPost("/sign-in/two-factor", SignInWithCodeAsync).AllowAnonymous().RequireRateLimiting("sign-in").WithName("SignInWithCode")
            .WithSummary("The second step: a one-time code or a recovery code.");
        account.MapPost("/sign-out", SignOutAsync).RequireSignIn().PersonOnly().BeforePasswordChange().WithName("SignOut").WithSummary("Signs out.");
        account.MapPost("/change-password", ChangePasswordAsync).RequireSignIn().PersonOnly().BeforePasswordChange().WithName("ChangePassword")
            .WithSummary("Changes one's own password; every other session ends.");
        account.MapGet("/sessions", SessionsAsync).RequireSignIn().PersonOnly().WithName("ListSessions").WithSummary("One's own open sessions.");
        account.MapDelete("/sessions/{id:guid}", EndSessionAsync).RequireSignIn().PersonOnly().WithName("EndSession").WithSummary("Ends one of one's own sessions.");
        account.MapPost("/sessions/revoke-all", EndAllSessionsAsync).RequireSignIn().PersonOnly().WithName("EndAllSessions")
            .WithSummary("Signs out everywhere, here too.");
        account.MapPost("/authenticator/start", StartAuthenticatorAsync).RequireSignIn().PersonOnly().WithName("StartAuthenticator")
            .WithSummary("A new key for an authenticator app.");
        account.MapPost("/authenticator/enable", EnableAuthenticatorAsync).RequireSignIn().PersonOnly().WithName("EnableAuthenticator")
            .WithSummary("Turns the second factor on with a first code; answers recovery codes, shown once.");
        account.MapPost("/authenticator/disable", DisableAuthenticatorAsync).RequireSignIn().PersonOnly().WithName("DisableAuthenticator")
            .WithSummary("Turns the second factor off.");
        account.MapPost("/recovery-codes", RenewRecoveryCodesAsync).RequireSignIn().PersonOnly().WithName("RenewRecoveryCodes")
            .WithSummary("New recovery codes, shown once; the old ones end.");
    }

    private static async Task<Ok<SessionDto>> SessionAsync(HttpContext http, SessionReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ReadAsync(http.User, cancellationToken));

    // No OpenID Connect client package can be had here (ADR 0001), so there is no provider to list.
    private static Ok<IReadOnlyList<SignInProviderDto>> Providers() => TypedResults.Ok<IReadOnlyList<SignInProviderDto>>([]);

    private static async Task<Results<Ok<SessionDto>, Ok<TwoFactorRequiredDto>>> SignInAsync(
        SignInDto input, HttpContext http, SignInService service, SessionReader reader, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.UserName, "userName", 60).Text(input.Password, "password", Users.PasswordRules.MaxLength).ThrowIfAny();
        return await service.SignInAsync(http, input.UserName, input.Password, cancellationToken) is { } principal
            ? TypedResults.Ok(await reader.ReadAsync(principal, cancellationToken))
            : TypedResults.Ok(new TwoFactorRequiredDto(true));
    }

    private static async Task<Ok<SessionDto>> SignInWithCodeAsync(
        SignInWithCodeDto input, HttpContext http, SignInService service, SessionReader reader, CancellationToken cancellationToken)
    {
        new InputCheck().Text(input.Code, "code", 40).ThrowIfAny();
        return TypedResults.Ok(await reader.ReadAsync(
            await service.SignInWithCodeAsync(http, input.Code, input.IsRecoveryCode, cancellationToken), cancellationToken));
    }

    private static async Task<NoContent> SignOutAsync(HttpContext http, SignInService service, CancellationToken cancellationToken)
    {
        await service.SignOutAsync(http, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ChangePasswordAsync(
        ChangePasswordDto input, HttpContext http, AccountAppService service, CancellationToken cancellationToken)
    {
        await service.ChangePasswordAsync(input, http.User, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<IReadOnlyList<AccountSessionDto>>> SessionsAsync(HttpContext http, AccountAppService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.SessionsAsync(http.User, cancellationToken));

    private static async Task<NoContent> EndSessionAsync(Guid id, AccountAppService service, CancellationToken cancellationToken)
    {
        await service.EndSessionAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndAllSessionsAsync(HttpContext http, AccountAppService service, SignInService signIn, CancellationToken cancellationToken)
    {
        await service.EndAllSessionsAsync(cancellationToken);
        await signIn.SignOutAsync(http, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<AuthenticatorSetupDto>> StartAuthenticatorAsync(AccountAppService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.StartAuthenticatorAsync(cancellationToken));

    private static async Task<Ok<RecoveryCodesDto>> EnableAuthenticatorAsync(
        CodeDto input, HttpContext http, AccountAppService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.EnableAuthenticatorAsync(input.Code, http.User, cancellationToken));

    private static async Task<NoContent> DisableAuthenticatorAsync(
        CodeDto input, HttpContext http, AccountAppService service, CancellationToken cancellationToken)
    {
        await service.DisableAuthenticatorAsync(input.Code, http.User, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<RecoveryCodesDto>> RenewRecoveryCodesAsync(CodeDto input, AccountAppService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.RenewRecoveryCodesAsync(input.Code, cancellationToken));
}
