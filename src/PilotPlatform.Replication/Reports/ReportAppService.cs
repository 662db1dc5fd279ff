using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Events;
using PilotPlatform.Regions;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Replication.Reports;

internal sealed record DownloadDto(Guid RegionId, string RegionName, int Version, DateTime At);

internal sealed record ReportFile(byte[] Content, string FileName, TenantRef Owner, int Version, string Sha256);

/// <summary>A report was downloaded; runs in the certifying region's scope.</summary>
[EventName("replication.report-downloaded.v1")]
internal sealed record ReportDownloaded(Guid PracticeId, int Version, Guid RegionId, string RegionName, DateTime At) : IPlatformEvent;

/// <summary>Hands the replication report out, and writes into both regions' books that it did.</summary>
internal sealed class ReportAppService(
    PlatformDbContext db, ICurrentScope scope, IIdGenerator ids, TimeProvider time, IRegionDirectory regions, PracticeLibrary library,
    IOfficialDocumentWriter writer)
{
    private static readonly SortList<DownloadNotice> Sorts = new SortList<DownloadNotice>()
        .Allow("at", d => d.At).Otherwise(q => q.OrderByDescending(d => d.At));

    public async Task<ReportFile> DownloadAsync(Guid practiceId, CancellationToken cancellationToken)
    {
        var practice = await library.LoadAsync(practiceId, cancellationToken);
        using var content = new MemoryStream();
        writer.Write(ReplicationReport.Of(practice), content);
        var bytes = content.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));

        var reader = scope.RequiredTenant;
        var now = time.UtcNow();
        var map = await regions.GetAsync(cancellationToken);
        // Written before the first byte leaves: a download that cannot be logged does not happen.
        db.Add(new DownloadRecord(ids.NewId(), practice, scope.RequiredUserId, scope.Identity.DisplayName, hash, now));
        db.AddFor(practice.Owner, new ReportDownloaded(practice.Id, practice.Version, reader.Id, reader == TenantRef.Root ? "" : map.NameOf(reader), now));
        await db.SaveChangesAsync(cancellationToken);
        return new ReportFile(bytes, $"{FileNameOf(practice.Title)}（第{practice.Version}版）.docx", practice.Owner, practice.Version, hash);
    }

    public async Task<PagedResult<DownloadDto>> DownloadsOfAsync(Guid practiceId, PagedInput input, CancellationToken cancellationToken)
    {
        await library.LoadAsync(practiceId, cancellationToken);
        return await db.Set<DownloadNotice>().AsNoTracking().Where(d => d.PracticeId == practiceId)
            .ToPageAsync(input, Sorts, d => new DownloadDto(d.RegionId, d.RegionName, d.Version, d.At), cancellationToken);
    }

    private static string FileNameOf(string title) =>
        string.Concat($"{title}复制推广报告".Select(c => c < ' ' || "\\/:*?\"<>|".Contains(c, StringComparison.Ordinal) ? '_' : c));
}
