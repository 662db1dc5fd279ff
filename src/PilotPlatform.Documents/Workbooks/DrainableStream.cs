namespace PilotPlatform.Documents.Workbooks;

/// <summary>
/// Takes what the XML writer writes synchronously and hands it on asynchronously from time to time: a web server's
/// response refuses synchronous writes, and the whole table must not wait in memory.
/// </summary>
internal sealed class DrainableStream(Stream output) : Stream
{
    private readonly MemoryStream _waiting = new();
    private long _drained;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _drained + _waiting.Length;
        set => throw new NotSupportedException();
    }

    /// <summary>How much is waiting.</summary>
    public long Waiting => _waiting.Length;

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _waiting.Position = 0;
        await _waiting.CopyToAsync(output, cancellationToken);
        _drained += _waiting.Length;
        _waiting.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);

    public override void Flush()
    {
        // Nothing to do: DrainAsync decides when bytes move on.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
