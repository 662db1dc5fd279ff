using PilotPlatform.Data;

namespace PilotPlatform.Replication.Practices;

internal sealed record PracticeListItemDto(
    Guid Id, string Title, string Summary, string ThemeTitle, string OriginName, string OriginProvince, string OriginProvinceName, MaturityLevel Maturity,
    IReadOnlyList<string> Keywords, DateTime CertifiedAt, int AdoptionCount, bool IsPublic);

/// <summary>
/// A practice as every region reads it. <c>PilotId</c> and <c>DownloadCount</c> are there only for regions that own the
/// practice or the pilot.
/// </summary>
internal sealed record PracticeDto(
    Guid Id, string Title, string Summary, string ThemeTitle, string OriginName, string OriginProvinceName, MaturityLevel Maturity,
    IReadOnlyList<string> Keywords, string IssuingBody, string? NoticeNumber, string? ReportNumber, string Background, string Measures, string Results,
    string Conditions, int Version, DateTime CertifiedAt, bool IsPublic, int AdoptionCount, int? DownloadCount, Guid? PilotId, Guid? DraftId,
    bool CanAdopt, Guid? OwnAdoptionId);

internal sealed record PublicPracticeListItemDto(
    Guid Id, string Title, string Summary, string ThemeTitle, string OriginName, string OriginProvinceName, MaturityLevel Maturity,
    IReadOnlyList<string> Keywords, DateTime CertifiedAt);

internal sealed record PublicPracticeDto(
    Guid Id, string Title, string Summary, string ThemeTitle, string OriginName, string OriginProvinceName, MaturityLevel Maturity,
    IReadOnlyList<string> Keywords, string IssuingBody, string Background, string Measures, string Results, string Conditions, int Version, DateTime CertifiedAt);

internal sealed class GetPracticesInput : PagedInput
{
    /// <summary>Words, each of which the title, summary, keywords, theme or region must contain.</summary>
    public string? Filter { get; init; }

    /// <summary>Words of the theme's title.</summary>
    public string? Theme { get; init; }

    /// <summary>Only this maturity.</summary>
    public MaturityLevel? Maturity { get; init; }

    /// <summary>The code of the province of origin, such as 32.</summary>
    public string? Province { get; init; }
}
