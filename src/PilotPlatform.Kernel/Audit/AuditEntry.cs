using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Audit;

/// <summary>What an audit entry tells of.</summary>
public enum AuditKind
{
    /// <summary>A request that changed something, or read something that is to be logged (downloads).</summary>
    Request,

    /// <summary>A row was created.</summary>
    RowCreated,

    /// <summary>A row was changed.</summary>
    RowChanged,

    /// <summary>A row was deleted.</summary>
    RowDeleted,

    /// <summary>A sign-in, a refused sign-in, a change of password or second factor.</summary>
    Security,
}

/// <summary>
/// One line of the audit log: who, when, from which region on whose data, before and after. Append-only; an
/// <see cref="AuditSeal"/> chains it by hash. <see cref="TenantPath"/> is the region whose data it was.
/// </summary>
[NotAudited]
public sealed class AuditEntry : ITenantOwned
{
    private const int SubjectIdLength = 300;

    private AuditEntry()
    {
    }

    /// <summary>How <see cref="Details"/> are written: Chinese stays readable in the log; the text is never put into HTML unescaped.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The entry's id; ids sort by time.</summary>
    public Guid Id { get; private init; }

    /// <inheritdoc/>
    public Guid TenantId { get; private init; }

    /// <inheritdoc/>
    public string TenantPath { get; private init; } = "";

    /// <summary>The region of whoever acted; empty when nobody was signed in.</summary>
    public string ActorTenantPath { get; private init; } = "";

    /// <summary>Who acted; null for the system or before signing in.</summary>
    public Guid? ActorId { get; private init; }

    /// <summary>The name of whoever acted.</summary>
    public string ActorName { get; private init; } = "";

    /// <summary>When (UTC).</summary>
    public DateTime OccurredAt { get; private init; }

    /// <summary>What it tells of.</summary>
    public AuditKind Kind { get; private init; }

    /// <summary>The entity's name, or the route's.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>The entity's id, or the path asked for.</summary>
    public string SubjectId { get; private init; } = "";

    /// <summary>JSON: for rows <c>{ property: [before, after] }</c>; for requests method, status, address and duration.</summary>
    public string Details { get; private init; } = "";

    /// <summary>Ties together what one request did.</summary>
    public string TraceId { get; private init; } = "";

    /// <summary>A line about what <paramref name="actor"/> did, within the current trace.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="owner">The region whose data it concerns.</param>
    /// <param name="actor">Who acted.</param>
    /// <param name="occurredAt">When (UTC).</param>
    /// <param name="kind">What it tells of.</param>
    /// <param name="subject">The entity's name, the route's or the event's.</param>
    /// <param name="subjectId">The entity's id, the path or the account; cut to what the log holds.</param>
    /// <param name="details">JSON, see <see cref="Details"/>.</param>
    public static AuditEntry Of(
        Guid id, TenantRef owner, ScopeIdentity actor, DateTime occurredAt, AuditKind kind, string subject, string subjectId, string details)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(subjectId);
        return new AuditEntry
        {
            Id = id,
            TenantId = owner.Id,
            TenantPath = owner.Path,
            ActorTenantPath = actor.Tenant?.Path ?? "",
            ActorId = actor.UserId,
            ActorName = actor.DisplayName,
            OccurredAt = occurredAt,
            Kind = kind,
            Subject = subject,
            SubjectId = subjectId.Length > SubjectIdLength ? subjectId[..SubjectIdLength] : subjectId,
            Details = details,
            TraceId = Activity.Current?.TraceId.ToString() ?? "",
        };
    }
}

/// <summary>A link of the hash chain over the audit log: sequence number, the entry's hash and the previous link's.</summary>
[NotAudited]
public sealed class AuditSeal
{
    /// <summary>1, 2, 3, … without a gap.</summary>
    public long Sequence { get; init; }

    /// <summary>The sealed entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>SHA-256 over the previous link's hash and the entry's canonical form, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was sealed (UTC).</summary>
    public DateTime SealedAt { get; init; }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        // The triggers of the providers' guard statements; EF must know of them to write without OUTPUT or RETURNING.
        builder.ToTable("KernelAudit", table => table.HasTrigger("KernelAudit_AppendOnly"));
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.ActorTenantPath).HasMaxLength(TenantPaths.MaxLength);
        builder.Property(x => x.ActorName).HasMaxLength(100);
        builder.Property(x => x.Subject).HasMaxLength(120);
        builder.Property(x => x.SubjectId).HasMaxLength(300);
        builder.Property(x => x.TraceId).HasMaxLength(64);
        builder.HasIndex(x => new { x.TenantPath, x.OccurredAt });
        builder.HasIndex(x => new { x.ActorTenantPath, x.OccurredAt });
        builder.HasIndex(x => x.SubjectId);
        builder.HasIndex(x => x.OccurredAt);
    }
}

internal sealed class AuditSealConfiguration : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("KernelAuditSeals", table => table.HasTrigger("KernelAuditSeals_AppendOnly"));
        builder.HasKey(x => x.Sequence);
        builder.Property(x => x.Sequence).ValueGeneratedNever();
        builder.Property(x => x.Hash).HasMaxLength(64);
        builder.HasIndex(x => x.EntryId).IsUnique();
    }
}
