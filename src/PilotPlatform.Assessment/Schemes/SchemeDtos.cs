using PilotPlatform.Data;

namespace PilotPlatform.Assessment.Schemes;

internal sealed record SchemeListItemDto(
    Guid Id, Guid FamilyId, int Version, string Name, Guid? ProgrammeId, bool IsDraft, DateTime? PublishedAt, decimal PassMark);

internal sealed record SchemeDto(
    Guid Id, Guid FamilyId, int Version, string Name, Guid? ProgrammeId, bool IsDraft, DateTime? PublishedAt, decimal PassMark,
    decimal SpreadThreshold, ThirdScoreRule ThirdScoreRule, decimal WeightSum, IReadOnlyList<IndicatorDto> Indicators, bool IsOwn, string ConcurrencyStamp);

internal sealed record IndicatorDto(Guid Key, string? Group, string Name, string Guidance, decimal Weight, decimal MaxPoints);

/// <summary>An indicator as the editor sends it; a key keeps the indicator's identity between versions.</summary>
internal sealed record IndicatorInputDto(Guid? Key, string? Group, string Name, string? Guidance, decimal Weight, decimal MaxPoints);

internal sealed record CreateSchemeDto(
    string Name, Guid? ProgrammeId, decimal PassMark, decimal SpreadThreshold, IReadOnlyList<IndicatorInputDto> Indicators,
    ThirdScoreRule? ThirdScoreRule = null);

internal sealed record UpdateSchemeDto(
    string Name, decimal PassMark, decimal SpreadThreshold, IReadOnlyList<IndicatorInputDto> Indicators, string ConcurrencyStamp,
    ThirdScoreRule? ThirdScoreRule = null);

internal sealed record SchemeStampDto(string ConcurrencyStamp);

internal sealed class GetSchemesInput : PagedInput
{
    /// <summary>Words of the name.</summary>
    public string? Filter { get; init; }

    /// <summary>Only schemes that can be assigned.</summary>
    public bool? PublishedOnly { get; init; }
}
