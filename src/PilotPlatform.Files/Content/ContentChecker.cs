using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PilotPlatform.Errors;
using PilotPlatform.Files.Scanning;
using PilotPlatform.Localization;

namespace PilotPlatform.Files.Content;

/// <summary>Content that passed every check.</summary>
internal sealed record CheckedContent(long Size, string Sha256, string ContentType, ScanState ScanState);

/// <summary>The checks that every file passes before it is stored, however it came.</summary>
internal sealed class ContentChecker(IOptions<FilesOptions> options, IContentScanner scanner, Texts texts)
{
    /// <summary>What can be said before a byte is sent.</summary>
    public void CheckAnnouncement(string name, long size)
    {
        if (size > options.Value.MaxBytes)
        {
            throw new BusinessException(FilesErrorCodes.TooLarge)
                .WithData("limit", InWords(options.Value.MaxBytes)).WithData("actual", InWords(size))
                .WithData("limitBytes", options.Value.MaxBytes).WithData("actualBytes", size);
        }

        if (size <= 0)
        {
            throw new BusinessException(FilesErrorCodes.Empty).WithData("name", name);
        }

        Allowed(name);
    }

    /// <summary>Reads the content through: hash, kind by its bytes, virus scan.</summary>
    public async Task<CheckedContent> CheckAsync(string name, FileStream content, CancellationToken cancellationToken)
    {
        CheckAnnouncement(name, content.Length);
        var allowed = Allowed(name);
        var kind = ContentInspector.Inspect(content);
        if (!allowed.Kinds.Contains(kind))
        {
            throw new BusinessException(FilesErrorCodes.ContentMismatch)
                .WithData("name", name).WithData("extension", "." + FileNames.ExtensionOf(name))
                .WithData("expected", texts.Of(allowed.Kinds[0])).WithData("found", texts.Of(kind));
        }

        content.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        var scan = await scanner.ScanAsync(content, cancellationToken);
        return scan.State == ScanState.Infected
            ? throw new BusinessException(FilesErrorCodes.Infected).WithData("name", name).WithData("signature", scan.Signature)
            : new CheckedContent(content.Length, hash, allowed.ContentType, scan.State);
    }

    private static AllowedExtension Allowed(string name) =>
        AllowedExtensions.All.GetValueOrDefault(FileNames.ExtensionOf(name))
        ?? throw new BusinessException(FilesErrorCodes.ExtensionNotAllowed)
            .WithData("extension", FileNames.ExtensionOf(name) is { Length: > 0 } extension ? "." + extension : name)
            .WithData("allowed", AllowedExtensions.Listed);

    private static string InWords(long bytes) => bytes switch
    {
        >= 1024 * 1024 => FormattableString.Invariant($"{bytes / (1024.0 * 1024):0.#} MB"),
        >= 1024 => FormattableString.Invariant($"{bytes / 1024.0:0.#} KB"),
        _ => FormattableString.Invariant($"{bytes} B"),
    };
}
