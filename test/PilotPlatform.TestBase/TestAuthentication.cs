using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Testing;

/// <summary>Signs a request in as the persona that a test client carries. The real sign-in has tests of its own.</summary>
internal sealed class TestAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Test";
    public const string SelectorName = "TestOrReal";
    public const string Header = "X-Test-Persona";

    public static string Write(Persona persona) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(persona));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString() is not { Length: > 0 } encoded)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var persona = JsonSerializer.Deserialize<Persona>(Convert.FromBase64String(encoded))!;
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(PlatformClaims.UserId, persona.Id.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, persona.DisplayName));
        identity.AddClaim(new Claim(PlatformClaims.DisplayName, persona.DisplayName));
        identity.AddClaim(new Claim(PlatformClaims.TenantId, persona.Tenant.Id.ToString()));
        identity.AddClaim(new Claim(PlatformClaims.TenantPath, persona.Tenant.Path));
        identity.AddClaims(persona.Roles.Select(r => new Claim(PlatformClaims.Role, r)));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    /// <summary>Requests with the header are the persona's; all others go to the host's own scheme.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, TestAuthentication>(SchemeName, null)
            .AddPolicyScheme(SelectorName, null, _ => { });
        string? original = null;
        services.PostConfigure<AuthenticationOptions>(o =>
        {
            original = o.DefaultAuthenticateScheme ?? o.DefaultScheme;
            o.DefaultAuthenticateScheme = SelectorName;
            o.DefaultScheme ??= SelectorName;
        });
        services.PostConfigure<PolicySchemeOptions>(SelectorName, o =>
            o.ForwardDefaultSelector = context => context.Request.Headers.ContainsKey(Header) || original is null ? SchemeName : original);
    }
}
