using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Events;
using PilotPlatform.Identity;
using PilotPlatform.Notifications;
using PilotPlatform.Tenancy;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Instances;
using PilotPlatform.Workflows.Tasks;

namespace PilotPlatform.Workflows.EventHandlers;

/// <summary>A task came into inboxes. Raised for the region whose people are concerned.</summary>
[EventName("workflows.task-offered.v1")]
internal sealed record TaskOffered(
    Guid TaskId, string OfferedTo, bool Bell, string Name, string Title, DateOnly? DueOn, IReadOnlyList<Guid>? Excluded = null) : IPlatformEvent;

/// <summary>Something went wrong that an administrator must see.</summary>
[EventName("workflows.incident-opened.v1")]
internal sealed record IncidentOpened(Guid IncidentId, Guid InstanceId, string Title) : IPlatformEvent;

/// <summary>
/// Rings the bell of those who may do the task, and wakes their inbox counts. That there is somebody was remembered when the
/// task was offered, not looked up; here it is looked up, so a role that lost its last holder meanwhile becomes an incident.
/// </summary>
internal sealed class WhenTaskOffered(
    PlatformDbContext db, IUserDirectory people, WorkflowEngine engine, INotifier notifier, ILiveCounts live, TimeProvider time)
    : IEventHandler<TaskOffered>
{
    public async Task HandleAsync(TaskOffered platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        var everybody = await TaskPeople.OfOfferAsync(platformEvent.OfferedTo, platformEvent.TaskId, people, db, cancellationToken);
        var users = everybody.Where(u => platformEvent.Excluded?.Contains(u.Id) != true).ToList();
        foreach (var user in platformEvent.Bell ? users : [])
        {
            notifier.NotifyUser(user.Region, user.Id, new NotificationMessage(
                "Workflows.TaskOffered",
                new Dictionary<string, string> { ["task"] = platformEvent.Name, ["subject"] = platformEvent.Title },
                $"/workflows/tasks/{platformEvent.TaskId}", platformEvent.DueOn));
        }

        if (users.Count == 0)
        {
            await OpenIncidentAsync(platformEvent, cancellationToken);
        }

        db.SavedChanges += (_, _) => live.Changed(users.Select(u => u.Id));
    }

    private async Task OpenIncidentAsync(TaskOffered offered, CancellationToken cancellationToken)
    {
        var row = await (
            from task in db.Set<WorkflowTask>()
            join instance in db.Set<WorkflowInstance>() on task.InstanceId equals instance.Id
            where task.Id == offered.TaskId && task.Status == WorkflowTaskStatus.Open && task.AssigneeId == null
                && !db.Set<WorkflowIncident>().Any(i =>
                    i.InstanceId == task.InstanceId && i.ExecutionId == task.ExecutionId && i.SettledAt == null && i.Kind == WorkflowIncidentKind.NoAssignee)
            select new { task, instance }).FirstOrDefaultAsync(cancellationToken);
        if (row is not null)
        {
            // Of this and a step that ends the work at the same moment one has to look again.
            row.instance.Touch(time);
            engine.OpenIncident(row.instance, WorkflowIncidentKind.NoAssignee, row.task.ExecutionId, row.task.NodeId, "nobody-found", offered.OfferedTo);
        }
    }
}

/// <summary>Tells the administrators of the region that it is raised for: that of the subject and, in an event of its own, the issuer's.</summary>
internal sealed class WhenIncidentOpened(INotifier notifier) : IEventHandler<IncidentOpened>
{
    public Task HandleAsync(IncidentOpened platformEvent, EventContext context, CancellationToken cancellationToken)
    {
        notifier.Notify(context.Tenant, WorkflowsPermissions.Administer, new NotificationMessage(
            "Workflows.IncidentOpened", new Dictionary<string, string> { ["subject"] = platformEvent.Title }, "/workflows/incidents"));
        return Task.CompletedTask;
    }
}
