using System.Diagnostics;

namespace PilotPlatform.Documents.Processes;

/// <summary>Finds and runs programs of the machine, and ends them with everything they started.</summary>
internal static class ExternalProgram
{
    /// <summary>The program at the given path, or the first of that name on the PATH; null where there is none.</summary>
    public static string? Find(string? path, string name)
    {
        if (path is not null)
        {
            return File.Exists(path) ? path : null;
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>LibreOffice's program.</summary>
    public static string? FindSoffice(string? path) => Find(path, OperatingSystem.IsWindows() ? "soffice.com" : "soffice");

    /// <summary>Runs it to its end and returns what it said.</summary>
    /// <exception cref="TimeoutException">It took longer than allowed and was ended.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be run.</exception>
    public static async Task<(int ExitCode, string Said)> RunAsync(
        ProcessStartInfo start, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{start.FileName} took longer than {limit}.");
        }
        finally
        {
            // A program may start others, as soffice does: it and its own children end, and no other process of that name.
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }
}
