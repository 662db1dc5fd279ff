using System.Collections.Concurrent;
using System.Diagnostics;

namespace PilotPlatform.Crash.Tests;

/// <summary>A program of the product as a process of its own, run from where the build put it.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = [];
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = DirectoryOf(program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])["exec", Path.Combine(DirectoryOf(program), program + ".dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        // The test's own process may be told its environment by variables; the child gets what the test says.
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || k.StartsWith("DOTNET_ENVIRONMENT", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"{program} ended before it listened."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where the server listens: a loopback port of its own choice.</summary>
    public Uri Address { get; private set; } = null!;

    public string Output => string.Join('\n', output);

    public static async Task<HostProcess> ServeAsync(IReadOnlyDictionary<string, string> environment)
    {
        var host = new HostProcess("PilotPlatform.HttpApi.Host", new Dictionary<string, string>(environment) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" });
        try
        {
            host.Address = await host.listening.Task.WaitAsync(StartLimit);
            return host;
        }
        catch (Exception error)
        {
            var said = host.Output;
            await host.DisposeAsync();
            throw new InvalidOperationException($"The server did not start: {error.Message}\n{said}", error);
        }
    }

    /// <summary>Runs a program that ends by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var host = new HostProcess(program, environment, arguments);
        using var limit = new CancellationTokenSource(StartLimit);
        await host.process.WaitForExitAsync(limit.Token);
        return (host.process.ExitCode, host.Output);
    }

    /// <summary>Ends it as a power cut would: nothing is told to it.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);
        var at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0)
        {
            listening.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }

    // …/test/PilotPlatform.Crash.Tests/bin/Debug/net10.0/ → …/src/<program>/bin/Debug/net10.0
    private static string DirectoryOf(string program)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = own;
        while (!File.Exists(Path.Combine(root.FullName, "PilotPlatform.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("PilotPlatform.sln was not found above the test's binaries.");
        }

        return Path.Combine(root.FullName, "src", program, "bin", own.Parent!.Name, own.Name);
    }
}
