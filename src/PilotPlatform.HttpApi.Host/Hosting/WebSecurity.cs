using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using PilotPlatform.Errors;

namespace PilotPlatform.HttpApi.Host.Hosting;

/// <summary>Authentication schemes whose requests need no antiforgery token, because no browser sends their credentials by itself.</summary>
public sealed class AntiforgeryExemptions
{
    /// <summary>Authentication types of such principals.</summary>
    public HashSet<string> AuthenticationTypes { get; } = ["ApiToken", "Bearer"];
}

/// <summary>What guards the web surface: headers, antiforgery, rate limits, problem answers, languages.</summary>
internal static class WebSecurity
{
    public const string NonceItem = "csp-nonce";

    public static void AddWebSecurity(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Uploads come in chunks (see the Files module); nothing else is this large.
            kestrel.Limits.MaxRequestBodySize = 32 * 1024 * 1024;
        });
        builder.Services.AddSingleton<AntiforgeryExemptions>();
        builder.Services.AddAntiforgery(options =>
        {
            options.HeaderName = "X-XSRF-TOKEN";
            options.Cookie.Name = "pilot.antiforgery";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        var keys = builder.Configuration["DataProtection:Directory"];
        var protection = builder.Services.AddDataProtection().SetApplicationName("PilotPlatform");
        if (!string.IsNullOrWhiteSpace(keys))
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(keys));
        }

        builder.Services.AddRequestLocalization(options =>
        {
            CultureInfo[] cultures = [new("zh-Hans"), new("en")];
            options.DefaultRequestCulture = new RequestCulture(cultures[0]);
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            options.RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()];
        });
        // Only the built files: compressing answers that hold secrets beside input would leak their length (BREACH).
        builder.Services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/javascript", "text/css", "image/svg+xml"];
        });
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.Services.AddRateLimiter(options =>
        {
            options.OnRejected = async (rejected, _) =>
                await rejected.HttpContext.RequestServices.GetRequiredService<ProblemWriter>()
                    .WriteAsync(rejected.HttpContext, PlatformErrorCodes.TooManyRequests);
            // Against guessing from one address; the lockout guards each account besides.
            var perMinute = builder.Configuration.GetValue("RateLimits:SignInPerMinute", 30);
            options.AddPolicy("sign-in", context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }));
        });
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter());
            options.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        // Malformed bodies become a problem of ours, in every environment.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    public static void UsePlatformPipeline(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (!app.Environment.IsDevelopment() && app.Configuration.GetValue("Https:Required", false))
        {
            app.UseHsts();
            app.UseHttpsRedirection();
        }

        app.UseRequestLocalization();
        app.Use(AddSecurityHeaders);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(AnswerAsProblem);
        app.UseResponseCompression();
        app.UseWebAppFiles();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseRequestAudit();
        app.Use(CheckAntiforgery);
        app.UseAuthorization();
    }

    private static Task AddSecurityHeaders(HttpContext context, RequestDelegate next)
    {
        var nonce = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        context.Items[NonceItem] = nonce;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; "
            + "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            headers.CacheControl = "no-store";
        }

        return next(context);
    }

    private static async Task CheckAntiforgery(HttpContext context, RequestDelegate next)
    {
        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method))
            {
                if (context.Request.Path.Equals("/api/session", StringComparison.Ordinal))
                {
                    // The web app reads its session at start-up and after signing in or out; the token is bound to who that is.
                    var tokens = antiforgery.GetAndStoreTokens(context);
                    context.Response.Cookies.Append("XSRF-TOKEN", tokens.RequestToken!, new CookieOptions
                    {
                        HttpOnly = false,
                        SameSite = SameSiteMode.Strict,
                        Secure = context.Request.IsHttps,
                        Path = "/",
                    });
                }
            }
            else if (!context.RequestServices.GetRequiredService<AntiforgeryExemptions>().AuthenticationTypes
                         .Contains(context.User.Identity?.AuthenticationType ?? "")
                     && !await antiforgery.IsRequestValidAsync(context))
            {
                await context.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(context, PlatformErrorCodes.Antiforgery);
                return;
            }
        }

        await next(context);
    }

    private static async Task AnswerAsProblem(Microsoft.AspNetCore.Diagnostics.StatusCodeContext status)
    {
        var context = status.HttpContext;
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            return;
        }

        var code = context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => PlatformErrorCodes.NotSignedIn,
            StatusCodes.Status403Forbidden => PlatformErrorCodes.Forbidden,
            StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => PlatformErrorCodes.NotFound,
            StatusCodes.Status413PayloadTooLarge => PlatformErrorCodes.BodyTooLarge,
            StatusCodes.Status429TooManyRequests => PlatformErrorCodes.TooManyRequests,
            >= 400 and < 500 => PlatformErrorCodes.MalformedRequest,
            _ => PlatformErrorCodes.Unexpected,
        };
        await context.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(context, code);
    }
}
