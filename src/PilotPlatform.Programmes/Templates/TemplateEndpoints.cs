using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Programmes.Notices;

namespace PilotPlatform.Programmes.Templates;

internal static class TemplateEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var programmes = routes.MapGroup("/api/programmes").WithTags("Programmes");
        programmes.MapPost("{id:guid}/copy", CopyAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("CopyProgramme")
            .WithSummary("Makes a draft of next year's programme: dates moved on, number and date of issue asked for, what is open as questions.");
        programmes.MapPost("{id:guid}/template", SaveAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("SaveProgrammeTemplate")
            .WithSummary("Keeps the programme as a template of the own region.");

        var group = routes.MapGroup("/api/programme-templates").WithTags("Programme templates");
        group.MapGet("", ListAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("ListProgrammeTemplates")
            .WithSummary("The own region's templates, the newest first.");
        group.MapPost("{id:guid}/start", StartAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("StartFromTemplate")
            .WithSummary("Makes a draft from a template; its dates move with the date of issue.");
        group.MapPost("{id:guid}/discard", DiscardAsync).RequirePermission(ProgrammesPermissions.Manage).WithName("DiscardProgrammeTemplate")
            .WithSummary("Drops a template; programmes and drafts made from it stay.");
    }

    private static async Task<Created<NoticeDto>> CopyAsync(Guid id, CopyProgrammeDto input, TemplateAppService templates, CancellationToken cancellationToken)
    {
        var notice = await templates.CopyAsync(id, input, cancellationToken);
        return TypedResults.Created($"/api/notices/{notice.Id}", notice);
    }

    private static async Task<Created<TemplateListItemDto>> SaveAsync(Guid id, SaveTemplateDto input, TemplateAppService templates, CancellationToken cancellationToken) =>
        TypedResults.Created("/api/programme-templates", await templates.SaveAsync(id, input, cancellationToken));

    private static async Task<Ok<PagedResult<TemplateListItemDto>>> ListAsync([AsParameters] PagedInput input, TemplateAppService templates, CancellationToken cancellationToken) =>
        TypedResults.Ok(await templates.ListAsync(input, cancellationToken));

    private static async Task<Created<NoticeDto>> StartAsync(Guid id, StartFromTemplateDto input, TemplateAppService templates, CancellationToken cancellationToken)
    {
        var notice = await templates.StartAsync(id, input, cancellationToken);
        return TypedResults.Created($"/api/notices/{notice.Id}", notice);
    }

    private static async Task<NoContent> DiscardAsync(Guid id, TemplateStampDto input, TemplateAppService templates, CancellationToken cancellationToken)
    {
        await templates.DiscardAsync(id, input, cancellationToken);
        return TypedResults.NoContent();
    }
}
