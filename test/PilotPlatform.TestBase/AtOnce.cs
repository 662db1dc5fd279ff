using System.Data.Common;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Testing;

/// <summary>
/// Lets something happen in the middle of a request, once: between what it read and what it writes, or between two of its
/// writes. What two requests at the same moment do to each other by chance, this makes them do each time.
/// </summary>
public sealed class Meanwhile : DbCommandInterceptor, ISaveChangesInterceptor
{
    private static readonly TimeSpan Always = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WhileHeld = TimeSpan.FromSeconds(1);

    private readonly Func<DbContext, bool>? saves;
    private readonly bool after;
    private readonly string? sql;
    private readonly Func<Task> happens;
    private readonly TimeSpan patience;
    private readonly TaskCompletionSource<Task> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DbContext? saving;
    private int taken;

    private Meanwhile(Func<Task> happens, Func<DbContext, bool>? saves, bool after, string? sql, bool isHeldUp)
    {
        this.happens = happens;
        patience = isHeldUp ? WhileHeld : Always;
        this.saves = saves;
        this.after = after;
        this.sql = sql;
    }

    /// <summary>Ends when what happened meanwhile has ended; fails when the request never came to that point.</summary>
    public Task Ended => begun.Task.IsCompleted ? begun.Task.Unwrap() : throw new InvalidOperationException("The request never came to the point at which something was to happen.");

    /// <summary>The request has read everything and is about to save rows of a kind.</summary>
    /// <param name="happens">What happens then.</param>
    /// <param name="isHeldUp">It has to wait for the request itself, which holds a row: it is begun, and ends after it.</param>
    public static Meanwhile BeforeSaving<T>(Func<Task> happens, bool isHeldUp = false)
        where T : class => new(happens, Changes<T>, after: false, sql: null, isHeldUp);

    /// <summary>The request has saved rows of a kind and goes on.</summary>
    public static Meanwhile AfterSaving<T>(Func<Task> happens)
        where T : class => new(happens, Changes<T>, after: true, sql: null, isHeldUp: false);

    /// <summary>The request has read by a statement that contains a text, and goes on.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="happens">What happens then.</param>
    /// <param name="isHeldUp">It has to wait for the request itself, which holds a row: it is begun, and ends after it.</param>
    public static Meanwhile AfterReading(string sql, Func<Task> happens, bool isHeldUp = false) => new(happens, saves: null, after: false, sql, isHeldUp);

    async ValueTask<InterceptionResult<int>> ISaveChangesInterceptor.SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken)
    {
        if (saves is not null && saves(eventData.Context!))
        {
            if (after)
            {
                saving ??= eventData.Context;
            }
            else
            {
                await HappenAsync();
            }
        }

        return result;
    }

    async ValueTask<int> ISaveChangesInterceptor.SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken)
    {
        if (after && ReferenceEquals(saving, eventData.Context))
        {
            await HappenAsync();
        }

        return result;
    }

    /// <inheritdoc/>
    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (sql is not null && command.CommandText.Contains(sql, StringComparison.Ordinal))
        {
            await HappenAsync();
        }

        return result;
    }

    private static bool Changes<T>(DbContext context)
        where T : class => context.ChangeTracker.Entries<T>().Any(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted);

    private async Task HappenAsync()
    {
        if (Interlocked.Exchange(ref taken, 1) == 1)
        {
            return;
        }

        var happening = Task.Run(happens);
        begun.SetResult(happening);
        // How it ended is the test's to see.
        await happening.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

/// <summary>Work in a scope, in the middle of which something happens once: after what it read, before it has drawn its conclusions.</summary>
public sealed class ScopesWithMeanwhile(ITenantScopes inner, Func<Task> happens) : ITenantScopes
{
    private int taken;

    /// <inheritdoc/>
    public async Task<T> RunAsync<T>(ScopeIdentity identity, Func<IServiceProvider, Task<T>> work)
    {
        var result = await inner.RunAsync(identity, work);
        if (Interlocked.Exchange(ref taken, 1) == 0)
        {
            await happens();
        }

        return result;
    }

    /// <inheritdoc/>
    public Task RunAsync(ScopeIdentity identity, Func<IServiceProvider, Task> work) => inner.RunAsync(identity, work);
}

/// <summary>A second node on the same database and files.</summary>
public static class Nodes
{
    /// <summary>A node in one of whose requests something happens meanwhile.</summary>
    public static WebApplicationFactory<Program> With(this WebApplicationFactory<Program> app, Meanwhile meanwhile) =>
        app.WithWebHostBuilder(builder => builder.ConfigureTestServices(services =>
            services.ConfigureDbContext<PlatformDbContext>(options => options.AddInterceptors(meanwhile))));

    /// <summary>A client of a node signed in as a persona.</summary>
    public static HttpClient ClientOf(this WebApplicationFactory<Program> node, Persona persona)
    {
        var client = node.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add(TestAuthentication.Header, TestAuthentication.Write(persona));
        return client;
    }

    /// <summary>
    /// Sends a request at one node, and in the middle of it another at a second node: after the first has read everything and
    /// before it saves rows of a kind.
    /// </summary>
    /// <param name="app">The second node.</param>
    /// <param name="first">The request in the middle of which the other happens.</param>
    /// <param name="second">The other, where it is not the same.</param>
    /// <param name="isHeldUp">The second has to wait for the first, which holds a row.</param>
    /// <returns>How each was answered.</returns>
    public static async Task<((int Status, string? Code) First, (int Status, string? Code) Second)> AtOnceAsync<TSaved>(
        this WebApplicationFactory<Program> app, Func<WebApplicationFactory<Program>, Task<HttpResponseMessage>> first,
        Func<WebApplicationFactory<Program>, Task<HttpResponseMessage>>? second = null, bool isHeldUp = false)
        where TSaved : class
    {
        (int, string?) answer = default;
        var meanwhile = Meanwhile.BeforeSaving<TSaved>(async () => answer = await (second ?? first)(app).RefusalAsync(), isHeldUp);
        await using var node = app.With(meanwhile);
        var outer = await first(node).RefusalAsync();
        await meanwhile.Ended;
        return (outer, answer);
    }
}
