using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Files.Content;
using PilotPlatform.Files.Scanning;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Files.Files;

/// <summary>A file of one region. Its content lies under its SHA-256 and may be shared with other rows; the row is not.</summary>
internal sealed class StoredFile : TenantEntity, IRegionDraft
{
    private StoredFile()
    {
    }

    public StoredFile(Guid id, string name, CheckedContent content, bool isDraft)
        : base(id)
    {
        Name = name;
        Size = content.Size;
        ContentType = content.ContentType;
        Sha256 = content.Sha256;
        ScanState = content.ScanState;
        IsDraft = isDraft;
    }

    public string Name { get; private set; } = "";

    public long Size { get; private set; }

    public string ContentType { get; private set; } = "";

    public string Sha256 { get; private set; } = "";

    public ScanState ScanState { get; private set; }

    public bool IsDraft { get; private set; }

    /// <summary>Shows the file to the regions above: it has become part of something submitted. There is no way back.</summary>
    public void Release() => IsDraft = false;

    public StoredFileInfo ToInfo() => new(Id, Name, Size, ContentType, Sha256, Owner, IsDraft, CreatedAt);
}

internal sealed class StoredFileConfiguration : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.ToTable("FilesFiles");
        builder.Property(x => x.Name).HasMaxLength(FileNames.MaxLength);
        builder.Property(x => x.ContentType).HasMaxLength(120);
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.HasIndex(x => new { x.TenantPath, x.CreatedAt });
        builder.HasIndex(x => x.Sha256);
    }
}
