using PilotPlatform.Assessment.Schemes;

namespace PilotPlatform.Assessment.Seeding;

/// <summary>The demo's scheme and remarks, in our own words.</summary>
internal static class DemoScheme
{
    public const string OfficeComment = "试点任务按期完成，成果可用、可查、可复制。请继续跟踪实施效果，及时修订清单和制度。";

    public const string SelfSummary = "各项任务按计划完成，成果已在政务服务大厅和网上同步使用；群众评价数据积累时间还短，将继续跟踪。";

    public const string SelfRemark = "牵头单位每月调度，责任到人，记录齐全。";

    public const string ObjectionReason = "可复制性一项评分时，两个地区已经采用本市做法，采用情况在提交成果后才形成，请予复核。";

    public const string ObjectionPoint = "已有两个地区按本市清单和流程实施，运行正常。";

    public static readonly IReadOnlyList<IndicatorInputDto> Indicators =
    [
        new(null, "组织推进", "工作机制", "看是否明确牵头单位和配合单位，是否定期调度；有会议记录和任务分工的，按完整程度给分。", 10, 10),
        new(null, "组织推进", "任务完成", "对照任务计划逐项核对；每有一项逾期未完成，酌情扣 1 至 2 分。", 15, 10),
        new(null, "成果质量", "完整性", "通知要求的成果是否齐全，内容是否覆盖全部事项。", 15, 10),
        new(null, "成果质量", "规范性", "依据是否准确，表述是否规范，清单要素是否齐全。", 15, 10),
        new(null, "改革成效", "办事便利", "材料、环节、时限压减情况，以前后对比数据为准。", 20, 10),
        new(null, "改革成效", "群众和企业评价", "看满意度、投诉处理和典型案例。", 10, 10),
        new(null, "推广价值", "可复制性", "做法是否依赖特殊条件，其他地区能否直接采用。", 15, 10),
    ];

    public static string CommentFor(decimal level) => level >= 0.85m ? "牵头单位明确，调度记录齐全。" : "分工明确，调度记录不够连续。";

    public static string OverallFor(decimal level) => level >= 0.85m
        ? "成果扎实，数据完整，具备在同类地区推广的条件。"
        : "任务基本完成，成效数据偏少，建议补充前后对比。";
}
