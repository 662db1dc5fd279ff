using System.Text.Json;
using Microsoft.OpenApi;
using PilotPlatform.Errors;
using PilotPlatform.Permissions;

namespace PilotPlatform.HttpApi.Host.Hosting;

/// <summary>The OpenAPI document, from which the web app's client is generated, and a page to read it for operators; for signed-in people only.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi("v1", options => options
            .AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "PilotPlatform";
                document.Info.Version = "v1";
                // The address is where one read it; a committed document must not carry a machine's.
                document.Servers = [];
                return Task.CompletedTask;
            })
            .AddOperationTransformer((operation, _, _) =>
            {
                // Parameters bound to a class come with its C# names; the API speaks camelCase throughout.
                foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Query))
                {
                    parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
                }

                return Task.CompletedTask;
            }));

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi().RequireSignIn();
        // Without it the fallback policy would answer 403 for a path that does not exist.
        app.MapFallback("/api/{**path}", context => context.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(context, PlatformErrorCodes.NotFound))
            .AllowAnonymous().ExcludeFromDescription();
        MapPage(app);
    }

    private static void MapPage(WebApplication app)
    {
        var page = ((IEndpointRouteBuilder)app).CreateApplicationBuilder();
        page.Use((context, next) =>
        {
            // The page styles itself inline; scripts stay as strict as everywhere.
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
            // The page's files are served by middleware, which leaves a request alone that has an endpoint.
            context.SetEndpoint(null);
            return next(context);
        });
        page.UseSwaggerUI(options =>
        {
            options.SwaggerEndpoint("/openapi/v1.json", "PilotPlatform v1");
            options.DocumentTitle = "PilotPlatform API";
        });
        app.Map("/swagger/{**path}", page.Build()).RequireSignIn().ExcludeFromDescription();
    }
}
