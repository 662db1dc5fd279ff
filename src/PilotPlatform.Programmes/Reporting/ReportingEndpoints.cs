using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Permissions;

namespace PilotPlatform.Programmes.Reporting;

internal static class ReportingEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/programmes/{id:guid}/reporting", GetAsync).WithTags("Reporting").RequirePermission(ProgrammesPermissions.View).WithName("GetProgrammeReporting")
            .WithSummary("What the programme's regions report and by when; the issuer sees who has reported and who has not, a region its own part.");
        var duties = routes.MapGroup("/api/reporting-duties").WithTags("Reporting");
        duties.MapPost("{id:guid}/report", ReportAsync).RequirePermission(ProgrammesPermissions.Report).WithName("ReportDuty")
            .WithSummary("Says that the own region has reported, with a text or a file where there is one.");
        duties.MapPost("{id:guid}/remind", RemindAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("RemindOfDuty")
            .WithSummary("Reminds the regions that have not reported; at most once an hour.");
        routes.MapGroup("/api/duty-reports").WithTags("Reporting").MapPost("{id:guid}/withdraw", WithdrawAsync).RequirePermission(ProgrammesPermissions.Report)
            .WithName("WithdrawDutyReport").WithSummary("Takes a report back that was marked by mistake; the issuer is told.");
    }

    private static async Task<Ok<ProgrammeReportingDto>> GetAsync(Guid id, ReportingAppService reporting, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reporting.GetAsync(id, cancellationToken));

    private static async Task<Ok<ProgrammeReportingDto>> ReportAsync(Guid id, ReportDutyDto input, ReportingAppService reporting, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reporting.ReportAsync(id, input, cancellationToken));

    private static async Task<Ok<RemindedDto>> RemindAsync(Guid id, ReportingAppService reporting, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reporting.RemindAsync(id, cancellationToken));

    private static async Task<Ok<ProgrammeReportingDto>> WithdrawAsync(Guid id, DutyReportStampDto input, ReportingAppService reporting, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reporting.WithdrawAsync(id, input, cancellationToken));
}
