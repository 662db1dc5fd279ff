using System.Collections.Frozen;

namespace PilotPlatform.Files.Content;

/// <summary>What a file's bytes say it is.</summary>
internal enum FileKind
{
    Unknown,
    Pdf,
    Word,
    WordLegacy,
    Excel,
    ExcelLegacy,
    PowerPoint,
    PowerPointLegacy,
    CompoundDocument,
    MacroDocument,
    Ofd,
    Zip,
    Text,
    Jpeg,
    Png,
    Executable,
    Archive,
}

/// <summary>An extension that is taken: what it is served as, and the kinds of content that it may hold.</summary>
internal sealed record AllowedExtension(string ContentType, params FileKind[] Kinds);

internal static class AllowedExtensions
{
    public static readonly FrozenDictionary<string, AllowedExtension> All = new Dictionary<string, AllowedExtension>(StringComparer.OrdinalIgnoreCase)
    {
        ["pdf"] = new("application/pdf", FileKind.Pdf),
        ["doc"] = new("application/msword", FileKind.WordLegacy),
        ["docx"] = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", FileKind.Word),
        ["xls"] = new("application/vnd.ms-excel", FileKind.ExcelLegacy),
        ["xlsx"] = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileKind.Excel),
        ["ppt"] = new("application/vnd.ms-powerpoint", FileKind.PowerPointLegacy),
        ["pptx"] = new("application/vnd.openxmlformats-officedocument.presentationml.presentation", FileKind.PowerPoint),
        ["wps"] = new("application/wps-office.wps", FileKind.WordLegacy, FileKind.CompoundDocument),
        ["et"] = new("application/wps-office.et", FileKind.ExcelLegacy, FileKind.CompoundDocument),
        ["dps"] = new("application/wps-office.dps", FileKind.PowerPointLegacy, FileKind.CompoundDocument),
        ["ofd"] = new("application/ofd", FileKind.Ofd),
        ["txt"] = new("text/plain", FileKind.Text),
        ["csv"] = new("text/csv", FileKind.Text),
        ["jpg"] = new("image/jpeg", FileKind.Jpeg),
        ["jpeg"] = new("image/jpeg", FileKind.Jpeg),
        ["png"] = new("image/png", FileKind.Png),
        ["zip"] = new("application/zip", FileKind.Zip, FileKind.Word, FileKind.Excel, FileKind.PowerPoint, FileKind.Ofd),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>For people: pdf, doc, docx, …</summary>
    public static readonly string Listed = string.Join(' ', All.Keys.Order(StringComparer.Ordinal));
}
