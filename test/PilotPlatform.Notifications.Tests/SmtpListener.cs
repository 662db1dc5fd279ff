using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PilotPlatform.Notifications.Tests;

/// <summary>A mail server that takes whatever comes.</summary>
internal sealed class SmtpListener : IDisposable
{
    private readonly TcpListener listener;

    public SmtpListener(int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = ServeAsync();
    }

    public int Port { get; }

    public List<string> Received { get; } = [];

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        await using var writer = new StreamWriter(stream, Encoding.Latin1, leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync() is { } text and not ".")
                {
                    mail.AppendLine(text);
                }

                Received.Add(mail.ToString());
                await writer.WriteLineAsync("250 taken");
            }
            else if (line == "QUIT")
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }
            else
            {
                await writer.WriteLineAsync("250 ok");
            }
        }
    }
}
