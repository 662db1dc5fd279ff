using System.Text;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>Whole notices: our own samples always, the originals where they are.</summary>
public class SampleNoticesTests
{
    private const string Jiangsu = "jiangsu-2023-pilots";
    private const string Ganzhou = "ganzhou-2020-licensing";

    [Fact]
    public void Jiangsu_IsExact()
    {
        var draft = Sample(Jiangsu);
        Truth.ShouldHold(draft, SamplePath(Jiangsu + ".json"));
        ShouldBeTheJiangsuProgramme(draft);
        draft.Questions.ShouldBeEmpty();
        draft.Reporting.ShouldHaveSingleItem().To.ShouldBe("省政务办审改处");
    }

    [Fact]
    public void Ganzhou_IsExact()
    {
        var draft = Sample(Ganzhou);
        Truth.ShouldHold(draft, SamplePath(Ganzhou + ".json"));
        ShouldBeTheGanzhouProgramme(draft);
    }

    [Fact]
    public void Spans_PointAtThePassagesOfTheTextAsReceived()
    {
        var source = File.ReadAllText(SamplePath(Jiangsu + ".txt"));
        var draft = NoticeReader.Read(source).Draft.ShouldNotBeNull();

        draft.SourceText.ShouldBe(source);
        At(draft, "documentNumber").ShouldBe("苏政务办发〔2023〕8号");
        At(draft, "issuingBody").ShouldBe("江苏省政务服务管理办公室");
        At(draft, "issueDate").ShouldBe("2023年2月23日");
        At(draft, "end").ShouldBe("9月底前");
        At(draft, "themes[0].regions[0]").ShouldBe("南通市(如皋市)");
        At(draft, "themes[3].regions[1]").ShouldBe("连云港市");
        At(draft, "themes[3].deliverables[0]").ShouldBe("容缺受理事项清单");
        At(draft, "themes[9].title").ShouldBe("跨区域通办");
        At(draft, "deliverableKinds[2]").ShouldBe("平台技术标准");
        At(draft, "themes[9]").ShouldStartWith("10﹒");
        At(draft, "themes[9]").ShouldEndWith("苏州市");
    }

