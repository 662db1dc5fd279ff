namespace PilotPlatform.Files.Scanning;

/// <summary>Whether a virus scanner has looked at a file.</summary>
internal enum ScanState
{
    /// <summary>No scanner is configured.</summary>
    NotScanned,

    /// <summary>The scanner found nothing.</summary>
    Clean,

    /// <summary>The scanner found something; such a file is refused and never stored.</summary>
    Infected,
}

/// <summary>What a scanner says.</summary>
/// <param name="State">Whether it looked.</param>
/// <param name="Signature">What it found; null when nothing.</param>
internal sealed record ScanOutcome(ScanState State, string? Signature);

internal interface IContentScanner
{
    /// <exception cref="Errors.BusinessException"><see cref="FilesErrorCodes.ScannerUnavailable"/>.</exception>
    Task<ScanOutcome> ScanAsync(Stream content, CancellationToken cancellationToken);
}

/// <summary>Says honestly that nobody looked.</summary>
internal sealed class NoScanner : IContentScanner
{
    public Task<ScanOutcome> ScanAsync(Stream content, CancellationToken cancellationToken) =>
        Task.FromResult(new ScanOutcome(ScanState.NotScanned, null));
}
