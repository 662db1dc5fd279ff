using PilotPlatform.Assessment.SelfAssessments;
using PilotPlatform.Programmes;

namespace PilotPlatform.Assessment.Sheets;

internal sealed record MySheetDto(
    Guid Id, string ThemeTitle, string RegionName, string? PartName, DateOnly? DueOn, bool IsSubmitted, DateTime? SubmittedAt, int Scored, int Indicators);

internal sealed record SheetDto(
    Guid Id, Guid PilotId, string ThemeTitle, string RegionName, string? PartName, string SchemeName, int SchemeVersion, DateOnly? DueOn, bool IsSubmitted,
    DateTime? SubmittedAt, DateTime? RecusedAt, IReadOnlyList<SheetIndicatorDto> Indicators, string Comment, decimal Total,
    string SelfAssessment, DateTime? SelfAssessedAt, IReadOnlyList<SelfEntryDto> SelfEntries, IReadOnlyList<SheetDeliverableDto> Deliverables, string ConcurrencyStamp);

internal sealed record SheetIndicatorDto(
    Guid Key, string? Group, string Name, string Guidance, decimal Weight, decimal MaxPoints, decimal? Points, string Comment);

internal sealed record SheetDeliverableDto(
    Guid DeliverableId, string Name, DeliverableKind Kind, int Version, string Summary, IReadOnlyList<SheetFileDto> Files);

internal sealed record SheetFileDto(Guid Id, string Name, long Size, string ContentType);

internal sealed record ScoreEntryInputDto(Guid IndicatorKey, decimal? Points, string? Comment);

internal sealed record SaveSheetDto(IReadOnlyList<ScoreEntryInputDto> Entries, string? Comment, string ConcurrencyStamp);

/// <summary>The stamp and own total after a save; the form keeps what was typed.</summary>
internal sealed record SavedSheetDto(Guid Id, string ConcurrencyStamp, decimal Total, DateTime SavedAt);

internal sealed record SheetStampDto(string ConcurrencyStamp);

internal sealed record RecuseDto(string Reason, string ConcurrencyStamp);
