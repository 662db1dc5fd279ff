using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.NoticeImport;
using PilotPlatform.Permissions;

namespace PilotPlatform.Programmes.Notices;

internal static class NoticeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/notices").WithTags("Notices");
        group.MapGet("", ListAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("ListNotices")
            .WithSummary("The own region's notices, the newest first.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("GetNotice")
            .WithSummary("A notice: its text, what was read, the office's draft, open questions, and what publishing would create.");
        group.MapPost("", CreateAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("CreateNotice")
            .WithSummary("Reads a pasted text in; 422 says why a text cannot be read and how to mend it.");
        // The host checks the antiforgery token of every request itself.
        group.MapPost("upload", UploadAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("UploadNotice").DisableAntiforgery()
            .WithSummary("Reads a file in: text in any encoding, a page, .docx, .doc, .wps, or a PDF with text.");
        group.MapPut("{id:guid}", SaveAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("SaveNotice")
            .WithSummary("Keeps the office's corrections and answers.");
        group.MapPost("{id:guid}/publish", PublishAsync).RequirePermission(ProgrammesPermissions.Publish).WithName("PublishNotice")
            .WithSummary("Makes the programme with its themes, assignments and audience, all or nothing.");
        group.MapPost("{id:guid}/discard", DiscardAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("DiscardNotice")
            .WithSummary("Drops a draft.");
        group.MapGet("{id:guid}/links", LinksAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("GetNoticeLinks")
            .WithSummary("Programmes and themes that the draft's themes may be linked to, and suggestions; a person confirms each.");
        group.MapPost("{id:guid}/revision", CompareAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("CompareNoticeRevision")
            .WithSummary("Reads a corrected notice in beside the draft and shows how it differs; the draft stays as it is.");
        group.MapPost("{id:guid}/revision/upload", UploadRevisionAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("UploadNoticeRevision").DisableAntiforgery()
            .WithSummary("The same with a file.");
        group.MapGet("{id:guid}/revision", GetRevisionAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("GetNoticeRevision")
            .WithSummary("How the corrected notice differs from the draft: what was read before, what is read now, what was edited by hand.");
        group.MapPost("{id:guid}/revision/apply", ApplyRevisionAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("ApplyNoticeRevision")
            .WithSummary("Takes what was chosen from the corrected notice; hand edits stay unless chosen otherwise.");
        group.MapPost("{id:guid}/revision/drop", DropRevisionAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("DropNoticeRevision")
            .WithSummary("Leaves the draft as it is.");
    }

    private static async Task<Ok<PagedResult<NoticeListItemDto>>> ListAsync([AsParameters] GetNoticesInput input, NoticeAppService notices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notices.ListAsync(input, cancellationToken));

    private static async Task<Ok<NoticeDto>> GetAsync(Guid id, NoticeAppService notices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notices.GetAsync(id, cancellationToken));

    private static async Task<Ok<NoticeLinksDto>> LinksAsync(Guid id, NoticeAppService notices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notices.LinksAsync(id, cancellationToken));

    private static async Task<Created<NoticeDto>> CreateAsync(CreateNoticeDto input, NoticeAppService notices, CancellationToken cancellationToken)
    {
        var notice = await notices.CreateFromTextAsync(input, cancellationToken);
        return TypedResults.Created($"/api/notices/{notice.Id}", notice);
    }

    private static async Task<Created<NoticeDto>> UploadAsync(IFormFile file, NoticeAppService notices, CancellationToken cancellationToken)
    {
        var notice = await notices.CreateFromFileAsync(await ReadAsync(file, cancellationToken), Path.GetFileName(file.FileName), cancellationToken);
        return TypedResults.Created($"/api/notices/{notice.Id}", notice);
    }

    private static async Task<Ok<NoticeRevisionDto>> CompareAsync(Guid id, CreateNoticeDto input, RevisionAppService revisions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await revisions.CompareTextAsync(id, input, cancellationToken));

    private static async Task<Ok<NoticeRevisionDto>> UploadRevisionAsync(Guid id, IFormFile file, RevisionAppService revisions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await revisions.CompareFileAsync(id, await ReadAsync(file, cancellationToken), Path.GetFileName(file.FileName), cancellationToken));

    private static async Task<Ok<NoticeRevisionDto>> GetRevisionAsync(Guid id, RevisionAppService revisions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await revisions.GetAsync(id, cancellationToken));

    private static async Task<Ok<NoticeDto>> ApplyRevisionAsync(Guid id, ApplyRevisionDto input, RevisionAppService revisions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await revisions.ApplyAsync(id, input, cancellationToken));

    private static async Task<Ok<NoticeDto>> DropRevisionAsync(Guid id, NoticeStampDto input, RevisionAppService revisions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await revisions.DropAsync(id, input, cancellationToken));

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(IFormFile file, CancellationToken cancellationToken)
    {
        if (file.Length > NoticeReader.MaximumBytes)
        {
            throw new BusinessException(ProgrammesErrorCodes.NoticeTooLarge);
        }

        using var buffer = new MemoryStream((int)file.Length);
        await file.CopyToAsync(buffer, cancellationToken);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static async Task<Ok<NoticeDto>> SaveAsync(Guid id, SaveNoticeDto input, NoticeAppService notices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notices.SaveAsync(id, input, cancellationToken));

    private static async Task<Ok<PublishedNoticeDto>> PublishAsync(Guid id, NoticeStampDto input, NoticeAppService notices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notices.PublishAsync(id, input, cancellationToken));

    private static async Task<NoContent> DiscardAsync(Guid id, NoticeStampDto input, NoticeAppService notices, CancellationToken cancellationToken)
    {
        await notices.DiscardAsync(id, input, cancellationToken);
        return TypedResults.NoContent();
    }
}
