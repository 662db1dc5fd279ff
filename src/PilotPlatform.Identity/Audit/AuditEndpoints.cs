using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Identity.Audit;

internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/audit").WithTags("Audit");
        group.MapGet("", async Task<Ok<PagedResult<AuditEntryDto>>> ([AsParameters] AuditFilter input, AuditAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.ListAsync(input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ViewAudit).WithName("ListAuditEntries").WithSummary("The audit log of the caller's region and those below.");
        group.MapGet("/export", PushStreamHttpResult ([AsParameters] AuditFilter input, AuditAppService service, HttpContext http) =>
                TypedResults.Stream(stream => service.ExportAsync(input, stream, http.RequestAborted), "text/csv; charset=utf-8", "audit.csv"))
            .RequirePermission(IdentityPermissions.ViewAudit).AuditRead().WithName("ExportAuditEntries")
            .WithSummary("The filtered audit log as CSV.").Produces(StatusCodes.Status200OK, contentType: "text/csv");
        group.MapPost("/verify", async Task<Ok<AuditVerificationDto>> (AuditAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.VerifyAsync(cancellationToken)))
            .RequirePermission(IdentityPermissions.ViewAudit).WithName("VerifyAuditLog").WithSummary("Checks the hash chain over the whole log.");
    }
}
