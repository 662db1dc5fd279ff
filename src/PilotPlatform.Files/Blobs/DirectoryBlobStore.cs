using Microsoft.Extensions.Options;
using PilotPlatform.Time;

namespace PilotPlatform.Files.Blobs;

/// <summary>Blobs in a directory tree: <c>blobs/ab/cd/abcd…</c>, put there by an atomic rename of a file that is on the disk already.</summary>
internal sealed class DirectoryBlobStore(IOptions<FilesOptions> options, TimeProvider time) : IBlobStore
{
    private string Root => Path.Combine(options.Value.RequiredDirectory, "blobs");

    public void TakeOver(string path, string sha256)
    {
        var target = PathOf(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // The time tells the sweeper that somebody has just laid claim to the content. Replacing what is there by the
        // same bytes renews it, so that an orphan about to be swept is not swept under a new row's feet.
        File.SetLastWriteTimeUtc(path, time.UtcNow());
        File.Move(path, target, overwrite: true);
    }

    public bool Exists(string sha256) => File.Exists(PathOf(sha256));

    public Stream OpenRead(string sha256) => new FileStream(
        PathOf(sha256), new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        });

    public IEnumerable<(string Sha256, DateTime TakenOverAt)> List() =>
        Directory.Exists(Root)
            ? new DirectoryInfo(Root).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.Name.Length == 64).Select(f => (f.Name, f.LastWriteTimeUtc))
            : [];

    public bool Delete(string sha256, DateTime notAfter)
    {
        var path = PathOf(sha256);
        if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) > notAfter)
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    private string PathOf(string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("Not a SHA-256 in lower-case hexadecimal.", nameof(sha256));
        }

        return Path.Combine(Root, sha256[..2], sha256[2..4], sha256);
    }
}
