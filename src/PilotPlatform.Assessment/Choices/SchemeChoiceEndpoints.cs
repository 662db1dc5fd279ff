using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Permissions;

namespace PilotPlatform.Assessment.Choices;

internal static class SchemeChoiceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/assessment/programmes/{programmeId:guid}").WithTags("Assessment schemes");
        group.MapGet("schemes", GetAsync).RequirePermission(AssessmentPermissions.View).WithName("GetProgrammeSchemes")
            .WithSummary("Which scheme will score the programme's themes; for the issuer also which may be chosen.");
        group.MapPost("choose-scheme", ChooseAsync).RequirePermission(AssessmentPermissions.Manage).WithName("ChooseProgrammeScheme")
            .WithSummary("Chooses the scheme for the programme or one theme; assessments whose panel is set keep theirs.");
    }

    private static async Task<Ok<ProgrammeSchemesDto>> GetAsync(Guid programmeId, SchemeChoiceAppService choices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await choices.GetAsync(programmeId, cancellationToken));

    private static async Task<Ok<ProgrammeSchemesDto>> ChooseAsync(
        Guid programmeId, ChooseSchemeDto input, SchemeChoiceAppService choices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await choices.ChooseAsync(programmeId, input, cancellationToken));
}
