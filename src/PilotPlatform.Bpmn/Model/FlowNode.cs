namespace PilotPlatform.Bpmn;

/// <summary>A node of the flow. The kinds below are all that the engine executes; the reader refuses every other.</summary>
/// <param name="Id">Its id, unique in the document.</param>
/// <param name="Name">Its name, as shown to people.</param>
public abstract record FlowNode(string Id, string? Name);

/// <summary>A start event.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">Null for a none start; else a timer or a message.</param>
public sealed record StartEvent(string Id, string? Name, Trigger? Trigger) : FlowNode(Id, Name);

/// <summary>How an end event ends.</summary>
public enum EndKind
{
    /// <summary>The token ends.</summary>
    None,

    /// <summary>Every token of the scope ends.</summary>
    Terminate,

    /// <summary>An error is thrown to the nearest boundary that catches it.</summary>
    Error,
}

/// <summary>An end event.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">How it ends.</param>
/// <param name="ErrorCode">The error's code, for <see cref="EndKind.Error"/>.</param>
public sealed record EndEvent(string Id, string? Name, EndKind Kind, string? ErrorCode) : FlowNode(Id, Name);

/// <summary>An intermediate catch event.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">A timer or a message.</param>
public sealed record CatchEvent(string Id, string? Name, Trigger Trigger) : FlowNode(Id, Name);

/// <summary>An event on the boundary of an activity.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="AttachedToId">The activity.</param>
/// <param name="IsInterrupting">True when it ends the activity (cancelActivity); an error always does.</param>
/// <param name="Trigger">A timer or an error.</param>
public sealed record BoundaryEvent(string Id, string? Name, string AttachedToId, bool IsInterrupting, Trigger Trigger) : FlowNode(Id, Name);

/// <summary>What an event waits for.</summary>
public abstract record Trigger;

/// <summary>How a timer is given.</summary>
public enum TimerKind
{
    /// <summary>An ISO 8601 date or date-time, or an expression that yields one.</summary>
    Date,

    /// <summary>An ISO 8601 duration.</summary>
    Duration,

    /// <summary>An ISO 8601 repeating interval, such as R3/P1D.</summary>
    Cycle,
}

/// <summary>A timer.</summary>
/// <param name="Kind">How it is given.</param>
/// <param name="Text">The ISO 8601 text, or an expression over declared variables after <c>=</c>.</param>
/// <param name="InWorkingDays">True when the days of a duration are working days by the State Council's calendar (attribute <c>pilot:calendar="working"</c>).</param>
public sealed record TimerTrigger(TimerKind Kind, string Text, bool InWorkingDays) : Trigger;

/// <summary>A message, by name.</summary>
public sealed record MessageTrigger(string MessageName) : Trigger;

/// <summary>An error; a null code catches every error.</summary>
public sealed record ErrorTrigger(string? ErrorCode) : Trigger;

/// <summary>A gateway of one of the four kinds that are executed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
public abstract record Gateway(string Id, string? Name) : FlowNode(Id, Name);

/// <summary>Takes the first flow whose condition holds, else the default.</summary>
public sealed record ExclusiveGateway(string Id, string? Name, string? DefaultFlowId) : Gateway(Id, Name);

/// <summary>Takes every flow; waits for a token on every incoming flow.</summary>
public sealed record ParallelGateway(string Id, string? Name) : Gateway(Id, Name);

/// <summary>Takes every flow whose condition holds, else the default; waits for every token that can still arrive.</summary>
public sealed record InclusiveGateway(string Id, string? Name, string? DefaultFlowId) : Gateway(Id, Name);

/// <summary>Takes the flow of whichever of the following catch events happens first.</summary>
public sealed record EventBasedGateway(string Id, string? Name) : Gateway(Id, Name);

/// <summary>Something that takes time.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Loop">Multi-instance, or null.</param>
/// <param name="DefaultFlowId">The default among its outgoing flows, or null.</param>
public abstract record Activity(string Id, string? Name, MultiInstance? Loop, string? DefaultFlowId) : FlowNode(Id, Name)
{
    /// <summary>How many tokens must have come, by whatever flow, before it begins (startQuantity): 1 as a rule.</summary>
    public int StartQuantity { get; init; } = 1;

