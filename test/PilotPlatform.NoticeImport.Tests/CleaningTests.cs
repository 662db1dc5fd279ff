using PilotPlatform.NoticeImport.Cleaning;

namespace PilotPlatform.NoticeImport.Tests;

public class CleaningTests
{
    [Theory]
    [InlineData("1﹒推進行政備案規範管理,關于開展試點", "1.推进行政备案规范管理,关于开展试点")]
    [InlineData("標　題：關於試點的通知", "标题:关于试点的通知")]
    [InlineData("（一）２０２３年９月　底前；Ａ：Ｂ", "(一)2023年9月底前;A:B")]
    [InlineData("等 19 个县（市、区）", "等19个县(市、区)")]
    [InlineData("經(jīng)濟(jì)發(fā)達(dá)鎮(zhèn)", "经济发达镇")]
    [InlineData("①编制清单", "(1)编制清单")]
    [InlineData("VR cloud 踏勘", "VR cloud踏勘")]
    [InlineData("序号 | 任务\u200b\r\n一", "序号\t任务\n一")]
    [InlineData("網路與資訊軟體開發", "网络与信息软件开发")]
    [InlineData("推行証照分離,実施告知承諾,対接系統", "推行证照分离,实施告知承诺,对接系统")]
    [InlineData("全县开展试点,由行政审批局発布清单,并按规定办理全部事项的受理、审核和办结,做到人员、场地、设备同步到位", "全县开展试点,由行政审批局发布清单,并按规定办理全部事项的受理、审核和办结,做到人员、场地、设备同步到位")]
    [InlineData("责任单位:市财政局 完成时限:6月底", "责任单位:市财政局\n完成时限:6月底")]
    [InlineData("如下:一、改革任务 1.建立台账。", "如下:一、改革任务\n1.建立台账。")]
    public void Clean_BringsTextIntoOneForm(string source, string expected) => TextCleaner.Clean(source).Text.ShouldBe(expected);

    [Fact]
    public void Clean_SimplifiedTextWithATraditionalCharacter_IsLeftAlone() =>
        TextCleaner.Clean("乾县行政审批局负责全县政务服务工作,瞭望塔管理由有关部门按职责分工落实到位,确保运行平稳").Text.ShouldStartWith("乾县");

    [Fact]
    public void Clean_BracketsOfOtherKinds_AreNotTakenForPinyin() =>
        TextCleaner.Clean("一网通办(app)和南通市(如皋市)").Text.ShouldBe("一网通办(app)和南通市(如皋市)");

    [Fact]
    public void Clean_ASentenceCutByAPageBreak_IsJoined() =>
        TextCleaner.Clean("审批局与各业务部门之间要定期碰头商量难办的事情,统筹做好人员和档案的移\n\n交工作,确保不断档。\n二、其他").Text
            .ShouldBe("审批局与各业务部门之间要定期碰头商量难办的事情,统筹做好人员和档案的移交工作,确保不断档。\n二、其他");

    [Theory]
    [InlineData("布置全省数字化办事改革先行先试若干具体安排事项的通知\n各市要认真落实,抓紧办理。")]
    [InlineData("各地要把改革任务落到实处并且及时总结经验做法报告情况\n(一)加强领导,落实责任。")]
    public void Clean_TitlesAndItems_AreNotJoined(string source) => TextCleaner.Clean(source).Text.ShouldContain('\n');

    [Theory]
    [InlineData("甲局负责编制,6月\n— 3 —\n底前完成全部任务。", "— 3 —")]
    [InlineData("由甲局牵头(乙局、丙\n第4页 共9页\n局配合)。", "第4页")]
    [InlineData("某县公报\n推进改革。\n-1-\n某县公报\n落实改革。\n-2-\n某县公报\n再推改革。", "-2-\n")]
    public void Clean_PageNumbers_Go(string source, string gone) => TextCleaner.Clean(source).Text.ShouldNotContain(gone.Replace(" ", ""));

    [Fact]
    public void Clean_RunningHeads_GoBesidePageNumbersOnly() =>
        TextCleaner.Clean("某县公报\n推进改革。\n-1-\n某县公报\n落实改革(由甲局、乙\n-2-\n某县公报\n局负责)。").Text.ShouldBe("某县公报\n推进改革。\n落实改革(由甲局、乙局负责)。");

    [Fact]
    public void Clean_ANumberAlone_IsNoPageNumber() => TextCleaner.Clean("序号\n12\n推进改革").Text.ShouldBe("序号\n12\n推进改革");

    [Theory]
    [InlineData("序号\t任务\t责任单位\n1\t统一受理,\n统一出件\t甲局\n2\t联合审查\t乙局", "序号\t任务\t责任单位\n1\t统一受理,统一出件\t甲局\n2\t联合审查\t乙局")]
    [InlineData("序号\t任务\t责任单位\n1\t统一受理\n2\t联合审查\t乙局", "序号\t任务\t责任单位\n1\t统一受理\n2\t联合审查\t乙局")]
    [InlineData("序号\t任务\t责任单位\n1\t统一受理\n以上请落实。", "序号\t任务\t责任单位\n1\t统一受理\n以上请落实。")]
    [InlineData("姓名\t电话\n1\t张某\n李某\t123", "姓名\t电话\n1\t张某\n李某\t123")]
    public void Clean_ARowCutWithinACell_IsJoinedWhereThatCompletesIt(string source, string expected) => TextCleaner.Clean(source).Text.ShouldBe(expected);

    [Fact]
    public void Clean_ALabelCutByALineEnd_IsJoined() =>
        TextCleaner.Clean("推行备案(牵头单位:甲局;完成时\n限:6月底)").Text.ShouldBe("推行备案(牵头单位:甲局;完成时限:6月底)");

    [Fact]
    public void Clean_SpacesThatStandForLineBreaks_BecomeLineBreaks() =>
        TextCleaner.Clean("现通知如下：　　一、任务。　　　　　　　　某省人民政府　　　　　　　　2014年11月12日").Text
            .ShouldBe("现通知如下:\n一、任务。\n某省人民政府\n2014年11月12日");

    [Fact]
    public void ToSource_OfAnyRange_IsWhatTheRangeCameFrom()
    {
        const string source = "經(jīng)濟(jì) 發(fā)達(dá)鎮(zhèn)與５０％的㈠項";
        var clean = TextCleaner.Clean(source);

        clean.Text.ShouldBe("经济发达镇与50%的(一)项");
        Source("经济").ShouldBe("經(jīng)濟");
        Source("发达镇").ShouldBe("發(fā)達(dá)鎮");
        Source("50%").ShouldBe("５０％");
        Source("(一)").ShouldBe("㈠");

        string Source(string part)
        {
            var span = clean.ToSource(new TextRange(clean.Text.IndexOf(part, StringComparison.Ordinal), part.Length));
            return source.Substring(span.Start, span.Length);
        }
    }

    [Fact]
    public void GapBefore_TellsTwoNamesSetApartBySpaces()
    {
        var clean = TextCleaner.Clean("某市民政局　　某市财政局");
        clean.Text.ShouldBe("某市民政局某市财政局");
        clean.GapBefore(5).ShouldBeTrue();
        clean.GapBefore(4).ShouldBeFalse();
    }
}
