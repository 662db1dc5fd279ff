using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity.Roles;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Users;

/// <summary>An account of one region. What changes with every sign-in is kept apart, in <see cref="SignInState"/>.</summary>
internal sealed class User : TenantEntity
{
    public const int RememberedPasswords = 5;

    private User()
    {
    }

    public User(Guid id, TenantRef region, string userName, string displayName, Guid? officeId, string? email, bool mustChangePassword)
        : base(id, region)
    {
        UserName = userName;
        DisplayName = displayName;
        OfficeId = officeId;
        Email = email;
        MustChangePassword = mustChangePassword;
        IsActive = true;
    }

    public string UserName { get; internal set; } = "";

    public string NormalizedUserName { get; internal set; } = "";

    public string DisplayName { get; private set; } = "";

    public Guid? OfficeId { get; private set; }

    public string? Email { get; private set; }

    public bool IsActive { get; private set; }

    /// <summary>True for accounts whose password is in the README; Production refuses to start with one.</summary>
    public bool IsDemo { get; private set; }

    public bool MustChangePassword { get; private set; }

    public bool TwoFactorEnabled { get; private set; }

    /// <summary>Role names: ready-made ones or the region's own.</summary>
    public List<string> Roles { get; private set; } = [];

    [Sensitive]
    public string? PasswordHash { get; private set; }

    [Sensitive]
    public List<string> FormerPasswordHashes { get; private set; } = [];

    /// <summary>Changes with password and second factor; sessions started before then end.</summary>
    [Sensitive]
    public string SecurityStamp { get; internal set; } = "";

    /// <summary>The authenticator's shared key, encrypted by data protection.</summary>
    [Sensitive]
    public string? ProtectedAuthenticatorKey { get; private set; }

    [Sensitive]
    public List<string> RecoveryCodeHashes { get; private set; } = [];

    public void MarkAsDemo() => IsDemo = true;

    public void Edit(string displayName, Guid? officeId, string? email)
    {
        DisplayName = displayName;
        OfficeId = officeId;
        Email = email;
    }

    public void Disable() => IsActive = false;

    public void Enable() => IsActive = true;

