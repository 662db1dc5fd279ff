namespace PilotPlatform.NoticeImport.Tests;

/// <summary>What a corrected notice changes.</summary>
public class NoticeDiffTests
{
    private const string Old = """
        关于开展改革试点的通知
        苏政发〔2023〕4号
        各设区市人民政府:
        一、主要任务
        (一)推行帮办代办服务。9月底前完成。(省政务办负责)
        试点地区:南京市、苏州市
        (二)建立数据共享机制。(省大数据中心牵头,省财政厅配合)
        试点地区:无锡市
        (三)规范中介服务市场。(省市场监管局负责)
        试点地区:徐州市
        二、实施步骤
        (一)准备阶段(2023年3月)。
        (二)实施阶段(2023年4月至9月)。
        江苏省人民政府
        2023年2月1日
        """;

    [Fact]
    public void Compare_TheSameNotice_IsEmpty()
    {
        var changes = NoticeDiff.Compare(Draft(Old), Draft(Old));
        changes.IsEmpty.ShouldBeTrue();
        changes.Themes.Select(t => (t.Before, t.After)).ShouldBe([(0, 0), (1, 1), (2, 2)]);
    }

    [Fact]
    public void Compare_TheSameNoticeInAnotherWriting_IsEmpty() =>
        NoticeDiff.Compare(Draft(Old), Draft(Old.Replace(",", "，").Replace(":", "：").Replace("2023", "２０２３").Replace("\n", "\r\n\r\n"))).IsEmpty.ShouldBeTrue();

    [Fact]
    public void Compare_HeaderValues_AreTold() =>
        Changes("苏政发〔2023〕4号", "苏政发〔2023〕5号").Values.ShouldBe(
            [new NoticeValueChange("documentNumber", NoticeChangeKind.Changed, "苏政发〔2023〕4号", "苏政发〔2023〕5号")]);

    [Fact]
    public void Compare_AThemeInsertedInFront_RenumbersTheOthersAndRemovesNone()
    {
        var after = Old.Replace("(三)规范", "(四)规范").Replace("(二)建立", "(三)建立").Replace("(一)推行", "(二)推行")
            .Replace("一、主要任务\n", "一、主要任务\n(一)深化证照分离改革。(省司法厅负责)\n试点地区:扬州市\n");
        var changes = NoticeDiff.Compare(Draft(Old), Draft(after));

        changes.Themes.Select(t => (t.Kind, t.Before, t.After)).ShouldBe(
        [
            (NoticeChangeKind.Added, null, 0),
            (NoticeChangeKind.Changed, 0, 1),
            (NoticeChangeKind.Changed, 1, 2),
            (NoticeChangeKind.Changed, 2, 3),
        ]);
        changes.Themes.Skip(1).SelectMany(t => t.Values).ShouldAllBe(v => v.Field == "number");
    }

    [Fact]
    public void Compare_AThemeDropped_StandsWhereItStood()
    {
        var after = Old.Replace("(二)建立数据共享机制。(省大数据中心牵头,省财政厅配合)\n试点地区:无锡市\n", "").Replace("(三)规范", "(二)规范");
        NoticeDiff.Compare(Draft(Old), Draft(after)).Themes.Select(t => (t.Kind, t.Before, t.After)).ShouldBe(
            [(null, 0, 0), (NoticeChangeKind.Removed, 1, null), (NoticeChangeKind.Changed, 2, 1)]);
    }

    [Theory]
    [InlineData("建立数据共享机制", "建立健全政务数据共享机制", "title", NoticeChangeKind.Changed, "建立数据共享机制", "建立健全政务数据共享机制")]
    [InlineData("试点地区:无锡市", "试点地区:无锡市、常州市", "regions", NoticeChangeKind.Added, null, "常州市")]
    [InlineData("省财政厅配合", "省司法厅配合", "assistingOffices", NoticeChangeKind.Removed, "省财政厅", null)]
    [InlineData("建立数据共享机制。", "建立数据共享机制。10月底前完成。", "due", NoticeChangeKind.Added, null, "10月底前(2023-10-31)")]
    public void Compare_OneValueOfATheme_IsTold(string from, string to, string field, NoticeChangeKind kind, string? before, string? after)
    {
        var theme = Changes(from, to).Themes.Where(t => t.Kind is not null).ShouldHaveSingleItem();
        (theme.Before, theme.After).ShouldBe((1, 1));
        theme.Values.ShouldContain(new NoticeValueChange(field, kind, before, after));
        theme.Likeness.ShouldBeGreaterThanOrEqualTo(NoticeDiff.LeastLikeness);
    }

    [Fact]
    public void Compare_ADueDatePutOff_IsOneChange() =>
        Changes("9月底前完成", "12月底前完成").Themes[0].Values.ShouldBe(
            [new NoticeValueChange("due", NoticeChangeKind.Changed, "9月底前(2023-09-30)", "12月底前(2023-12-31)")]);

    [Fact]
    public void Compare_AnotherThemeInItsPlace_IsRemovedAndAdded() =>
        Changes("(二)建立数据共享机制。(省大数据中心牵头,省财政厅配合)\n试点地区:无锡市", "(二)开展消防安全排查。(省消防救援总队负责)\n试点地区:泰州市")
            .Themes.Select(t => t.Kind).ShouldBe([null, NoticeChangeKind.Removed, NoticeChangeKind.Added, null], ignoreOrder: true);

    [Fact]
    public void Compare_TwoThemesThatChangePlaces_AreTheSame()
    {
        var after = Old.Replace("建立数据共享机制。(省大数据中心牵头,省财政厅配合)\n试点地区:无锡市", "#").Replace("规范中介服务市场。(省市场监管局负责)\n试点地区:徐州市", "建立数据共享机制。(省大数据中心牵头,省财政厅配合)\n试点地区:无锡市")
            .Replace("#", "规范中介服务市场。(省市场监管局负责)\n试点地区:徐州市");
        var changes = NoticeDiff.Compare(Draft(Old), Draft(after)).Themes;
        changes.Select(t => (t.Before, t.After)).ShouldBe([(0, 0), (2, 1), (1, 2)]);
        changes.SelectMany(t => t.Values).ShouldAllBe(v => v.Field == "number");
    }

    [Fact]
    public void Compare_AStageMoved_KeepsItsName() =>
        Changes("2023年4月至9月", "2023年4月至11月").Values.ShouldBe(
            [new NoticeValueChange("phases", NoticeChangeKind.Changed, "实施阶段:2023-04-01—2023-09-30", "实施阶段:2023-04-01—2023-11-30")]);

    [Fact]
    public void Compare_ManyThemesThatAllDiffer_Ends()
    {
        var before = Draft("二、主要任务\n" + string.Concat(Enumerable.Range(1, 2000).Select(i => $"{i}.推进甲项工作{i}。\n")));
        var after = Draft("二、主要任务\n" + string.Concat(Enumerable.Range(1, 2000).Select(i => $"{i}.完善乙类制度{i}。\n")));
        NoticeDiff.Compare(before, after).Themes.Count.ShouldBeGreaterThanOrEqualTo(before.Themes.Count);
    }

    private static NoticeChanges Changes(string from, string to)
    {
        Old.ShouldContain(from);
        return NoticeDiff.Compare(Draft(Old), Draft(Old.Replace(from, to)));
    }

    private static NoticeDraft Draft(string text) => NoticeReader.Read(text).Draft.ShouldNotBeNull();
}
