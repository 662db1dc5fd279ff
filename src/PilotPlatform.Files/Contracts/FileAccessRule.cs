namespace PilotPlatform.Files;

/// <summary>
/// A module's say on who may read a file, after tenant and draft filters have let it through. One answer of false hides
/// the file; for holders of <see cref="FilesPermissions.ReadAssignedOnly"/> at least one rule must answer true. Rules are
/// asked in no particular order. A rule must not call <see cref="IFileLibrary"/>: that asks the rules.
/// </summary>
public interface IFileAccessRule
{
    /// <summary>True: may read; false: must not; null: this module has nothing to say about the file.</summary>
    Task<bool?> MayReadAsync(StoredFileInfo file, CancellationToken cancellationToken);
}
