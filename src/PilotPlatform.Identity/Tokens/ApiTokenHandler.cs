using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PilotPlatform.Data;
using PilotPlatform.Identity.Users;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Identity.Tokens;

/// <summary><c>Authorization: Bearer pilot_…</c></summary>
internal sealed class ApiTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ITenantScopes scopes)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    // The host exempts principals of this authentication type from antiforgery: no browser sends the header by itself.
    public const string SchemeName = "ApiToken";
    private const string Bearer = "Bearer ";
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(5);

    public static bool IsMeant(Microsoft.AspNetCore.Http.HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Bearer + ApiToken.Marker, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsMeant(Request))
        {
            return AuthenticateResult.NoResult();
        }

        var hash = ApiToken.HashOf(Request.Headers.Authorization.ToString()[Bearer.Length..].Trim());
        var now = TimeProvider.UtcNow();
        var principal = await scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var row = await (
                from t in db.Set<ApiToken>().AsNoTracking()
                join u in db.Set<User>().AsNoTracking() on t.UserId equals u.Id
                where t.Hash == hash && t.RevokedAt == null && t.ExpiresAt > now && u.IsActive
                select new { Token = t, User = u }).FirstOrDefaultAsync(Context.RequestAborted);
            if (row is null)
            {
                return null;
            }

            if (row.Token.LastUsedAt is not { } used || now - used >= UsedEvery)
            {
                // Past the row's stamp: noting a use must not hinder whoever revokes the token at this moment.
                await db.Set<ApiToken>().Where(t => t.Id == row.Token.Id && t.LastUsedAt == row.Token.LastUsedAt)
                    .ExecuteUpdateAsync(s => s.SetProperty(t => t.LastUsedAt, now), Context.RequestAborted);
            }

            var identity = UserPrincipalFactory.IdentityOf(row.User, SchemeName);
            identity.AddClaims(row.Token.Scopes.Select(s => new Claim(PlatformClaims.TokenScope, s)));
            return new ClaimsPrincipal(identity);
        });
        return principal is null
            ? AuthenticateResult.Fail("The token is unknown, expired or revoked.")
            : AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
    }
}
