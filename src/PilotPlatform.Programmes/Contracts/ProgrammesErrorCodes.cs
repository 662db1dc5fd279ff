namespace PilotPlatform.Programmes;

/// <summary>Error codes of the Programmes module.</summary>
public static class ProgrammesErrorCodes
{
    /// <summary>422: the text holds nothing to read.</summary>
    public const string NoticeEmpty = "Programmes:NoticeEmpty";

    /// <summary>422: the text is longer than a notice may be.</summary>
    public const string NoticeTooLarge = "Programmes:NoticeTooLarge";

    /// <summary>422: the characters are those of a wrong encoding.</summary>
    public const string NoticeGarbled = "Programmes:NoticeGarbled";

    /// <summary>422: the file is no text.</summary>
    public const string NoticeUnreadable = "Programmes:NoticeUnreadable";

    /// <summary>422: the file carries macros.</summary>
    public const string NoticeHasMacros = "Programmes:NoticeHasMacros";

    /// <summary>422: the file is protected by a password.</summary>
    public const string NoticeEncrypted = "Programmes:NoticeEncrypted";

    /// <summary>422: a file without text, such as a scan.</summary>
    public const string NoTextLayer = "Programmes:NoTextLayer";

    /// <summary>422: the server has no program that reads this format.</summary>
    public const string ConverterMissing = "Programmes:ConverterMissing";

    /// <summary>422: converting the file took too long.</summary>
    public const string ConversionTimedOut = "Programmes:ConversionTimedOut";

    /// <summary>No corrected notice waits to be compared.</summary>
    public const string NoRevision = "Programmes:NoRevision";

    /// <summary>The region has a template of that name.</summary>
    public const string TemplateNameTaken = "Programmes:TemplateNameTaken";

    /// <summary>The notice was published; its draft is closed.</summary>
    public const string NoticePublished = "Programmes:NoticePublished";

    /// <summary>Questions of the notice are open.</summary>
    public const string QuestionsOpen = "Programmes:QuestionsOpen";

    /// <summary>A field's error: the region does not lie directly below the issuing region.</summary>
    public const string RegionNotBelow = "Programmes:RegionNotBelow";

    /// <summary>A field's error: a programme needs a theme.</summary>
    public const string ThemeNeeded = "Programmes:ThemeNeeded";

    /// <summary>A field's error: a closing date for claims is needed that has not passed.</summary>
    public const string ClosingDateNeeded = "Programmes:ClosingDateNeeded";

    /// <summary>A field's error: a phase ends before it begins.</summary>
    public const string PhaseEndsBeforeStart = "Programmes:PhaseEndsBeforeStart";

    /// <summary>A field's error: claims are open to invited regions and none is invited.</summary>
    public const string InvitationNeeded = "Programmes:InvitationNeeded";

    /// <summary>403: only the region that issued the programme may do this.</summary>
    public const string NotIssuer = "Programmes:NotIssuer";

    /// <summary>The programme is not in force.</summary>
    public const string ProgrammeNotPublished = "Programmes:ProgrammeNotPublished";

    /// <summary>The programme takes no claims from this region.</summary>
    public const string ClaimsNotOpen = "Programmes:ClaimsNotOpen";

    /// <summary>The time for claims is over.</summary>
    public const string ClaimsClosed = "Programmes:ClaimsClosed";

    /// <summary>The region has a claim on the theme already.</summary>
    public const string AlreadyClaimed = "Programmes:AlreadyClaimed";

    /// <summary>The claim was handed in or decided and cannot be changed.</summary>
    public const string ClaimNotEditable = "Programmes:ClaimNotEditable";

    /// <summary>The claim does not wait for a decision.</summary>
    public const string ClaimNotAwaitingDecision = "Programmes:ClaimNotAwaitingDecision";

    /// <summary>A field's error: a link names a programme or theme that the issuer may not see.</summary>
    public const string LinkUnknown = "Programmes:LinkUnknown";

    /// <summary>The programme asks no report of this region.</summary>
    public const string NotToReport = "Programmes:NotToReport";

    /// <summary>The region has reported already.</summary>
    public const string AlreadyReported = "Programmes:AlreadyReported";

    /// <summary>Regions were reminded of the duty within the hour.</summary>
    public const string RemindedAlready = "Programmes:RemindedAlready";

    /// <summary>The region has the theme already.</summary>
    public const string AlreadyAssigned = "Programmes:AlreadyAssigned";

    /// <summary>The assignment was taken back before.</summary>
    public const string AssignmentRevoked = "Programmes:AssignmentRevoked";

