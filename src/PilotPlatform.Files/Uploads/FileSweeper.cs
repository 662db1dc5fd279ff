using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PilotPlatform.Data;
using PilotPlatform.Files.Blobs;
using PilotPlatform.Files.Files;
using PilotPlatform.Scheduling;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Files.Uploads;

/// <summary>What a sweep removed.</summary>
internal sealed record SweepResult(int Uploads, int Partials, int Blobs);

/// <summary>Removes abandoned uploads, partial files without an upload, and blobs that no row names.</summary>
internal sealed class FileSweeper(ITenantScopes scopes, PartialFiles partials, IBlobStore blobs, IOptions<FilesOptions> options, TimeProvider time)
{
    private const string Reason = "the sweeper counts references to content and shows nothing of it";
    private const int Batch = 500;

    public Task<SweepResult> SweepAsync(CancellationToken cancellationToken) =>
        scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            var now = time.UtcNow();
            var uploads = await db.Set<Upload>().IncludingDrafts(Reason).Where(u => u.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
            return new SweepResult(uploads, await SweepPartialsAsync(db, now, cancellationToken), await SweepBlobsAsync(db, now, cancellationToken));
        });

    private async Task<int> SweepPartialsAsync(PlatformDbContext db, DateTime now, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var chunk in partials.List().Chunk(Batch))
        {
            var ids = chunk.Select(p => p.Id).ToList();
            var known = await db.Set<Upload>().IncludingDrafts(Reason).Where(u => ids.Contains(u.Id)).Select(u => u.Id).ToListAsync(cancellationToken);
            // Content that a module is just storing has no upload; it is young.
            foreach (var (id, _) in chunk.Where(p => !known.Contains(p.Id) && p.WrittenAt <= now - options.Value.OrphanAge))
            {
                partials.Delete(id);
                removed++;
            }
        }

        return removed;
    }

    private async Task<int> SweepBlobsAsync(PlatformDbContext db, DateTime now, CancellationToken cancellationToken)
    {
        var removed = 0;
        var notAfter = now - options.Value.OrphanAge;
        foreach (var chunk in blobs.List().Where(b => b.TakenOverAt <= notAfter).Select(b => b.Sha256).Chunk(Batch))
        {
            var named = (await db.Set<StoredFile>().IncludingDrafts(Reason).Where(f => chunk.Contains(f.Sha256)).Select(f => f.Sha256).ToListAsync(cancellationToken))
                .Concat(await db.Set<Upload>().IncludingDrafts(Reason).Where(u => u.Sha256 != null && chunk.Contains(u.Sha256)).Select(u => u.Sha256!).ToListAsync(cancellationToken))
                .ToHashSet();
            removed += chunk.Count(sha256 => !named.Contains(sha256) && blobs.Delete(sha256, notAfter));
        }

        return removed;
    }
}

internal sealed class FileSweepRound(FileSweeper sweeper, ILogger<FileSweepRound> logger) : IRecurringWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var result = await sweeper.SweepAsync(cancellationToken);
        if (result is not { Uploads: 0, Partials: 0, Blobs: 0 })
        {
            logger.LogInformation("Swept {Uploads} abandoned uploads, {Partials} partial files, {Blobs} blobs.", result.Uploads, result.Partials, result.Blobs);
        }
    }
}
