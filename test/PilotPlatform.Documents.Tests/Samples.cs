using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tests;

/// <summary>Documents as an office would write them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset CreatedAt = new(2023, 10, 12, 9, 30, 0, TimeSpan.FromHours(8));

    public static OfficialDocument Short(params DocumentBlock[] blocks) => new()
    {
        Title = "关于容缺受理试点情况的报告",
        Metadata = new("江苏省政务服务管理办公室", CreatedAt),
        Blocks = blocks,
    };

    public static OfficialDocument ReplicationReport() => new()
    {
        IssuerMark = "江苏省政务服务管理办公室文件",
        DocumentNumber = "苏政务办发〔2023〕46号",
        Title = "关于复制推广南通市容缺受理\n试点经验做法的报告",
        Addressee = "各设区市政务服务管理办公室、行政审批局",
        Metadata = new("江苏省政务服务管理办公室", CreatedAt) { Subject = "政务服务改革试点" },
        Blocks =
        [
            new Paragraph("按照年度政务服务改革试点安排，南通市自2023年3月起承担“容缺受理”主题试点任务。试点期间，省政务办会同有关部门开展过程指导、成果审核和成效评估，认定其经验做法成熟、可在全省复制推广。现将有关情况报告如下。"),
            new Heading(1, "试点基本情况"),
            new Heading(2, "组织实施"),
            new Paragraph("南通市成立由分管副市长牵头的试点专班，市政务办负责统筹，15个市级部门和7个县（市、区）参与。试点分调研摸底、制度建设、系统改造、总结评估四个阶段推进，各阶段任务均按期办结。"),
            new Heading(2, "主要做法"),
            new Heading(3, "编制容缺受理清单"),
            new Paragraph("按照“主件必备、副件可补”的原则逐项梳理申请材料，形成市级清单126项、县级清单98项，每项明确可容缺的材料、补正方式和补正时限，并向社会公开。"),
            new Heading(3, "推行承诺与补正闭环"),
            new Heading(4, "承诺"),
            new Paragraph("申请人签署承诺书后，窗口当场受理并同步推送审批部门，系统自动生成补正材料通知书。"),
            new Heading(4, "补正"),
            new Paragraph("临近补正时限3个工作日时，系统以短信提醒申请人；逾期未补正的，按程序终止办理并记入台账。主要环节如下："),
            new ListItem("窗口受理，核对主件是否齐全；"),
            new ListItem("申请人签署承诺书，领取补正材料通知书；"),
            new ListItem("部门先行审查，补正后当日作出决定。"),
            new Heading(1, "试点成效"),
            new Paragraph("试点前后各项指标对比见下表。材料、环节、时限三项分别计算，压减幅度均不低于50%。"),
            new DocumentTable(
                "容缺受理试点前后指标对比",
                [
                    new("序号", 2, CellAlignment.Centre),
                    new("事项", 9),
                    new("指标", 6, CellAlignment.Centre),
                    new("试点前", 3, CellAlignment.End),
                    new("试点后", 3, CellAlignment.End),
                    new("压减幅度", 4, CellAlignment.End),
                ],
                [
                    ["1", "食品经营许可（新办）", "材料（份）", "9", "4", "55.6%"],
                    ["2", "食品经营许可（新办）", "环节（个）", "6", "3", "50.0%"],
                    ["3", "建设工程规划许可", "材料（份）", "14", "6", "57.1%"],
                    ["4", "建设工程规划许可", "时限（工作日）", "20", "8", "60.0%"],
                    ["5", "道路货物运输经营许可", "材料（份）", "8", "4", "50.0%"],
                    ["6", "医疗机构设置审批", "时限（工作日）", "30", "12", "60.0%"],
                    ["7", "人力资源服务许可", "环节（个）", "5", "2", "60.0%"],
                    ["8", "公共场所卫生许可", "材料（份）", "7", "3", "57.1%"],
                ]),
            new Paragraph("截至2023年9月底，全市累计容缺受理12,846件，补正及时率98.7%，未发生因容缺受理引发的行政复议和诉讼。"),
            new Heading(1, "复制推广建议"),
            new Heading(2, "适用范围"),
            new Paragraph("适用于已实现窗口综合受理、事项材料清单标准化程度较高的地区。事项标准化尚未完成的地区，宜先完成材料拆分再行采用。"),
            new Heading(2, "推广要求"),
            new Paragraph("各地可结合实际作本地化调整，但不得扩大容缺材料范围、不得变相增加申请人负担。采用情况请于2023年12月31日前通过试点管理平台填报。"),
        ],
        Attachments =
        [
            new("容缺受理事项清单（样例）",
            [
                new Heading(1, "适用说明"),
                new Paragraph("本清单供采用地区编制本级清单时参考，具体以当地公布的清单为准。"),
                new Heading(1, "事项样例"),
                new DocumentTable(
                    "容缺受理事项样例",
                    [new("序号", 1, CellAlignment.Centre), new("事项名称", 3), new("可容缺材料", 4), new("补正时限", 2, CellAlignment.Centre)],
                    [
                        ["1", "食品经营许可（新办）", "健康证明、设备布局图", "5个工作日"],
                        ["2", "公共场所卫生许可", "卫生检测报告", "10个工作日"],
                    ]),
            ]),
        ],
        Signature = new("江苏省政务服务管理办公室", new DateOnly(2023, 10, 12), SealPlace.OverSignature),
        Note = "联系人：改革协调处，电话：025-00000000",
        Imprint = new("江苏省政务服务管理办公室", new DateOnly(2023, 10, 13), "省委办公厅、省人大常委会办公厅、省政府办公厅、省政协办公厅，省各有关部门和单位，各设区市人民政府办公室"),
    };
}
