using System.Net;

namespace PilotPlatform.Crash.Tests;

/// <summary>A body whose first part goes out at once and whose rest is held back until the test lets it go, if ever.</summary>
internal sealed class HeldContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly int first;
    private readonly TaskCompletionSource firstSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource allSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldContent(ReadOnlyMemory<byte> bytes, int first, string contentType)
    {
        this.bytes = bytes;
        this.first = first;
        Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(contentType);
    }

    /// <summary>The first part has been handed to the network.</summary>
    public Task FirstSent => firstSent.Task;

    /// <summary>The whole body has been handed to the network.</summary>
    public Task AllSent => allSent.Task;

    public void Release() => released.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(bytes[..first]);
        await stream.FlushAsync();
        firstSent.TrySetResult();
        await released.Task;
        await stream.WriteAsync(bytes[first..]);
        await stream.FlushAsync();
        allSent.TrySetResult();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
