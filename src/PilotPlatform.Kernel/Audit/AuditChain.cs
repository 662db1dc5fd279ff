using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PilotPlatform.Data;
using PilotPlatform.Scheduling;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Audit;

/// <summary>Chains new entries of the audit log by hash.</summary>
public interface IAuditSealer
{
    /// <summary>Seals every entry that has no seal yet and returns how many there were.</summary>
    Task<int> SealAsync(CancellationToken cancellationToken);
}

/// <summary>Checks the whole chain against the entries.</summary>
public interface IAuditVerifier
{
    /// <summary>Recomputes every link; stops at the first that does not hold.</summary>
    Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken);
}

/// <summary>What is wrong with a link of the chain.</summary>
public enum AuditFault
{
    /// <summary>A link is missing: the numbers are not without a gap.</summary>
    LinkMissing,

    /// <summary>The entry that the link seals is gone.</summary>
    EntryMissing,

    /// <summary>The entry or the link was changed after sealing.</summary>
    HashDiffers,
}

/// <summary>The result of checking the chain.</summary>
/// <param name="IsIntact">True when every link holds.</param>
/// <param name="CheckedLinks">How many links hold, counted from the first.</param>
/// <param name="UnsealedEntries">Entries that wait for the next sealing.</param>
/// <param name="BrokenSequence">The first link that does not hold.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="LastHash">
/// The hash of the last link that holds. Whoever cuts off the end of the log leaves a shorter chain that holds: note this
/// value down elsewhere from time to time and look for it later.
/// </param>
public sealed record AuditVerification(bool IsIntact, long CheckedLinks, int UnsealedEntries, long? BrokenSequence, AuditFault? Fault, string LastHash);

/// <summary>What a link's hash is computed over.</summary>
internal static class AuditChain
{
    public static readonly string Start = new('0', 64);

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string HashOf(string previous, long sequence, AuditEntry entry)
    {
        // Microseconds: PostgreSQL keeps no finer instants, and a log must verify after moving to another database.
        string?[] canonical =
        [
            previous, sequence.ToString(CultureInfo.InvariantCulture), entry.Id.ToString(), entry.TenantId.ToString(), entry.TenantPath, entry.ActorTenantPath,
            entry.ActorId?.ToString(), entry.ActorName, entry.OccurredAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            entry.Kind.ToString(), entry.Subject, entry.SubjectId, entry.Details, entry.TraceId,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(canonical, Json))));
    }
}

internal sealed class AuditSealer(ITenantScopes scopes, TimeProvider time) : IAuditSealer
{
    private const int BatchSize = 500;

    // Far longer than any transaction lasts, so that no entry is committed behind it.
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(1);
    private bool searchedAll;

    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int written;
        do
        {
            written = await scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), services =>
                SealBatchAsync(services.GetRequiredService<PlatformDbContext>(), cancellationToken));
            total += written;
        }
        while (written == BatchSize);

        searchedAll = true;
        return total;
    }

    private async Task<int> SealBatchAsync(PlatformDbContext db, CancellationToken cancellationToken)
    {
        var last = await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(s => s.Sequence).FirstOrDefaultAsync(cancellationToken);
        // The first search after a start looks at the whole log, later ones at its end.
        var since = searchedAll && last is not null ? last.SealedAt - LookBack : DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
        var entries = await db.Set<AuditEntry>().AsNoTracking()
            .Where(e => e.OccurredAt >= since && !db.Set<AuditSeal>().Any(s => s.EntryId == e.Id))
            .OrderBy(e => e.OccurredAt).ThenBy(e => e.Id).Take(BatchSize).ToListAsync(cancellationToken);
        var (sequence, hash) = (last?.Sequence ?? 0, last?.Hash ?? AuditChain.Start);
        var now = time.UtcNow();
        foreach (var entry in entries)
        {
            hash = AuditChain.HashOf(hash, ++sequence, entry);
            db.Add(new AuditSeal { Sequence = sequence, EntryId = entry.Id, Hash = hash, SealedAt = now });
        }

        await db.SaveChangesAsync(cancellationToken);
        return entries.Count;
    }
}

internal sealed class AuditVerifier(ITenantScopes scopes) : IAuditVerifier
{
    private const int BatchSize = 1000;

    public Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken) =>
        scopes.RunAsync(ScopeIdentity.System(TenantRef.Root), services =>
            VerifyAsync(services.GetRequiredService<PlatformDbContext>(), cancellationToken));

    private static async Task<AuditVerification> VerifyAsync(PlatformDbContext db, CancellationToken cancellationToken)
    {
        var (sequence, hash) = (0L, AuditChain.Start);
        while (true)
        {
            var after = sequence;
            var links = await (
                from s in db.Set<AuditSeal>().AsNoTracking()
                join e in db.Set<AuditEntry>().AsNoTracking() on s.EntryId equals e.Id into found
                from e in found.DefaultIfEmpty()
                where s.Sequence > after
                orderby s.Sequence
                select new { Seal = s, Entry = e }).Take(BatchSize).ToListAsync(cancellationToken);
            foreach (var link in links)
            {
                AuditFault? fault = link.Seal.Sequence != sequence + 1 ? AuditFault.LinkMissing
                    : link.Entry is null ? AuditFault.EntryMissing
                    : AuditChain.HashOf(hash, link.Seal.Sequence, link.Entry) != link.Seal.Hash ? AuditFault.HashDiffers
                    : null;
                if (fault is not null)
                {
                    return new AuditVerification(false, sequence, await UnsealedAsync(), sequence + 1, fault, hash);
                }

                (sequence, hash) = (link.Seal.Sequence, link.Seal.Hash);
            }

            if (links.Count < BatchSize)
            {
                return new AuditVerification(true, sequence, await UnsealedAsync(), null, null, hash);
            }
        }

        Task<int> UnsealedAsync() => db.Set<AuditEntry>().CountAsync(e => !db.Set<AuditSeal>().Any(s => s.EntryId == e.Id), cancellationToken);
    }
}

/// <summary>An entry can be removed unnoticed only until the next round seals it, and only past the database's triggers.</summary>
internal sealed class AuditSealRound(IAuditSealer sealer, ILogger<AuditSealRound> logger) : IRecurringWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sealer.SealAsync(cancellationToken);
        }
        catch (DbUpdateException error)
        {
            // Usually another node sealed the same entries first.
            logger.LogWarning(error, "Sealing the audit log failed; the next round tries again.");
        }
    }
}
