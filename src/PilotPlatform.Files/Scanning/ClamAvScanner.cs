using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PilotPlatform.Errors;

namespace PilotPlatform.Files.Scanning;

/// <summary>Sends content to clamd by its INSTREAM command; a scanner that does not answer lets nothing pass.</summary>
internal sealed class ClamAvScanner(IOptions<FilesOptions> options, ILogger<ClamAvScanner> logger) : IContentScanner
{
    public async Task<ScanOutcome> ScanAsync(Stream content, CancellationToken cancellationToken)
    {
        string answer;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.ClamAv.Timeout);
        try
        {
            answer = await AskAsync(content, limit.Token);
        }
        catch (Exception error) when (error is SocketException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogError(error, "The virus scanner at {Host}:{Port} does not answer.", options.Value.ClamAv.Host, options.Value.ClamAv.Port);
            throw new BusinessException(FilesErrorCodes.ScannerUnavailable);
        }

        const string found = " FOUND";
        if (answer == "stream: OK")
        {
            return new ScanOutcome(ScanState.Clean, null);
        }

        if (answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(found, StringComparison.Ordinal))
        {
            return new ScanOutcome(ScanState.Infected, answer["stream: ".Length..^found.Length]);
        }

        logger.LogError("The virus scanner refused to scan: {Answer}", answer);
        throw new BusinessException(FilesErrorCodes.ScannerUnavailable);
    }

    private async Task<string> AskAsync(Stream content, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(options.Value.ClamAv.Host!, options.Value.ClamAv.Port, cancellationToken);
        await using var network = client.GetStream();
        await network.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
        var chunk = new byte[4 + 64 * 1024];
        content.Position = 0;
        while (await content.ReadAsync(chunk.AsMemory(4), cancellationToken) is var read and > 0)
        {
            BinaryPrimitives.WriteInt32BigEndian(chunk, read);
            await network.WriteAsync(chunk.AsMemory(0, 4 + read), cancellationToken);
        }

        await network.WriteAsync(new byte[4], cancellationToken);
        var answer = new MemoryStream();
        var buffer = new byte[512];
        while (answer.Length < 4096 && await network.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            answer.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(answer.ToArray()).TrimEnd('\0', '\n');
    }
}
