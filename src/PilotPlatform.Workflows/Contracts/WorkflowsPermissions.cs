using PilotPlatform.Permissions;

namespace PilotPlatform.Workflows;

/// <summary>Permissions of the Workflows module. One's own tasks need none but a sign-in.</summary>
public static class WorkflowsPermissions
{
    /// <summary>See where flows of one's region and those below stand.</summary>
    public const string View = "Workflows.View";

    /// <summary>Draw, publish and retire flow definitions of one's own region.</summary>
    public const string Design = "Workflows.Design";

    /// <summary>Choose which flow the own themes and programmes take.</summary>
    public const string Choose = "Workflows.Choose";

    /// <summary>Deal with incidents, move instances to another version, reassign tasks of others.</summary>
    public const string Administer = "Workflows.Administer";

    internal static readonly PermissionDefinition[] Definitions =
    [
        new(View, RoleNames.Coordinator, RoleNames.Leader, RoleNames.RegionAdministrator),
        new(Design, RoleNames.RegionAdministrator),
        new(Choose, RoleNames.Coordinator, RoleNames.RegionAdministrator),
        new(Administer, RoleNames.RegionAdministrator),
    ];
}

/// <summary>Error codes of the Workflows module.</summary>
public static class WorkflowsErrorCodes
{
    /// <summary>The task is done, cancelled, or waits for an added signer.</summary>
    public const string TaskNotOpen = "Workflows:TaskNotOpen";

    /// <summary>Somebody else has claimed the task.</summary>
    public const string ClaimedByOther = "Workflows:ClaimedByOther";

    /// <summary>403: the task is not the caller's to do.</summary>
    public const string NotYours = "Workflows:NotYours";

    /// <summary>A task may be sent back only to a step that was done before it.</summary>
    public const string CannotSendBackThere = "Workflows:CannotSendBackThere";

    /// <summary>The next step has begun; the work cannot be withdrawn any more.</summary>
    public const string NextHasBegun = "Workflows:NextHasBegun";

    /// <summary>The person is not one who may do this: of another region, inactive, or excluded by the four-eyes rule.</summary>
    public const string UnsuitablePerson = "Workflows:UnsuitablePerson";

    /// <summary>The task's form does not allow several tasks at once, or the tasks are of different steps.</summary>
    public const string BatchNotAllowed = "Workflows:BatchNotAllowed";

    /// <summary>400: the choice is not among the options.</summary>
    public const string NotAnOption = "Workflows:NotAnOption";

    /// <summary>400: an option is chosen twice.</summary>
    public const string OptionTwice = "Workflows:OptionTwice";

    /// <summary>400: the value is not of the field's kind.</summary>
    public const string WrongKind = "Workflows:WrongKind";

    /// <summary>The task was urged a short while ago.</summary>
    public const string UrgedAlready = "Workflows:UrgedAlready";

    /// <summary>The delegation overlaps with another of the same person.</summary>
    public const string DelegationOverlaps = "Workflows:DelegationOverlaps";

    /// <summary>The task was the caller's to do by a delegation that is over; the data name whose and its last day.</summary>
    public const string DelegationOver = "Workflows:DelegationOver";

    /// <summary>The end lies before the beginning, or in the past.</summary>
    public const string PeriodWrong = "Workflows:PeriodWrong";

    /// <summary>422: the document is no BPMN that can be executed; the elements are listed.</summary>
    public const string ModelRefused = "Workflows:ModelRefused";

    /// <summary>The checks before publishing found errors; they are listed.</summary>
    public const string ModelHasErrors = "Workflows:ModelHasErrors";

    /// <summary>A definition of this key exists in the region already.</summary>
    public const string KeyTaken = "Workflows:KeyTaken";

    /// <summary>A region above does not allow that others override the flow; the data name it.</summary>
    public const string OverrideNotAllowed = "Workflows:OverrideNotAllowed";

    /// <summary>There is no draft to publish.</summary>
    public const string NoDraft = "Workflows:NoDraft";

    /// <summary>The version is not published.</summary>
    public const string NotPublished = "Workflows:NotPublished";

    /// <summary>The flow names programs or events that work on another kind of thing.</summary>
    public const string DoesNotFit = "Workflows:DoesNotFit";

    /// <summary>The instance has ended.</summary>
    public const string InstanceEnded = "Workflows:InstanceEnded";

    /// <summary>The incident is settled already.</summary>
    public const string IncidentSettled = "Workflows:IncidentSettled";

    /// <summary>The node mapping does not fit; the problems are listed.</summary>
    public const string MigrationDoesNotFit = "Workflows:MigrationDoesNotFit";

    /// <summary>The instance has gone on since; the migration cannot be undone.</summary>
    public const string StepTakenSince = "Workflows:StepTakenSince";

    /// <summary>400: the file is not there for the caller.</summary>
    public const string UnknownFile = "Workflows:UnknownFile";

    /// <summary>400: the variable is not declared, or the value is not of its type.</summary>
    public const string UnknownVariable = "Workflows:UnknownVariable";
}
