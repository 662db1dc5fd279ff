using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Documents.Pdf;
using PilotPlatform.Documents.Processes;

namespace PilotPlatform.Documents.Extraction;

/// <summary>Runs LibreOffice or Poppler once for each document, in a folder of its own that is removed afterwards.</summary>
internal sealed class DocumentTextExtractor : IDocumentTextExtractor, IDisposable
{
    // Nobody listens there: whatever a document makes the program ask for over the network is not answered.
    private const string DeadProxy = "http://127.0.0.1:9";

    private readonly TextExtractionOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<DocumentTextExtractor> log;
    private readonly SemaphoreSlim places;

    public DocumentTextExtractor(IOptions<TextExtractionOptions> options, TimeProvider time, ILogger<DocumentTextExtractor> log)
    {
        this.options = options.Value;
        this.time = time;
        this.log = log;
        places = new SemaphoreSlim(this.options.MaximumConcurrency);
    }

    public Task<byte[]> ToDocxAsync(ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        var program = ExternalProgram.FindSoffice(options.SofficePath)
            ?? throw Missing("LibreOffice (soffice)", "Documents:Extraction:SofficePath");
        // Named, or LibreOffice takes whatever it cannot open for plain text and hands back the bytes as letters.
        var filter = document.Span.StartsWith("{\\rtf"u8) ? "Rich Text Format" : document.Span.StartsWith("PK"u8) ? "writer8" : "MS Word 97";
        return InFolderAsync(document, "document.doc", (folder, source) =>
        {
            var profile = Path.Combine(folder, "profile");
            LibreOfficeProfile.WriteForStrangers(profile);
            var start = new ProcessStartInfo(program)
            {
                WorkingDirectory = folder,
                ArgumentList =
                {
                    $"-env:UserInstallation={new Uri(profile).AbsoluteUri}",
                    "--headless", "--norestore", "--nolockcheck", "--nodefault",
                    $"--infilter={filter}",
                    "--convert-to", "docx:MS Word 2007 XML",
                    "--outdir", folder, source,
                },
            };
            return Task.FromResult((start, Path.Combine(folder, "document.docx")));
        }, cancellationToken);
    }

    public async Task<string> TextOfPdfAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellationToken)
    {
        var program = ExternalProgram.Find(options.PdftotextPath, OperatingSystem.IsWindows() ? "pdftotext.exe" : "pdftotext")
            ?? throw Missing("Poppler (pdftotext)", "Documents:Extraction:PdftotextPath");
        var text = await InFolderAsync(pdf, "document.pdf", (folder, source) =>
        {
            var result = Path.Combine(folder, "document.txt");
            var start = new ProcessStartInfo(program)
            {
                WorkingDirectory = folder,
                ArgumentList = { "-layout", "-nopgbrk", "-enc", "UTF-8", "-eol", "unix", source, result },
            };
            return Task.FromResult((start, result));
        }, cancellationToken);
        return Encoding.UTF8.GetString(text);
    }

    public void Dispose() => places.Dispose();

    private async Task<byte[]> InFolderAsync(
        ReadOnlyMemory<byte> document, string name, Func<string, string, Task<(ProcessStartInfo Start, string Result)>> prepare, CancellationToken cancellationToken)
    {
        if (document.Length > options.MaximumInputBytes)
        {
            throw new TextExtractionException(TextExtractionFailure.TooLarge, $"The file has {document.Length} bytes (Documents:Extraction:MaximumInputBytes).");
        }

        await places.WaitAsync(cancellationToken);
        try
        {
            var folder = Directory.CreateTempSubdirectory("pilot-text-");
            try
            {
                var source = Path.Combine(folder.FullName, name);
                await File.WriteAllBytesAsync(source, document, cancellationToken);
                var (start, result) = await prepare(folder.FullName, source);
                foreach (var variable in new[] { "http_proxy", "https_proxy", "ftp_proxy", "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "all_proxy", "ALL_PROXY" })
                {
                    start.Environment[variable] = DeadProxy;
                }

                start.Environment.Remove("no_proxy");
                start.Environment.Remove("NO_PROXY");
                return await RunAsync(start, result, cancellationToken);
            }
            finally
            {
                Remove(folder);
            }
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<byte[]> RunAsync(ProcessStartInfo start, string result, CancellationToken cancellationToken)
    {
        string said;
        try
        {
            (_, said) = await ExternalProgram.RunAsync(start, options.Timeout, time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new TextExtractionException(TextExtractionFailure.TimedOut, $"{exception.Message} (Documents:Extraction:Timeout)", exception);
        }
        catch (Win32Exception exception)
        {
            throw new TextExtractionException(TextExtractionFailure.ProgramMissing, $"{start.FileName} cannot be run: {exception.Message}", exception);
        }

        var made = new FileInfo(result);
        if (!made.Exists)
        {
            throw new TextExtractionException(TextExtractionFailure.Refused, $"{Path.GetFileName(start.FileName)} made nothing of the file. It said: {said.Trim()}");
        }

        return made.Length > options.MaximumOutputBytes
            ? throw new TextExtractionException(TextExtractionFailure.TooLarge, $"The result has {made.Length} bytes (Documents:Extraction:MaximumOutputBytes).")
            : await File.ReadAllBytesAsync(result, cancellationToken);
    }

    private static TextExtractionException Missing(string program, string setting) =>
        new(TextExtractionFailure.ProgramMissing, $"{program} is not on the PATH, and {setting} names none that is there.");

    private void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The text is there; what is left over costs disk space only, and an operator can see where.
            log.LogWarning(exception, "The folder {Folder} of a text extraction could not be removed.", folder.FullName);
        }
    }
}
