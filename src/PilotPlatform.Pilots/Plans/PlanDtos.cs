using PilotPlatform.Deadlines;
using PilotPlatform.Pilots.Pilots;

namespace PilotPlatform.Pilots.Plans;

internal sealed record DraftTaskDto(Guid? Id, string Name, Guid? OfficeId, DateOnly? DueOn);

internal sealed record DraftPhaseDto(Guid? Id, string Name, DateOnly? StartOn, DateOnly? EndOn, IReadOnlyList<DraftTaskDto> Tasks);

internal sealed record PlanOfficeDto(Guid Id, string Name, string ShortName);

/// <summary>The region's working copy. The stamp is empty until it is first saved.</summary>
internal sealed record PlanDraftDto(
    Guid PilotId, string PilotTitle, string RegionName, PilotStatus Status, DateOnly? DueOn, DateTime? PlanSubmittedAt,
    string ConcurrencyStamp, DateTime? SavedAt, IReadOnlyList<DraftPhaseDto> Phases, IReadOnlyList<PlanOfficeDto> Offices);

/// <summary>What an autosave sends; the stamp is empty for the first save.</summary>
internal sealed record SavePlanDraftDto(string? ConcurrencyStamp, IReadOnlyList<DraftPhaseDto> Phases);

internal sealed record CompleteTaskDto(string ConcurrencyStamp, DateOnly DoneOn);

internal sealed record AddProgressNoteDto(DateOnly Date, string Text);

internal static class PlanMappings
{
    public static PilotTaskDto ToDto(this PilotTask t, DateOnly today) => new(
        t.Id, t.Order, t.Name, t.OfficeId, t.OfficeName, t.DueOn, t.DoneOn,
        new Deadline(t.DueOn, DuePrecision.Day, IsSoft: false).LightOn(today, t.DoneOn), t.ConcurrencyStamp);
}
