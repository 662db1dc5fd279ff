using PilotPlatform.Permissions;

namespace PilotPlatform.Replication;

/// <summary>Permissions of the Replication module.</summary>
public static class ReplicationPermissions
{
    /// <summary>Read the experience library, download reports, see one's region's adoptions.</summary>
    public const string View = "Replication.View";

    /// <summary>Write up and certify practices.</summary>
    public const string Certify = "Replication.Certify";

    /// <summary>Declare and withdraw adoptions.</summary>
    public const string Adopt = "Replication.Adopt";

    internal static readonly PermissionDefinition[] Definitions =
    [
        new(View, RoleNames.Coordinator, RoleNames.Leader),
        new(Certify, RoleNames.Coordinator),
        new(Adopt, RoleNames.Coordinator),
    ];
}

/// <summary>Error codes of the Replication module.</summary>
public static class ReplicationErrorCodes
{
    /// <summary>A practice needs a published result that passed.</summary>
    public const string NoPassingResult = "Replication:NoPassingResult";

    /// <summary>The pilot's practice is being written already.</summary>
    public const string DraftExists = "Replication:DraftExists";

    /// <summary>A region does not adopt its own practice.</summary>
    public const string OwnPractice = "Replication:OwnPractice";

    /// <summary>The adoption has been withdrawn already.</summary>
    public const string AdoptionWithdrawn = "Replication:AdoptionWithdrawn";

    /// <summary>A field's error: unknown maturity level.</summary>
    public const string MaturityNeeded = "Replication:MaturityNeeded";
}
