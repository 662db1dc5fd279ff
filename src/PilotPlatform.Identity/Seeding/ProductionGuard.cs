using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PilotPlatform.Data;
using PilotPlatform.Identity.Users;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Identity.Seeding;

/// <summary>In Production the host does not start with accounts or secrets that everybody can read in the repository.</summary>
internal sealed class ProductionGuard(ITenantScopes scopes, IConfiguration configuration, IHostEnvironment environment) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsProduction())
        {
            await RequireSafeAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal async Task RequireSafeAsync(CancellationToken cancellationToken)
    {
        if (configuration[IdentitySeeder.PasswordKey] == DemoPeople.Password)
        {
            throw new InvalidOperationException($"Production refuses to start: {IdentitySeeder.PasswordKey} is the demo's password. Choose one of your own.");
        }

        await scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var users = services.GetRequiredService<PlatformDbContext>().Set<User>().AsNoTracking();
            var demo = await users.Where(u => u.IsDemo).OrderBy(u => u.UserName).Select(u => u.UserName).Take(5).ToListAsync(cancellationToken);
            if (demo.Count > 0)
            {
                throw new InvalidOperationException(
                    $"Production refuses to start: this database holds demo accounts ({string.Join(", ", demo)}, …) whose password is public. Use a fresh database without the demo.");
            }

            var @operator = await users.FirstOrDefaultAsync(u => u.UserName == IdentitySeeder.OperatorName, cancellationToken);
            if (@operator?.PasswordHash is { } hash
                && services.GetRequiredService<IPasswordHasher<User>>().VerifyHashedPassword(@operator, hash, DemoPeople.Password) != PasswordVerificationResult.Failed)
            {
                throw new InvalidOperationException("Production refuses to start: the operator's password is the demo's. Change it first.");
            }
        });
    }
}
