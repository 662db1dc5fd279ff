using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files.Blobs;
using PilotPlatform.Files.Content;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Files.Files;

internal sealed class FileLibrary(
    PlatformDbContext db, ICurrentScope scope, FileAccess access, IBlobStore blobs, PartialFiles partials, ContentChecker checker,
    Microsoft.Extensions.Options.IOptions<FilesOptions> options, IIdGenerator ids, TimeProvider time) : IFileLibrary
{
    public async Task<IReadOnlyDictionary<Guid, StoredFileInfo>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var files = (await db.Set<StoredFile>().AsNoTracking().Where(f => ids.Contains(f.Id)).ToListAsync(cancellationToken))
            .Select(f => f.ToInfo()).ToList();
        if (await access.IsNarrowedAsync(cancellationToken))
        {
            // Each rule may ask the database; only those whose sight is narrowed pay for it.
            var seen = new List<StoredFileInfo>();
            foreach (var file in files)
            {
                if (await access.MayReadAsync(file, cancellationToken))
                {
                    seen.Add(file);
                }
            }

            files = seen;
        }

        return files.ToDictionary(f => f.Id);
    }

    public async Task<IReadOnlyList<StoredFileInfo>> FindOwnAsync(IReadOnlyCollection<Guid> ids, string field, string unknownCode, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var own = scope.RequiredTenant.Id;
        var found = await FindAsync(ids, cancellationToken);
        return ids.All(id => found.TryGetValue(id, out var file) && file.Owner.Id == own)
            ? [.. ids.Select(id => found[id])]
            : throw new InputException(field, unknownCode);
    }

    public async Task ReleaseAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant;
        var wanted = ids.ToHashSet();
        var files = await db.Set<StoredFile>().Where(f => wanted.Contains(f.Id) && f.TenantId == own.Id).ToListAsync(cancellationToken);
        if (wanted.Except(files.Select(f => f.Id)).ToList() is [var missing, ..])
        {
            throw new NotFoundException(nameof(StoredFile), missing);
        }

        foreach (var file in files)
        {
            file.Release();
        }
    }

    public async Task<StoredFileInfo> StoreAsync(Stream content, string name, bool isDraft, CancellationToken cancellationToken)
    {
        var clean = FileNames.Sanitise(name);
        var temporary = ids.NewId();
        try
        {
            // One byte past the limit is enough to know, and the check says so in the usual words.
            await partials.AppendAsync(temporary, content, options.Value.MaxBytes + 1, cancellationToken);
            CheckedContent found;
            await using (var stream = partials.OpenRead(temporary))
            {
                found = await checker.CheckAsync(clean, stream, cancellationToken);
            }

            blobs.TakeOver(partials.PathOf(temporary), found.Sha256);
            var file = new StoredFile(ids.NewId(), clean, found, isDraft);
            db.Add(file);
            var info = file.ToInfo();
            // The row is stamped and given its owner when the caller saves it; the caller is told now.
            return info with { Owner = scope.RequiredTenant, CreatedAt = Time.ChinaTime.UtcNow(time) };
        }
        finally
        {
            partials.Delete(temporary);
        }
    }

    public async Task<Stream> OpenReadAsync(Guid id, CancellationToken cancellationToken) =>
        blobs.OpenRead((await access.RequireAsync(id, cancellationToken)).Sha256);
}
