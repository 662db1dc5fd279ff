using PilotPlatform.Permissions;

namespace PilotPlatform.Assessment;

/// <summary>Permissions of the Assessment module.</summary>
public static class AssessmentPermissions
{
    /// <summary>Score what was assigned to oneself, and nothing else.</summary>
    public const string Score = "Assessment.Score";

    /// <summary>See schemes, how assessments stand, and results.</summary>
    public const string View = "Assessment.View";

    /// <summary>Write schemes and assign panels.</summary>
    public const string Manage = "Assessment.Manage";

    /// <summary>Publish results.</summary>
    public const string Publish = "Assessment.Publish";

    /// <summary>Object to a result of one's own region.</summary>
    public const string RaiseObjection = "Assessment.RaiseObjection";

    /// <summary>Rule on objections to results that one's region published.</summary>
    public const string Rule = "Assessment.Rule";

    /// <summary>Write and hand in the self-assessment of one's own region's pilots.</summary>
    public const string SelfAssess = "Assessment.SelfAssess";

    internal static readonly PermissionDefinition[] Definitions =
    [
        new(Score, RoleNames.Assessor),
        new(View, RoleNames.Coordinator, RoleNames.Leader),
        new(Manage, RoleNames.Coordinator),
        new(Publish, RoleNames.Coordinator),
        new(RaiseObjection, RoleNames.Coordinator),
        new(Rule, RoleNames.Leader),
        new(SelfAssess, RoleNames.Coordinator),
    ];
}

/// <summary>Error codes of the Assessment module.</summary>
public static class AssessmentErrorCodes
{
    /// <summary>A published scheme is never changed; a new version is.</summary>
    public const string SchemePublished = "Assessment:SchemePublished";

    /// <summary>The scheme is still a draft.</summary>
    public const string SchemeNotPublished = "Assessment:SchemeNotPublished";

    /// <summary>There is a draft of a later version already.</summary>
    public const string RevisionExists = "Assessment:RevisionExists";

    /// <summary>The weights do not add up to 100.</summary>
    public const string WeightsNot100 = "Assessment:WeightsNot100";

    /// <summary>Another scheme was chosen for the theme beforehand.</summary>
    public const string OtherSchemeChosen = "Assessment:OtherSchemeChosen";

    /// <summary>The scheme is not among the region's published ones.</summary>
    public const string SchemeNotOffered = "Assessment:SchemeNotOffered";

    /// <summary>403: only the region that issued the programme chooses its schemes.</summary>
    public const string NotIssuer = "Assessment:NotIssuer";

    /// <summary>The panel has been set already.</summary>
    public const string PanelAlreadySet = "Assessment:PanelAlreadySet";

    /// <summary>A conflict of interest: the assessor belongs to the pilot's own region.</summary>
    public const string AssessorConflict = "Assessment:AssessorConflict";

    /// <summary>The person is no assessor of the issuing region.</summary>
    public const string NotAnAssessor = "Assessment:NotAnAssessor";

    /// <summary>A submitted score sheet is final.</summary>
    public const string SheetSubmitted = "Assessment:SheetSubmitted";

    /// <summary>Not all assessors have submitted.</summary>
    public const string NotAllSubmitted = "Assessment:NotAllSubmitted";

    /// <summary>The result has been published already.</summary>
    public const string AlreadyPublished = "Assessment:AlreadyPublished";

    /// <summary>A field's error: fewer than two assessors.</summary>
    public const string PanelTooSmall = "Assessment:PanelTooSmall";

    /// <summary>A field's error: the same person twice.</summary>
    public const string AssessorTwice = "Assessment:AssessorTwice";

    /// <summary>A field's error: points come in steps of a half.</summary>
    public const string PointsStep = "Assessment:PointsStep";

    /// <summary>A field's error: no such indicator in the scheme.</summary>
    public const string UnknownIndicator = "Assessment:UnknownIndicator";

    /// <summary>A field's error: the due date has passed.</summary>
    public const string DueInPast = "Assessment:DueInPast";

    /// <summary>A field's error: assessors differ by more than the threshold, which has to be explained.</summary>
    public const string SpreadNoteNeeded = "Assessment:SpreadNoteNeeded";

    /// <summary>The time for objections is over.</summary>
    public const string ObjectionTooLate = "Assessment:ObjectionTooLate";

    /// <summary>The region has objected to the result already.</summary>
    public const string AlreadyObjected = "Assessment:AlreadyObjected";

    /// <summary>The result is not final while the region may object, or its objection waits for the ruling.</summary>
    public const string ObjectionOpen = "Assessment:ObjectionOpen";

    /// <summary>The objection has been ruled on already.</summary>
    public const string AlreadyRuled = "Assessment:AlreadyRuled";

    /// <summary>Whoever published a result, or scored for it, does not rule on the objection to it.</summary>
    public const string RulerInvolved = "Assessment:RulerInvolved";

    /// <summary>A field's error: the ruling changes no points, although the objection is upheld.</summary>
    public const string NothingAdjusted = "Assessment:NothingAdjusted";

    /// <summary>A field's error: a file that is not the region's own.</summary>
    public const string UnknownFile = "Assessment:UnknownFile";

    /// <summary>The objection was withdrawn.</summary>
    public const string ObjectionWithdrawn = "Assessment:ObjectionWithdrawn";

    /// <summary>The self-assessment has been handed in.</summary>
    public const string SelfAssessmentHandedIn = "Assessment:SelfAssessmentHandedIn";

    /// <summary>A field's error: no web address.</summary>
    public const string LinkInvalid = "Assessment:LinkInvalid";

    /// <summary>No alarm of a wide spread waits for a decision.</summary>
    public const string SpreadNotOpen = "Assessment:SpreadNotOpen";

    /// <summary>One further assessor is called in for a panel, and has been.</summary>
    public const string ThirdNotPossible = "Assessment:ThirdNotPossible";

    /// <summary>The person is on the panel already.</summary>
    public const string AlreadyOnPanel = "Assessment:AlreadyOnPanel";

    /// <summary>Whoever may read the panel's scores cannot score blind to them.</summary>
    public const string AssessorNotBlind = "Assessment:AssessorNotBlind";

    /// <summary>The assessor has withdrawn for a conflict of interest.</summary>
    public const string Recused = "Assessment:Recused";

    /// <summary>The assessor has not withdrawn, or was replaced already.</summary>
    public const string NotRecused = "Assessment:NotRecused";
}
