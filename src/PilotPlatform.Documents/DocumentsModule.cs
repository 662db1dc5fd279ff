using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Documents.Extraction;
using PilotPlatform.Documents.OfficialDocuments;
using PilotPlatform.Documents.Pdf;
using PilotPlatform.Documents.Tables;
using PilotPlatform.Documents.Workbooks;

namespace PilotPlatform.Documents;

/// <summary>The Documents module: official documents as DOCX, tables as XLSX, PDF from the former, and the text of documents that strangers made.</summary>
public static class DocumentsModule
{
    /// <summary>Adds the writers, the reader of tables, the converter and the extractor.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<PdfConverterOptions>().BindConfiguration("Documents:Pdf")
            .Validate(o => o.Timeout > TimeSpan.Zero, "Documents:Pdf:Timeout must be longer than nothing.")
            .Validate(o => o.MaximumConcurrency > 0, "Documents:Pdf:MaximumConcurrency must be at least 1.")
            .ValidateOnStart();
        services.AddOptions<TextExtractionOptions>().BindConfiguration("Documents:Extraction")
            .Validate(o => o.Timeout > TimeSpan.Zero, "Documents:Extraction:Timeout must be longer than nothing.")
            .Validate(o => o.MaximumConcurrency > 0, "Documents:Extraction:MaximumConcurrency must be at least 1.")
            .ValidateOnStart();
        services.AddSingleton<IDocumentTextExtractor, DocumentTextExtractor>();
        services.AddSingleton<IOfficialDocumentWriter, OfficialDocumentWriter>();
        services.AddSingleton<ITableWorkbookWriter, TableWorkbookWriter>();
        services.AddSingleton<ITableWorkbookReader, TableWorkbookReader>();
        services.AddSingleton<IPdfConverter, LibreOfficePdfConverter>();
        return services;
    }
}
