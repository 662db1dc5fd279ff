using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Data;
using PilotPlatform.Identity.Audit;
using PilotPlatform.Identity.Roles;
using PilotPlatform.Identity.Seeding;
using PilotPlatform.Identity.Sessions;
using PilotPlatform.Identity.SignIn;
using PilotPlatform.Identity.Tokens;
using PilotPlatform.Identity.Users;
using PilotPlatform.Modules;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Seeding;

namespace PilotPlatform.Identity;

/// <summary>Users, roles, sign-in, sessions, API tokens, the audit log's reader.</summary>
public static class IdentityModule
{
    private const string SelectorScheme = "Pilot";

    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddPlatformModule("Identity", typeof(IdentityModule).Assembly, IdentityPermissions.Definitions, IdentityErrorCodes.StatusCodes);
        AddAuthentication(services);

        services.AddIdentityCore<User>(options =>
        {
            // The rules are in PasswordRules, which tells people which one a password breaks.
            options.Password.RequiredLength = 1;
            options.Password.RequiredUniqueChars = 1;
            options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
        });
        services.AddSingleton<AccountChanges>();
        services.AddSingleton<IAccountChanges>(provider => provider.GetRequiredService<AccountChanges>());
        services.ConfigureDbContext<PlatformDbContext>((provider, options) => options.AddInterceptors(provider.GetRequiredService<AccountChanges>()));
        services.AddScoped<IUserStore<User>, UserStore>();
        services.RemoveAll<IPasswordValidator<User>>();
        services.AddScoped<IPasswordValidator<User>, PasswordRules>();
        services.AddScoped<IUserClaimsPrincipalFactory<User>, UserPrincipalFactory>();
        // It keeps no state; the look-alike hash for unknown names outlives a request.
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<UnknownNames>();
        services.AddSingleton<AccountTurns>();
        services.AddSingleton<SavedSteps>();
        services.AddSingleton<SessionGuard>();
        services.AddSingleton<SecondFactorSecrets>();
        services.AddScoped<SecurityLog>();
        services.AddScoped<SignInService>();
        services.AddScoped<SignInSteps>();
        services.AddScoped<SessionReader>();
        services.AddScoped<AccountAppService>();
        services.AddScoped<UserAppService>();
        services.AddScoped<RoleAppService>();
        services.AddScoped<TokenAppService>();
        services.AddScoped<AuditAppService>();
        services.AddAuditSealing();

        services.AddSingleton<RolePermissionStore>();
        services.Replace(ServiceDescriptor.Singleton<IPermissionStore>(s => s.GetRequiredService<RolePermissionStore>()));
        services.Replace(ServiceDescriptor.Singleton<IAuthorizationMiddlewareResultHandler, PasswordChangeGate>());

        services.AddScoped<IUserDirectory, UserDirectory>();
        services.AddScoped<IMailAddressBook, MailAddressBook>();
        services.AddScoped<IFirstAdministrators, FirstAdministrators>();
        services.AddScoped<AccountProvisioner>();
        services.AddScoped<IAccountProvisioner>(s => s.GetRequiredService<AccountProvisioner>());
        services.AddScoped<IDataSeeder, IdentitySeeder>();
        services.AddScoped<IDemoSeeder, DemoPeople>();
        services.AddHostedService<ProductionGuard>();
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        AccountEndpoints.Map(routes);
        UserEndpoints.Map(routes);
        RoleEndpoints.Map(routes);
        TokenEndpoints.Map(routes);
        AuditEndpoints.Map(routes);
    }

    private static void AddAuthentication(IServiceCollection services) =>
        services.AddAuthentication(SelectorScheme)
            .AddPolicyScheme(SelectorScheme, null, options =>
                options.ForwardDefaultSelector = context => ApiTokenHandler.IsMeant(context.Request) ? ApiTokenHandler.SchemeName : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.SchemeName, null)
            .AddCookie(IdentityConstants.ApplicationScheme, options =>
            {
                Harden(options, "pilot.session");
                // Idle time is judged by the session's row; the ticket itself lasts as long as a session may at most.
                options.ExpireTimeSpan = UserSession.LongestTime;
                options.Events.OnValidatePrincipal = SessionGuard.ValidateAsync;
            })
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options =>
            {
                Harden(options, "pilot.second-step");
                options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            });

    private static void Harden(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.SlidingExpiration = false;
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        // An API answers, it does not send the browser to a page.
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
