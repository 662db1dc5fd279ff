namespace PilotPlatform.Regions.Regions;

/// <summary>A node of the region tree.</summary>
/// <param name="Id">The region's id.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">The full name.</param>
/// <param name="ShortName">The short name.</param>
/// <param name="Level">Where it stands.</param>
/// <param name="ParentId">The region above.</param>
/// <param name="IsActive">Whether people may sign in for it.</param>
/// <param name="IsAdded">A zone or town that a region added itself.</param>
/// <param name="HasChildren">Whether there are regions below.</param>
internal sealed record RegionNodeDto(
    Guid Id, string Code, string Name, string ShortName, RegionLevel Level, Guid? ParentId, bool IsActive, bool IsAdded, bool HasChildren);

/// <summary>A zone or town to add.</summary>
/// <param name="Code">Begins with the code of the region above; lower-case letters and digits.</param>
/// <param name="Name">The full name, such as 南通经济技术开发区.</param>
/// <param name="ShortName">The short name.</param>
/// <param name="Level">County for a zone, Town for a town.</param>
internal sealed record AddRegionDto(string? Code, string? Name, string? ShortName, RegionLevel Level);
