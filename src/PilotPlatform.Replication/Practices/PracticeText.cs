using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Replication.Practices;

/// <summary>What a practice says; the draft and the certified practice have the same parts.</summary>
internal abstract class PracticeText : TenantEntity
{
    public const int TitleLength = 200;
    public const int SummaryLength = 1000;
    public const int KeywordsLength = 300;
    public const int SectionLength = 20000;

    protected PracticeText()
    {
    }

    protected PracticeText(Guid id, TenantRef owner)
        : base(id, owner)
    {
    }

    public Guid PilotId { get; protected set; }

    public string ThemeTitle { get; protected set; } = "";

    public Guid OriginRegionId { get; protected set; }

    public string OriginRegionPath { get; protected set; } = "";

    public string OriginName { get; protected set; } = "";

    /// <summary>The office that issued the programme; it signs the report.</summary>
    public string IssuingBody { get; protected set; } = "";

    /// <summary>The notice that the pilot came from.</summary>
    public string? NoticeNumber { get; protected set; }

    public string Title { get; protected set; } = "";

    public string Summary { get; protected set; } = "";

    /// <summary>Separated by spaces.</summary>
    public string Keywords { get; protected set; } = "";

    /// <summary>The report's own number, if the office gives it one.</summary>
    public string? ReportNumber { get; protected set; }

    /// <summary>改革背景.</summary>
    public string Background { get; protected set; } = "";

    /// <summary>主要做法.</summary>
    public string Measures { get; protected set; } = "";

    /// <summary>工作成效.</summary>
    public string Results { get; protected set; } = "";

    /// <summary>适用条件.</summary>
    public string Conditions { get; protected set; } = "";

    protected void CopyFrom(PracticeText other)
    {
        Title = other.Title;
        Summary = other.Summary;
        Keywords = other.Keywords;
        ReportNumber = other.ReportNumber;
        Background = other.Background;
        Measures = other.Measures;
        Results = other.Results;
        Conditions = other.Conditions;
    }

    public static void ConfigureText<T>(EntityTypeBuilder<T> builder)
        where T : PracticeText
    {
        builder.Property(x => x.ThemeTitle).HasMaxLength(300);
        builder.Property(x => x.OriginRegionPath).HasMaxLength(TenantPaths.MaxLength);
        builder.Property(x => x.OriginName).HasMaxLength(60);
        builder.Property(x => x.IssuingBody).HasMaxLength(200);
        builder.Property(x => x.NoticeNumber).HasMaxLength(100);
        builder.Property(x => x.Title).HasMaxLength(TitleLength);
        builder.Property(x => x.Summary).HasMaxLength(SummaryLength);
        builder.Property(x => x.Keywords).HasMaxLength(KeywordsLength);
        builder.Property(x => x.ReportNumber).HasMaxLength(100);
    }
}
