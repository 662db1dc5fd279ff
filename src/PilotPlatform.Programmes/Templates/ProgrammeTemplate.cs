using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Programmes.Templates;

/// <summary>试点计划模板: a programme that the region may set up again. The region's own; regions above do not see it.</summary>
internal sealed class ProgrammeTemplate : TenantEntity, IRegionDraft
{
    public const int NameLength = 100;

    private ProgrammeTemplate()
    {
    }

    public ProgrammeTemplate(Guid id, TenantRef owner, string name, NoticeContent content, string madeBy)
        : base(id, owner)
    {
        Name = name;
        ContentJson = NoticeJson.Write(content);
        ThemeCount = content.Themes.Count;
        MadeBy = madeBy;
    }

    /// <summary>Always: a template is never shared.</summary>
    public bool IsDraft { get; private set; } = true;

    public string Name { get; private set; } = "";

    /// <summary>A <see cref="NoticeContent"/> with the number and the dates of the programme that it was made from.</summary>
    public string ContentJson { get; private set; } = "";

    public int ThemeCount { get; private set; }

    /// <summary>Who made it.</summary>
    public string MadeBy { get; private set; } = "";
}

internal sealed class ProgrammeTemplateConfiguration : IEntityTypeConfiguration<ProgrammeTemplate>
{
    public void Configure(EntityTypeBuilder<ProgrammeTemplate> builder)
    {
        builder.ToTable("ProgrammesTemplates");
        builder.Property(x => x.Name).HasMaxLength(ProgrammeTemplate.NameLength);
        builder.Property(x => x.MadeBy).HasMaxLength(100);
        builder.HasIndex(x => new { x.TenantPath, x.CreatedAt });
        builder.HasIndex(x => new { x.TenantId, x.Name }).IsUnique();
    }
}
