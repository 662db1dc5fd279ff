using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>A programme written down in any of the usual styles comes back as that programme.</summary>
public class GeneratedProgrammeTests
{
    private static readonly string[] Verbs = ["推进", "建立", "优化", "探索", "规范"];
    private static readonly string[] Things = ["行政备案管理", "数据共享机制", "中介服务市场", "跨域通办体系", "窗口服务流程", "许可事项清单"];
    private static readonly string[] Cities = ["南京市", "无锡市", "徐州市", "常州市", "苏州市", "南通市", "连云港市", "淮安市"];
    private static readonly string[] Offices = ["省财政厅", "省教育厅", "省政务办", "省人力资源社会保障厅", "省市场监管局"];
    private static readonly string[] Numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

    private static readonly Func<int, string>[] Styles =
    [
        i => $"({Numbers[i]})", i => $"（{Numbers[i]}）", i => $"{i + 1}.", i => $"{i + 1}．", i => $"{i + 1}﹒", i => $"{i + 1}、", i => $"({i + 1})",
    ];

    private static Gen<Written> Programmes =>
        from count in Gen.Choose(1, 10)
        from tasks in Gen.ArrayOf(Task, count)
        from style in Gen.Choose(0, Styles.Length - 1)
        from wide in Gen.Elements(true, false)
        from spaced in Gen.Elements(true, false)
        from month in Gen.Choose(3, 12)
        select new Written([.. tasks.Select((t, i) => t with { Title = t.Title + Numbers[i] + "类" })], style, wide, spaced, month);

    private static Gen<Task_> Task =>
        from verb in Gen.Elements(Verbs)
        from thing in Gen.Elements(Things)
        from cities in Gen.Shuffle(Cities)
        from n in Gen.Choose(1, 5)
        from offices in Gen.Shuffle(Offices)
        from m in Gen.Choose(1, 3)
        select new Task_(verb + thing, [.. cities.Take(n)], [.. offices.Take(m)]);

    [Fact]
    public void NumberedTasks_InAnyStyleAndWidth_ComeBack() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(150),
        Prop.ForAll(Arb.From(Programmes), written =>
        {
            var draft = NoticeReader.Read(written.AsItems()).Draft!;
            draft.DocumentNumber.ShouldBe("某政办发〔2023〕12号");
            draft.IssuingBody.ShouldBe("江苏省人民政府办公厅");
            draft.IssueDate.ShouldBe(new DateOnly(2023, 1, 9));
            ShouldBe(draft, written);
            draft.Themes.ShouldAllBe(t => t.Due!.Date == new DateOnly(2023, written.Month, DateTime.DaysInMonth(2023, written.Month)));
        }));

    [Fact]
    public void TaskTable_InAnyWidth_ComesBack() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(150),
        Prop.ForAll(Arb.From(Programmes), written => ShouldBe(NoticeReader.Read(written.AsTable()).Draft!, written)));

    private static void ShouldBe(NoticeDraft draft, Written written)
    {
        draft.Themes.Select(t => t.Title).ShouldBe(written.Tasks.Select(t => t.Title));
        foreach (var (theme, task) in draft.Themes.Zip(written.Tasks))
        {
            theme.Regions.ShouldBe(task.Regions);
            theme.Offices.ShouldBe(task.Offices);
        }
    }

    private sealed record Task_(string Title, string[] Regions, string[] Offices);

    private sealed record Written(Task_[] Tasks, int Style, bool Wide, bool Spaced, int Month)
    {
        public string AsItems()
        {
            var text = new StringBuilder("江苏省人民政府办公厅关于开展改革试点的通知\n某政办发〔2023〕12号\n各设区市人民政府:\n");
            text.Append("一、总体要求\n坚持稳步推进,加强组织领导。\n二、主要任务\n");
            for (var i = 0; i < Tasks.Length; i++)
            {
                text.Append(Styles[Style](i)).Append(Tasks[i].Title)
                    .Append("。试点工作要结合实际抓好落实。(").AppendJoin('、', Tasks[i].Offices).Append("按职责分工负责)\n")
                    .Append("试点地区:").AppendJoin('、', Tasks[i].Regions).Append('\n');
            }

            text.Append("三、工作要求\n一是加强领导。试点工作").Append(Month).Append("月底前结束。\n二是强化宣传。\n江苏省人民政府办公厅\n2023年1月9日\n");
            return Dress(text.ToString());
        }

        public string AsTable()
        {
            var text = new StringBuilder("附件\n改革试点任务表\n序号\t工作任务\t责任单位\t试点地区\n");
            for (var i = 0; i < Tasks.Length; i++)
            {
                // A cell that repeats the one above comes as a blank, as merged cells do.
                var same = i > 0 && Tasks[i].Offices.SequenceEqual(Tasks[i - 1].Offices);
                text.Append(i + 1).Append('\t').Append(Tasks[i].Title).Append('\t')
                    .Append(same ? "" : string.Join('、', Tasks[i].Offices)).Append('\t').AppendJoin('、', Tasks[i].Regions).Append('\n');
            }

            return Dress(text.ToString());
        }

        /// <summary>Full-width punctuation and digits, and spaces around digits, as sites and offices have them.</summary>
        private string Dress(string text)
        {
            var result = new StringBuilder();
            foreach (var c in text)
            {
                var dressed = Wide && c is > '!' and <= '~' and not '|' ? (char)(c + 0xfee0) : c;
                result.Append(Spaced && char.IsAsciiDigit(c) ? $" {dressed} " : dressed.ToString());
            }

            return result.ToString();
        }
    }
}
