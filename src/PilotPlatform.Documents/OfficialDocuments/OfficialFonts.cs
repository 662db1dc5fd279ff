using DocumentFormat.OpenXml.Wordprocessing;

namespace PilotPlatform.Documents.OfficialDocuments;

/// <summary>
/// The four faces of the standard under the names that offices have installed, each with what stands in where it is not:
/// first the same design under another name, then the nearest free one.
/// </summary>
internal sealed record OfficialFont(string Name, string WordSubstitute, FontFamilyValues Family, IReadOnlyList<string> Substitutes)
{
    public static readonly OfficialFont XiaoBiaoSong = new(
        "方正小标宋简体",
        "华文中宋",
        FontFamilyValues.Roman,
        ["方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "华文中宋", "STZhongsong", "Source Han Serif SC", "Noto Serif CJK SC"]);

    public static readonly OfficialFont FangSong = new(
        "仿宋_GB2312",
        "仿宋",
        FontFamilyValues.Modern,
        ["FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong", "FZFangSong-Z02S", "Source Han Serif SC", "Noto Serif CJK SC"]);

    public static readonly OfficialFont KaiTi = new(
        "楷体_GB2312",
        "楷体",
        FontFamilyValues.Modern,
        ["KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti", "AR PL UKai CN", "LXGW WenKai", "Noto Serif CJK SC"]);

    public static readonly OfficialFont HeiTi = new(
        "黑体",
        "SimHei",
        FontFamilyValues.Modern,
        ["SimHei", "华文黑体", "STHeiti", "WenQuanYi Zen Hei", "Source Han Sans SC", "Noto Sans CJK SC"]);

    public static readonly OfficialFont SongTi = new(
        "宋体",
        "SimSun",
        FontFamilyValues.Auto,
        ["SimSun", "华文宋体", "STSong", "AR PL UMing CN", "Source Han Serif SC", "Noto Serif CJK SC"]);

    public static readonly IReadOnlyList<OfficialFont> All = [XiaoBiaoSong, FangSong, KaiTi, HeiTi, SongTi];

    /// <summary>
    /// One face for Han and Latin alike, as offices set their documents; the hint gives quotation marks and dashes, which
    /// both scripts have, their full Chinese width.
    /// </summary>
    public RunFonts ToRunFonts() => new()
    {
        Hint = FontTypeHintValues.EastAsia,
        Ascii = Name,
        HighAnsi = Name,
        EastAsia = Name,
        ComplexScript = Name,
    };
}
