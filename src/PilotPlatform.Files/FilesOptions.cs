namespace PilotPlatform.Files;

/// <summary>The section <c>Files</c> of the configuration.</summary>
internal sealed class FilesOptions
{
    public const string Section = "Files";

    /// <summary>Where blobs and unfinished uploads lie; all nodes must see the same directory.</summary>
    public string? Directory { get; set; }

    public long MaxBytes { get; set; } = 200L * 1024 * 1024;

    /// <summary>How long an upload may rest before it counts as abandoned.</summary>
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many unfinished uploads one person may have: a bound on the disk that one account can fill.</summary>
    public int MaxOpenUploads { get; set; } = 50;

    /// <summary>A blob that no row names is removed after this time; until then a transaction may still be on its way.</summary>
    public TimeSpan OrphanAge { get; set; } = TimeSpan.FromHours(24);

    public ClamAvOptions ClamAv { get; set; } = new();

    public string RequiredDirectory => string.IsNullOrWhiteSpace(Directory)
        ? throw new InvalidOperationException("Set Files:Directory, for instance by the environment variable Files__Directory.")
        : Directory;
}

internal sealed class ClamAvOptions
{
    /// <summary>Empty: files are not scanned, and say so.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 3310;

    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}
