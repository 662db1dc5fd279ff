namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>What is said about a file that cannot be read, and what to do about it.</summary>
internal static class Refusals
{
    public static readonly NoticeRefusal Empty = new(NoticeImportCodes.Empty, "文件里没有文字。请上传含有通知正文的文件，或直接粘贴正文。");

    public static readonly NoticeRefusal TooLarge = new(NoticeImportCodes.TooLarge, "文件超过5MB。请只上传通知正文和附表，或分开上传。");

    public static readonly NoticeRefusal Garbled = new(
        NoticeImportCodes.Garbled,
        "文字是乱码：文件曾以错误的编码打开并保存。请从原网页或原文件重新复制正文，另存为UTF-8编码后再上传。");

    public static readonly NoticeRefusal Unreadable = new(
        NoticeImportCodes.Unreadable,
        "文件无法打开：可能已损坏，或不是所选的格式。请用办公软件另存为DOCX，或直接粘贴正文。");
}
