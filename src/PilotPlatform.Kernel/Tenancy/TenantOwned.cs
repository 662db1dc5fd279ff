namespace PilotPlatform.Tenancy;

/// <summary>A row that belongs to one region. Every entity is one unless it is on the list in <see cref="TenantExemptions"/>.</summary>
public interface ITenantOwned
{
    /// <summary>The owning region's id.</summary>
    Guid TenantId { get; }

    /// <summary>The owning region's path.</summary>
    string TenantPath { get; }
}

/// <summary>A row that the region which drafts it alone may see, ancestors excluded, while <see cref="IsDraft"/> holds.</summary>
public interface IRegionDraft : ITenantOwned
{
    /// <summary>True until the region submits it.</summary>
    bool IsDraft { get; }
}

/// <summary>A row that the person who drafts it alone may see while <see cref="IsDraft"/> holds.</summary>
public interface IPersonalDraft : ITenantOwned
{
    /// <summary>True until the person submits it.</summary>
    bool IsDraft { get; }

    /// <summary>Whose draft it is.</summary>
    Guid OwnerUserId { get; }
}

/// <summary>A row shared downwards: besides its owner's scope, regions with an <see cref="AudienceRow"/> for <see cref="AudienceKey"/> read it.</summary>
public interface IAudienceShared : ITenantOwned
{
    /// <summary>The id that audience rows name, usually the programme's.</summary>
    Guid AudienceKey { get; }
}

/// <summary>A row shared outwards: every region reads it once <see cref="IsShared"/> holds.</summary>
public interface IOutwardShared : ITenantOwned
{
    /// <summary>True once published to every region.</summary>
    bool IsShared { get; }
}

/// <summary>A row inherited downwards: besides its owner's scope, every region below the owner reads it while <see cref="IsInherited"/> holds.</summary>
public interface IInheritedDownwards : ITenantOwned
{
    /// <summary>True once regions below may read it.</summary>
    bool IsInherited { get; }
}
