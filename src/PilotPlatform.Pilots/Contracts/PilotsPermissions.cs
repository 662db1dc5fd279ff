using PilotPlatform.Permissions;

namespace PilotPlatform.Pilots;

/// <summary>Permissions of the Pilots module. Assessors have none of them: they reach pilots through their own assignments.</summary>
public static class PilotsPermissions
{
    /// <summary>See pilots of one's own region and of those below.</summary>
    public const string View = "Pilots.View";

    /// <summary>Plan and carry out one's own region's pilots: plan, tasks, progress notes.</summary>
    public const string Plan = "Pilots.Plan";

    /// <summary>Draft and hand in deliverables of one's own region's pilots.</summary>
    public const string SubmitDeliverables = "Pilots.Deliverables.Submit";

    /// <summary>Check deliverables of the pilots that one's own region assigned; return or accept them.</summary>
    public const string ReviewDeliverables = "Pilots.Deliverables.Review";

    /// <summary>Suspend and resume pilots that one's own region assigned.</summary>
    public const string Suspend = "Pilots.Suspend";

    internal static readonly PermissionDefinition[] Definitions =
    [
        new(View, RoleNames.Coordinator, RoleNames.Leader),
        new(Plan, RoleNames.Coordinator),
        new(SubmitDeliverables, RoleNames.Coordinator),
        new(ReviewDeliverables, RoleNames.Coordinator),
        new(Suspend, RoleNames.Coordinator, RoleNames.Leader),
    ];
}
