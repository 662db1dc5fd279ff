using PilotPlatform.Permissions;

namespace PilotPlatform.Programmes;

/// <summary>Permissions of the Programmes module.</summary>
public static class ProgrammesPermissions
{
    /// <summary>See programmes, their themes and assignments, and the own region's claims.</summary>
    public const string View = "Programmes.View";

    /// <summary>Read notices in and work on their drafts.</summary>
    public const string Manage = "Programmes.Manage";

    /// <summary>Publish a notice as a programme, and close a programme.</summary>
    public const string Publish = "Programmes.Publish";

    /// <summary>Claim themes for the own region.</summary>
    public const string Claim = "Programmes.Claim";

    /// <summary>Say that the own region has reported what a programme asks it to report.</summary>
    public const string Report = "Programmes.Report";

    /// <summary>See all claims on the own programmes, record opinions, decide, assign and revoke.</summary>
    public const string DecideClaims = "Programmes.DecideClaims";

    /// <summary>Draft lists of items for the own programmes.</summary>
    public const string EditItemLists = "Programmes.EditItemLists";

    /// <summary>Issue lists of items.</summary>
    public const string IssueItemLists = "Programmes.IssueItemLists";

    /// <summary>Ask for further items of a list for the own region.</summary>
    public const string RequestItems = "Programmes.RequestItems";

    internal static readonly PermissionDefinition[] Definitions =
    [
        new(View, RoleNames.Coordinator, RoleNames.Leader),
        new(Manage, RoleNames.Coordinator),
        new(Publish, RoleNames.Coordinator),
        new(Claim, RoleNames.Coordinator),
        new(Report, RoleNames.Coordinator),
        new(DecideClaims, RoleNames.Coordinator, RoleNames.Leader),
        new(EditItemLists, RoleNames.Coordinator),
        new(IssueItemLists, RoleNames.Coordinator),
        new(RequestItems, RoleNames.Coordinator),
    ];
}
