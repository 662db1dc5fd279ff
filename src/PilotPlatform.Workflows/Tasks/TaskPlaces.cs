using Microsoft.EntityFrameworkCore;
using PilotPlatform.Bpmn;
using PilotPlatform.Data;
using PilotPlatform.Workflows.Incidents;
using PilotPlatform.Workflows.Instances;

namespace PilotPlatform.Workflows.Tasks;

/// <summary>
/// The domain says that a task is somebody else's now. The tokens stay where they are: a flow knows places, not people, so this
/// works on whatever version an instance runs. What one person wrote on a task is not for the next: they get a task of their own.
/// </summary>
internal sealed class TaskPlaces(
    PlatformDbContext db, WorkflowEngine engine, WorkflowModels models, AssigneeResolver assignees, IIdGenerator ids, TimeProvider time)
{
    public async Task VacateAsync(Guid subjectId, string eventName, Guid userId, CancellationToken cancellationToken)
    {
        var places = await PlacesAsync(subjectId, eventName, userId, cancellationToken);
        if (places.Count == 0)
        {
            await LookAgainAsync(subjectId, eventName, cancellationToken);
        }

        foreach (var (task, instance) in places)
        {
            if (task.OfferedTo == Offer.KeyOfVacancy(userId))
            {
                continue;
            }

            await TakeAwayAsync(task, cancellationToken);
            var vacancy = task.InItsPlace(ids.NewId(), Offer.Vacancy(userId, task.OfferRegion, task.Excluded), engine.Now);
            vacancy.WaitForSomebody();
            db.Add(vacancy);
            engine.Note(instance, new StepInfo(WorkflowStepKind.Vacated, task.NodeId, task.AssigneeName), begins: true);
        }
    }

    public async Task HandOverAsync(Guid subjectId, string eventName, Guid fromUser, Guid toUser, CancellationToken cancellationToken)
    {
        var places = await PlacesAsync(subjectId, eventName, fromUser, cancellationToken);
        if (places.Count == 0)
        {
            await LookAgainAsync(subjectId, eventName, cancellationToken);
            return;
        }

        var has = (await PlacesAsync(subjectId, eventName, toUser, cancellationToken)).Select(p => p.Instance.Id).ToHashSet();
        foreach (var (task, instance) in places.Where(p => !has.Contains(p.Instance.Id)))
        {
            await TakeAwayAsync(task, cancellationToken);
            var offer = await assignees.OfferToAsync(toUser, instance, task.Excluded, cancellationToken);
            var theirs = task.InItsPlace(ids.NewId(), offer, engine.Now);
            db.Add(theirs);
            if (offer.IsNobody)
            {
                engine.OpenIncident(instance, WorkflowIncidentKind.NoAssignee, task.ExecutionId, task.NodeId, "nobody-found", toUser.ToString());
            }
            else
            {
                engine.Announce(theirs);
            }

            engine.Note(instance, new StepInfo(WorkflowStepKind.HandedOver, task.NodeId, offer.UserName), begins: true);
        }
    }

    public async Task GiveUpAsync(Guid subjectId, string eventName, string answerEvent, CancellationToken cancellationToken)
    {
        var vacancies = (await OpenAsync(subjectId, eventName, cancellationToken)).Where(p => p.Task.IsVacant);
        foreach (var (task, instance) in vacancies)
        {
            var model = await models.GetAsync(instance.VersionId, cancellationToken);
            // Within one context the step before may have ended it.
            if (task.Status == WorkflowTaskStatus.Waiting && model.Process.AllNodes.Any(n => n is UserTask asks && asks.Work.CompletedBy == answerEvent))
            {
                task.Cancel(engine.Now);
                await engine.StepAsync(
                    instance, (machine, state) => machine.Complete(state, task.ExecutionId, JsonValues.None),
                    new StepInfo(WorkflowStepKind.PlaceGivenUp, task.NodeId), cancellationToken);
            }
        }
    }

    /// <summary>
    /// Nobody has such a place: the flow may be finding out at this moment whose places there are, and not see what this transaction
    /// says. With its instance's stamp changed, one of the two has to look again.
    /// </summary>
    public async Task LookAgainAsync(Guid subjectId, string eventName, CancellationToken cancellationToken)
    {
        var instances = await db.Set<WorkflowInstance>()
            .Where(i => i.SubjectId == subjectId && i.Status == WorkflowInstanceStatus.Running
                && db.Set<WorkflowTask>().Any(t => t.InstanceId == i.Id && t.CompletedByEvent == eventName)).ToListAsync(cancellationToken);
        instances.ForEach(i => i.Touch(time));
    }

    /// <summary>A person's places: their open tasks, and what they left that nobody has taken.</summary>
    private async Task<IReadOnlyList<(WorkflowTask Task, WorkflowInstance Instance)>> PlacesAsync(
        Guid subjectId, string eventName, Guid userId, CancellationToken cancellationToken)
    {
        var (own, left) = (Offer.KeyOfUser(userId), Offer.KeyOfVacancy(userId));
        return
        [
            .. (await OpenAsync(subjectId, eventName, cancellationToken))
                .Where(p => p.Task.AssigneeId == userId || (p.Task.AssigneeId is null && (p.Task.OfferedTo == own || p.Task.OfferedTo == left))),
        ];
    }

    /// <summary>Rows that this context has changed already are as it left them: a place may be left and filled within one transaction.</summary>
    private async Task<IReadOnlyList<(WorkflowTask Task, WorkflowInstance Instance)>> OpenAsync(
        Guid subjectId, string eventName, CancellationToken cancellationToken)
    {
        var stored = await (
            from task in db.Set<WorkflowTask>()
            join instance in db.Set<WorkflowInstance>() on task.InstanceId equals instance.Id
            where task.SubjectId == subjectId && task.CompletedByEvent == eventName && instance.Status == WorkflowInstanceStatus.Running
                && (task.Status == WorkflowTaskStatus.Open || task.Status == WorkflowTaskStatus.Waiting)
            orderby task.Id
            select new { task, instance }).ToListAsync(cancellationToken);
        var instances = stored.Select(x => x.instance).DistinctBy(i => i.Id).ToDictionary(i => i.Id);
        var added = db.Set<WorkflowTask>().Local
            .Where(t => db.Entry(t).State == EntityState.Added && t.SubjectId == subjectId && t.CompletedByEvent == eventName && instances.ContainsKey(t.InstanceId));
        return
        [
            .. stored.Select(x => x.task).Concat(added.ToList())
                .Where(t => t.Status is WorkflowTaskStatus.Open or WorkflowTaskStatus.Waiting)
                .Select(t => (t, instances[t.InstanceId])).Where(x => x.Item2.Status == WorkflowInstanceStatus.Running),
        ];
    }

    private async Task TakeAwayAsync(WorkflowTask task, CancellationToken cancellationToken)
    {
        var wasOffered = task.Status == WorkflowTaskStatus.Open;
        task.Cancel(engine.Now);
        var signers = await db.Set<WorkflowTask>()
            .Where(t => t.AddedToTaskId == task.Id && (t.Status == WorkflowTaskStatus.Open || t.Status == WorkflowTaskStatus.Waiting)).ToListAsync(cancellationToken);
        foreach (var signer in signers)
        {
            if (signer.Status == WorkflowTaskStatus.Open)
            {
                engine.Taken(signer);
            }

            signer.Cancel(engine.Now);
        }

        if (wasOffered)
        {
            engine.Taken(task);
        }
    }
}
