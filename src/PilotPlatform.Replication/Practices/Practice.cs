using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Replication.Drafts;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Replication.Practices;

/// <summary>
/// 经验做法: a certified practice, owned by the region that certified it and read by every region. It comes into being
/// by certification and changes only by certifying its draft again; the draft is another row.
/// </summary>
internal sealed class Practice : PracticeText, IOutwardShared
{
    private Practice()
    {
    }

    public Practice(Guid id, PracticeDraft draft)
        : base(id, draft.Owner)
    {
        PilotId = draft.PilotId;
        ThemeTitle = draft.ThemeTitle;
        OriginRegionId = draft.OriginRegionId;
        OriginRegionPath = draft.OriginRegionPath;
        OriginName = draft.OriginName;
        IssuingBody = draft.IssuingBody;
        NoticeNumber = draft.NoticeNumber;
        OriginProvince = draft.OriginRegionPath.Split('/', StringSplitOptions.RemoveEmptyEntries)[0];
        IsShared = true;
    }

    public bool IsShared { get; private set; }

    /// <summary>Read without signing in.</summary>
    public bool IsPublic { get; private set; }

    public MaturityLevel Maturity { get; private set; }

    /// <summary>The code of the province that it comes from.</summary>
    public string OriginProvince { get; private set; } = "";

    /// <summary>1, 2, 3, …; downloads record it.</summary>
    public int Version { get; private set; }

    public DateTime CertifiedAt { get; private set; }

    public int AdoptionCount { get; private set; }

    public int DownloadCount { get; private set; }

    /// <summary>Title, summary, keywords, theme and region in lower case: what the library's search looks through.</summary>
    public string SearchText { get; private set; } = "";

    public void Certify(PracticeDraft draft, MaturityLevel maturity, bool isPublic, DateTime now)
    {
        CopyFrom(draft);
        Maturity = maturity;
        IsPublic = isPublic;
        Version++;
        CertifiedAt = now;
        SearchText = SearchWords.Normalise($"{Title}\n{Summary}\n{Keywords}\n{ThemeTitle}\n{OriginName}");
    }

    public void CountAdoptions(int adoptions) => AdoptionCount = adoptions;

    public void CountDownload() => DownloadCount++;
}

/// <summary>How the library's search reads what a person types.</summary>
internal static class SearchWords
{
    public const int MaxWords = 8;

    // Office text has full-width digits and Latin letters; what one types has not.
    public static string Normalise(string text) => text.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>The words, each of which a practice must contain.</summary>
    public static IReadOnlyList<string> Of(string? query) => string.IsNullOrWhiteSpace(query)
        ? []
        : [.. Normalise(query).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MaxWords)];
}

internal sealed class PracticeConfiguration : IEntityTypeConfiguration<Practice>
{
    public void Configure(EntityTypeBuilder<Practice> builder)
    {
        builder.ToTable("ReplicationPractices");
        PracticeText.ConfigureText(builder);
        builder.Property(x => x.OriginProvince).HasMaxLength(12);
        builder.Property(x => x.SearchText).HasMaxLength(2000);
        builder.HasIndex(x => x.PilotId).IsUnique();
        builder.HasIndex(x => new { x.TenantPath, x.CertifiedAt });
        builder.HasIndex(x => new { x.IsShared, x.CertifiedAt });
    }
}
