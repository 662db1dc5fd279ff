using PilotPlatform.Files;

namespace PilotPlatform.Pilots.Deliverables;

internal static class OwnFiles
{
    /// <summary>The caller's region's own files as a version keeps them, in the order given.</summary>
    /// <exception cref="Errors.InputException">One of them is not there, or another region's.</exception>
    public static async Task<IReadOnlyList<SubmissionFile>> OwnAsync(
        this IFileLibrary files, IReadOnlyCollection<Guid> fileIds, string field, CancellationToken cancellationToken) =>
        [
            .. (await files.FindOwnAsync(fileIds, field, PilotsErrorCodes.UnknownFile, cancellationToken))
                .Select(f => new SubmissionFile(f.Id, f.Name, f.Size, f.ContentType, f.Sha256)),
        ];
}