    /// <summary>A reading of the list of items that only the issuer can settle is open.</summary>
    public const string ItemListUndecided = "Programmes:ItemListUndecided";

    /// <summary>Numbers that the list of items states are not those of its rows.</summary>
    public const string ItemListNumbersDiffer = "Programmes:ItemListNumbersDiffer";

    /// <summary>The list of items lacks something.</summary>
    public const string ItemListIncomplete = "Programmes:ItemListIncomplete";

    /// <summary>The list of items is locked: what was issued may not be changed or taken back.</summary>
    public const string ItemListLocked = "Programmes:ItemListLocked";

    /// <summary>The next version of the list is being made already.</summary>
    public const string ItemListDraftExists = "Programmes:ItemListDraftExists";

    /// <summary>There is no draft to issue: it was issued before, by whom and when is said.</summary>
    public const string ItemListIssuedAlready = "Programmes:ItemListIssuedAlready";

    /// <summary>A field's error: a document that is issued does not bear a date to come.</summary>
    public const string DocumentDateInFuture = "Programmes:DocumentDateInFuture";

    /// <summary>A field's error: a document that carries a notice out is not older than the notice.</summary>
    public const string DocumentDateBeforeNotice = "Programmes:DocumentDateBeforeNotice";

    /// <summary>A field's error: two parts of a list have the same name or key.</summary>
    public const string ItemListKeyTaken = "Programmes:ItemListKeyTaken";

    /// <summary>A field's error: the region does not lie below the issuing region.</summary>
    public const string ItemRegionNotBelow = "Programmes:ItemRegionNotBelow";

    /// <summary>The request for items was handed in or decided.</summary>
    public const string RegionRequestNotEditable = "Programmes:RegionRequestNotEditable";

    /// <summary>The request for items does not wait for a decision.</summary>
    public const string RegionRequestNotAwaitingDecision = "Programmes:RegionRequestNotAwaitingDecision";

    /// <summary>The list takes no requests of this region: it is its issuer, or does not lie below it.</summary>
    public const string ItemListTakesNoRequests = "Programmes:ItemListTakesNoRequests";

    /// <summary>A field's error: the region has the item already.</summary>
    public const string RequestedItemHeld = "Programmes:RequestedItemHeld";

    /// <summary>A field's error: the version in force has no such item any more.</summary>
    public const string RequestedItemGone = "Programmes:RequestedItemGone";

    /// <summary>A field's error: an item is asked for twice.</summary>
    public const string RequestedItemTwice = "Programmes:RequestedItemTwice";

    /// <summary>A field's error: a request of which nothing is accepted is refused, not accepted.</summary>
    public const string RequestedItemsAllLeftOut = "Programmes:RequestedItemsAllLeftOut";

    /// <summary>A field's error: a file is not there, or another region's.</summary>
    public const string UnknownRequestFile = "Programmes:UnknownRequestFile";

    /// <summary>A field's error: there is no such kind of flow.</summary>
    public const string UnknownFlowKind = "Programmes:UnknownFlowKind";

    /// <summary>A field's error: the flow chosen for a theme is not in force any more, or cannot be used there.</summary>
    public const string FlowGone = "Programmes:FlowGone";

    /// <summary>The same for the whole programme.</summary>
    public const string ProgrammeFlowGone = "Programmes:ProgrammeFlowGone";

    /// <summary>A field's error: the scheme chosen for a theme is not there any more.</summary>
    public const string SchemeGone = "Programmes:SchemeGone";

    /// <summary>The same for the whole programme.</summary>
    public const string ProgrammeSchemeGone = "Programmes:ProgrammeSchemeGone";

    /// <summary>403: choosing flows or schemes takes a permission of its own.</summary>
    public const string MayNotChoose = "Programmes:MayNotChoose";

    /// <summary>422: the file or the pasted text holds no table.</summary>
    public const string ItemTableEmpty = "Programmes:ItemTableEmpty";

    /// <summary>422: the file is too large, packed or unpacked.</summary>
    public const string ItemTableTooLarge = "Programmes:ItemTableTooLarge";

    /// <summary>422: the file is damaged.</summary>
    public const string ItemTableUnreadable = "Programmes:ItemTableUnreadable";

    /// <summary>422: files of this kind are not read.</summary>
    public const string ItemTableUnsupported = "Programmes:ItemTableUnsupported";

    /// <summary>422: the file carries macros.</summary>
    public const string ItemTableHasMacros = "Programmes:ItemTableHasMacros";

    /// <summary>422: the file is protected by a password.</summary>
    public const string ItemTableEncrypted = "Programmes:ItemTableEncrypted";
}
