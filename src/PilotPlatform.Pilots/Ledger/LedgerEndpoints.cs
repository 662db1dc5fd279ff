using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Audit;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Permissions;
using PilotPlatform.Pilots.Pilots;

namespace PilotPlatform.Pilots.Ledger;

internal static class LedgerEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var ledger = routes.MapGroup("/api/pilots/{id:guid}/ledger").WithTags("Ledger");
        ledger.MapGet("", GetAsync).RequirePermission(PilotsPermissions.View).WithName("GetLedger")
            .WithSummary("The ledger of a pilot: a page of items, each with where its artefacts stand, and counts that add up.");
        ledger.MapGet("export", ExportAsync).RequirePermission(PilotsPermissions.View).AuditRead().WithName("ExportLedger")
            .WithSummary("The ledger as a workbook, with the list's filters; without drafts and telephone numbers. Logged.")
            .Produces(StatusCodes.Status200OK, contentType: ITableWorkbookWriter.MediaType);
        ledger.MapPost("hand-in", HandInManyAsync).RequirePermission(PilotsPermissions.SubmitDeliverables).WithName("HandInSlots")
            .WithSummary("Hands in the drafts of several slots, all or none.");
        ledger.MapPost("confirm", ConfirmManyAsync).RequirePermission(PilotsPermissions.ReviewDeliverables).WithName("ConfirmSlots")
            .WithSummary("The issuer confirms several slots, all or none.");
        ledger.MapPost("return", ReturnManyAsync).RequirePermission(PilotsPermissions.ReviewDeliverables).WithName("ReturnSlots")
            .WithSummary("The issuer returns several slots for one reason, all or none.");
        ledger.MapPost("match-files", MatchAsync).RequirePermission(PilotsPermissions.SubmitDeliverables).WithName("MatchLedgerFiles")
            .WithSummary("Says by their names which files belong into which slots, and why some do not; stores nothing.");
        ledger.MapPost("place-files", PlaceAsync).RequirePermission(PilotsPermissions.SubmitDeliverables).WithName("PlaceLedgerFiles")
            .WithSummary("Puts uploaded files into slots as drafts, all or none; replaces only where that was chosen.");

        var slots = routes.MapGroup("/api/ledger-slots").WithTags("Ledger");
        slots.MapGet("{id:guid}", GetSlotAsync).RequirePermission(PilotsPermissions.View).WithName("GetLedgerSlot")
            .WithSummary("A slot with its versions; a draft is among them for its own region only.");
        slots.MapPut("{id:guid}/draft", SaveDraftAsync).RequirePermission(PilotsPermissions.SubmitDeliverables).WithName("SaveSlotDraft")
            .WithSummary("Fills the slot as a draft, complete or not; nobody else sees it.");
        slots.MapPost("{id:guid}/clear", ClearAsync).RequirePermission(PilotsPermissions.SubmitDeliverables).WithName("ClearSlot")
            .WithSummary("Takes the draft away; what was handed in stays.");
        slots.MapPost("{id:guid}/hand-in", HandInAsync).RequirePermission(PilotsPermissions.SubmitDeliverables).WithName("HandInSlot")
            .WithSummary("Hands the draft in; the slot is locked from then on.");
        slots.MapPost("{id:guid}/confirm", ConfirmAsync).RequirePermission(PilotsPermissions.ReviewDeliverables).WithName("ConfirmSlot")
            .WithSummary("The issuer confirms what was handed in, or that it is not applicable.");
        slots.MapPost("{id:guid}/return", ReturnAsync).RequirePermission(PilotsPermissions.ReviewDeliverables).WithName("ReturnSlot")
            .WithSummary("The issuer returns what was handed in, with a reason.");
    }

    private static async Task<Ok<LedgerDto>> GetAsync(Guid id, [AsParameters] GetLedgerInput input, LedgerAppService ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.GetAsync(id, input, cancellationToken));

    private static async Task<PushStreamHttpResult> ExportAsync(
        Guid id, [AsParameters] ExportLedgerInput input, HttpContext context, LedgerExport export, CancellationToken cancellationToken)
    {
        var workbook = await export.OpenAsync(id, input, cancellationToken);
        RequestAudit.Concerns(context, workbook.Owner, workbook.FileName);
        return TypedResults.Stream(workbook.WriteAsync, ITableWorkbookWriter.MediaType, workbook.FileName);
    }

    private static async Task<Ok<LedgerChangeDto>> HandInManyAsync(Guid id, ChangeSlotsDto input, LedgerDesk ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.HandInManyAsync(id, input, cancellationToken));

    private static async Task<Ok<LedgerChangeDto>> ConfirmManyAsync(Guid id, ChangeSlotsDto input, LedgerDesk ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.ConfirmManyAsync(id, input, cancellationToken));

    private static async Task<Ok<LedgerChangeDto>> ReturnManyAsync(Guid id, ReturnSlotsDto input, LedgerDesk ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.ReturnManyAsync(id, input, cancellationToken));

    private static async Task<Ok<FileMatchesDto>> MatchAsync(Guid id, MatchFilesDto input, LedgerFiles files, CancellationToken cancellationToken) =>
        TypedResults.Ok(await files.MatchAsync(id, input, cancellationToken));

    private static async Task<Ok<LedgerChangeDto>> PlaceAsync(Guid id, PlaceFilesDto input, LedgerFiles files, CancellationToken cancellationToken) =>
        TypedResults.Ok(await files.PlaceAsync(id, input, cancellationToken));

    private static async Task<Ok<SlotDto>> GetSlotAsync(Guid id, LedgerAppService ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.GetSlotAsync(id, cancellationToken));

    private static async Task<Ok<SlotDto>> SaveDraftAsync(Guid id, SaveSlotDraftDto input, LedgerAppService ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.SaveDraftAsync(id, input, cancellationToken));

    private static async Task<Ok<SlotDto>> ClearAsync(Guid id, StampInput input, LedgerAppService ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.ClearAsync(id, input, cancellationToken));

    private static async Task<Ok<SlotDto>> HandInAsync(Guid id, StampInput input, LedgerDesk ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.HandInAsync(id, input, cancellationToken));

    private static async Task<Ok<SlotDto>> ConfirmAsync(Guid id, StampInput input, LedgerDesk ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.ConfirmAsync(id, input, cancellationToken));

    private static async Task<Ok<SlotDto>> ReturnAsync(Guid id, ReturnSlotDto input, LedgerDesk ledger, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ledger.ReturnAsync(id, input, cancellationToken));
}
