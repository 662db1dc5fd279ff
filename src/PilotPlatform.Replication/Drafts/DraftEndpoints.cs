using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Replication.Drafts;

internal static class DraftEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/replication/drafts").WithTags("Practice drafts");
        group.MapGet("", ListAsync).RequirePermission(ReplicationPermissions.Certify).WithName("ListPracticeDrafts")
            .WithSummary("The region's practices in writing, uncertified ones first.");
        group.MapPost("", CreateAsync).RequirePermission(ReplicationPermissions.Certify).WithName("CreatePracticeDraft")
            .WithSummary("Begins to write up a pilot that passed.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(ReplicationPermissions.Certify).WithName("GetPracticeDraft")
            .WithSummary("One draft.");
        group.MapPut("{id:guid}", UpdateAsync).RequirePermission(ReplicationPermissions.Certify).WithName("UpdatePracticeDraft")
            .WithSummary("Saves a draft; the library is not changed.");
        group.MapPost("{id:guid}/certify", CertifyAsync).RequirePermission(ReplicationPermissions.Certify).WithName("CertifyPractice")
            .WithSummary("Certifies the draft: the library shows it, or its next version.");
    }

    private static async Task<Ok<PagedResult<DraftListItemDto>>> ListAsync(
        [AsParameters] GetDraftsInput input, DraftAppService drafts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await drafts.ListAsync(input, cancellationToken));

    private static async Task<Created<DraftDto>> CreateAsync(CreateDraftDto input, DraftAppService drafts, CancellationToken cancellationToken)
    {
        var draft = await drafts.CreateAsync(input, cancellationToken);
        return TypedResults.Created($"/api/replication/drafts/{draft.Id}", draft);
    }

    private static async Task<Ok<DraftDto>> GetAsync(Guid id, DraftAppService drafts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await drafts.GetAsync(id, cancellationToken));

    private static async Task<Ok<DraftDto>> UpdateAsync(Guid id, UpdateDraftDto input, DraftAppService drafts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await drafts.UpdateAsync(id, input, cancellationToken));

    private static async Task<Ok<DraftDto>> CertifyAsync(Guid id, CertifyDraftDto input, DraftAppService drafts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await drafts.CertifyAsync(id, input, cancellationToken));
}
