using PilotPlatform.Documents.Contracts;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Time;

namespace PilotPlatform.Replication.Reports;

/// <summary>
/// 复制推广报告: a practice as an official document. It depends on the certified version alone, so that the same version
/// always gives the same bytes and a logged hash says what was handed out.
/// </summary>
internal static class ReplicationReport
{
    public static OfficialDocument Of(Practice practice)
    {
        var date = ChinaTime.DateOf(practice.CertifiedAt);
        return new OfficialDocument
        {
            IssuerMark = $"{practice.IssuingBody}文件",
            DocumentNumber = practice.ReportNumber,
            Title = $"关于复制推广{practice.Title}的报告",
            Addressee = "各有关地区和单位",
            Metadata = new DocumentMetadata(practice.IssuingBody, new DateTimeOffset(practice.CertifiedAt)) { Subject = practice.ThemeTitle },
            Blocks =
            [
                new Paragraph(practice.Summary),
                new Heading(1, "试点基本情况"),
                Facts(practice),
                new Heading(1, "改革背景"), new Paragraph(practice.Background),
                new Heading(1, "主要做法"), .. Measures(practice.Measures),
                new Heading(1, "工作成效"), new Paragraph(practice.Results),
                new Heading(1, "适用条件"), new Paragraph(practice.Conditions),
                new Heading(1, "复制推广建议"), new Paragraph(AdviceFor(practice.Maturity)),
            ],
            Signature = new DocumentSignature(practice.IssuingBody, date),
            Imprint = new ImprintBlock(practice.IssuingBody, date),
        };
    }

    /// <summary>What the maturity levels are called in an official text.</summary>
    public static string NameOf(MaturityLevel maturity) => maturity switch
    {
        MaturityLevel.Exploring => "探索",
        MaturityLevel.Mature => "成熟",
        MaturityLevel.Exemplary => "示范",
        _ => throw new ArgumentOutOfRangeException(nameof(maturity), maturity, "No such maturity level."),
    };

    private static DocumentTable Facts(Practice practice)
    {
        List<IReadOnlyList<string>> rows =
        [
            ["试点主题", practice.ThemeTitle],
            ["试点地区", practice.OriginName],
            ["来源文件", practice.NoticeNumber ?? "—"],
            ["评估结论", "通过"],
            ["成熟度", NameOf(practice.Maturity)],
            ["认定日期", ChinaTime.DateOf(practice.CertifiedAt).ToString("yyyy年M月d日", System.Globalization.CultureInfo.InvariantCulture)],
            ["报告版本", $"第{practice.Version}版"],
        ];
        return new DocumentTable("试点基本信息", [new DocumentTableColumn("项目", 1, CellAlignment.Centre), new DocumentTableColumn("内容", 3)], rows);
    }

    /// <summary>Each line of the measures is one measure; several become a numbered list.</summary>
    private static IEnumerable<DocumentBlock> Measures(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 1 ? [new Paragraph(lines[0])] : lines.Select(line => new ListItem(line));
    }

    private static string AdviceFor(MaturityLevel maturity) => maturity switch
    {
        MaturityLevel.Exploring => "该做法仍在探索阶段，建议条件相近的地区先行试用，边试边评，形成稳定结论后再扩大范围。",
        MaturityLevel.Mature => "该做法已经成熟，建议具备适用条件的地区结合实际采用，并对照本地事项和制度作必要的本地化调整。",
        _ => "该做法具有示范意义，建议各地区对照适用条件全面采用，并按期报告采用成效。",
    };
}
