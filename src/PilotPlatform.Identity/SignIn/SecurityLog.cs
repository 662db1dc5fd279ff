using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Identity.Users;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Identity.SignIn;

/// <summary>Security events in the audit log; each is saved together with what it tells of.</summary>
internal sealed class SecurityLog(PlatformDbContext db, ICurrentScope scope, IHttpContextAccessor http, IIdGenerator ids, TimeProvider time)
{
    public string? Address => http.HttpContext?.Connection.RemoteIpAddress?.ToString();

    public string? UserAgent => http.HttpContext?.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null;

    public void Add(string what, User about, params (string Key, object? Value)[] details) =>
        Add(what, about.Owner, about.UserName, details);

    public void Add(string what, TenantRef owner, string about, params (string Key, object? Value)[] details)
    {
        var values = details.ToDictionary(d => d.Key, d => d.Value);
        values["address"] = Address;
        db.Add(AuditEntry.Of(ids.NewId(), owner, scope.Identity, time.UtcNow(), AuditKind.Security, what, about, JsonSerializer.Serialize(values, AuditEntry.Json)));
    }
}

/// <summary>The security events' names.</summary>
internal static class SecurityEvents
{
    public const string SignedIn = "SignedIn";
    public const string SignInFailed = "SignInFailed";
    public const string LockedOut = "LockedOut";
    public const string SignedOut = "SignedOut";
    public const string SessionsEnded = "SessionsEnded";
    public const string PasswordChanged = "PasswordChanged";
    public const string PasswordReset = "PasswordReset";
    public const string TwoFactorEnabled = "TwoFactorEnabled";
    public const string TwoFactorDisabled = "TwoFactorDisabled";
    public const string TwoFactorReset = "TwoFactorReset";
    public const string RecoveryCodesRenewed = "RecoveryCodesRenewed";
    public const string RecoveryCodeUsed = "RecoveryCodeUsed";
    public const string RolesAssigned = "RolesAssigned";
    public const string RolePermissionsChanged = "RolePermissionsChanged";
    public const string AccountCreated = "AccountCreated";
    public const string AccountDisabled = "AccountDisabled";
    public const string AccountEnabled = "AccountEnabled";
    public const string AccountUnlocked = "AccountUnlocked";
    public const string TokenCreated = "TokenCreated";
    public const string TokenRevoked = "TokenRevoked";
}
