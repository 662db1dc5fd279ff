using System.Text.Json;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Workflows;

/// <summary>What a flow is about: one thing of a domain module.</summary>
/// <param name="Type">The kind of thing, such as <c>deliverable</c>; at most 40 characters.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title, in the data's own words.</param>
/// <param name="Link">The web app's route that shows it.</param>
/// <param name="Region">The region whose matter it is; the instance's rows carry its path.</param>
/// <param name="Issuer">The region that issued it: the same or one above.</param>
/// <param name="PartOf">The larger thing whose page shows its flows (a deliverable's pilot); null when it stands alone.</param>
public sealed record WorkflowSubject(string Type, Guid Id, string Title, string Link, TenantRef Region, TenantRef Issuer, Guid? PartOf = null);

/// <summary>Starts and moves flows. Every call adds its changes to the current context; the caller's SaveChanges commits them with its own.</summary>
public interface IWorkflows
{
    /// <summary>
    /// Starts the flow that is in force for a region: the nearest definition of the key from the region upwards that may
    /// override those above it, or the one that its issuer chose for a theme. Does nothing when one of the key runs for
    /// the subject already.
    /// </summary>
    /// <param name="key">The definition's key, such as <c>pilots.submission</c>.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="variables">Values of declared variables.</param>
    /// <param name="chosenFor">Ids for which an issuer may have chosen another definition, the nearest first (theme, programme).</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The instance's id; null when no definition of the key is in force.</returns>
    Task<Guid?> StartAsync(
        string key, WorkflowSubject subject, IReadOnlyDictionary<string, object?> variables, IReadOnlyList<Guid> chosenFor, CancellationToken cancellationToken);

    /// <summary>
    /// Tells the flows of a subject that something happened in the domain: open tasks bound to the event by
    /// <c>completedBy</c> complete with the values, and waits for a message of that name go on. Does nothing when none wait.
    /// </summary>
    /// <param name="subjectId">The subject.</param>
    /// <param name="eventName">The event, such as <c>pilots.submission-decided</c>.</param>
    /// <param name="values">Values that become variables.</param>
    /// <param name="byUser">Whose task of several alike it was; null for any.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task HappenedAsync(
        Guid subjectId, string eventName, IReadOnlyDictionary<string, object?> values, Guid? byUser, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a person's open task away: they are not the one to do it any more, and nobody is named yet. With it go the signers
    /// added to it. Its place in the flow stays, in nobody's inbox, until <see cref="HandOverAsync"/> fills it or
    /// <see cref="GiveUpPlacesAsync"/> gives it up. Does nothing when the person has no open task of that event.
    /// </summary>
    /// <param name="subjectId">The subject.</param>
    /// <param name="eventName">The event that completes such tasks (<c>completedBy</c>).</param>
    /// <param name="userId">Whose task.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task VacateAsync(Guid subjectId, string eventName, Guid userId, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a person's open task, or the place that they left, to another: in one step the one's is taken away and the other's
    /// comes. It is a new task: remarks, copies and added signers of the first stay with the first. Does nothing when there is
    /// neither (the flow is not there yet, or the work is done), or when the other has such a task already.
    /// </summary>
    /// <param name="subjectId">The subject.</param>
    /// <param name="eventName">The event that completes such tasks (<c>completedBy</c>).</param>
    /// <param name="fromUser">Whose task it is, or whose it was.</param>
    /// <param name="toUser">Who is to do it now; an incident when the flow does not concern their region.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task HandOverAsync(Guid subjectId, string eventName, Guid fromUser, Guid toUser, CancellationToken cancellationToken);

    /// <summary>
    /// Lets the flows of a subject go on without those whose places were left and not filled, where they go on to ask for somebody.
    /// A flow that has no task bound to the answer keeps the places until they are filled: it would take the work for done.
    /// </summary>
    /// <param name="subjectId">The subject.</param>
    /// <param name="eventName">The event that completes such tasks (<c>completedBy</c>).</param>
    /// <param name="answerEvent">The event that completes the task which asks for somebody.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task GiveUpPlacesAsync(Guid subjectId, string eventName, string answerEvent, CancellationToken cancellationToken);

