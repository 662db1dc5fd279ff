using Microsoft.Extensions.DependencyInjection;

namespace PilotPlatform.Tenancy;

/// <summary>Opens a fresh dependency-injection scope that works for one region: for jobs, messages and seeding.</summary>
public interface ITenantScopes
{
    /// <summary>Runs <paramref name="work"/> in a fresh scope under <paramref name="identity"/>.</summary>
    Task<T> RunAsync<T>(ScopeIdentity identity, Func<IServiceProvider, Task<T>> work);

    /// <summary>Runs <paramref name="work"/> in a fresh scope under <paramref name="identity"/>.</summary>
    Task RunAsync(ScopeIdentity identity, Func<IServiceProvider, Task> work);
}

internal sealed class TenantScopes(IServiceScopeFactory scopes) : ITenantScopes
{
    public async Task<T> RunAsync<T>(ScopeIdentity identity, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Enter(identity);
        return await work(scope.ServiceProvider);
    }

    public async Task RunAsync(ScopeIdentity identity, Func<IServiceProvider, Task> work) =>
        await RunAsync(identity, async services =>
        {
            await work(services);
            return true;
        });
}
