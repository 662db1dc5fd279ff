using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Identity;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>Who is meant by a task.</summary>
internal static class TaskPeople
{
    /// <summary>Whoever has the task, else those it is offered to, without those whom the four-eyes rule excludes.</summary>
    public static async Task<IReadOnlyList<UserSummary>> OfAsync(
        WorkflowTask task, IUserDirectory people, PlatformDbContext db, CancellationToken cancellationToken) =>
        task.AssigneeId is { } assignee
            ? [.. (await people.FindAsync([assignee], cancellationToken)).Values]
            : [.. (await OfOfferAsync(task.OfferedTo, task.Id, people, db, cancellationToken)).Where(u => !task.Excludes(u.Id))];

    /// <summary>The people behind an offer's key.</summary>
    public static async Task<IReadOnlyList<UserSummary>> OfOfferAsync(
        string offeredTo, Guid taskId, IUserDirectory people, PlatformDbContext db, CancellationToken cancellationToken)
    {
        var parts = offeredTo.Split(':', 3);
        switch (parts[0])
        {
            case "role" when parts.Length == 3:
                return await people.InRoleAsync(Guid.ParseExact(parts[1], "N"), parts[2], cancellationToken);
            case "office" when parts.Length == 2:
                return await people.OfOfficeAsync(Guid.ParseExact(parts[1], "N"), cancellationToken);
            case "user" when parts.Length == 2:
                return [.. (await people.FindAsync([Guid.ParseExact(parts[1], "N")], cancellationToken)).Values];
            case Offer.Candidate:
                var candidates = await db.Set<WorkflowCandidate>().AsNoTracking().Where(c => c.TaskId == taskId).Select(c => c.UserId).ToListAsync(cancellationToken);
                return [.. (await people.FindAsync(candidates, cancellationToken)).Values];
            default:
                return [];
        }
    }
}
