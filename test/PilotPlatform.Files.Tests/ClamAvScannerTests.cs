using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PilotPlatform.Errors;
using PilotPlatform.Files.Scanning;

namespace PilotPlatform.Files.Tests;

public sealed class ClamAvScannerTests
{
    [Fact]
    public async Task Scan_SendsTheContentAndReadsClean()
    {
        var content = new byte[200_000];
        Random.Shared.NextBytes(content);
        var (outcome, received) = await ScanAsync(content, "stream: OK\0");
        outcome.ShouldBe(new ScanOutcome(ScanState.Clean, null));
        received.ShouldBe(content);
    }

    [Fact]
    public async Task Scan_WhenSomethingIsFound_NamesIt() =>
        (await ScanAsync([1], "stream: Eicar-Test-Signature FOUND\0")).Outcome.ShouldBe(new ScanOutcome(ScanState.Infected, "Eicar-Test-Signature"));

    [Fact]
    public async Task Scan_WhenScannerRefuses_LetsNothingPass() =>
        (await Should.ThrowAsync<BusinessException>(() => ScanAsync([1], "INSTREAM size limit exceeded. ERROR\0"))).Code.ShouldBe(FilesErrorCodes.ScannerUnavailable);

    [Fact]
    public async Task Scan_WhenNobodyListens_LetsNothingPass()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        (await Should.ThrowAsync<BusinessException>(() => Scanner(port).ScanAsync(new MemoryStream([1]), default))).Code.ShouldBe(FilesErrorCodes.ScannerUnavailable);
    }

    private static async Task<(ScanOutcome Outcome, byte[] Received)> ScanAsync(byte[] content, string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var daemon = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            var command = new byte["zINSTREAM\0".Length];
            await stream.ReadExactlyAsync(command);
            Encoding.ASCII.GetString(command).ShouldBe("zINSTREAM\0");
            var received = new MemoryStream();
            var length = new byte[4];
            while (true)
            {
                await stream.ReadExactlyAsync(length);
                var size = BinaryPrimitives.ReadInt32BigEndian(length);
                if (size == 0)
                {
                    break;
                }

                var chunk = new byte[size];
                await stream.ReadExactlyAsync(chunk);
                received.Write(chunk);
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            return received.ToArray();
        });
        var outcome = await Scanner(((IPEndPoint)listener.LocalEndpoint).Port).ScanAsync(new MemoryStream(content), default);
        return (outcome, await daemon);
    }

    private static ClamAvScanner Scanner(int port) =>
        new(Options.Create(new FilesOptions { ClamAv = { Host = "127.0.0.1", Port = port } }), NullLogger<ClamAvScanner>.Instance);
}
