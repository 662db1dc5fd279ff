using Microsoft.EntityFrameworkCore;
using PilotPlatform.Assessment.Panels;
using PilotPlatform.Assessment.Schemes;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Notifications;
using PilotPlatform.Regions;

namespace PilotPlatform.Assessment.SelfAssessments;

/// <summary>
/// A region is to assess itself, or the scheme for it is known by now. Handled in the region's scope: its draft is its own,
/// and the issuer could not even find it.
/// </summary>
[EventName("assessment.self-assessment-wanted.v1")]
internal sealed record SelfAssessmentWanted(
    Guid AssessmentId, Guid PilotId, Guid ProgrammeId, int ThemeOrder, string ThemeTitle, string? PartName, DateTime AcceptedAt,
    Guid? SchemeId, string SchemeName, int SchemeVersion, bool IsSettled, IReadOnlyList<Indicator> Indicators) : IPlatformEvent
{
    /// <param name="assessment">The assessment.</param>
    /// <param name="scheme">The scheme, where one is known.</param>
    /// <param name="isSettled">Whether the panel was set with it.</param>
    public static SelfAssessmentWanted Of(PilotAssessment assessment, AssessmentScheme? scheme, bool isSettled) => new(
        assessment.Id, assessment.PilotId, assessment.ProgrammeId, assessment.ThemeOrder, assessment.ThemeTitle, assessment.PartName, assessment.AcceptedAt,
        scheme?.Id, scheme?.Name ?? "", scheme?.Version ?? 0, isSettled, [.. scheme?.Indicators.Select(i => i.Copy()) ?? []]);
}

internal sealed class WhenSelfAssessmentWanted(PlatformDbContext db, IIdGenerator ids, IRegionDirectory regions, INotifier notifier)
    : IEventHandler<SelfAssessmentWanted>
{
    public async Task HandleAsync(SelfAssessmentWanted platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        if (await db.Set<SelfAssessment>().FirstOrDefaultAsync(s => s.AssessmentId == platformEvent.AssessmentId, cancellationToken) is { } existing)
        {
            existing.LayOut(platformEvent);
            return;
        }

        var wanted = new SelfAssessment(ids.NewId(), context.Tenant, platformEvent);
        db.Add(wanted);
        notifier.Notify(context.Tenant, AssessmentPermissions.SelfAssess, new NotificationMessage(
            "assessment.self-assessment-wanted",
            new Dictionary<string, string>
            {
                ["theme"] = wanted.ThemeTitle,
                ["region"] = (await regions.GetAsync(cancellationToken)).NameOf(context.Tenant),
            },
            $"/assessment/self/{wanted.Id}",
            wanted.DueOn));
    }
}
