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
            .WithSummary("Reads a text file of at most 5 MB in, whatever its encoding.");
        group.MapPut("{id:guid}", SaveAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("SaveNotice")
            .WithSummary("Keeps the office's corrections and answers.");
        group.MapPost("{id:guid}/publish", PublishAsync).RequirePermission(ProgrammesPermissions.Publish).WithName("PublishNotice")
            .WithSummary("Makes the programme with its themes, assignments and audience, all or nothing.");
        group.MapPost("{id:guid}/discard", DiscardAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("DiscardNotice")
            .WithSummary("Drops a draft.");
    }

    private static async Task<Ok<PagedResult<NoticeListItemDto>>> ListAsync([AsParameters] GetNoticesInput input, NoticeAppService notices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notices.ListAsync(input, cancellationToken));

    private static async Task<Ok<NoticeDto>> GetAsync(Guid id, NoticeAppService notices, CancellationToken cancellationToken) =>
        TypedResults.Ok(await notices.GetAsync(id, cancellationToken));

    private static async Task<Created<NoticeDto>> CreateAsync(CreateNoticeDto input, NoticeAppService notices, CancellationToken cancellationToken)
    {
        var notice = await notices.CreateFromTextAsync(input, cancellationToken);
        return TypedResults.Created($"/api/notices/{notice.Id}", notice);
    }

    private static async Task<Created<NoticeDto>> UploadAsync(IFormFile file, NoticeAppService notices, CancellationToken cancellationToken)
    {
        if (file.Length > NoticeReader.MaximumBytes)
        {
            throw new BusinessException(ProgrammesErrorCodes.NoticeTooLarge);
        }

        using var buffer = new MemoryStream((int)file.Length);
        await file.CopyToAsync(buffer, cancellationToken);
        var notice = await notices.CreateFromFileAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), Path.GetFileName(file.FileName), cancellationToken);
        return TypedResults.Created($"/api/notices/{notice.Id}", notice);
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
