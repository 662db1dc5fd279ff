using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using PilotPlatform.Errors;
using PilotPlatform.Files.Files;
using PilotPlatform.Permissions;

namespace PilotPlatform.Files.Uploads;

/// <summary>tus 1.0.0: core, creation, termination, expiration.</summary>
internal static class UploadEndpoints
{
    private const string Version = "1.0.0";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/uploads").WithTags("Uploads").RequirePermission(FilesPermissions.Upload);
        group.MapGet("/{id:guid}/file", GetFileAsync).WithName("GetUploadedFile").WithSummary("The file that a complete upload became.");

        var tus = group.MapGroup("").AddEndpointFilter(SpeakTusAsync);
        tus.MapMethods("", [HttpMethods.Options], Capabilities).WithName("GetUploadCapabilities").WithSummary("What this tus server can do.");
        tus.MapPost("", CreateAsync).WithName("CreateUpload").WithSummary("Begins an upload (tus): Upload-Length and Upload-Metadata with filename.");
        tus.MapMethods("/{id:guid}", [HttpMethods.Head], GetOffsetAsync).WithName("GetUploadOffset").WithSummary("How far an upload is (tus).");
        tus.MapPatch("/{id:guid}", AppendAsync).WithName("AppendToUpload").WithSummary("Sends the next bytes of an upload (tus).");
        tus.MapDelete("/{id:guid}", TerminateAsync).WithName("TerminateUpload").WithSummary("Gives an upload up (tus).");
    }

    private static NoContent Capabilities(HttpResponse response, IOptions<FilesOptions> options)
    {
        response.Headers["Tus-Version"] = Version;
        response.Headers["Tus-Extension"] = "creation,termination,expiration";
        response.Headers["Tus-Max-Size"] = options.Value.MaxBytes.ToString(CultureInfo.InvariantCulture);
        return TypedResults.NoContent();
    }

    private static async Task<Created> CreateAsync(HttpContext context, UploadAppService uploads, CancellationToken cancellationToken)
    {
        var size = LongHeader(context.Request, "Upload-Length");
        var metadata = Metadata(context.Request.Headers["Upload-Metadata"].ToString());
        var upload = await uploads.CreateAsync(metadata.GetValueOrDefault("filename"), size, cancellationToken);
        Describe(context.Response, upload, 0);
        return TypedResults.Created($"/api/uploads/{upload.Id}");
    }

    private static async Task<Ok> GetOffsetAsync(Guid id, HttpContext context, UploadAppService uploads, CancellationToken cancellationToken)
    {
        var (upload, offset) = await uploads.StateAsync(id, cancellationToken);
        Describe(context.Response, upload, offset);
        context.Response.Headers["Upload-Length"] = upload.Size.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Ok();
    }

    private static async Task<NoContent> AppendAsync(Guid id, HttpContext context, UploadAppService uploads, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (request.ContentType != "application/offset+octet-stream")
        {
            throw new BusinessException(FilesErrorCodes.TusContentType);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // The announced size bounds the body; a client that sends all in one piece is welcome.
            limit.MaxRequestBodySize = null;
        }

        var (upload, offset) = await uploads.AppendAsync(id, LongHeader(request, "Upload-Offset"), request.ContentLength, request.Body, cancellationToken);
        Describe(context.Response, upload, offset);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> TerminateAsync(Guid id, UploadAppService uploads, CancellationToken cancellationToken)
    {
        await uploads.TerminateAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<StoredFileDto>> GetFileAsync(Guid id, UploadAppService uploads, CancellationToken cancellationToken) =>
        TypedResults.Ok(await uploads.FileAsync(id, cancellationToken));

    private static ValueTask<object?> SpeakTusAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        // On refusals too; those clear the headers that were set before them.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["Tus-Resumable"] = Version;
            return Task.CompletedTask;
        });
        if (!HttpMethods.IsOptions(context.Request.Method) && context.Request.Headers["Tus-Resumable"] != Version)
        {
            throw new BusinessException(FilesErrorCodes.TusVersion).WithData("version", Version);
        }

        return next(invocation);
    }

    private static void Describe(HttpResponse response, Upload upload, long offset)
    {
        response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);
        response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
    }

    private static long LongHeader(HttpRequest request, string name) =>
        long.TryParse(request.Headers[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new BusinessException(FilesErrorCodes.TusHeader).WithData("header", name);

    private static Dictionary<string, string> Metadata(string header)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split(' ', 2);
            var encoded = parts.Length == 2 ? parts[1] : "";
            var bytes = new byte[encoded.Length];
            if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            {
                throw new BusinessException(FilesErrorCodes.TusHeader).WithData("header", "Upload-Metadata");
            }

            values[parts[0]] = Encoding.UTF8.GetString(bytes, 0, length);
        }

        return values;
    }
}
