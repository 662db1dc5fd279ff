using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Files.Blobs;
using PilotPlatform.Files.Content;
using PilotPlatform.Files.Files;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Files.Uploads;

/// <summary>Takes files in by pieces. Rows say what an upload is to become; the partial file alone says how far it is.</summary>
internal sealed class UploadAppService(
    PlatformDbContext db, ICurrentScope scope, PartialFiles partials, IBlobStore blobs, ContentChecker checker,
    IOptions<FilesOptions> options, IIdGenerator ids, TimeProvider time)
{
    public async Task<Upload> CreateAsync(string? name, long size, CancellationToken cancellationToken)
    {
        var clean = FileNames.Sanitise(name);
        checker.CheckAnnouncement(clean, size);
        var now = time.UtcNow();
        var max = options.Value.MaxOpenUploads;
        if (await CountOpenAsync(now, cancellationToken) >= max)
        {
            throw TooMany(max);
        }

        var upload = new Upload(ids.NewId(), scope.RequiredUserId, clean, size, now + options.Value.UploadLifetime);
        db.Add(upload);
        await db.SaveChangesAsync(cancellationToken);
        if (await CountOpenAsync(now, cancellationToken) > max)
        {
            // Others were begun at the same moment, and counted what this one did.
            db.Remove(upload);
            await db.SaveChangesAsync(cancellationToken);
            throw TooMany(max);
        }

        return upload;
    }

    public async Task<(Upload Upload, long Offset)> StateAsync(Guid id, CancellationToken cancellationToken)
    {
        var upload = await LoadAsync(id, cancellationToken);
        upload.ThrowIfRefused();
        return (upload, OffsetOf(upload));
    }

    /// <summary>Takes bytes from <paramref name="offset"/> on; the last ones turn the upload into a file.</summary>
    public async Task<(Upload Upload, long Offset)> AppendAsync(Guid id, long offset, long? length, Stream body, CancellationToken cancellationToken)
    {
        await LoadAsync(id, cancellationToken);
        using var held = partials.Lock(id);
        var upload = await ReloadAsync(id, cancellationToken);
        upload.ThrowIfRefused();
        var present = OffsetOf(upload);
        if (offset != present)
        {
            throw new BusinessException(FilesErrorCodes.OffsetMismatch).WithData("expected", present).WithData("actual", offset);
        }

        if (length > upload.Size - present)
        {
            throw TooMuch(upload);
        }

        if (upload.Status == UploadStatus.Receiving && present < upload.Size)
        {
            var more = await partials.AppendAsync(id, body, upload.Size - present, cancellationToken);
            var expires = time.UtcNow() + options.Value.UploadLifetime;
            await db.Set<Upload>().Where(u => u.Id == id).ExecuteUpdateAsync(s => s.SetProperty(u => u.ExpiresAt, expires), cancellationToken);
            if (more)
            {
                throw TooMuch(upload);
            }
        }

        if (OffsetOf(upload) == upload.Size)
        {
            await FinishAsync(upload, cancellationToken);
        }

        return (upload, OffsetOf(upload));
    }

    /// <summary>The file that the upload became; finishes it first when the server fell before it could.</summary>
    public async Task<StoredFileDto> FileAsync(Guid id, CancellationToken cancellationToken)
    {
        var upload = await LoadAsync(id, cancellationToken);
        if (upload.Status != UploadStatus.Completed)
        {
            upload.ThrowIfRefused();
            if (OffsetOf(upload) < upload.Size)
            {
                throw new BusinessException(FilesErrorCodes.UploadIncomplete).WithData("received", OffsetOf(upload)).WithData("size", upload.Size);
            }

            using var held = partials.Lock(id);
            upload = await ReloadAsync(id, cancellationToken);
            upload.ThrowIfRefused();
            await FinishAsync(upload, cancellationToken);
        }

        var content = upload.Content!;
        return new StoredFileDto(upload.FileId!.Value, upload.Name, content.Size, content.ContentType, content.Sha256);
    }

    public async Task TerminateAsync(Guid id, CancellationToken cancellationToken)
    {
        var upload = await LoadAsync(id, cancellationToken);
        using (partials.Lock(id))
        {
            db.Remove(upload);
            await db.SaveChangesAsync(cancellationToken);
        }

        partials.Delete(id);
    }

    /// <summary>
    /// Check → say so in the row → rename into place → file row and completion in one transaction. Wherever the server
    /// falls, the next call goes on from the row: unchecked content is still the partial file, checked content is either
    /// still there or already in its place.
    /// </summary>
    private async Task FinishAsync(Upload upload, CancellationToken cancellationToken)
    {
        if (upload.Status == UploadStatus.Receiving)
        {
            try
            {
                await using var stream = partials.OpenRead(upload.Id);
                upload.PassChecks(await checker.CheckAsync(upload.Name, stream, cancellationToken));
            }
            catch (BusinessException refusal) when (refusal.Code != FilesErrorCodes.ScannerUnavailable)
            {
                upload.Refuse(refusal);
                await db.SaveChangesAsync(cancellationToken);
                partials.Delete(upload.Id);
                throw;
            }

            await db.SaveChangesAsync(cancellationToken);
        }

        if (upload.Status == UploadStatus.Checked)
        {
            if (partials.Exists(upload.Id))
            {
                blobs.TakeOver(partials.PathOf(upload.Id), upload.Sha256!);
            }
            else if (!blobs.Exists(upload.Sha256!))
            {
                throw new InvalidOperationException($"The content of upload {upload.Id} is neither among the partial files nor among the blobs.");
            }

            var file = new StoredFile(ids.NewId(), upload.Name, upload.Content!, isDraft: true);
            db.Add(file);
            upload.Complete(file.Id);
            await db.SaveChangesAsync(cancellationToken);
            partials.Delete(upload.Id);
        }
    }

    private Task<int> CountOpenAsync(DateTime now, CancellationToken cancellationToken) => db.Set<Upload>().CountAsync(
        u => u.OwnerUserId == scope.RequiredUserId && u.Status == UploadStatus.Receiving && u.ExpiresAt > now, cancellationToken);

    private long OffsetOf(Upload upload) =>
        upload.Status is UploadStatus.Checked or UploadStatus.Completed ? upload.Size : partials.LengthOf(upload.Id);

    private async Task<Upload> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.UtcNow();
        return await db.Set<Upload>().SingleOrDefaultAsync(u => u.Id == id && u.OwnerUserId == scope.RequiredUserId && u.ExpiresAt > now, cancellationToken)
            ?? throw new NotFoundException(nameof(Upload), id);
    }

    // Another request may have finished the upload before this one got the lock.
    private async Task<Upload> ReloadAsync(Guid id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        return await LoadAsync(id, cancellationToken);
    }

    private static BusinessException TooMany(int max) => new BusinessException(FilesErrorCodes.TooManyUploads).WithData("max", max);

    private static BusinessException TooMuch(Upload upload) =>
        new BusinessException(FilesErrorCodes.MoreThanAnnounced).WithData("size", upload.Size);
}
