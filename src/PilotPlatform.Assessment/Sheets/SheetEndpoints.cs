using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Permissions;

namespace PilotPlatform.Assessment.Sheets;

internal static class SheetEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/assessment").WithTags("Score sheets");
        group.MapGet("my", MineAsync).RequirePermission(AssessmentPermissions.Score).WithName("ListMyScoreSheets")
            .WithSummary("The caller's own score sheets, open ones first.");
        group.MapGet("sheets/{id:guid}", GetAsync).RequirePermission(AssessmentPermissions.Score).WithName("GetScoreSheet")
            .WithSummary("The caller's own sheet with the pilot's accepted deliverables.");
        group.MapPut("sheets/{id:guid}", SaveAsync).RequirePermission(AssessmentPermissions.Score).WithName("SaveScoreSheet")
            .WithSummary("Saves the sheet as far as it goes.");
        group.MapPost("sheets/{id:guid}/submit", SubmitAsync).RequirePermission(AssessmentPermissions.Score).WithName("SubmitScoreSheet")
            .WithSummary("Submits the saved sheet; it is final.");
        group.MapPost("sheets/{id:guid}/recuse", RecuseAsync).RequirePermission(AssessmentPermissions.Score).WithName("RecuseFromScoring")
            .WithSummary("Withdraws for a conflict of interest; the sheet is closed.");
    }

    private static async Task<Ok<IReadOnlyList<MySheetDto>>> MineAsync(SheetAppService sheets, CancellationToken cancellationToken) =>
        TypedResults.Ok(await sheets.MineAsync(cancellationToken));

    private static async Task<Ok<SheetDto>> GetAsync(Guid id, SheetAppService sheets, CancellationToken cancellationToken) =>
        TypedResults.Ok(await sheets.GetAsync(id, cancellationToken));

    private static async Task<Ok<SavedSheetDto>> SaveAsync(Guid id, SaveSheetDto input, SheetAppService sheets, CancellationToken cancellationToken) =>
        TypedResults.Ok(await sheets.SaveAsync(id, input, cancellationToken));

    private static async Task<Ok<SheetDto>> SubmitAsync(Guid id, SheetStampDto input, SheetAppService sheets, CancellationToken cancellationToken) =>
        TypedResults.Ok(await sheets.SubmitAsync(id, input, cancellationToken));

    private static async Task<Ok<SheetDto>> RecuseAsync(Guid id, RecuseDto input, SheetAppService sheets, CancellationToken cancellationToken) =>
        TypedResults.Ok(await sheets.RecuseAsync(id, input, cancellationToken));
}
