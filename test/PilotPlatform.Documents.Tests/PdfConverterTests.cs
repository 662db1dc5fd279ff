using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tests;

public sealed class PdfConverterTests
{
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
        using var program = new Script("sleep 600 & echo $! > \"$0.child\"; wait");
        using var services = Word.Services(
            ("Documents:Pdf:SofficePath", program.Path), ("Documents:Pdf:Timeout", "00:00:00.500"));

        var failure = await Should.ThrowAsync<PdfConversionException>(() => services.GetRequiredService<IPdfConverter>()
            .ConvertAsync(new MemoryStream(), new MemoryStream(), CancellationToken.None));

        failure.Failure.ShouldBe(PdfConversionFailure.TimedOut);
        var child = File.ReadAllText(program.Path + ".child").Trim();
        // A process that was ended may still be listed until its parent has taken note of it.
        var state = $"/proc/{child}/stat";
        (!File.Exists(state) || File.ReadAllText(state).Contains(") Z", StringComparison.Ordinal)).ShouldBeTrue();
    }

    /// <summary>A program of our own in the place of LibreOffice.</summary>
    private sealed class Script : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pilot-documents-test-");

        public Script(string commands)
        {
            Path = System.IO.Path.Combine(_folder.FullName, "soffice");
            File.WriteAllText(Path, $"#!/bin/sh\n{commands}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        public string Path { get; }

        public void Dispose() => _folder.Delete(recursive: true);
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
