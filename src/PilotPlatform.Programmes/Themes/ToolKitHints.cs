namespace PilotPlatform.Programmes.Themes;

/// <summary>The tool-kits that a theme's title names outright. A title that names none gets none: the office chooses.</summary>
internal static class ToolKitHints
{
    private static readonly (ReformToolKit Kit, string[] Words)[] Hints =
    [
        (ReformToolKit.ToleranceAcceptance, ["容缺受理", "容缺办理"]),
        (ReformToolKit.NotificationCommitment, ["告知承诺"]),
        (ReformToolKit.CompositeLicence, ["一业一证", "综合许可"]),
        (ReformToolKit.LicenceSeparation, ["证照分离"]),
        (ReformToolKit.BusinessPermitItem, ["涉企经营许可"]),
        (ReformToolKit.AdministrativeFiling, ["行政备案"]),
        (ReformToolKit.IntegratedService, ["一件事", "集成改革", "集成服务"]),
        (ReformToolKit.CentralisedLicensing, ["相对集中行政许可", "相对集中许可"]),
        (ReformToolKit.Devolution, ["市县同权", "赋权", "放权"]),
        (ReformToolKit.ApprovalSupervisionLink, ["审管衔接", "审管联动", "审管互动", "审批与监管衔接"]),
        (ReformToolKit.IntermediaryMarket, ["中介超市", "中介服务超市"]),
        (ReformToolKit.CrossRegionService, ["通办"]),
    ];

    public static IReadOnlyList<ReformToolKit> In(string title) =>
        [.. Hints.Where(h => h.Words.Any(w => title.Contains(w, StringComparison.Ordinal))).Select(h => h.Kit)];
}
