using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Events;

/// <summary>An event waiting for its handlers; written by the same SaveChanges as the rows that it tells of.</summary>
[NotAudited]
public sealed class OutboxMessage
{
    /// <summary>How often a message is tried before it waits for an operator.</summary>
    public const int MaxAttempts = 10;

    /// <summary>The message's id; ids sort in the order of raising.</summary>
    public Guid Id { get; init; }

    /// <summary>The event's stable name.</summary>
    public required string Name { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>The region in whose scope the handlers run.</summary>
    public Guid TenantId { get; init; }

    /// <summary>That region's path.</summary>
    public required string TenantPath { get; init; }

    /// <summary>Who caused it.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The name of whoever caused it.</summary>
    public required string ActorName { get; init; }

    /// <summary>When it was raised (UTC).</summary>
    public DateTime OccurredAt { get; init; }

    /// <summary>When all handlers had run (UTC).</summary>
    public DateTime? ProcessedAt { get; set; }

    /// <summary>A node holds the message until then (UTC); afterwards another may take it.</summary>
    public DateTime? LeasedUntil { get; set; }

    /// <summary>Not to be tried before (UTC).</summary>
    public DateTime NextAttemptAt { get; set; }

    /// <summary>Failed attempts so far.</summary>
    public int Attempts { get; set; }

    /// <summary>What the last attempt failed with.</summary>
    public string? LastError { get; set; }
}

/// <summary>That one handler has dealt with one message; committed together with what the handler changed.</summary>
[NotAudited]
public sealed class OutboxReceipt
{
    /// <summary>The message.</summary>
    public Guid MessageId { get; init; }

    /// <summary>The handler's stable name.</summary>
    public required string Handler { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTime HandledAt { get; init; }
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("KernelOutbox");
        builder.Property(x => x.Id).ValueGeneratedNever();
        builder.Property(x => x.Name).HasMaxLength(120);
        builder.Property(x => x.TenantPath).HasMaxLength(TenantPaths.MaxLength);
        builder.Property(x => x.ActorName).HasMaxLength(100);
        builder.Property(x => x.LastError).HasMaxLength(2000);
        builder.HasIndex(x => new { x.ProcessedAt, x.NextAttemptAt });
    }
}

internal sealed class OutboxReceiptConfiguration : IEntityTypeConfiguration<OutboxReceipt>
{
    public void Configure(EntityTypeBuilder<OutboxReceipt> builder)
    {
        builder.ToTable("KernelOutboxReceipts");
        builder.HasKey(x => new { x.MessageId, x.Handler });
        builder.Property(x => x.Handler).HasMaxLength(120);
    }
}
