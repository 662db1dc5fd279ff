using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Claims;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Printing;

/// <summary>The form of a printed table.</summary>
internal enum PrintFormat
{
    /// <summary>An official document in the form of GB/T 9704.</summary>
    Docx,

    /// <summary>A workbook.</summary>
    Xlsx,
}

/// <summary>A file to hand out, and whose data it holds.</summary>
internal sealed record PrintedFile(byte[] Content, string MediaType, string FileName, TenantRef Owner, string Sha256);

/// <summary>Prints what the caller may see of a programme.</summary>
internal sealed class PrintAppService(PlatformDbContext db, IRegionDirectory directory, IOfficialDocumentWriter documents, ITableWorkbookWriter workbooks)
{
    public Task<PrintedFile> AssignmentTableAsync(Guid id, PrintFormat format, CancellationToken cancellationToken) => PrintAsync(
        id, format, "试点任务分工表", ProgrammePrints.AssignmentTable, ProgrammePrints.AssignmentSheet, ProgrammePrints.AssignmentLines, cancellationToken);

    public Task<PrintedFile> TaskSheetAsync(Guid id, PrintFormat format, CancellationToken cancellationToken) => PrintAsync(
        id, format, "任务分解表", ProgrammePrints.TaskSheet, ProgrammePrints.TasksSheet, ProgrammePrints.TaskLines, cancellationToken);

    private async Task<PrintedFile> PrintAsync(
        Guid id, PrintFormat format, string name, Func<PrintedProgramme, OfficialDocument> document, Func<PrintedProgramme, TableSheet<PrintedLine>> sheet,
        Func<PrintedProgramme, IReadOnlyList<PrintedLine>> lines, CancellationToken cancellationToken)
    {
        var programme = await db.Set<Programme>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellationToken)
            ?? throw new NotFoundException(nameof(Programme), id);
        var themes = await db.Set<Theme>().AsNoTracking().Where(t => t.ProgrammeId == id).OrderBy(t => t.Order).ToListAsync(cancellationToken);
        var assignments = await db.Set<Assignment>().AsNoTracking().Where(a => a.ProgrammeId == id && a.RevocationMark == "").ToListAsync(cancellationToken);
        var regions = await directory.GetAsync(cancellationToken);
        // Parts of a region stand behind one another by name, or the order would be the database's.
        var ordered = regions.InAdministrativeOrder(assignments.OrderBy(a => a.PartName, StringComparer.Ordinal).ThenBy(a => a.Id), a => a.RegionId);
        var printed = new PrintedProgramme(programme, themes, [.. ordered], regions);

        using var content = new MemoryStream();
        if (format == PrintFormat.Docx)
        {
            documents.Write(document(printed), content);
        }
        else
        {
            await workbooks.WriteAsync(sheet(printed), lines(printed), content, cancellationToken);
        }

        var bytes = content.ToArray();
        var (media, extension) = format == PrintFormat.Docx ? (IOfficialDocumentWriter.MediaType, "docx") : (ITableWorkbookWriter.MediaType, "xlsx");
        return new PrintedFile(bytes, media, $"{FileNameOf(programme.Title)}{name}.{extension}", programme.Owner, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    public static string FileNameOf(string title)
    {
        var safe = string.Concat(title.Select(c => c < ' ' || "\\/:*?\"<>|".Contains(c, StringComparison.Ordinal) ? '_' : c));
        return safe.Length > 80 ? safe[..80] : safe;
    }
}
