using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Audit;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Permissions;

namespace PilotPlatform.Programmes.Printing;

internal static class PrintEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/programmes").WithTags("Programmes");
        group.MapGet("{id:guid}/assignment-table", AssignmentTableAsync).RequirePermission(ProgrammesPermissions.View).AuditRead().WithName("DownloadAssignmentTable")
            .WithSummary("The assignment table in administrative order, as DOCX in the form of GB/T 9704 or as XLSX; logged for the reader's region and the issuer.")
            .Produces(StatusCodes.Status200OK, contentType: IOfficialDocumentWriter.MediaType, additionalContentTypes: ITableWorkbookWriter.MediaType);
        group.MapGet("{id:guid}/task-sheet", TaskSheetAsync).RequirePermission(ProgrammesPermissions.View).AuditRead().WithName("DownloadTaskSheet")
            .WithSummary("The task sheet: what, who, when and which deliverables, as DOCX in the form of GB/T 9704 or as XLSX; logged for the reader's region and the issuer.")
            .Produces(StatusCodes.Status200OK, contentType: IOfficialDocumentWriter.MediaType, additionalContentTypes: ITableWorkbookWriter.MediaType);
    }

    private static async Task<FileContentHttpResult> AssignmentTableAsync(
        Guid id, PrintFormat? format, HttpContext context, PrintAppService prints, CancellationToken cancellationToken) =>
        File(context, await prints.AssignmentTableAsync(id, format ?? PrintFormat.Docx, cancellationToken));

    private static async Task<FileContentHttpResult> TaskSheetAsync(
        Guid id, PrintFormat? format, HttpContext context, PrintAppService prints, CancellationToken cancellationToken) =>
        File(context, await prints.TaskSheetAsync(id, format ?? PrintFormat.Docx, cancellationToken));

    private static FileContentHttpResult File(HttpContext context, PrintedFile file)
    {
        RequestAudit.Concerns(context, file.Owner, $"{file.FileName}, sha256 {file.Sha256}");
        return TypedResults.File(file.Content, file.MediaType, file.FileName);
    }
}
