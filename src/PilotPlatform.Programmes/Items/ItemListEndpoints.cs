using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Programmes.Items;

internal static class ItemListEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/item-lists").WithTags("Item lists");
        group.MapGet("", ListAsync).RequirePermission(ProgrammesPermissions.View).WithName("ListItemLists")
            .WithSummary("Lists of items that the own region issued, drafts or reads as audience, the newest first.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(ProgrammesPermissions.View).WithName("GetItemList")
            .WithSummary("A list as one version has it, without its items: stated numbers beside what the rows give, groups, versions.");
        group.MapGet("{id:guid}/items", ItemsAsync).RequirePermission(ProgrammesPermissions.View).WithName("ListServiceItems")
            .WithSummary("The items of an issued version, searched and filtered.");
        group.MapGet("{id:guid}/versions/{version:int}/changes", ChangesAsync).RequirePermission(ProgrammesPermissions.View).WithName("GetItemListChanges")
            .WithSummary("Which items a version added, removed and changed.");
        group.MapPost("", CreateAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("CreateItemList")
            .WithSummary("Begins a list for a theme of an own programme, as a draft.");
        group.MapGet("{id:guid}/draft", GetDraftAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("GetItemListDraft")
            .WithSummary("The draft with its items, whether its numbers add up, and how it differs from the version in force.");
        group.MapPut("{id:guid}/draft", SaveAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("SaveItemListDraft")
            .WithSummary("Keeps the issuer's work on the draft; items keep their ids.");
        group.MapPost("{id:guid}/revise", ReviseAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("ReviseItemList")
            .WithSummary("Begins the next version from the one in force.");
        group.MapPost("{id:guid}/discard", DiscardAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("DiscardItemListDraft")
            .WithSummary("Drops the draft; what was issued stays.");
        group.MapPost("{id:guid}/issue", IssueAsync).RequirePermission(ProgrammesPermissions.IssueItemLists).WithName("IssueItemList")
            .WithSummary("Issues the draft as the next version, once its readings are settled and its numbers add up.");
    }

    private static async Task<Ok<PagedResult<ItemListListItemDto>>> ListAsync([AsParameters] GetItemListsInput input, ItemListReader lists, CancellationToken cancellationToken) =>
        TypedResults.Ok(await lists.ListAsync(input, cancellationToken));

    private static async Task<Ok<ItemListDto>> GetAsync(Guid id, int? version, ItemListReader lists, CancellationToken cancellationToken) =>
        TypedResults.Ok(await lists.GetAsync(id, version, cancellationToken));

    private static async Task<Ok<PagedResult<ServiceItemDto>>> ItemsAsync(
        Guid id, [AsParameters] GetServiceItemsInput input, ItemListReader lists, CancellationToken cancellationToken) =>
        TypedResults.Ok(await lists.ItemsAsync(id, input, cancellationToken));

    private static async Task<Ok<ItemListChangesDto>> ChangesAsync(Guid id, int version, ItemListReader lists, CancellationToken cancellationToken) =>
        TypedResults.Ok(await lists.ChangesAsync(id, version, cancellationToken));

    private static async Task<Created<ItemListDraftDto>> CreateAsync(CreateItemListDto input, ItemListAppService lists, CancellationToken cancellationToken)
    {
        var draft = await lists.CreateAsync(input, cancellationToken);
        return TypedResults.Created($"/api/item-lists/{draft.ListId}/draft", draft);
    }

    private static async Task<Ok<ItemListDraftDto>> GetDraftAsync(Guid id, ItemListAppService lists, CancellationToken cancellationToken) =>
        TypedResults.Ok(await lists.GetDraftAsync(id, cancellationToken));

    private static async Task<Ok<ItemListDraftDto>> SaveAsync(Guid id, SaveItemListDto input, ItemListAppService lists, CancellationToken cancellationToken) =>
        TypedResults.Ok(await lists.SaveAsync(id, input, cancellationToken));

    private static async Task<Created<ItemListDraftDto>> ReviseAsync(Guid id, ItemListStampDto input, ItemListAppService lists, CancellationToken cancellationToken)
    {
        var draft = await lists.ReviseAsync(id, input, cancellationToken);
        return TypedResults.Created($"/api/item-lists/{id}/draft", draft);
    }

    private static async Task<NoContent> DiscardAsync(Guid id, ItemListStampDto input, ItemListAppService lists, CancellationToken cancellationToken)
    {
        await lists.DiscardAsync(id, input, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ItemListDto>> IssueAsync(Guid id, IssueItemListDto input, ItemListAppService lists, CancellationToken cancellationToken) =>
        TypedResults.Ok(await lists.IssueAsync(id, input, cancellationToken));
}
