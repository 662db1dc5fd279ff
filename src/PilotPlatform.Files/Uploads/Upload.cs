using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files.Content;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Files.Uploads;

/// <summary>Where an upload stands.</summary>
internal enum UploadStatus
{
    /// <summary>Bytes are coming in; how many is the partial file's length.</summary>
    Receiving,

    /// <summary>All bytes are there and passed the checks; the content is being put in its place.</summary>
    Checked,

    /// <summary>The file exists.</summary>
    Completed,

    /// <summary>The content was refused.</summary>
    Refused,
}

/// <summary>A file on its way in. It is the uploader's alone, from the first byte to the last.</summary>
internal sealed class Upload : TenantEntity, IPersonalDraft
{
    private Upload()
    {
    }

    public Upload(Guid id, Guid ownerUserId, string name, long size, DateTime expiresAt)
        : base(id)
    {
        OwnerUserId = ownerUserId;
        Name = name;
        Size = size;
        ExpiresAt = expiresAt;
    }

    public Guid OwnerUserId { get; private set; }

    /// <summary>Always: nobody but the uploader resumes an upload.</summary>
    public bool IsDraft { get; private set; } = true;

    public string Name { get; private set; } = "";

    /// <summary>The size that was announced.</summary>
    public long Size { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    public UploadStatus Status { get; private set; }

    /// <summary>
    /// Known once checked. Saved before the content is renamed into place, so that after a crash in between the content is
    /// found again under it.
    /// </summary>
    public string? Sha256 { get; private set; }

    public string? ContentType { get; private set; }

    public Scanning.ScanState ScanState { get; private set; }

    public Guid? FileId { get; private set; }

    public string? RefusalCode { get; private set; }

    public string? RefusalValues { get; private set; }

    public CheckedContent? Content => Sha256 is null ? null : new CheckedContent(Size, Sha256, ContentType!, ScanState);

    public void PassChecks(CheckedContent content)
    {
        Require(UploadStatus.Receiving);
        Status = UploadStatus.Checked;
        Sha256 = content.Sha256;
        ContentType = content.ContentType;
        ScanState = content.ScanState;
    }

    public void Complete(Guid fileId)
    {
        Require(UploadStatus.Checked);
        Status = UploadStatus.Completed;
        FileId = fileId;
    }

    public void Refuse(BusinessException reason)
    {
        Require(UploadStatus.Receiving);
        Status = UploadStatus.Refused;
        RefusalCode = reason.Code;
        RefusalValues = JsonSerializer.Serialize(reason.Values);
    }

    /// <summary>Says again what was wrong: an answer may have been lost on its way.</summary>
    public void ThrowIfRefused()
    {
        if (Status != UploadStatus.Refused)
        {
            return;
        }

        var refusal = new BusinessException(RefusalCode!);
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(RefusalValues!)!)
        {
            refusal.WithData(name, value);
        }

        throw refusal;
    }

    private void Require(UploadStatus expected)
    {
        if (Status != expected)
        {
            throw new InvalidOperationException($"Upload {Id} is {Status}, not {expected}.");
        }
    }
}

internal sealed class UploadConfiguration : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.ToTable("FilesUploads");
        builder.Ignore(x => x.Content);
        builder.Property(x => x.Name).HasMaxLength(FileNames.MaxLength);
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.Property(x => x.ContentType).HasMaxLength(120);
        builder.Property(x => x.RefusalCode).HasMaxLength(60);
        builder.Property(x => x.RefusalValues).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OwnerUserId, x.Status });
        builder.HasIndex(x => x.ExpiresAt);
        builder.HasIndex(x => x.Sha256);
    }
}
