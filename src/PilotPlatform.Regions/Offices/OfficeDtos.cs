namespace PilotPlatform.Regions.Offices;

/// <summary>An office of a region.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The full name.</param>
/// <param name="ShortName">The usual short name.</param>
/// <param name="Order">Its place in the region's lists.</param>
/// <param name="IsRetired">No longer to be chosen.</param>
/// <param name="ConcurrencyStamp">To be sent back with a change.</param>
internal sealed record OfficeDto(Guid Id, string Name, string ShortName, int Order, bool IsRetired, string ConcurrencyStamp);

/// <summary>A new office.</summary>
/// <param name="Name">The full name.</param>
/// <param name="ShortName">The usual short name.</param>
internal sealed record CreateOfficeDto(string? Name, string? ShortName);

/// <summary>An office's new names.</summary>
/// <param name="Name">The full name.</param>
/// <param name="ShortName">The usual short name.</param>
/// <param name="ConcurrencyStamp">As it was read.</param>
internal sealed record RenameOfficeDto(string? Name, string? ShortName, string? ConcurrencyStamp);

/// <summary>A change that needs nothing but the stamp.</summary>
/// <param name="ConcurrencyStamp">As it was read.</param>
internal sealed record RetireOfficeDto(string? ConcurrencyStamp);

/// <summary>The order of a region's offices.</summary>
/// <param name="OfficeIds">Each office that is not retired, once, in the wanted order.</param>
internal sealed record ReorderOfficesDto(IReadOnlyList<Guid>? OfficeIds);
