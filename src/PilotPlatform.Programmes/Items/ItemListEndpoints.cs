using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Errors;
using PilotPlatform.Permissions;
using PilotPlatform.Programmes.Printing;

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
        group.MapGet("{id:guid}/draft/stated-counts", StatedCountsAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("ListStatedCounts")
            .WithSummary("The numbers that the programme's notice states, each with its sentence, to choose from; none is taken over unasked.");
        group.MapPut("{id:guid}/draft", SaveAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("SaveItemListDraft")
            .WithSummary("Keeps the issuer's work on the draft; items keep their ids.");
        group.MapPost("{id:guid}/revise", ReviseAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("ReviseItemList")
            .WithSummary("Begins the next version from the one in force.");
        group.MapPost("{id:guid}/discard", DiscardAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("DiscardItemListDraft")
            .WithSummary("Drops the draft; what was issued stays.");
        group.MapPost("{id:guid}/issue", IssueAsync).RequirePermission(ProgrammesPermissions.IssueItemLists).WithName("IssueItemList")
            .WithSummary("Issues the draft as the next version, once its readings are settled and its numbers add up.");
        // The host checks the antiforgery token of every request itself.
        group.MapPost("{id:guid}/draft/read", ReadAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("ReadItemTable").DisableAntiforgery()
            .WithSummary("What an XLSX, CSV or DOCX would bring into the draft: columns, items, what is wrong cell by cell. Nothing is stored.");
        group.MapPost("{id:guid}/draft/read-text", ReadTextAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("ReadItemText")
            .WithSummary("The same with a table pasted from a spreadsheet.");
        group.MapGet("template", TemplateAsync).RequirePermission(ProgrammesPermissions.EditItemLists).WithName("DownloadItemTemplate")
            .WithSummary("An empty XLSX with the headings that are recognised.").Produces(StatusCodes.Status200OK, contentType: ITableWorkbookWriter.MediaType);
        group.MapGet("{id:guid}/download", DownloadAsync).RequirePermission(ProgrammesPermissions.View).AuditRead().WithName("DownloadItemList")
            .WithSummary("A version of the list as XLSX; logged for the reader's region and the issuer.").Produces(StatusCodes.Status200OK, contentType: ITableWorkbookWriter.MediaType);
        group.MapGet("{id:guid}/draft/download", DownloadDraftAsync).RequirePermission(ProgrammesPermissions.EditItemLists).AuditRead().WithName("DownloadItemListDraft")
            .WithSummary("The draft as XLSX, to be worked on elsewhere and read in again; logged.").Produces(StatusCodes.Status200OK, contentType: ITableWorkbookWriter.MediaType);
    }

    private static async Task<Ok<ItemImportDto>> ReadAsync(
        Guid id, IFormFile file, [AsParameters] ReadItemTableInput input, ItemFiles files, CancellationToken cancellationToken)
    {
        if (file.Length > ITableWorkbookReader.MaximumBytes)
        {
            throw new BusinessException(ProgrammesErrorCodes.ItemTableTooLarge);
        }

        using var buffer = new MemoryStream((int)file.Length);
        await file.CopyToAsync(buffer, cancellationToken);
        return TypedResults.Ok(await files.ReadAsync(id, buffer.GetBuffer().AsMemory(0, (int)buffer.Length), input, cancellationToken));
    }

    private static async Task<Ok<ItemImportDto>> ReadTextAsync(Guid id, ReadItemTextDto input, ItemFiles files, CancellationToken cancellationToken) =>
        TypedResults.Ok(await files.ReadTextAsync(id, input, cancellationToken));

    private static async Task<FileContentHttpResult> TemplateAsync(ItemFiles files, CancellationToken cancellationToken)
    {
        var file = await files.TemplateAsync(cancellationToken);
        return TypedResults.File(file.Content, file.MediaType, file.FileName);
    }

    private static async Task<FileContentHttpResult> DownloadAsync(Guid id, int? version, HttpContext context, ItemFiles files, CancellationToken cancellationToken) =>
        File(context, await files.DownloadAsync(id, version, cancellationToken));

    private static async Task<FileContentHttpResult> DownloadDraftAsync(Guid id, HttpContext context, ItemFiles files, CancellationToken cancellationToken) =>
        File(context, await files.DownloadDraftAsync(id, cancellationToken));

    private static FileContentHttpResult File(HttpContext context, PrintedFile file)
    {
        RequestAudit.Concerns(context, file.Owner, $"{file.FileName}, sha256 {file.Sha256}");
        return TypedResults.File(file.Content, file.MediaType, file.FileName);
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

    private static async Task<Ok<IReadOnlyList<StatedCountDto>>> StatedCountsAsync(Guid id, StatedCounts counts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await counts.OfAsync(id, cancellationToken));

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

    private static async Task<Ok<ItemListDto>> IssueAsync(Guid id, IssueItemListDto input, ItemListIssuing issuing, CancellationToken cancellationToken) =>
        TypedResults.Ok(await issuing.IssueAsync(id, input, cancellationToken));
}
