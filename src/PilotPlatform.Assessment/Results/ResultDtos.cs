using PilotPlatform.Data;

namespace PilotPlatform.Assessment.Results;

/// <summary>Where a published result stands.</summary>
internal enum ResultState
{
    /// <summary>异议期内.</summary>
    Open,

    /// <summary>异议待复核.</summary>
    UnderObjection,

    /// <summary>异议期满，待生效: nobody objected; the flow makes it final.</summary>
    WindowOver,

    /// <summary>已生效.</summary>
    Final,
}

internal sealed record ResultListItemDto(
    Guid Id, Guid PilotId, Guid ProgrammeId, int ThemeOrder, string ThemeTitle, Guid RegionId, string RegionName, string? PartName,
    decimal Total, decimal? OriginalTotal, bool Passed, DateTime PublishedAt, DateTime? FinalAt, ResultState State);

/// <summary>ObjectionsUntilIsProvisional: the day lies in a year whose holidays are not known here yet.</summary>
internal sealed record ResultDto(
    Guid Id, Guid AssessmentId, Guid PilotId, Guid ProgrammeId, string ThemeTitle, Guid RegionId, string RegionName, string? PartName, string SchemeName, int SchemeVersion,
    decimal PassMark, decimal Total, bool Passed, decimal? OriginalTotal, bool? OriginalPassed, string Comment, DateTime PublishedAt,
    ResultState State, DateTime? FinalAt, DateOnly ObjectionsUntil, bool ObjectionsUntilIsProvisional, int WorkingDaysLeft, bool IsOwn, bool IsIssuer,
    ObjectionDto? Objection, IReadOnlyList<ResultIndicatorDto> Indicators, IReadOnlyList<string> AssessorComments, string ConcurrencyStamp);

internal sealed record ResultIndicatorDto(
    Guid Key, string? Group, string Name, decimal Weight, decimal MaxPoints, decimal Mean, decimal? OriginalMean, IReadOnlyList<string> Comments);

internal sealed record ObjectionDto(
    Guid Id, ObjectionState State, string Reason, IReadOnlyList<ObjectionPointDto> Points, IReadOnlyList<ObjectionFileDto> Files, DateTime RaisedAt, string RaisedByName,
    DateOnly RulingDueOn, ObjectionRuling? Ruling, string RulingText, DateTime? RuledAt, string RuledByName, DateTime? WithdrawnAt, string WithdrawnByName,
    string ConcurrencyStamp);

internal sealed record ObjectionPointDto(Guid IndicatorKey, string IndicatorName, string Reason);

internal sealed record ObjectionFileDto(Guid Id, string Name, long Size);

internal sealed record ObjectionListItemDto(
    Guid ResultId, int ThemeOrder, string ThemeTitle, Guid RegionId, string RegionName, string? PartName, DateTime RaisedAt, DateOnly DueOn,
    ObjectionRuling? Ruling, DateTime? WithdrawnAt, ObjectionState State, DateTime? RuledAt, decimal PublishedTotal, decimal Total);

internal sealed record RaiseObjectionDto(
    string Reason, string ConcurrencyStamp, IReadOnlyList<ObjectionPointInputDto>? Points = null, IReadOnlyList<Guid>? FileIds = null);

internal sealed record ObjectionPointInputDto(Guid IndicatorKey, string Reason);

internal sealed record ObjectionStampDto(string ConcurrencyStamp);

/// <summary>New points are given where the objection is upheld, for the indicators that change.</summary>
internal sealed record RuleObjectionDto(ObjectionRuling? Ruling, string Text, string ConcurrencyStamp, IReadOnlyList<RuledPointsDto>? Points = null);

internal sealed record RuledPointsDto(Guid IndicatorKey, decimal Points);

internal sealed class GetObjectionsInput : PagedInput
{
    /// <summary>Only those that stand there.</summary>
    public ObjectionState? State { get; init; }

    /// <summary>Words of the theme's title.</summary>
    public string? Filter { get; init; }
}

internal sealed class GetResultsInput : PagedInput
{
    /// <summary>Only those of one programme.</summary>
    public Guid? ProgrammeId { get; init; }

    /// <summary>Words of the theme's title.</summary>
    public string? Filter { get; init; }

    /// <summary>Only passed, or only not passed.</summary>
    public bool? Passed { get; init; }
}
