using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Replication.Adoptions;

internal static class AdoptionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/adoptions").WithTags("Adoptions");
        group.MapGet("", ListAsync).RequirePermission(ReplicationPermissions.View).WithName("ListAdoptions")
            .WithSummary("What the caller's region and those below it adopted.");
        group.MapPost("{id:guid}/withdraw", WithdrawAsync).RequirePermission(ReplicationPermissions.Adopt).WithName("WithdrawAdoption")
            .WithSummary("Takes an adoption of the caller's region back.");
    }

    private static async Task<Ok<PagedResult<AdoptionDto>>> ListAsync(
        [AsParameters] GetAdoptionsInput input, AdoptionAppService adoptions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await adoptions.ListAsync(input, cancellationToken));

    private static async Task<Ok<AdoptionDto>> WithdrawAsync(
        Guid id, WithdrawAdoptionDto input, AdoptionAppService adoptions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await adoptions.WithdrawAsync(id, input, cancellationToken));
}
