namespace PilotPlatform.HttpApi.Host.Hosting;

/// <summary>The OpenAPI document, from which the web app's client is generated, and a page to read it for operators.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "PilotPlatform";
            document.Info.Version = "v1";
            // The address is where one read it; a committed document must not carry a machine's.
            document.Servers = [];
            return Task.CompletedTask;
        }));

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.UseSwaggerUI(options =>
        {
            options.SwaggerEndpoint("/openapi/v1.json", "PilotPlatform v1");
            options.DocumentTitle = "PilotPlatform API";
        });
    }
}
