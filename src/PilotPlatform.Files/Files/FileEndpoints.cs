using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Files.Blobs;
using PilotPlatform.Permissions;

namespace PilotPlatform.Files.Files;

internal static class FileEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/files").WithTags("Files");
        group.MapGet("/{id:guid}", GetAsync).RequirePermission(FilesPermissions.Download).WithName("GetFile")
            .WithSummary("What is known of a file.");
        group.MapGet("/{id:guid}/content", DownloadAsync).RequirePermission(FilesPermissions.Download).AuditRead().WithName("DownloadFile")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .WithSummary("Downloads a file; logged with the region whose file it is. Answers ranges.");
    }

    private static async Task<Ok<FileDto>> GetAsync(
        Guid id, FileAccess access, PlatformDbContext db, IMapper mapper, CancellationToken cancellationToken)
    {
        await access.RequireAsync(id, cancellationToken);
        return TypedResults.Ok(await db.Set<StoredFile>().AsNoTracking().Where(f => f.Id == id)
            .ProjectTo<FileDto>(mapper.ConfigurationProvider)
            .SingleAsync(cancellationToken));
    }

    private static async Task<FileStreamHttpResult> DownloadAsync(
        Guid id, FileAccess access, IBlobStore blobs, HttpContext context, CancellationToken cancellationToken)
    {
        var file = await access.RequireAsync(id, cancellationToken);
        RequestAudit.Concerns(context, file.Owner, $"{file.Name} {file.Sha256}");
        // A name makes the answer an attachment (RFC 6266, with the RFC 5987 form for Chinese): it is never shown in our origin.
        return TypedResults.Stream(
            blobs.OpenRead(file.Sha256), file.ContentType, file.Name, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }
}
