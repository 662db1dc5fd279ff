using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using PilotPlatform.Identity.Users;
using PilotPlatform.Permissions;
using PilotPlatform.Seeding;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Seeding;

/// <summary>The operator's account. Ready-made roles need no rows: they are in the code until a region makes its own of one.</summary>
internal sealed class IdentitySeeder(AccountProvisioner accounts, IConfiguration configuration, ILogger<IdentitySeeder> logger) : IDataSeeder
{
    public const string PasswordKey = "Seed:OperatorPassword";
    public const string OperatorName = "operator";

    public int Order => 10;

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        if (configuration[PasswordKey] is not { Length: > 0 } password)
        {
            logger.LogInformation(
                "No operator account was made. Set {Key} (environment variable Seed__OperatorPassword) and run seed again; the password must be changed at the first sign-in.",
                PasswordKey);
            return;
        }

        await accounts.EnsureAsync(
            new NewAccount(OperatorName, "平台运营", TenantRef.Root.Id, null, [RoleNames.PlatformOperator], password, MustChangePassword: true), cancellationToken);
    }
}
