using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace PilotPlatform.HttpApi.Host.Hosting;

/// <summary>Serves the built web app (<c>WebApp:Directory</c>) from the same port as the API.</summary>
internal static class WebAppFiles
{
    private const string NoncePlaceholder = "__CSP_NONCE__";

    public static void UseWebAppFiles(this WebApplication app)
    {
        if (Directory(app) is { } directory)
        {
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(directory),
                OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] =
                    // Built files carry a hash in their name; the others (texts, maps) are asked for again.
                    IsHashed(file.File.Name) ? "public, max-age=31536000, immutable" : "no-cache",
            });
        }
    }

    public static void MapWebApp(this WebApplication app)
    {
        if (Directory(app) is not { } directory)
        {
            return;
        }

        var index = File.ReadAllText(Path.Combine(directory, "index.html"));
        // A path with an extension is a file that does not exist: 404, never the page.
        app.MapFallback("{*path:nonfile}", context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers[HeaderNames.CacheControl] = "no-store";
            return context.Response.WriteAsync(
                index.Replace(NoncePlaceholder, (string)context.Items[WebSecurity.NonceItem]!, StringComparison.Ordinal), context.RequestAborted);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static string? Directory(WebApplication app)
    {
        var configured = app.Configuration["WebApp:Directory"];
        if (string.IsNullOrWhiteSpace(configured))
        {
            return null;
        }

        var full = Path.GetFullPath(configured, app.Environment.ContentRootPath);
        return File.Exists(Path.Combine(full, "index.html"))
            ? full
            : throw new InvalidOperationException($"WebApp:Directory ({full}) has no index.html; build the web app first (etc/run.sh does).");
    }

    private static bool IsHashed(string name)
    {
        var parts = name.Split('.');
        var stem = parts[0];
        var dash = stem.LastIndexOf('-');
        return parts[^1] is "js" or "css" or "woff2" && dash > 0 && stem.Length - dash == 9;
    }
}