    [Fact]
    public void Spans_WhereTheTextWasChangedToBeRead_StillPointAtTheOriginal()
    {
        var source = File.ReadAllText(SamplePath(Ganzhou + ".txt"));
        var draft = NoticeReader.Read(source).Draft.ShouldNotBeNull();

        At(draft, "regions[18]").ShouldBe("赣州蓉江新区");
        At(draft, "themes[1].offices[0]").ShouldBe("各试点县（市、区）", "a blank cell points at the cell it inherits");
        At(draft, "themes[9].due").ShouldBe("2021年");
        At(draft, "phases[1].dates").ShouldBe("2021年2月1日—2021年2月28日");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("GB18030")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Read_InAnyUsualEncoding_IsTheSameDraft(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var source = File.ReadAllText(SamplePath(Jiangsu + ".txt"));
        var reading = NoticeReader.Read(Encoding.GetEncoding(encoding).GetBytes(source), NoticeFormat.Text);

        NoticeDraftJson.Write(reading.Draft.ShouldNotBeNull()).ShouldBe(NoticeDraftJson.Write(NoticeReader.Read(source).Draft!));
    }

    [SharedNoticesFact]
    public void Original004_IsExact()
    {
        var draft = Original("seeds/004_2b96522dd75eeb00");
        Truth.ShouldHold(draft, SharedNotices.Path("seeds/004_2b96522dd75eeb00.json"));
        ShouldBeTheJiangsuProgramme(draft);
    }

    [SharedNoticesFact]
    public void Original002_IsExact()
    {
        var draft = Original("seeds/002_f6d5cd441509f01b");
        Truth.ShouldHold(draft, SharedNotices.Path("seeds/002_f6d5cd441509f01b.json"));
        ShouldBeTheGanzhouProgramme(draft);
    }

    [SharedNoticesTheory]
    [InlineData("seeds/003_c5f6651a101f2680", 21)]
    [InlineData("seeds/001_fffed7cda6869f5a", 0)]
    [InlineData("real/01-gwy-wufei-chengshi", 6)]
    [InlineData("real/03-gwy-zhichi-chuangxin-2", 17)]
    [InlineData("real/04-gwy-zimaoqu-53", 53)]
    [InlineData("real/06-gwy-jili-30", 30)]
    [InlineData("real/09-gwy-fangguanfu-fengong-2020", 25)]
    [InlineData("real/11-gwy-huanjing-zhifa", 15)]
    [InlineData("real/16-gz-dibao-biaozhun", 0)]
    public void Original_HasItsThemes(string name, int themes) => Original(name).Themes.Count.ShouldBe(themes);

    [SharedNoticesFact]
    public void Original38_IsRestored_AndBeingNoNoticeFillsNoField()
    {
        var draft = Original("real/38-neg-mojibake-mac-cyrillic");
        draft.Themes.ShouldBeEmpty();
        draft.DocumentNumber.ShouldBeNull();
        draft.IssuingBody.ShouldBeNull();
        draft.Questions.ShouldContain(q => q.Code == NoticeImportCodes.EncodingRepaired);
        draft.Questions.ShouldContain(q => q.Code == NoticeImportCodes.NoThemes);
    }

    [SharedNoticesTheory]
    [InlineData("01-gwy-wufei-chengshi")]
    [InlineData("03-gwy-zhichi-chuangxin-2")]
    [InlineData("04-gwy-zimaoqu-53")]
    [InlineData("06-gwy-jili-30")]
    [InlineData("16-gz-dibao-biaozhun")]
    public void OriginalPage_ReadsAsItsText(string name)
    {
        var page = NoticeReader.Read(File.ReadAllBytes(SharedNotices.Path($"real/{name}.html")), NoticeFormat.Html).Draft.ShouldNotBeNull();
        var text = Original("real/" + name);

        page.Title.ShouldBe(text.Title);
        page.DocumentNumber.ShouldBe(text.DocumentNumber);
        page.IssueDate.ShouldBe(text.IssueDate);
        page.Themes.Select(t => t.Title).ShouldBe(text.Themes.Select(t => t.Title));
        page.Themes.SelectMany(t => t.Offices).ShouldBe(text.Themes.SelectMany(t => t.Offices));
    }

    private static void ShouldBeTheJiangsuProgramme(NoticeDraft draft)
    {
        draft.Kind.ShouldBe(NoticeKind.PilotNotice);
        draft.Themes.Count.ShouldBe(10);
        var assignments = draft.Themes.SelectMany(t => t.Regions).ToList();
        assignments.Count.ShouldBe(27);
        var cities = assignments.GroupBy(r => r.Split('(')[0]).ToDictionary(g => g.Key, g => g.Count());
        cities.Count.ShouldBe(13);
        cities["南通市"].ShouldBe(3);
        cities.Where(c => c.Key != "南通市").ShouldAllBe(c => c.Value == 2);
        draft.End.ShouldBe(new DueDraft("9月底前", new DateOnly(2023, 9, 30), DuePrecision.Month, Soft: true));
        draft.Themes.ShouldAllBe(t => t.Due == draft.End);
        draft.DeliverableKinds.ShouldBe(["事项清单", "制度规范", "平台技术标准"]);
    }

    private static void ShouldBeTheGanzhouProgramme(NoticeDraft draft)
    {
        draft.Themes.Count.ShouldBe(12);
        draft.Regions.Count.ShouldBe(19);
        draft.Themes.Count(t => t.Due!.Precision == DuePrecision.Year).ShouldBe(3);
        draft.Themes.Count(t => t.Due!.Precision == DuePrecision.Day).ShouldBe(9);

        // A task for each region where it falls to 各试点县(市、区), one for the city's office.
        draft.Themes.Sum(t => t.Offices.Sum(o => o.StartsWith("各试点", StringComparison.Ordinal) ? draft.Regions.Count : 1)).ShouldBe(211);
        draft.Questions.Select(q => q.Code).ShouldBe(
            [NoticeImportCodes.DueContradictsPhase, NoticeImportCodes.DueContradictsPhase, NoticeImportCodes.TargetAmbiguous]);
        draft.Questions[0].Text.ShouldContain("第5项");
        draft.Questions[1].Text.ShouldContain("第6项");
        draft.Targets.Select(t => t.Value).ShouldBe(["30%-50%", "≥50%", "≥50%", "≥50%"]);
    }

    private static string At(NoticeDraft draft, string path)
    {
        var span = draft.Spans[path];
        return draft.SourceText.Substring(span.Start, span.Length);
    }

    private static NoticeDraft Sample(string name) => NoticeReader.Read(File.ReadAllBytes(SamplePath(name + ".txt")), NoticeFormat.Text).Draft.ShouldNotBeNull();

    private static NoticeDraft Original(string name) => NoticeReader.Read(File.ReadAllBytes(SharedNotices.Path(name + ".txt")), NoticeFormat.Text).Draft.ShouldNotBeNull();

    private static string SamplePath(string file) => Path.Combine(AppContext.BaseDirectory, "samples", file);
}
