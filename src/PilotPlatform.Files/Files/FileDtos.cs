using PilotPlatform.Files.Scanning;

namespace PilotPlatform.Files.Files;

/// <summary>A stored file.</summary>
/// <param name="FileId">The file's id, by which other modules refer to it.</param>
/// <param name="Name">The cleaned name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ContentType">What it is served as.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
internal sealed record StoredFileDto(Guid FileId, string Name, long Size, string ContentType, string Sha256);

/// <summary>A stored file with its circumstances.</summary>
/// <param name="FileId">The file's id.</param>
/// <param name="Name">The cleaned name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ContentType">What it is served as.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="RegionId">The region whose file it is.</param>
/// <param name="IsDraft">Only its own region sees it.</param>
/// <param name="ScanState">Whether a virus scanner looked at it.</param>
/// <param name="CreatedAt">When it was uploaded (UTC).</param>
internal sealed record FileDto(
    Guid FileId, string Name, long Size, string ContentType, string Sha256, Guid RegionId, bool IsDraft, ScanState ScanState, DateTime CreatedAt);
