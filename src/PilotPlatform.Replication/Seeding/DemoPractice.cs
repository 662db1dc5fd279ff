using PilotPlatform.Replication.Drafts;

namespace PilotPlatform.Replication.Seeding;

/// <summary>The demo's texts, in our own words. They fit any theme, since which pilots pass first is the other seeders' business.</summary>
internal static class DemoPractice
{
    public const string AdaptationNotes = "对照本市事项目录逐项核对，先在章贡区、南康区试行；承诺书和告知书按江西省统一格式重新制作，三个月后评估再推开。";

    public static UpdateDraftDto TextFor(DraftDto draft) => new(
        draft.Title,
        $"{draft.RegionName}围绕“{draft.ThemeTitle}”，以清单明确范围、以制度固定流程、以数据检验成效，形成了可以直接采用的一套成果。",
        $"{draft.ThemeTitle} {draft.RegionName} 清单管理 流程优化",
        null,
        "试点前，办理标准不统一，同一事项在不同窗口要求不一；部门之间靠电话和纸质材料衔接，群众和企业需要往返补正。",
        "编制清单。逐项梳理事项依据、条件、材料和时限，由牵头单位会同配合单位审核后公布，并按季度更新。\n"
        + "固定流程。制定配套制度，明确受理、审查、补正和监管各环节的责任单位与时限，做到每一步有人负责、有据可查。\n"
        + "贯通数据。通过平台共享申请材料和办理结果，窗口一次收件、部门并联办理，监管部门同步接收信息。\n"
        + "跟踪评价。每月汇总办件量、补正率和投诉情况，对问题集中的事项及时调整。",
        "试点期间，纳入清单的事项平均材料、环节和时限均明显压减；补正次数下降，投诉得到及时处理，成果已在全市推开。",
        "事项目录已经统一；牵头单位能够协调各配合单位；具备电子证照或材料共享的基本条件。条件暂不具备的，可先从办件量大的事项开始。",
        draft.ConcurrencyStamp);
}
