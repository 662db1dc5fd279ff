using System.Text;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>
/// Texts made to be slow. Time is no measure on a shared machine; memory handed out is: work that grows with the square
/// of the text hands out four times as much for twice the text.
/// </summary>
public class HostileTextTests
{
    private const int Size = 60_000;

    public static TheoryData<string, string> Kinds => new()
    {
        { "", "(" },
        { "", "()" },
        { "", "一、" },
        { "", "(一)" },
        { "", "1." },
        { "试点", "1个" },
        { "试点", "南通市、1个" },
        { "试点", "甲、" },
        { "", "压减1%" },
        { "责任单位:", "和" },
        { "(责任单位:", "财政部和" },
        { "", "开展培训工作\n" },
        { "", "2021年2月28日前" },
        { "序号\t工作任务\t完成时限\n", "1\t开展培训\t2021年\n" },
        { "", "《" },
        { "", "。\n" },
        { "", "試點(dì)" },
        { "", "各市:\n" },
        { "提出6项举措一是", "二是" },
        { "开", "  " },
        { "", "任务1:" },
        { "", "一、  " },
        { "序号\n工作任务\n责任单位\n", "1\n推进\n" },
        { "序号\n工作任务\n责任单位\n1\n", "推进改革\n" },
        { "序号  工作任务  责任单位\n", "1  推进  省财政厅\n" },
        { "序号\t重点任务\t具体举措\t责任单位\n1\t推进\t甲\t省财政厅\n", "\t\t举措\t省财政厅\n" },
        { "序号\t工作任务\t责任单位\n", "1\t推进\t省财政厅\n" },
        { "", "章贡区、赣县区21项," },
        { "推动", "南京市、" },
        { "推动", "推动" },
        { "", "学习杭州市" },
        { "", "赋权至海头镇、" },
        { "一、试点范围\n", "南京市、" },
        { "改革试点地区名单\n", "南京市\n" },
        { "一、时间安排\n", "5月底前," },
        { "", "二〇二三年" },
        { "", "【责任单位:省财政厅;" },
        { "", "“一单”(清单)、" },
        { "一、主要任务\n", "第一阶段" },
        { "关于开展改革试点的通知\n", "南京市、无锡市政务办:\n" },
        { "关于开展改革试点的通知\n", "一、推进电子化。做好此事。\n" },
        { "关于公布改革试点的通知\n确定以下试点\n", "1.南京市:企业登记智能审批\n" },
        { "关于开展改革试点的通知\n围绕以下任务:", "一是推进。" },
        { "关于开展改革试点的通知\n", "推进(省财政厅、省公安\n厅负责\n" },
        { "关于开展改革试点的通知\n", "确定以下地区为试点:\n" },
        { "关于开展改革试点的通知\n", "南京市承担改革;" },
        { "关于开展改革试点的通知\n", "南京市、无锡市试点改革,\n" },
        { "关于开展改革试点的通知\n", "第一步推进改革;" },
        { "关于开展改革试点的通知\n", "省财政厅牵头" },
        { "关于开展改革试点的通知\n一、主要任务\n", "(一)推进改革(南京市、无锡市)\n" },
        { "关于开展改革试点的通知\n", "一、改革\n(一)试点市:南京市\n(二)内容:推进\n" },
        { "", "-1-\n" },
        { "序号\t工作任务\t责任单位\n", "1\t推进\n改革\n" },
        { "试点任务如下:\n", "1.南京市、无锡市:推进改革;\n" },
        { "关于开展改革试点的通知\n", "做好系统升级(4月底前)、" },
        { "关于开展改革试点的通知\n开展", "远程勘验、" },
        { "关于开展改革试点的通知\n", "省财政厅要于6月底前推进改革;" },
        { "关于同意改革试点的复函\n请做好以下工作:\n", "一、推进改革\n" },
        { "", "责任单位:甲 " },
        { "主要任务如下:\n", "◆推进改革\n" },
        { "关于复制推广试点经验的通知\n", "南京市、无锡市形成经验," },
        { "推出", "微改革15项" },
        { "", "索引号:发布日期:文号:" },
        { "关于开展改革试点的通知\n", "任务1推进\n" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_TwiceTheText_IsNotFourTimesTheWork(string start, string unit)
    {
        Work(start, unit, Size / 10);
        var once = Work(start, unit, Size);
        var twice = Work(start, unit, Size * 2);

        ((double)twice / once).ShouldBeLessThan(3);
    }

    [Fact]
    public void Read_AtTheLargestSize_Completes()
    {
        var line = "(一)推进改革试点,2021年3月底前完成,材料压减50%以上。(省财政厅牵头,省教育厅配合)\n";
        var text = "二、主要任务\n" + string.Concat(Enumerable.Repeat(line, (NoticeReader.MaximumBytes / Encoding.UTF8.GetByteCount(line)) - 1));
        NoticeReader.Read(text).Draft.ShouldNotBeNull().Themes.Count.ShouldBeGreaterThan(40_000);
    }

    private static long Work(string start, string unit, int size)
    {
        // Common characters in front keep the text from being refused as garbled before the work begins.
        var text = string.Concat(Enumerable.Repeat("的", size / 10)) + "\n" + start + string.Concat(Enumerable.Repeat(unit, size / unit.Length));
        var before = GC.GetAllocatedBytesForCurrentThread();
        NoticeReader.Read(text).Refusal.ShouldBeNull();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
