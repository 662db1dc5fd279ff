using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Events;
using PilotPlatform.Localization;
using PilotPlatform.Modules;
using PilotPlatform.Permissions;
using PilotPlatform.Scheduling;
using PilotPlatform.Tenancy;

namespace PilotPlatform;

/// <summary>The kernel's entry points.</summary>
public static class KernelModule
{
    /// <summary>Registers what every module stands on. <paramref name="connectionString"/> is read when a context is first made.</summary>
    public static IServiceCollection AddKernel(
        this IServiceCollection services, IDatabaseProvider database, Func<IServiceProvider, string> connectionString)
    {
        services.AddPlatformModule("Kernel", typeof(KernelModule).Assembly);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdGenerator, SequentialIdGenerator>();
        services.AddSingleton(database);
        services.AddHttpContextAccessor();

        services.AddScoped<CurrentScope>();
        services.AddScoped<ICurrentScope>(s => s.GetRequiredService<CurrentScope>());
        services.AddSingleton<ITenantScopes, TenantScopes>();

        services.AddSingleton<ChangeRecorder>();
        services.AddSingleton<IAuditSealer, AuditSealer>();
        services.AddSingleton<IAuditVerifier, AuditVerifier>();
        services.AddScoped(s => new PlatformDbServices(
            s.GetRequiredService<ICurrentScope>(), s.GetRequiredService<IEnumerable<PlatformModule>>(), s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<IIdGenerator>(), s.GetRequiredService<ChangeRecorder>(), s.GetRequiredService<OutboxSignal>()));
        // The options are the same for every context; made anew for each they would cost as much as a query.
        services.AddDbContext<PlatformDbContext>(
            (s, options) => database.Configure(options, connectionString(s)), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
        services.AddScoped<IOutbox>(s => s.GetRequiredService<PlatformDbContext>());

        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<EventRegistry>();
        services.AddSingleton<IOutboxDispatcher, OutboxDispatcher>();

        services.AddSingleton<ReminderRounds>();

        services.AddSingleton<Texts>();
        services.AddSingleton<ProblemWriter>();
        services.AddExceptionHandler<PlatformExceptionHandler>();

        services.AddSingleton<PermissionCatalogue>();
        services.TryAddSingleton<IPermissionStore, DefaultPermissionStore>();
        services.AddScoped<ICurrentPermissions, CurrentPermissions>();
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        return services;
    }

    /// <summary>Delivers outbox messages in the background; a command-line tool or a test drives <see cref="IOutboxDispatcher"/> itself.</summary>
    public static IServiceCollection AddOutboxWorker(this IServiceCollection services) => services.AddHostedService<OutboxWorker>();

    /// <summary>Seals the audit log in rounds; a command-line tool or a test drives <see cref="IAuditSealer"/> itself.</summary>
    public static IServiceCollection AddAuditSealing(this IServiceCollection services) =>
        services.AddRecurringWork<AuditSealRound>("audit.seal", AuditSealRound.Interval);

    /// <summary>Logs requests that change something and downloads; stands after authentication.</summary>
    public static IApplicationBuilder UseRequestAudit(this IApplicationBuilder app) => app.UseMiddleware<RequestAuditMiddleware>();
}
