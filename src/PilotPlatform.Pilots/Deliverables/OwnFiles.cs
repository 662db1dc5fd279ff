using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Pilots.Deliverables;

/// <summary>The caller's region hands over its own files only; another region's is as good as none.</summary>
internal sealed class OwnFiles(IFileLibrary files, ICurrentScope scope)
{
    /// <summary>The files in the order given.</summary>
    /// <exception cref="InputException">One of them is not there, or another region's.</exception>
    public async Task<IReadOnlyList<SubmissionFile>> FindAsync(IReadOnlyCollection<Guid> fileIds, string field, CancellationToken cancellationToken)
    {
        if (fileIds.Count == 0)
        {
            return [];
        }

        var found = await files.FindAsync(fileIds, cancellationToken);
        var own = scope.RequiredTenant.Id;
        if (fileIds.Any(f => !found.TryGetValue(f, out var info) || info.Owner.Id != own))
        {
            throw new InputException(field, PilotsErrorCodes.UnknownFile);
        }

        return [.. fileIds.Select(f => found[f]).Select(f => new SubmissionFile(f.Id, f.Name, f.Size, f.ContentType, f.Sha256))];
    }
}
