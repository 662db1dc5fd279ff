namespace PilotPlatform.Pilots;

/// <summary>Error codes of the Pilots module.</summary>
public static class PilotsErrorCodes
{
    /// <summary>The pilot's state does not allow the verb.</summary>
    public const string IllegalTransition = "Pilots:IllegalTransition";

    /// <summary>403: only the region that carries the pilot out may do this.</summary>
    public const string OnlyCarryingRegion = "Pilots:OnlyCarryingRegion";

    /// <summary>403: only the region that assigned the pilot may do this.</summary>
    public const string OnlyIssuer = "Pilots:OnlyIssuer";

    /// <summary>The plan has not been submitted, so the pilot cannot start.</summary>
    public const string PlanNotSubmitted = "Pilots:PlanNotSubmitted";

    /// <summary>A plan needs at least one phase with one task before it is submitted.</summary>
    public const string PlanIsEmpty = "Pilots:PlanIsEmpty";

    /// <summary>A task that is done may not be taken out of the plan.</summary>
    public const string DoneTaskRemoved = "Pilots:DoneTaskRemoved";

    /// <summary>The task is done already, or not yet done.</summary>
    public const string TaskStateDiffers = "Pilots:TaskStateDiffers";

    /// <summary>A date lies after today.</summary>
    public const string DateInFuture = "Pilots:DateInFuture";

    /// <summary>A date lies before today.</summary>
    public const string DateInPast = "Pilots:DateInPast";

    /// <summary>A phase ends before it begins.</summary>
    public const string EndsBeforeItBegins = "Pilots:EndsBeforeItBegins";

    /// <summary>The office is not one of the region's.</summary>
    public const string UnknownOffice = "Pilots:UnknownOffice";

    /// <summary>The file is not there for the caller, or is not the region's own.</summary>
    public const string UnknownFile = "Pilots:UnknownFile";

    /// <summary>At least one file is needed.</summary>
    public const string FileNeeded = "Pilots:FileNeeded";

    /// <summary>The deliverable is handed in and waits for its check, or is accepted: nothing may be changed now.</summary>
    public const string DeliverableLocked = "Pilots:DeliverableLocked";

    /// <summary>The submission has been handed in already.</summary>
    public const string AlreadySubmitted = "Pilots:AlreadySubmitted";

    /// <summary>The submission has been decided on already.</summary>
    public const string AlreadyDecided = "Pilots:AlreadyDecided";

    /// <summary>Accepting needs every item of the formal check passed.</summary>
    public const string FormalCheckNotPassed = "Pilots:FormalCheckNotPassed";

    /// <summary>Each item of the formal check is answered once.</summary>
    public const string FormalCheckIncomplete = "Pilots:FormalCheckIncomplete";

    /// <summary>A return names at least one section.</summary>
    public const string SectionNeeded = "Pilots:SectionNeeded";

    /// <summary>The pilot is not accepted yet, so it cannot be assessed.</summary>
    public const string NotAccepted = "Pilots:NotAccepted";

    /// <summary>A value is given twice.</summary>
    public const string GivenTwice = "Pilots:GivenTwice";

    /// <summary>The slot of the ledger is handed in or confirmed: nothing may be changed now.</summary>
    public const string SlotLocked = "Pilots:SlotLocked";

    /// <summary>The list of items no longer asks for the slot.</summary>
    public const string SlotClosed = "Pilots:SlotClosed";

    /// <summary>There is nothing in the slot that could be handed in.</summary>
    public const string SlotIsEmpty = "Pilots:SlotIsEmpty";

    /// <summary>The slot is not handed in, or is decided on already.</summary>
    public const string SlotNotHandedIn = "Pilots:SlotNotHandedIn";

    /// <summary>“Not applicable” needs a reason.</summary>
    public const string ReasonNeeded = "Pilots:ReasonNeeded";

    /// <summary>“Not applicable” goes without files and persons.</summary>
    public const string NotApplicableHasContent = "Pilots:NotApplicableHasContent";

    /// <summary>A telephone number of digits, spaces, brackets, plus and hyphens.</summary>
    public const string PhoneNotValid = "Pilots:PhoneNotValid";

    /// <summary>More than {max} entries.</summary>
    public const string TooMany = "Pilots:TooMany";
}
