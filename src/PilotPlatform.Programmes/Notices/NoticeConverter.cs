using PilotPlatform.Documents.Contracts;
using PilotPlatform.Errors;
using PilotPlatform.NoticeImport;

namespace PilotPlatform.Programmes.Notices;

/// <summary>Gives the importer the programs of the Documents module; what an office can mend is told as such.</summary>
internal sealed class NoticeConverter(IDocumentTextExtractor extractor) : INoticeConverter
{
    // A program that is missing is told by the attempt, with the setting that would name it in the log.
    public bool IsAvailable => true;

    public async Task<ReadOnlyMemory<byte>?> ToDocxAsync(ReadOnlyMemory<byte> file, NoticeFileKind kind, CancellationToken cancellationToken) =>
        await TryAsync<byte[]>(() => extractor.ToDocxAsync(file, cancellationToken)) is { } docx ? docx : (ReadOnlyMemory<byte>?)null;

    public Task<string?> ToLayoutTextAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellationToken) =>
        TryAsync<string>(() => extractor.TextOfPdfAsync(pdf, cancellationToken));

    private static async Task<T?> TryAsync<T>(Func<Task<T>> convert)
        where T : class
    {
        try
        {
            return await convert();
        }
        catch (TextExtractionException exception) when (exception.Failure == TextExtractionFailure.Refused)
        {
            return null;
        }
        catch (TextExtractionException exception)
        {
            throw new BusinessException(exception.Failure switch
            {
                TextExtractionFailure.ProgramMissing => ProgrammesErrorCodes.ConverterMissing,
                TextExtractionFailure.TimedOut => ProgrammesErrorCodes.ConversionTimedOut,
                _ => ProgrammesErrorCodes.NoticeTooLarge,
            });
        }
    }
}
