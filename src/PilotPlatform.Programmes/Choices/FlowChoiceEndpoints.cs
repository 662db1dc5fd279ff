using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Permissions;
using PilotPlatform.Workflows;

namespace PilotPlatform.Programmes.Choices;

internal static class FlowChoiceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/api/notices").WithTags("Notices")
            .MapGet("options", OptionsAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("GetNoticeOptions")
            .WithSummary("The flows and schemes that the own region may choose for a programme to be.");
        var group = routes.MapGroup("/api/programmes").WithTags("Programmes");
        group.MapGet("{id:guid}/flows", GetAsync).RequirePermission(ProgrammesPermissions.View).WithName("GetProgrammeFlows")
            .WithSummary("The flows in force for the programme and each theme, and what was chosen; for the issuer also what may be.");
        group.MapPost("{id:guid}/choose-flow", ChooseAsync).RequirePermission(WorkflowsPermissions.Choose).WithName("ChooseProgrammeFlow")
            .WithSummary("Takes another flow for new work of the programme or one theme; running work stays on its own.");
    }

    private static async Task<Ok<NoticeOptionsDto>> OptionsAsync(NoticeChoosing choosing, CancellationToken cancellationToken) =>
        TypedResults.Ok(await choosing.OptionsAsync(cancellationToken));

    private static async Task<Ok<ProgrammeFlowsDto>> GetAsync(Guid id, ProgrammeFlowService flows, CancellationToken cancellationToken) =>
        TypedResults.Ok(await flows.GetAsync(id, cancellationToken));

    private static async Task<Ok<ProgrammeFlowsDto>> ChooseAsync(Guid id, ChooseFlowDto input, ProgrammeFlowService flows, CancellationToken cancellationToken) =>
        TypedResults.Ok(await flows.ChooseAsync(id, input, cancellationToken));
}
