namespace PilotPlatform.Programmes;

/// <summary>改革工具: the ready-made way of reform that a theme uses. A theme may use several, or none.</summary>
public enum ReformToolKit
{
    /// <summary>容缺受理.</summary>
    ToleranceAcceptance,

    /// <summary>告知承诺.</summary>
    NotificationCommitment,

    /// <summary>一业一证、行业综合许可证.</summary>
    CompositeLicence,

    /// <summary>证照分离.</summary>
    LicenceSeparation,

    /// <summary>涉企经营许可.</summary>
    BusinessPermitItem,

    /// <summary>行政备案.</summary>
    AdministrativeFiling,

    /// <summary>集成改革：一件事一次办.</summary>
    IntegratedService,

    /// <summary>相对集中行政许可.</summary>
    CentralisedLicensing,

    /// <summary>放权赋权：市县同权、赋权乡镇.</summary>
    Devolution,

    /// <summary>审管联动.</summary>
    ApprovalSupervisionLink,

    /// <summary>中介超市.</summary>
    IntermediaryMarket,

    /// <summary>通办：跨省、省内、异地.</summary>
    CrossRegionService,
}
