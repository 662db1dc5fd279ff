using PilotPlatform.Data;
using PilotPlatform.Deadlines;

namespace PilotPlatform.Assessment.SelfAssessments;

internal sealed record SelfAssessmentListItemDto(
    Guid Id, Guid PilotId, int ThemeOrder, string ThemeTitle, Guid RegionId, string RegionName, string? PartName, DateOnly DueOn, StatusLight Light, DateTime? HandedInAt);

/// <summary>DueIsProvisional: the day lies in a year whose holidays are not known here yet.</summary>
internal sealed record SelfAssessmentDto(
    Guid Id, Guid PilotId, Guid ProgrammeId, string ThemeTitle, Guid RegionId, string RegionName, string? PartName, DateOnly DueOn, bool DueIsProvisional,
    string? SchemeName, int SchemeVersion, bool IsSchemeSettled, bool IsOwn, DateTime? HandedInAt, string HandedInByName, string Summary, decimal Total,
    IReadOnlyList<SelfEntryDto> Entries, string ConcurrencyStamp);

internal sealed record SelfEntryDto(
    Guid IndicatorKey, string? Group, string Name, string Guidance, decimal Weight, decimal MaxPoints, decimal? Points, string Remark, IReadOnlyList<string> Links);

internal sealed record SelfEntryInputDto(Guid IndicatorKey, decimal? Points, string? Remark, IReadOnlyList<string>? Links);

internal sealed record SaveSelfAssessmentDto(IReadOnlyList<SelfEntryInputDto> Entries, string? Summary, string ConcurrencyStamp);

/// <summary>The stamp and own total after a save; the form keeps what was typed.</summary>
internal sealed record SavedSelfAssessmentDto(Guid Id, string ConcurrencyStamp, decimal Total, DateTime SavedAt);

internal sealed record SelfAssessmentStampDto(string ConcurrencyStamp);

internal sealed class GetSelfAssessmentsInput : PagedInput
{
    /// <summary>Only those handed in, or only those that are not.</summary>
    public bool? HandedIn { get; init; }

    /// <summary>Words of the theme's title.</summary>
    public string? Filter { get; init; }
}
