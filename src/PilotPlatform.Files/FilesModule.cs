using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PilotPlatform.Files.Blobs;
using PilotPlatform.Files.Content;
using PilotPlatform.Files.Files;
using PilotPlatform.Files.Scanning;
using PilotPlatform.Files.Uploads;
using PilotPlatform.Modules;
using PilotPlatform.Scheduling;
using Codes = Microsoft.AspNetCore.Http.StatusCodes;

namespace PilotPlatform.Files;

/// <summary>Content-addressed blobs and uploads.</summary>
public static class FilesModule
{
    private static readonly Dictionary<string, int> StatusCodes = new()
    {
        [FilesErrorCodes.TusHeader] = Codes.Status400BadRequest,
        [FilesErrorCodes.TusVersion] = Codes.Status412PreconditionFailed,
        [FilesErrorCodes.TooLarge] = Codes.Status413PayloadTooLarge,
        [FilesErrorCodes.MoreThanAnnounced] = Codes.Status413PayloadTooLarge,
        [FilesErrorCodes.ExtensionNotAllowed] = Codes.Status415UnsupportedMediaType,
        [FilesErrorCodes.ContentMismatch] = Codes.Status415UnsupportedMediaType,
        [FilesErrorCodes.TusContentType] = Codes.Status415UnsupportedMediaType,
        [FilesErrorCodes.Empty] = Codes.Status422UnprocessableEntity,
        [FilesErrorCodes.Infected] = Codes.Status422UnprocessableEntity,
        [FilesErrorCodes.UploadLocked] = Codes.Status423Locked,
        [FilesErrorCodes.ScannerUnavailable] = Codes.Status503ServiceUnavailable,
    };

    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddPlatformModule("Files", typeof(FilesModule).Assembly, FilesPermissions.Definitions, StatusCodes);
        services.AddOptions<FilesOptions>().BindConfiguration(FilesOptions.Section);
        services.AddSingleton<IBlobStore, DirectoryBlobStore>();
        services.AddSingleton<PartialFiles>();
        services.AddSingleton<NoScanner>();
        services.AddSingleton<ClamAvScanner>();
        services.AddSingleton<IContentScanner>(s => string.IsNullOrWhiteSpace(s.GetRequiredService<IOptions<FilesOptions>>().Value.ClamAv.Host)
            ? s.GetRequiredService<NoScanner>()
            : s.GetRequiredService<ClamAvScanner>());
        services.AddSingleton<ContentChecker>();
        services.AddScoped<Files.FileAccess>();
        services.AddScoped<IFileLibrary, FileLibrary>();
        services.AddScoped<UploadAppService>();
        services.AddSingleton<FileSweeper>();
        services.AddRecurringWork<FileSweepRound>("files.sweep", FileSweepRound.Interval);
        return services;
    }

    /// <summary>Maps the module's endpoints.</summary>
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        UploadEndpoints.Map(routes);
        FileEndpoints.Map(routes);
    }
}
