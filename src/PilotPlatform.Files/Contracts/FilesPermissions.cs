using PilotPlatform.Permissions;

namespace PilotPlatform.Files;

/// <summary>Permissions of the Files module.</summary>
public static class FilesPermissions
{
    /// <summary>Upload files for one's own region.</summary>
    public const string Upload = "Files.Upload";

    /// <summary>Download files that one may see.</summary>
    public const string Download = "Files.Download";

    /// <summary>Narrows the holder: only files that a module's <see cref="IFileAccessRule"/> says were assigned to them.</summary>
    public const string ReadAssignedOnly = "Files.ReadAssignedOnly";

    internal static readonly PermissionDefinition[] Definitions =
    [
        new(Upload, RoleNames.Coordinator),
        new(Download, RoleNames.Coordinator, RoleNames.Leader, RoleNames.Assessor),
        new(ReadAssignedOnly, RoleNames.Assessor),
    ];
}

/// <summary>Error codes of the Files module.</summary>
public static class FilesErrorCodes
{
    /// <summary>413: the file is larger than the limit; said before a byte is sent.</summary>
    public const string TooLarge = "Files:TooLarge";

    /// <summary>413: more bytes came than were announced.</summary>
    public const string MoreThanAnnounced = "Files:MoreThanAnnounced";

    /// <summary>422: the file has no content.</summary>
    public const string Empty = "Files:Empty";

    /// <summary>415: files of this extension are not taken.</summary>
    public const string ExtensionNotAllowed = "Files:ExtensionNotAllowed";

    /// <summary>415: the content is not what the extension says.</summary>
    public const string ContentMismatch = "Files:ContentMismatch";

    /// <summary>422: the virus scanner found something.</summary>
    public const string Infected = "Files:Infected";

    /// <summary>503: the virus scanner did not answer; the upload is kept and can be completed later.</summary>
    public const string ScannerUnavailable = "Files:ScannerUnavailable";

    /// <summary>409: the bytes do not continue where the upload stands.</summary>
    public const string OffsetMismatch = "Files:OffsetMismatch";

    /// <summary>423: another request is writing to the same upload.</summary>
    public const string UploadLocked = "Files:UploadLocked";

    /// <summary>409: bytes are still missing.</summary>
    public const string UploadIncomplete = "Files:UploadIncomplete";

    /// <summary>409: too many unfinished uploads of one person.</summary>
    public const string TooManyUploads = "Files:TooManyUploads";

    /// <summary>412: the request does not speak tus 1.0.0.</summary>
    public const string TusVersion = "Files:TusVersion";

    /// <summary>400: a tus header is missing or cannot be read.</summary>
    public const string TusHeader = "Files:TusHeader";

    /// <summary>415: the body of a PATCH must be application/offset+octet-stream.</summary>
    public const string TusContentType = "Files:TusContentType";
}
