using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PilotPlatform.Data;
using PilotPlatform.Replication.Practices;

namespace PilotPlatform.Replication.Reports;

/// <summary>One download of a report, in the books of the region that downloaded: who, which version, which bytes.</summary>
internal sealed class DownloadRecord : TenantEntity
{
    private DownloadRecord()
    {
    }

    public DownloadRecord(Guid id, Practice practice, Guid userId, string userName, string sha256, DateTime at)
        : base(id)
    {
        PracticeId = practice.Id;
        Version = practice.Version;
        UserId = userId;
        UserName = userName;
        Sha256 = sha256;
        At = at;
    }

    public Guid PracticeId { get; private set; }

    public int Version { get; private set; }

    public Guid UserId { get; private set; }

    public string UserName { get; private set; } = "";

    public string Sha256 { get; private set; } = "";

    public DateTime At { get; private set; }
}

/// <summary>The same download in the books of the region that certified the practice: which region, which version; not who.</summary>
internal sealed class DownloadNotice : TenantEntity
{
    private DownloadNotice()
    {
    }

    public DownloadNotice(Guid id, Practice practice, Guid regionId, string regionName, int version, DateTime at)
        : base(id, practice.Owner)
    {
        PracticeId = practice.Id;
        RegionId = regionId;
        RegionName = regionName;
        Version = version;
        At = at;
    }

    public Guid PracticeId { get; private set; }

    public Guid RegionId { get; private set; }

    public string RegionName { get; private set; } = "";

    public int Version { get; private set; }

    public DateTime At { get; private set; }
}

internal sealed class DownloadRecordConfiguration : IEntityTypeConfiguration<DownloadRecord>
{
    public void Configure(EntityTypeBuilder<DownloadRecord> builder)
    {
        builder.ToTable("ReplicationDownloads");
        builder.Property(x => x.UserName).HasMaxLength(100);
        builder.Property(x => x.Sha256).HasMaxLength(64);
        builder.HasIndex(x => new { x.TenantPath, x.At });
    }
}

internal sealed class DownloadNoticeConfiguration : IEntityTypeConfiguration<DownloadNotice>
{
    public void Configure(EntityTypeBuilder<DownloadNotice> builder)
    {
        builder.ToTable("ReplicationDownloadNotices");
        builder.Property(x => x.RegionName).HasMaxLength(60);
        builder.HasIndex(x => new { x.TenantPath, x.PracticeId, x.At });
    }
}
