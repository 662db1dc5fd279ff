using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Pilots;

internal sealed class PilotConfiguration : IEntityTypeConfiguration<Pilot>
{
    public void Configure(EntityTypeBuilder<Pilot> builder)
    {
        builder.ToTable("PilotsPilots");
        builder.Property(x => x.ProgrammeTitle).HasMaxLength(300);
        builder.Property(x => x.IssuerPath).HasMaxLength(TenantPaths.MaxLength);
        builder.Property(x => x.IssuerName).HasMaxLength(100);
        builder.Property(x => x.ThemeNumber).HasMaxLength(40);
        builder.Property(x => x.ThemeTitle).HasMaxLength(300);
        builder.Property(x => x.RegionName).HasMaxLength(100);
        builder.Property(x => x.PartName).HasMaxLength(100);
        builder.Ignore(x => x.Issuer);
        builder.Ignore(x => x.Deadline);
        builder.Ignore(x => x.Title);
        builder.Ignore(x => x.IsOver);
        builder.Ignore(x => x.IsOpenForLedger);
        builder.HasIndex(x => x.AssignmentId).IsUnique();
        // Lists read a range of TenantPath, behind which no further column narrows or sorts; what pays is that everything
        // a list filters and sorts by stands in one index, so that the rows themselves are read for the page alone.
        builder.HasIndex(x => new
        {
            x.TenantPath, x.ThemeOrder, x.RegionOrder, x.Id, x.Status, x.OpenDueOn, x.OpenDueIsSoft, x.WasLate, x.SubmittedOn,
        });
        builder.HasIndex(x => new { x.TenantPath, x.ThemeTitle, x.RegionName, x.PartName, x.ThemeOrder, x.RegionOrder, x.Id });
        builder.HasIndex(x => new { x.ProgrammeId, x.TenantPath, x.ThemeOrder, x.RegionOrder });
        builder.HasIndex(x => new { x.ThemeId, x.TenantPath });
        builder.HasIndex(x => new { x.TenantId, x.Status, x.OpenDueOn });
    }
}

internal sealed class HistoryEntryConfiguration : IEntityTypeConfiguration<HistoryEntry>
{
    public void Configure(EntityTypeBuilder<HistoryEntry> builder)
    {
        builder.ToTable("PilotsHistory");
        builder.Property(x => x.ActorName).HasMaxLength(100);
        builder.Property(x => x.ActorRegionName).HasMaxLength(100);
        builder.Property(x => x.Values).AsJson();
        builder.HasOne<Pilot>().WithMany().HasForeignKey(x => x.PilotId);
        builder.HasIndex(x => new { x.PilotId, x.HappenedAt });
    }
}

/// <summary>
/// Lists of small records as one JSON column: written and read whole, never searched. The records carry [NotMapped], else
/// EF Core would take them for entities.
/// </summary>
internal static class JsonColumns
{
    // Chinese stays readable in the database; the text never reaches HTML unescaped.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static PropertyBuilder<IReadOnlyList<T>> AsJson<T>(this PropertyBuilder<IReadOnlyList<T>> property) =>
        property.HasConversion(
            list => Write(list),
            text => Read<T>(text),
            new ValueComparer<IReadOnlyList<T>>((a, b) => Same(a, b), list => HashOf(list), list => list));

    private static string Write<T>(IReadOnlyList<T> list) => JsonSerializer.Serialize(list, Options);

    private static IReadOnlyList<T> Read<T>(string text) => JsonSerializer.Deserialize<List<T>>(text, Options) ?? [];

    private static bool Same<T>(IReadOnlyList<T>? a, IReadOnlyList<T>? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && Write(a) == Write(b));

    private static int HashOf<T>(IReadOnlyList<T> list) => StringComparer.Ordinal.GetHashCode(Write(list));
}
