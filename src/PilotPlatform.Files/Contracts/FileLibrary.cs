using PilotPlatform.Tenancy;

namespace PilotPlatform.Files;

/// <summary>A stored file as other modules see it.</summary>
/// <param name="Id">The file's id.</param>
/// <param name="Name">The name it was uploaded under.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ContentType">What its magic bytes say it is.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Owner">The region whose file it is.</param>
/// <param name="IsDraft">True until it is part of something submitted: only its own region sees it.</param>
/// <param name="CreatedAt">When it was uploaded (UTC).</param>
public sealed record StoredFileInfo(
    Guid Id, string Name, long Size, string ContentType, string Sha256, TenantRef Owner, bool IsDraft, DateTime CreatedAt);

/// <summary>Files within the caller's scope. Downloads go through <c>GET /api/files/{id}/content</c>, which logs them.</summary>
public interface IFileLibrary
{
    /// <summary>The files that the caller may see, of those named.</summary>
    Task<IReadOnlyDictionary<Guid, StoredFileInfo>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>The files of the caller's own region in the order given: what it hands over. Another region's is as good as none, also where it may be read.</summary>
    /// <param name="ids">Which files.</param>
    /// <param name="field">The input's field that names them.</param>
    /// <param name="unknownCode">The calling module's code for a file that is not there.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="Errors.InputException">One of them is not there, or another region's.</exception>
    Task<IReadOnlyList<StoredFileInfo>> FindOwnAsync(IReadOnlyCollection<Guid> ids, string field, string unknownCode, CancellationToken cancellationToken);

    /// <summary>
    /// Makes files part of something submitted: regions above see them from now on. Saved by the caller's SaveChanges.
    /// </summary>
    /// <exception cref="Errors.NotFoundException">One of them is not the caller's.</exception>
    Task ReleaseAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Stores a stream (generated or seeded content) with the same checks as an upload. Saved by the caller's SaveChanges.</summary>
    Task<StoredFileInfo> StoreAsync(Stream content, string name, bool isDraft, CancellationToken cancellationToken);

    /// <summary>Opens a file that the caller may see.</summary>
    /// <exception cref="Errors.NotFoundException">There is none such for the caller.</exception>
    Task<Stream> OpenReadAsync(Guid id, CancellationToken cancellationToken);
}
