using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tests;

/// <remarks>In one collection with whatever else starts processes: a script cannot run while a fork still has it open.</remarks>
[Collection("Processes")]
public sealed class PdfConverterTests
{
    // Has a child, as the real one does, and says which once it runs.
    private const string WaitsForever = "sleep 600 & echo $! > \"$0.tmp\"; mv \"$0.tmp\" \"$0.child\"; wait";

    [Fact]
    public async Task Convert_WhenLibreOfficeIsAbsent_SaysSo()
    {
        using var services = Word.Services(("Documents:Pdf:SofficePath", "/nowhere/soffice"));
        var converter = services.GetRequiredService<IPdfConverter>();

        converter.IsAvailable.ShouldBeFalse();
        var failure = await Should.ThrowAsync<PdfConversionException>(
            () => converter.ConvertAsync(new MemoryStream(), new MemoryStream(), CancellationToken.None));

        failure.Failure.ShouldBe(PdfConversionFailure.ConverterMissing);
        failure.Message.ShouldContain("/nowhere/soffice");
    }

    [UnixFact]
    public async Task Convert_WhenTheProgramMakesNothing_SaysWhatItSaid()
    {
        using var program = new Script("echo 'source file could not be loaded' >&2");
        using var services = Word.Services(("Documents:Pdf:SofficePath", program.Path));

        var failure = await Should.ThrowAsync<PdfConversionException>(() => services.GetRequiredService<IPdfConverter>()
            .ConvertAsync(new MemoryStream(), new MemoryStream(), CancellationToken.None));

        failure.Failure.ShouldBe(PdfConversionFailure.Refused);
        failure.Message.ShouldContain("source file could not be loaded");
    }

    [UnixFact]
    public async Task Convert_WhenItTakesTooLong_EndsTheProgramAndItsChildren()
    {
        using var program = new Script(WaitsForever);
        using var services = Word.Services(
            ("Documents:Pdf:SofficePath", program.Path), ("Documents:Pdf:Timeout", "00:00:02"));

        var failure = await Should.ThrowAsync<PdfConversionException>(() => services.GetRequiredService<IPdfConverter>()
            .ConvertAsync(new MemoryStream(), new MemoryStream(), CancellationToken.None));

        failure.Failure.ShouldBe(PdfConversionFailure.TimedOut);
        program.ChildHasEnded().ShouldBeTrue();
    }

    [UnixFact]
    public async Task Convert_WhenCancelledWhileRunning_EndsTheProgramAndItsChildren()
    {
        using var program = new Script(WaitsForever);
        using var services = Word.Services(("Documents:Pdf:SofficePath", program.Path));
        using var cancel = new CancellationTokenSource();
        using var pdf = new MemoryStream();
        program.Started += cancel.Cancel;

        await Should.ThrowAsync<OperationCanceledException>(() => services.GetRequiredService<IPdfConverter>()
            .ConvertAsync(new MemoryStream(), pdf, cancel.Token));

        pdf.Length.ShouldBe(0);
        program.ChildHasEnded().ShouldBeTrue();
    }

    /// <summary>A program of our own in the place of LibreOffice.</summary>
    private sealed class Script : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pilot-documents-test-");

        private readonly FileSystemWatcher _watcher;

        public Script(string commands)
        {
            _watcher = new FileSystemWatcher(_folder.FullName) { EnableRaisingEvents = true };
            _watcher.Renamed += (_, _) => Started?.Invoke();
            Path = System.IO.Path.Combine(_folder.FullName, "soffice");
            File.WriteAllText(Path, $"#!/bin/sh\n{commands}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        public event Action? Started;

        public string Path { get; }

        public bool ChildHasEnded()
        {
            // A process that was ended is still listed until its parent has taken note of it.
            var state = $"/proc/{File.ReadAllText(Path + ".child").Trim()}/stat";
            return !File.Exists(state) || File.ReadAllText(state).Contains(") Z", StringComparison.Ordinal);
        }

        public void Dispose()
        {
            _watcher.Dispose();
            _folder.Delete(recursive: true);
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute()
        {
            if (!OperatingSystem.IsLinux())
            {
                Skip = "Needs a shell script and /proc.";
            }
        }
    }
}