    /// <summary>How many tokens leave by each flow that it takes (completionQuantity): 1 as a rule.</summary>
    public int CompletionQuantity { get; init; } = 1;
}

/// <summary>
/// Multi-instance. 会签 and 或签 are parallel ones with a completion condition, such as <c>countOf(votes, "agree") &gt;= 1</c>.
/// Each instance sees <c>loopCounter</c> (from 0) and its item; the condition sees <c>nrOfInstances</c>,
/// <c>nrOfActiveInstances</c>, <c>nrOfCompletedInstances</c>, <c>nrOfTerminatedInstances</c> and the outputs so far.
/// </summary>
/// <param name="IsSequential">One after another.</param>
/// <param name="Cardinality">How many: an expression; null when <paramref name="Collection"/> is given.</param>
/// <param name="Collection">A list variable, one instance an item.</param>
/// <param name="ItemVariable">The name under which an instance sees its item.</param>
/// <param name="CompletionCondition">Ends the rest when true after an instance completed; an expression, or null.</param>
/// <param name="OutputCollection">A list variable that collects <paramref name="OutputItem"/> of every completed instance, in order of completion.</param>
/// <param name="OutputItem">The variable of an instance that is collected.</param>
public sealed record MultiInstance(
    bool IsSequential, string? Cardinality, string? Collection, string? ItemVariable, string? CompletionCondition,
    string? OutputCollection, string? OutputItem);

/// <summary>Work of a person.</summary>
public sealed record UserTask(string Id, string? Name, MultiInstance? Loop, string? DefaultFlowId, HumanWork Work)
    : Activity(Id, Name, Loop, DefaultFlowId);

/// <summary>Work of a program: a registered handler.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Loop">Multi-instance, or null.</param>
/// <param name="DefaultFlowId">The default among its outgoing flows, or null.</param>
/// <param name="Handler">The handler's stable name, such as <c>pilots.accept-submission</c>; null when not chosen yet.</param>
/// <param name="ActsFor">Which of the instance's regions it acts for.</param>
/// <param name="Retry">How often and after which waits it is tried again.</param>
public sealed record ServiceTask(
    string Id, string? Name, MultiInstance? Loop, string? DefaultFlowId, string? Handler, RegionRole ActsFor, RetryRule Retry)
    : Activity(Id, Name, Loop, DefaultFlowId);

/// <summary>Tells people something (抄送、通知).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, which is the notice's title.</param>
/// <param name="Loop">Multi-instance, or null.</param>
/// <param name="DefaultFlowId">The default among its outgoing flows, or null.</param>
/// <param name="To">Whom.</param>
/// <param name="Text">What, in the model author's words; <c>{name}</c> stands for a variable.</param>
public sealed record SendTask(
    string Id, string? Name, MultiInstance? Loop, string? DefaultFlowId, AssigneeRule? To, string? Text)
    : Activity(Id, Name, Loop, DefaultFlowId);

/// <summary>Work outside the system, or an undefined task: the engine notes it and passes on (BPMN 2.0 § 13.3.3).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Loop">Multi-instance, or null.</param>
/// <param name="DefaultFlowId">The default among its outgoing flows, or null.</param>
/// <param name="IsAbstract">True for a task of no kind, false for a manual task.</param>
public sealed record ManualTask(string Id, string? Name, MultiInstance? Loop, string? DefaultFlowId, bool IsAbstract)
    : Activity(Id, Name, Loop, DefaultFlowId);

/// <summary>Runs another process and waits for its end. Variables go in and come back by name.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Loop">Multi-instance, or null.</param>
/// <param name="DefaultFlowId">The default among its outgoing flows, or null.</param>
/// <param name="CalledElement">The called process's key; null when not chosen yet.</param>
public sealed record CallActivity(string Id, string? Name, MultiInstance? Loop, string? DefaultFlowId, string? CalledElement)
    : Activity(Id, Name, Loop, DefaultFlowId);

/// <summary>An embedded sub-process.</summary>
public sealed record SubProcess(string Id, string? Name, MultiInstance? Loop, string? DefaultFlowId, FlowScope Scope)
    : Activity(Id, Name, Loop, DefaultFlowId);
