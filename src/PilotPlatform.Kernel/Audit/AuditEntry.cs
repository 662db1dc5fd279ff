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
    /// <summary>The entry's id; ids sort by time.</summary>
    public Guid Id { get; init; }

    /// <inheritdoc/>
    public Guid TenantId { get; init; }

    /// <inheritdoc/>
    public required string TenantPath { get; init; }

    /// <summary>The region of whoever acted; empty when nobody was signed in.</summary>
    public required string ActorTenantPath { get; init; }

    /// <summary>Who acted; null for the system or before signing in.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The name of whoever acted.</summary>
    public required string ActorName { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTime OccurredAt { get; init; }

    /// <summary>What it tells of.</summary>
    public AuditKind Kind { get; init; }

    /// <summary>The entity's name, or the route's.</summary>
    public required string Subject { get; init; }

    /// <summary>The entity's id, or the path asked for.</summary>
    public required string SubjectId { get; init; }

    /// <summary>JSON: for rows <c>{ property: [before, after] }</c>; for requests method, status, address and duration.</summary>
    public required string Details { get; init; }

    /// <summary>Ties together what one request did.</summary>
    public required string TraceId { get; init; }
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
