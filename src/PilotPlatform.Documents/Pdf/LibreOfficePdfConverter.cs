using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Documents.Processes;

namespace PilotPlatform.Documents.Pdf;

/// <summary>
/// Runs LibreOffice once for each document, with a profile of its own: two processes that share a profile hand their work
/// to each other, and the second ends at once without a file.
/// </summary>
internal sealed class LibreOfficePdfConverter : IPdfConverter, IDisposable
{
    private const string SourceName = "document.docx";
    private const string ResultName = "document.pdf";

    // Tagged and with the title shown, so that a screen reader finds its way in the PDF as it does in the DOCX.
    private const string Export =
        """pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"},"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}""";

    private readonly PdfConverterOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LibreOfficePdfConverter> _log;
    private readonly SemaphoreSlim _places;

    public LibreOfficePdfConverter(
        IOptions<PdfConverterOptions> options, TimeProvider time, ILogger<LibreOfficePdfConverter> log)
    {
        _options = options.Value;
        _time = time;
        _log = log;
        _places = new SemaphoreSlim(_options.MaximumConcurrency);
    }

    public bool IsAvailable => Program() is not null;

    public async Task ConvertAsync(Stream docx, Stream pdf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(docx);
        ArgumentNullException.ThrowIfNull(pdf);
        var program = Program() ?? throw new PdfConversionException(
            PdfConversionFailure.ConverterMissing,
            _options.SofficePath is { } path
                ? $"LibreOffice is not at {path} (Documents:Pdf:SofficePath)."
                : "LibreOffice (soffice) is not on the PATH; install libreoffice-writer or set Documents:Pdf:SofficePath.");

        await _places.WaitAsync(cancellationToken);
        try
        {
            var folder = Directory.CreateTempSubdirectory("pilot-pdf-");
            try
            {
                await ConvertInAsync(folder.FullName, program, docx, pdf, cancellationToken);
            }
            finally
            {
                Remove(folder);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task ConvertInAsync(
        string folder, string program, Stream docx, Stream pdf, CancellationToken cancellationToken)
    {
        var source = Path.Combine(folder, SourceName);
        await using (var file = File.Create(source))
        {
            await docx.CopyToAsync(file, cancellationToken);
        }

        var profile = Path.Combine(folder, "profile");
        LibreOfficeProfile.Write(profile);
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            ArgumentList =
            {
                $"-env:UserInstallation={new Uri(profile).AbsoluteUri}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--nodefault",
                "--convert-to",
                Export,
                "--outdir",
                folder,
                source,
            },
        };
        start.Environment["FONTCONFIG_FILE"] = FontFallbacks.Write(folder);

        var said = await RunAsync(start, cancellationToken);
        var result = Path.Combine(folder, ResultName);
        if (!File.Exists(result))
        {
            throw new PdfConversionException(
                PdfConversionFailure.Refused, $"LibreOffice made no PDF. It said: {said.Trim()}");
        }

        await using var made = File.OpenRead(result);
        await made.CopyToAsync(pdf, cancellationToken);
    }

    private async Task<string> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        try
        {
            return (await ExternalProgram.RunAsync(start, _options.Timeout, _time, cancellationToken)).Said;
        }
        catch (TimeoutException exception)
        {
            throw new PdfConversionException(
                PdfConversionFailure.TimedOut, $"LibreOffice took longer than {_options.Timeout} (Documents:Pdf:Timeout).", exception);
        }
        catch (Win32Exception exception)
        {
            throw new PdfConversionException(
                PdfConversionFailure.ConverterMissing, $"{start.FileName} cannot be run: {exception.Message}", exception);
        }
    }

    private string? Program() => ExternalProgram.FindSoffice(_options.SofficePath);

    private void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The PDF is made; what is left over costs disk space only, and an operator can see where.
            _log.LogWarning(exception, "The folder {Folder} of a PDF conversion could not be removed.", folder.FullName);
        }
    }
}
