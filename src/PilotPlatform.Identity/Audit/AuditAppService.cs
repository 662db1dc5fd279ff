using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Identity.Audit;

/// <summary>A line of the audit log. <paramref name="Details"/> is JSON.</summary>
internal sealed record AuditEntryDto(
    Guid Id, DateTime OccurredAt, AuditKind Kind, string ActorName, string ActorRegionName, string RegionName, string Subject, string SubjectId, string Details,
    string TraceId, long? Sequence);

internal sealed record AuditVerificationDto(
    bool IsIntact, long CheckedLinks, int UnsealedEntries, long? BrokenSequence, AuditFault? Fault, string LastHash, DateTime VerifiedAt);

internal class AuditFilter : PagedInput
{
    /// <summary>From this instant on.</summary>
    public DateTime? From { get; init; }

    /// <summary>Before this instant.</summary>
    public DateTime? To { get; init; }

    /// <summary>Part of the name of whoever acted.</summary>
    public string? Actor { get; init; }

    /// <summary>Part of what it is about: an entity's name, a route, a user name, an id.</summary>
    public string? Subject { get; init; }

    /// <summary>One kind of entry.</summary>
    public AuditKind? Kind { get; init; }

    /// <summary>Whose data: one region.</summary>
    public Guid? RegionId { get; init; }
}

/// <summary>Reads the log of the caller's region and those below; the tenant filter adds what its own people did elsewhere.</summary>
internal sealed class AuditAppService(PlatformDbContext db, IAuditVerifier verifier, IRegionDirectory regions, Texts texts, TimeProvider time)
{
    private static readonly SortList<AuditEntry> Sorts = new SortList<AuditEntry>()
        .Allow("occurredAt", e => e.OccurredAt).Allow("actorName", e => e.ActorName).Allow("subject", e => e.Subject)
        .Otherwise(q => q.OrderByDescending(e => e.OccurredAt).ThenByDescending(e => e.Id));

    public async Task<PagedResult<AuditEntryDto>> ListAsync(AuditFilter input, CancellationToken cancellationToken)
    {
        var map = await regions.GetAsync(cancellationToken);
        var page = await Filtered(input).ToPageAsync(
            input, Sorts, e => new { Entry = e, Sequence = db.Set<AuditSeal>().Where(s => s.EntryId == e.Id).Select(s => (long?)s.Sequence).FirstOrDefault() }, cancellationToken);
        return new PagedResult<AuditEntryDto>(page.TotalCount,
        [
            .. page.Items.Select(i => new AuditEntryDto(
                i.Entry.Id, i.Entry.OccurredAt, i.Entry.Kind, i.Entry.ActorName, NameOf(map, i.Entry.ActorTenantPath), NameOf(map, i.Entry.TenantPath),
                i.Entry.Subject, i.Entry.SubjectId, i.Entry.Details, i.Entry.TraceId, i.Sequence)),
        ]);
    }

    /// <summary>Writes the filtered log as CSV, row by row as the database delivers it.</summary>
    public async Task ExportAsync(AuditFilter input, Stream output, CancellationToken cancellationToken)
    {
        var map = await regions.GetAsync(cancellationToken);
        // Before the first byte, so that wrong input is still answered as a problem.
        var rows = Filtered(input).OrderBy(e => e.OccurredAt).ThenBy(e => e.Id).AsAsyncEnumerable();
        // Spreadsheet programs take UTF-8 for what it is only with the mark in front.
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 16 * 1024, leaveOpen: true);
        await WriteRowAsync(writer, ["OccurredAt", "Kind", "ActorName", "ActorRegion", "Region", "Subject", "SubjectId", "Details", "TraceId"]);
        await foreach (var entry in rows.WithCancellation(cancellationToken))
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(entry.OccurredAt, ChinaTime.Zone);
            await WriteRowAsync(writer,
            [
                local.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture), texts.Of(entry.Kind), entry.ActorName, NameOf(map, entry.ActorTenantPath),
                NameOf(map, entry.TenantPath), entry.Subject, entry.SubjectId, entry.Details, entry.TraceId,
            ]);
        }
    }

    public async Task<AuditVerificationDto> VerifyAsync(CancellationToken cancellationToken)
    {
        var result = await verifier.VerifyAsync(cancellationToken);
        return new AuditVerificationDto(
            result.IsIntact, result.CheckedLinks, result.UnsealedEntries, result.BrokenSequence, result.Fault, result.LastHash, time.UtcNow());
    }

    /// <summary>One cell: always quoted, and never a formula to a spreadsheet program.</summary>
    internal static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string NameOf(RegionMap map, string path) => path.Length <= 1 ? "" : map.FindByPath(path)?.Name ?? path;

    private static Task WriteRowAsync(StreamWriter writer, IEnumerable<string> cells) => writer.WriteAsync(string.Join(',', cells.Select(Cell)) + "\r\n");

    private IQueryable<AuditEntry> Filtered(AuditFilter input)
    {
        new InputCheck().That(input.From is null || input.To is null || input.From < input.To, "to", "Identity:PeriodOrder").ThrowIfAny();
        var query = db.Set<AuditEntry>().AsNoTracking();
        if (input.From?.ToUniversalTime() is { } from)
        {
            query = query.Where(e => e.OccurredAt >= from);
        }

        if (input.To?.ToUniversalTime() is { } to)
        {
            query = query.Where(e => e.OccurredAt < to);
        }

        if (input.Actor?.Trim() is { Length: > 0 } actor)
        {
            query = query.Where(e => e.ActorName.Contains(actor));
        }

        if (input.Subject?.Trim() is { Length: > 0 } subject)
        {
            query = query.Where(e => e.Subject.Contains(subject) || e.SubjectId.Contains(subject));
        }

        query = input.Kind is { } kind ? query.Where(e => e.Kind == kind) : query;
        return input.RegionId is { } region ? query.Where(e => e.TenantId == region) : query;
    }
}