    /// <summary>Ends the running flows of a subject that is no more (a pilot that was withdrawn).</summary>
    Task TerminateAsync(Guid subjectId, string reason, CancellationToken cancellationToken);
}

/// <summary>Places of a flow, as a list of people names them whom an assignee expression reads one by one.</summary>
public static class WorkflowPlaces
{
    private const string Vacancy = "vacant:";

    /// <summary>The place that somebody left, where a user's id would stand: nobody's task, until <see cref="IWorkflows.HandOverAsync"/> fills it.</summary>
    /// <param name="userId">Who left it.</param>
    public static string LeftBy(Guid userId) => $"{Vacancy}{userId:N}";

    internal static bool IsVacancy(string text) => text.StartsWith(Vacancy, StringComparison.Ordinal);

    internal static Guid? WhoLeft(string text) => IsVacancy(text) && Guid.TryParseExact(text[Vacancy.Length..], "N", out var id) ? id : null;
}

/// <summary>What a service task is told.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="NodeId">The node.</param>
/// <param name="Subject">What the flow is about.</param>
/// <param name="Variables">The values that the task sees.</param>
public sealed record ServiceTaskContext(
    Guid InstanceId, string NodeId, WorkflowSubject Subject, IReadOnlyDictionary<string, JsonElement> Variables)
{
    /// <summary>A text variable, or null.</summary>
    public string? Text(string name) =>
        Variables.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>
    /// The texts of a list variable. A single text counts as a list of one: a field that takes several options may have taken one
    /// in an earlier version of the flow. Empty when it holds neither.
    /// </summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!Variables.TryGetValue(name, out var value) || value.ValueKind != JsonValueKind.Array)
        {
            return Text(name) is { Length: > 0 } text ? [text] : [];
        }

        return [.. value.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!)];
    }
}

/// <summary>
/// The program behind service tasks of one handler name. It runs in the scope of a region of the instance, adds its changes
/// to the context and does not save: the engine saves them together with the flow's own step. It may run again after a
/// failure, and after somebody did the same by hand: what is done already it leaves as it is.
/// </summary>
public interface IServiceTaskHandler
{
    /// <summary>Does the work; returns values that become variables, or null.</summary>
    /// <exception cref="WorkflowErrorException">A BPMN error for the boundary to catch.</exception>
    /// <exception cref="Errors.BusinessException">A rule forbids it: an administrator is asked at once.</exception>
    Task<IReadOnlyDictionary<string, object?>?> RunAsync(ServiceTaskContext context, CancellationToken cancellationToken);
}

/// <summary>A BPMN error thrown by a service task.</summary>
public sealed class WorkflowErrorException(string errorCode) : Exception($"BPMN error {errorCode}.")
{
    /// <summary>The code that boundary events name.</summary>
    public string ErrorCode { get; } = errorCode;
}

/// <summary>A flow that comes with the product: published for everybody, overridable by regions.</summary>
/// <param name="Key">Its key, such as <c>pilots.submission</c>.</param>
/// <param name="Name">Its name, in Chinese.</param>
/// <param name="ReadXml">Reads its BPMN XML.</param>
/// <param name="RunsAtIssuer">Whether its instances are the issuer's own; else they are those of the region below.</param>
public sealed record StandardWorkflow(string Key, string Name, Func<string> ReadXml, bool RunsAtIssuer = false);

/// <summary>A registered service-task handler.</summary>
/// <param name="Name">Stable name, such as <c>pilots.submit</c>; its text key is <c>ServiceTask:</c> plus this.</param>
/// <param name="HandlerType">The handler.</param>
public sealed record ServiceTaskDescriptor(string Name, Type HandlerType);

/// <summary>An event of the domain that tasks and messages may be bound to.</summary>
/// <param name="Name">Stable name, such as <c>pilots.submission-decided</c>; its text key is <c>WorkflowEvent:</c> plus this.</param>
public sealed record WorkflowEventDescriptor(string Name);
