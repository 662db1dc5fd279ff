using PilotPlatform.Deadlines;

namespace PilotPlatform.Programmes.Reporting;

/// <summary>A report on a duty.</summary>
internal sealed record DutyReportDto(
    Guid Id, Guid RegionId, string RegionName, int Number, string Text, Guid? FileId, string? FileName, string ReportedBy, DateTime ReportedAt, bool IsLate, bool IsOwn,
    string ConcurrencyStamp);

/// <summary>A region that has not reported.</summary>
internal sealed record MissingReportDto(Guid RegionId, string RegionName);

/// <summary>A duty with the reports that the caller may see; who has not reported, the issuer sees of all regions and a region of itself, where there is a day. The issuer also sees when regions were last reminded and from when they may be again.</summary>
internal sealed record ReportingDutyDto(
    Guid Id, int Order, string What, string? To, string? When, DateOnly? DueOn, StatusLight? Light, bool MayReport, int Expected, IReadOnlyList<DutyReportDto> Reports,
    IReadOnlyList<MissingReportDto> Missing, DateTime? LastRemindedAt, DateTime? MayRemindFrom);

/// <summary>What the regions of a programme have to report.</summary>
internal sealed record ProgrammeReportingDto(Guid ProgrammeId, bool IsIssuer, bool MayRemind, IReadOnlyList<ReportingDutyDto> Duties);

/// <summary>Says that the own region has reported; the text or a file, or neither where it was handed over otherwise.</summary>
internal sealed record ReportDutyDto(string? Text, Guid? FileId);

/// <summary>Takes a report back.</summary>
internal sealed record DutyReportStampDto(string ConcurrencyStamp);

/// <summary>How many regions were reminded, when, and from when they may be again; without times where nobody was missing.</summary>
internal sealed record RemindedDto(int Regions, DateTime? LastRemindedAt, DateTime? MayRemindFrom);
