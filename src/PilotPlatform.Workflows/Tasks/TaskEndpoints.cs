using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Workflows.Tasks;

internal static class TaskEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // One's own work needs no permission but a sign-in; each verb looks whose it is.
        var tasks = routes.MapGroup("/api/workflow-tasks").WithTags("WorkflowTasks").RequireSignIn();
        tasks.MapGet("", ListAsync).WithName("ListWorkflowTasks").WithSummary("A box of the caller's inbox: to do, done, copied.");
        tasks.MapGet("flows", FlowsAsync).WithName("ListWorkflowTaskFlows").WithSummary("The flows that occur in a box of the inbox.");
        tasks.MapGet("counts", CountAsync).WithName("CountWorkflowTasks").WithSummary("How much waits for the caller.");
        tasks.MapPost("complete-batch", CompleteBatchAsync).WithName("CompleteWorkflowTaskBatch")
            .WithSummary("Completes several tasks of one step with one form; tells what became of each.");
        tasks.MapGet("{id:guid}", GetAsync).WithName("GetWorkflowTask").WithSummary("One task with its form, remarks and what the caller may do.");
        tasks.MapGet("{id:guid}/people", PeopleAsync).WithName("ListWorkflowTaskPeople").WithSummary("People to whom the task may be given or copied.");
        tasks.MapPost("{id:guid}/seen", SeenAsync).WithName("SeeWorkflowTask").WithSummary("The caller has opened the task or the copy; work has begun.");
        tasks.MapPost("{id:guid}/claim", ClaimAsync).WithName("ClaimWorkflowTask").WithSummary("Takes a task that is offered to several.");
        tasks.MapPost("{id:guid}/release", ReleaseAsync).WithName("ReleaseWorkflowTask").WithSummary("Gives a claimed task back.");
        tasks.MapPost("{id:guid}/complete", CompleteAsync).WithName("CompleteWorkflowTask").WithSummary("Completes a task with its form.");
        tasks.MapPost("{id:guid}/send-back", SendBackAsync).WithName("SendBackWorkflowTask").WithSummary("驳回: sends the work back to a step that was done before.");
        tasks.MapPost("{id:guid}/withdraw", WithdrawAsync).WithName("WithdrawWorkflowTask").WithSummary("撤回: takes one's own step back while nobody has begun the next.");
        tasks.MapPost("{id:guid}/reassign", ReassignAsync).WithName("ReassignWorkflowTask").WithSummary("转办: gives the task to somebody else.");
        tasks.MapPost("{id:guid}/add-signer", AddSignerAsync).WithName("AddWorkflowSigner").WithSummary("加签: one more signer before or after.");
        tasks.MapPost("{id:guid}/copy", CopyAsync).WithName("CopyWorkflowTask").WithSummary("抄送: shows the task to others.");
        tasks.MapPost("{id:guid}/urge", UrgeAsync).WithName("UrgeWorkflowTask").WithSummary("催办: reminds whoever has it; at most once an hour.");
        tasks.MapPost("{id:guid}/comment", CommentAsync).WithName("CommentWorkflowTask").WithSummary("A remark, with files.");

        var delegations = routes.MapGroup("/api/workflow-delegations").WithTags("WorkflowDelegations").RequireSignIn();
        delegations.MapGet("", ListDelegationsAsync).WithName("ListWorkflowDelegations").WithSummary("委派 from and to the caller, the last quarter's included.");
        delegations.MapGet("people", DelegatesAsync).WithName("ListWorkflowDelegates").WithSummary("Colleagues who may stand in for the caller.");
        delegations.MapPost("", DelegateAsync).WithName("CreateWorkflowDelegation").WithSummary("Lets a colleague do one's work between two days.");
        delegations.MapPost("{id:guid}/end", EndDelegationAsync).WithName("EndWorkflowDelegation").WithSummary("Ends one's own delegation early.");
    }

    private static async Task<Ok<PagedResult<TaskListItemDto>>> ListAsync([AsParameters] GetTasksInput input, TaskAppService tasks, CancellationToken cancellationToken) =>
        TypedResults.Ok(await tasks.ListAsync(input, cancellationToken));

    private static async Task<Ok<IReadOnlyList<InboxFlowDto>>> FlowsAsync(TaskBox? box, TaskAppService tasks, CancellationToken cancellationToken) =>
        TypedResults.Ok(await tasks.FlowsAsync(box ?? TaskBox.Todo, cancellationToken));

    private static async Task<Ok<TaskCountsDto>> CountAsync(TaskAppService tasks, CancellationToken cancellationToken) =>
        TypedResults.Ok(await tasks.CountAsync(cancellationToken));

    private static async Task<Ok<TaskDto>> GetAsync(Guid id, TaskAppService tasks, CancellationToken cancellationToken) =>
        TypedResults.Ok(await tasks.GetAsync(id, cancellationToken));

    private static async Task<Ok<IReadOnlyList<ColleagueDto>>> PeopleAsync(Guid id, string? search, TaskVerbs verbs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await verbs.ColleaguesAsync(id, search, cancellationToken));

    private static async Task<Ok<TaskDto>> SeenAsync(Guid id, TaskVerbs verbs, TaskAppService tasks, CancellationToken cancellationToken)
    {
        await verbs.SeenAsync(id, cancellationToken);
        return TypedResults.Ok(await tasks.GetAsync(id, cancellationToken));
    }

    private static async Task<Ok<TaskDto>> ClaimAsync(Guid id, TaskStampDto input, TaskVerbs verbs, TaskAppService tasks, CancellationToken cancellationToken)
    {
        await verbs.ClaimAsync(id, input.ConcurrencyStamp, cancellationToken);
        return TypedResults.Ok(await tasks.GetAsync(id, cancellationToken));
    }

    private static async Task<Ok<TaskDto>> ReleaseAsync(Guid id, TaskStampDto input, TaskVerbs verbs, TaskAppService tasks, CancellationToken cancellationToken)
    {
        await verbs.ReleaseAsync(id, input.ConcurrencyStamp, cancellationToken);
        return TypedResults.Ok(await tasks.GetAsync(id, cancellationToken));
    }

    private static async Task<Ok<TaskDto>> CompleteAsync(Guid id, CompleteWorkflowTaskDto input, TaskVerbs verbs, TaskAppService tasks, CancellationToken cancellationToken)
    {
        await verbs.CompleteAsync(id, input, cancellationToken);
        return TypedResults.Ok(await tasks.GetAsync(id, cancellationToken));
    }

    private static async Task<Ok<IReadOnlyList<BatchResultDto>>> CompleteBatchAsync(CompleteBatchDto input, TaskVerbs verbs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await verbs.CompleteBatchAsync(input, cancellationToken));

    private static async Task<NoContent> SendBackAsync(Guid id, SendBackDto input, TaskVerbs verbs, CancellationToken cancellationToken)
    {
        await verbs.SendBackAsync(id, input, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> WithdrawAsync(Guid id, TaskStampDto input, TaskVerbs verbs, CancellationToken cancellationToken)
    {
        await verbs.WithdrawAsync(id, input.ConcurrencyStamp, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReassignAsync(Guid id, ReassignTaskDto input, TaskVerbs verbs, CancellationToken cancellationToken)
    {
        await verbs.ReassignAsync(id, input, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> AddSignerAsync(Guid id, AddSignerDto input, TaskVerbs verbs, CancellationToken cancellationToken)
    {
        await verbs.AddSignerAsync(id, input, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> CopyAsync(Guid id, CopyTaskDto input, TaskVerbs verbs, CancellationToken cancellationToken)
    {
        await verbs.CopyAsync(id, input, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> UrgeAsync(Guid id, UrgeTaskDto input, TaskVerbs verbs, CancellationToken cancellationToken)
    {
        await verbs.UrgeAsync(id, input, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<TaskDto>> CommentAsync(Guid id, CommentTaskDto input, TaskVerbs verbs, TaskAppService tasks, CancellationToken cancellationToken)
    {
        await verbs.CommentAsync(id, input, cancellationToken);
        return TypedResults.Ok(await tasks.GetAsync(id, cancellationToken));
    }

    private static async Task<Ok<IReadOnlyList<DelegationDto>>> ListDelegationsAsync(DelegationAppService delegations, CancellationToken cancellationToken) =>
        TypedResults.Ok(await delegations.ListAsync(cancellationToken));

    private static async Task<Ok<IReadOnlyList<ColleagueDto>>> DelegatesAsync(string? search, DelegationAppService delegations, CancellationToken cancellationToken) =>
        TypedResults.Ok(await delegations.PeopleAsync(search, cancellationToken));

    private static async Task<Ok<DelegationDto>> DelegateAsync(CreateDelegationDto input, DelegationAppService delegations, CancellationToken cancellationToken) =>
        TypedResults.Ok(await delegations.CreateAsync(input, cancellationToken));

    private static async Task<Ok<DelegationDto>> EndDelegationAsync(Guid id, DelegationAppService delegations, CancellationToken cancellationToken) =>
        TypedResults.Ok(await delegations.EndAsync(id, cancellationToken));
}
