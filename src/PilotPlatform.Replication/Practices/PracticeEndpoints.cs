using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Permissions;
using PilotPlatform.Replication.Adoptions;
using PilotPlatform.Replication.Reports;

namespace PilotPlatform.Replication.Practices;

internal static class PracticeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/practices").WithTags("Practices");
        group.MapGet("", ListAsync).RequirePermission(ReplicationPermissions.View).WithName("ListPractices")
            .WithSummary("The experience library: certified practices of every province.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(ReplicationPermissions.View).WithName("GetPractice")
            .WithSummary("One certified practice.");
        group.MapGet("{id:guid}/report", ReportAsync).RequirePermission(ReplicationPermissions.View).AuditRead().WithName("DownloadReplicationReport")
            .WithSummary("The replication report as DOCX in the form of GB/T 9704; logged for the reader's region and the issuer.")
            .Produces(StatusCodes.Status200OK, contentType: IOfficialDocumentWriter.MediaType);
        group.MapPost("{id:guid}/adopt", AdoptAsync).RequirePermission(ReplicationPermissions.Adopt).WithName("DeclareAdoption")
            .WithSummary("Declares that the caller's region adopts the practice; once per region.");
        group.MapGet("{id:guid}/adopters", AdoptersAsync).RequirePermission(ReplicationPermissions.View).WithName("ListPracticeAdopters")
            .WithSummary("Who adopted, for the region that certified the practice; empty for others.");
        group.MapGet("{id:guid}/downloads", DownloadsAsync).RequirePermission(ReplicationPermissions.View).WithName("ListPracticeDownloads")
            .WithSummary("Which regions downloaded which version, for the region that certified the practice; empty for others.");

        var open = routes.MapGroup("/api/public/practices").WithTags("Public practices").AllowAnonymous();
        open.MapGet("", ListPublicAsync).WithName("ListPublicPractices").WithSummary("Practices that may be read without signing in.");
        open.MapGet("{id:guid}", GetPublicAsync).WithName("GetPublicPractice").WithSummary("One practice that may be read without signing in.");
    }

    private static async Task<Ok<PagedResult<PracticeListItemDto>>> ListAsync(
        [AsParameters] GetPracticesInput input, PracticeLibrary library, CancellationToken cancellationToken) =>
        TypedResults.Ok(await library.ListAsync(input, cancellationToken));

    private static async Task<Ok<PracticeDto>> GetAsync(Guid id, PracticeLibrary library, CancellationToken cancellationToken) =>
        TypedResults.Ok(await library.GetAsync(id, cancellationToken));

    private static async Task<FileContentHttpResult> ReportAsync(Guid id, HttpContext context, ReportAppService reports, CancellationToken cancellationToken)
    {
        var report = await reports.DownloadAsync(id, cancellationToken);
        RequestAudit.Concerns(context, report.Owner, $"version {report.Version}, sha256 {report.Sha256}");
        return TypedResults.File(report.Content, IOfficialDocumentWriter.MediaType, report.FileName);
    }

    private static async Task<Ok<AdoptionDto>> AdoptAsync(Guid id, DeclareAdoptionDto input, AdoptionAppService adoptions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await adoptions.DeclareAsync(id, input, cancellationToken));

    private static async Task<Ok<PagedResult<AdopterDto>>> AdoptersAsync(
        Guid id, [AsParameters] PagedInput input, AdoptionAppService adoptions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await adoptions.AdoptersAsync(id, input, cancellationToken));

    private static async Task<Ok<PagedResult<DownloadDto>>> DownloadsAsync(
        Guid id, [AsParameters] PagedInput input, ReportAppService reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reports.DownloadsOfAsync(id, input, cancellationToken));

    private static async Task<Ok<PagedResult<PublicPracticeListItemDto>>> ListPublicAsync(
        [AsParameters] GetPracticesInput input, PracticeLibrary library, CancellationToken cancellationToken) =>
        TypedResults.Ok(await library.ListPublicAsync(input, cancellationToken));

    private static async Task<Ok<PublicPracticeDto>> GetPublicAsync(Guid id, PracticeLibrary library, CancellationToken cancellationToken) =>
        TypedResults.Ok(await library.GetPublicAsync(id, cancellationToken));
}
