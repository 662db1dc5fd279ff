namespace PilotPlatform.Files.Blobs;

/// <summary>Keeps content under its SHA-256. The one seam behind which object storage would stand instead of a directory.</summary>
internal interface IBlobStore
{
    /// <summary>Takes a finished local file over as the content of <paramref name="sha256"/>; content that is there already is replaced by the same.</summary>
    void TakeOver(string path, string sha256);

    bool Exists(string sha256);

    /// <summary>Opens content for reading; the stream can seek.</summary>
    Stream OpenRead(string sha256);

    /// <summary>Every stored content with the time it was last taken over (UTC).</summary>
    IEnumerable<(string Sha256, DateTime TakenOverAt)> List();

    /// <summary>Removes content unless it was taken over again after <paramref name="notAfter"/>.</summary>
    bool Delete(string sha256, DateTime notAfter);
}
