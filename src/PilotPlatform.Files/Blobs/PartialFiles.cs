using Microsoft.Extensions.Options;
using PilotPlatform.Errors;

namespace PilotPlatform.Files.Blobs;

/// <summary>
/// The bytes of unfinished uploads. A partial file's length is the upload's offset: there is no second place that a
/// crash could leave in disagreement with it.
/// </summary>
internal sealed class PartialFiles(IOptions<FilesOptions> options)
{
    private const int BufferSize = 80 * 1024;

    private string Root => Directory.CreateDirectory(Path.Combine(options.Value.RequiredDirectory, "partial")).FullName;

    public string PathOf(Guid id) => Path.Combine(Root, id.ToString("N"));

    public bool Exists(Guid id) => File.Exists(PathOf(id));

    public long LengthOf(Guid id)
    {
        var file = new FileInfo(PathOf(id));
        return file.Exists ? file.Length : 0;
    }

    /// <summary>Keeps every other request, on this node or another, away from the upload until disposed.</summary>
    /// <exception cref="BusinessException"><see cref="FilesErrorCodes.UploadLocked"/> when another holds it.</exception>
    public IDisposable Lock(Guid id)
    {
        try
        {
            return new FileStream(LockPathOf(id), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException error) when (IsSharingViolation(error))
        {
            throw new BusinessException(FilesErrorCodes.UploadLocked);
        }
    }

    /// <summary>
    /// Appends at most <paramref name="atMost"/> bytes; what has arrived when the client goes away is kept. The bytes are
    /// on the disk when this returns.
    /// </summary>
    /// <returns>True when the body held more than that.</returns>
    public async Task<bool> AppendAsync(Guid id, Stream body, long atMost, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(PathOf(id), FileMode.Append, FileAccess.Write, FileShare.Read, 0, FileOptions.Asynchronous);
        var buffer = new byte[BufferSize];
        try
        {
            while (true)
            {
                var read = await body.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                {
                    return false;
                }

                var taken = (int)Math.Min(read, atMost);
                // A chunk that has been read is written whole, whether or not the client is still there.
                await file.WriteAsync(buffer.AsMemory(0, taken), CancellationToken.None);
                atMost -= taken;
                if (taken < read)
                {
                    return true;
                }
            }
        }
        finally
        {
            file.Flush(flushToDisk: true);
        }
    }

    public FileStream OpenRead(Guid id) =>
        new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public void Delete(Guid id)
    {
        File.Delete(PathOf(id));
        File.Delete(LockPathOf(id));
    }

    /// <summary>The ids that have files here, with the time of the last write (UTC).</summary>
    public IReadOnlyList<(Guid Id, DateTime WrittenAt)> List() =>
    [
        .. new DirectoryInfo(Root).EnumerateFiles()
            .Select(f => (Known: Guid.TryParseExact(Path.GetFileNameWithoutExtension(f.Name), "N", out var id), Id: id, f.LastWriteTimeUtc))
            .Where(x => x.Known)
            .GroupBy(x => x.Id)
            .Select(g => (g.Key, g.Max(x => x.LastWriteTimeUtc))),
    ];

    // The lock is a file of its own, so that the partial file can be renamed while it is held.
    private string LockPathOf(Guid id) => PathOf(id) + ".lock";

    private static bool IsSharingViolation(IOException error) =>
        // EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
        error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
