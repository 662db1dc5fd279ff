using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Users;

/// <summary>Claims of this module besides <see cref="PlatformClaims"/>.</summary>
internal static class IdentityClaims
{
    public const string SessionId = "session_id";
    public const string OfficeId = "office_id";
    public const string MustChangePassword = "must_change_password";
    public const string TwoFactor = "two_factor";
    public const string SecurityStamp = "security_stamp";
}

/// <summary>What an account becomes when it is signed in.</summary>
internal sealed class UserPrincipalFactory : IUserClaimsPrincipalFactory<User>
{
    public Task<ClaimsPrincipal> CreateAsync(User user) => Task.FromResult(new ClaimsPrincipal(IdentityOf(user, IdentityConstants.ApplicationScheme)));

    public static ClaimsIdentity IdentityOf(User user, string authenticationType)
    {
        var identity = new ClaimsIdentity(authenticationType, ClaimTypes.Name, PlatformClaims.Role);
        identity.AddClaim(new Claim(PlatformClaims.UserId, user.Id.ToString()));
        identity.AddClaim(new Claim(ClaimTypes.Name, user.UserName));
        identity.AddClaim(new Claim(PlatformClaims.DisplayName, user.DisplayName));
        identity.AddClaim(new Claim(PlatformClaims.TenantId, user.TenantId.ToString()));
        identity.AddClaim(new Claim(PlatformClaims.TenantPath, user.TenantPath));
        identity.AddClaims(user.Roles.Select(role => new Claim(PlatformClaims.Role, role)));
        if (user.OfficeId is { } office)
        {
            identity.AddClaim(new Claim(IdentityClaims.OfficeId, office.ToString()));
        }

        if (user.MustChangePassword)
        {
            identity.AddClaim(new Claim(IdentityClaims.MustChangePassword, "true"));
        }

        if (user.TwoFactorEnabled)
        {
            identity.AddClaim(new Claim(IdentityClaims.TwoFactor, "true"));
        }

        return identity;
    }
}