    /// <summary>Gives the account its roles; <see cref="RoleRules"/> says which exist and who may assign them.</summary>
    public void AssignRoles(IReadOnlyCollection<string> roles, Guid? actorId)
    {
        if (actorId == Id)
        {
            throw new BusinessException(IdentityErrorCodes.OwnRoles);
        }

        RoleRules.RequireExclusive(roles);
        Roles = [.. roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public void SetPasswordHash(string? hash)
    {
        if (PasswordHash is not null)
        {
            FormerPasswordHashes = [.. FormerPasswordHashes.Prepend(PasswordHash).Take(RememberedPasswords - 1)];
        }

        PasswordHash = hash;
    }

    public void PasswordChangedByOwner() => MustChangePassword = false;

    public void PasswordResetByAdministrator() => MustChangePassword = true;

    public void RequireNoTwoFactor()
    {
        if (TwoFactorEnabled)
        {
            throw new BusinessException(IdentityErrorCodes.TwoFactorAlreadyEnabled);
        }
    }

    public void StartAuthenticator(string protectedKey)
    {
        RequireNoTwoFactor();

        ProtectedAuthenticatorKey = protectedKey;
    }

    public void EnableTwoFactor(IReadOnlyList<string> recoveryCodeHashes)
    {
        RequireNoTwoFactor();

        TwoFactorEnabled = true;
        RecoveryCodeHashes = [.. recoveryCodeHashes];
    }

    public void DisableTwoFactor()
    {
        if (!TwoFactorEnabled)
        {
            throw new BusinessException(IdentityErrorCodes.TwoFactorNotEnabled);
        }

        TwoFactorEnabled = false;
        ProtectedAuthenticatorKey = null;
        RecoveryCodeHashes = [];
    }

    public void RenewRecoveryCodes(IReadOnlyList<string> hashes)
    {
        if (!TwoFactorEnabled)
        {
            throw new BusinessException(IdentityErrorCodes.TwoFactorNotEnabled);
        }

        RecoveryCodeHashes = [.. hashes];
    }

    /// <summary>Uses up a recovery code; the row's concurrency stamp lets only one of two simultaneous uses through.</summary>
    public bool RedeemRecoveryCode(string hash)
    {
        var left = RecoveryCodeHashes.Where(h => h != hash).ToList();
        if (left.Count == RecoveryCodeHashes.Count)
        {
            return false;
        }

        RecoveryCodeHashes = left;
        return true;
    }
}

/// <summary>Failed tries, lockout and last sign-in of an account, apart from the account so that a wrong password does not make an administrator's form stale.</summary>
[NotAudited]
internal sealed class SignInState : TenantEntity
{
    public const int MaxFailures = 5;
    public static readonly TimeSpan LockoutTime = TimeSpan.FromMinutes(15);

    private SignInState()
    {
    }

    public SignInState(Guid id, TenantRef region, Guid userId)
        : base(id, region) => UserId = userId;

    public Guid UserId { get; private set; }

    public int Failures { get; private set; }

    public DateTime? LockedUntil { get; private set; }

    public DateTime? LastSignInAt { get; private set; }

    /// <summary>The time step of the last one-time code accepted: no code is accepted twice.</summary>
    public long LastTotpStep { get; private set; }

    public bool IsLocked(DateTime now) => LockedUntil > now;

    /// <summary>Counts a try before it is judged, so that simultaneous guesses cannot slip past the count.</summary>
    public void CountTry(DateTime now)
    {
        Failures = LockedUntil is { } until && until <= now ? 1 : Failures + 1;
        LockedUntil = Failures >= MaxFailures ? now + LockoutTime : null;
    }

    /// <summary>Takes back the try just counted: the password was right, the second factor is still to come.</summary>
    public void TakeBackTry()
    {
        // Another's success may have cleared the count in between.
        Failures = Math.Max(0, Failures - 1);
        LockedUntil = null;
    }

    public void Succeed(DateTime now)
    {
        Unlock();
        LastSignInAt = now;
    }

    /// <summary>Forgets the failed tries; false where there are none.</summary>
    public bool Unlock()
    {
        var counted = Failures > 0 || LockedUntil is not null;
        Failures = 0;
        LockedUntil = null;
        return counted;
    }

    public bool AcceptTotpStep(long step)
    {
        if (step <= LastTotpStep)
        {
            return false;
        }

        LastTotpStep = step;
        return true;
    }
}

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("IdentityUsers");
        builder.Property(x => x.UserName).HasMaxLength(60);
        builder.Property(x => x.NormalizedUserName).HasMaxLength(60);
        builder.Property(x => x.DisplayName).HasMaxLength(60);
        builder.Property(x => x.Email).HasMaxLength(200);
        builder.Property(x => x.PasswordHash).HasMaxLength(200);
        builder.Property(x => x.SecurityStamp).HasMaxLength(64);
        builder.Property(x => x.ProtectedAuthenticatorKey).HasMaxLength(600);
        builder.PrimitiveCollection(x => x.Roles);
        builder.PrimitiveCollection(x => x.FormerPasswordHashes);
        builder.PrimitiveCollection(x => x.RecoveryCodeHashes);
        builder.HasIndex(x => x.NormalizedUserName).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.UserName });
        builder.HasIndex(x => x.TenantId);
    }
}

internal sealed class SignInStateConfiguration : IEntityTypeConfiguration<SignInState>
{
    public void Configure(EntityTypeBuilder<SignInState> builder)
    {
        builder.ToTable("IdentitySignInStates");
        builder.HasOne<User>().WithMany().HasForeignKey(x => x.UserId);
        builder.HasIndex(x => x.UserId).IsUnique();
    }
}
