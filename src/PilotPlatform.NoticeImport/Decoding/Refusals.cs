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

    public static readonly NoticeRefusal Bomb = new(
        NoticeImportCodes.Unreadable,
        "文件解压后过大，不像一份通知，没有打开。请用办公软件另存为DOCX，去掉图片和附件后再上传，或直接粘贴正文。");

    public static readonly NoticeRefusal TooDeep = new(
        NoticeImportCodes.Unreadable,
        "文件的内部结构层层嵌套，不像一份通知，没有打开。请用办公软件另存为DOCX，或直接粘贴正文。");

    public static readonly NoticeRefusal ExternalEntities = new(
        NoticeImportCodes.Unreadable,
        "文件引用了外部内容，为安全起见没有打开。请用办公软件另存为DOCX，或直接粘贴正文。");

    public static readonly NoticeRefusal Macros = new(
        NoticeImportCodes.Macros,
        "文件含有宏，为安全起见没有打开。请用办公软件另存为不含宏的DOCX，或直接粘贴正文。");

    public static readonly NoticeRefusal Encrypted = new(
        NoticeImportCodes.Encrypted,
        "文件设有密码，无法打开。请取消密码后再上传，或直接粘贴正文。");

    public static readonly NoticeRefusal Unsupported = new(
        NoticeImportCodes.Unsupported,
        "不支持这种文件。请上传文本、网页、DOCX、DOC、WPS或带文字层的PDF，或直接粘贴正文。");

    public static readonly NoticeRefusal NeedsConversion = new(
        NoticeImportCodes.NeedsConversion,
        "这种文件要先转换，而本系统没有安装转换程序。请用办公软件另存为DOCX，或直接粘贴正文。");

    public static readonly NoticeRefusal NoTextLayer = new(
        NoticeImportCodes.NoTextLayer,
        "PDF里没有文字，可能是扫描件。请上传原文件，或用文字识别软件识别后粘贴正文。");

    public static readonly NoticeRefusal ConversionFailed = new(
        NoticeImportCodes.Unreadable,
        "文件转换没有成功：可能已损坏，或内容过多。请用办公软件另存为DOCX，或直接粘贴正文。");
}
