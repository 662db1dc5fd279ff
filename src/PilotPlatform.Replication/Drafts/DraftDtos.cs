using PilotPlatform.Data;

namespace PilotPlatform.Replication.Drafts;

internal sealed record DraftListItemDto(
    Guid Id, Guid PilotId, string Title, string ThemeTitle, Guid RegionId, string RegionName, Guid? PracticeId, bool HasChanges, DateTime CreatedAt, DateTime? ModifiedAt);

internal sealed record DraftDto(
    Guid Id, Guid PilotId, string ThemeTitle, Guid RegionId, string RegionName, string IssuingBody, string? NoticeNumber,
    string Title, string Summary, string Keywords, string? ReportNumber, string Background, string Measures, string Results, string Conditions,
    Guid? PracticeId, MaturityLevel? Maturity, bool IsPublic, int Version, bool HasChanges, string ConcurrencyStamp);

internal sealed record CreateDraftDto(Guid PilotId);

internal sealed record UpdateDraftDto(
    string Title, string? Summary, string? Keywords, string? ReportNumber, string? Background, string? Measures, string? Results, string? Conditions,
    string ConcurrencyStamp);

internal sealed record CertifyDraftDto(MaturityLevel? Maturity, bool IsPublic, string ConcurrencyStamp);

internal sealed class GetDraftsInput : PagedInput
{
    /// <summary>Only those that are not certified yet.</summary>
    public bool? Uncertified { get; init; }
}
