using System.Text.Json;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>How far each value can be trusted, and what is asked for because it cannot be.</summary>
public class ConfidenceTests
{
    private const string Head = "关于开展改革试点的通知\n苏政发〔2023〕4号\n各设区市人民政府:\n";
    private const string Foot = "\n江苏省人民政府\n2023年2月1日";

    [Theory]
    [InlineData("一、主要任务\n(一)推行帮办服务。(省政务办负责)\n试点地区:南京市、苏州市", "themes[0].regions[1]", ConfidenceBasis.Confirmed)]
    [InlineData("一、主要任务\n(一)推行帮办服务。(省政务办负责)\n试点地区:某某试验区、某某新区", "themes[0].regions[0]", ConfidenceBasis.Labelled)]
    [InlineData("一、主要任务\n(一)推行帮办服务,推动南京市、苏州市先行。", "themes[0].regions[0]", ConfidenceBasis.Pattern)]
    [InlineData("一、主要任务\n(一)推行帮办服务。(省政务办负责)", "themes[0].offices[0]", ConfidenceBasis.Labelled)]
    [InlineData("一、主要任务\n(一)推行帮办服务。每个窗口都要有人。(省政务办、省财政厅)", "themes[0].offices[1]", ConfidenceBasis.Pattern)]
    [InlineData("序号\t工作任务\t责任单位\n1\t推行帮办\t省政务办\n2\t推行代办\t", "themes[1].offices[0]", ConfidenceBasis.Inherited)]
    [InlineData("序号\t工作任务\t试点地区\n1\t推行帮办\t南京市\n2\t推行代办\t", "themes[1].regions[0]", ConfidenceBasis.Inherited)]
    [InlineData("一、主要任务\n(一)推行帮办服务,9月底前完成。", "themes[0].due", ConfidenceBasis.Pattern)]
    [InlineData("一、主要任务\n(一)推行帮办服务,1月底前完成。", "themes[0].due", ConfidenceBasis.Assumed)]
    [InlineData("一、主要任务\n(一)推行帮办服务。配齐人员。\n1.编制清单,9月底前完成。", "themes[0].due", ConfidenceBasis.Inferred)]
    [InlineData("一、主要任务\n(一)推行帮办服务。", "themes[0].title", ConfidenceBasis.Labelled)]
    [InlineData("一、深化改革\n(一)推行帮办服务。\n(二)推行代办服务。", "themes[0].title", ConfidenceBasis.Inferred)]
    [InlineData("一、主要任务\n(一)完“帮代办”平台功能。", "themes[0].title", ConfidenceBasis.Assumed)]
    [InlineData("南京市、无锡市、苏州市等3个市为改革试点地区。", "regions[0]", ConfidenceBasis.Confirmed)]
    [InlineData("南京市、无锡市、苏州市等5个市为改革试点地区。", "regions[0]", ConfidenceBasis.Assumed)]
    [InlineData("一、电子归档。不再收取纸质材料。\n二、远程勘验。以视频代替现场。\n三、信用核查。自动比对。", "themes[2].title", ConfidenceBasis.Inferred)]
    [InlineData("", "documentNumber", ConfidenceBasis.Labelled)]
    [InlineData("", "issuingBody", ConfidenceBasis.Labelled)]
    [InlineData("", "issueDate", ConfidenceBasis.Labelled)]
    public void Confidence_SaysWhatItRestsOn(string body, string path, ConfidenceBasis basis)
    {
        var draft = NoticeReader.Read(Head + body + Foot).Draft.ShouldNotBeNull();
        var confidence = draft.Confidence[path];
        confidence.Basis.ShouldBe(basis);
        confidence.ShouldBe(ValueConfidence.Of(basis));
        draft.Spans.ContainsKey(path).ShouldBeTrue();
    }

    [Theory]
    [InlineData("一、深化改革\n(一)推行帮办服务。\n(二)推行代办服务。\n(三)推行导办服务。", "推行帮办服务", NoticeImportCodes.UncertainValue)]
    [InlineData("一、主要任务\n(一)推行帮办服务。配齐人员。\n1.编制清单,9月底前完成。", "9月底前", NoticeImportCodes.UncertainValue)]
    [InlineData("一、主要任务\n(一)完“帮代办”平台功能。", "完善“帮代办”平台功能", NoticeImportCodes.TitleGarbled)]
    [InlineData("一、主要任务\n(一)推行帮办服务,1月底前完成。", "1月底前", NoticeImportCodes.YearUncertain)]
    [InlineData("南京市、无锡市、苏州市等5个市为改革试点地区。", "5个", NoticeImportCodes.RegionCountDiffers)]
    public void WhatIsBelowTheThreshold_IsAskedOnce(string body, string words, string code)
    {
        var draft = NoticeReader.Read(Head + body + Foot).Draft.ShouldNotBeNull();
        draft.Confidence.Values.ShouldContain(c => c.Value < ValueConfidence.AskBelow);
        var asked = draft.Questions.Where(q => q.Code == code).ShouldHaveSingleItem();
        asked.Text.ShouldContain(words);
        asked.Span.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("在无锡市等3个市开展改革试点。", ConfidenceBasis.Confirmed)]
    [InlineData("在无锡市等5个市开展改革试点。", ConfidenceBasis.Assumed)]
    [InlineData("请按要求做好改革试点工作。", ConfidenceBasis.Inferred)]
    public void RegionsOfTheAddressee_AreCertainOnlyWhenCounted(string body, ConfidenceBasis basis)
    {
        var draft = NoticeReader.Read("关于开展改革试点的通知\n苏政发〔2023〕4号\n无锡市、常州市、镇江市数据局:\n" + body + Foot).Draft.ShouldNotBeNull();
        draft.Regions.ShouldBe(["无锡市", "常州市", "镇江市"]);
        draft.Confidence["regions[0]"].Basis.ShouldBe(basis);
        draft.Questions.Any(q => q.Code is NoticeImportCodes.RegionCountDiffers or NoticeImportCodes.UncertainValue).ShouldBe(basis != ConfidenceBasis.Confirmed);
    }

    [Fact]
    public void WhatIsAboveTheThreshold_IsNotAsked()
    {
        var draft = NoticeReader.Read(Head + "一、主要任务\n(一)推行帮办服务。9月底前完成。(省政务办负责)\n试点地区:南京市" + Foot).Draft.ShouldNotBeNull();
        draft.Confidence.Values.ShouldAllBe(c => c.Value >= ValueConfidence.AskBelow);
        draft.Questions.ShouldBeEmpty();
    }

    [Fact]
    public void Json_HasTheConfidenceByPath()
    {
        var draft = NoticeReader.Read(Head + "一、主要任务\n(一)推行帮办服务。(省政务办负责)" + Foot).Draft.ShouldNotBeNull();
        using var json = JsonDocument.Parse(NoticeDraftJson.Write(draft));
        var office = json.RootElement.GetProperty("confidence").GetProperty("themes[0].offices[0]");
        office.GetProperty("basis").GetString().ShouldBe("labelled");
        office.GetProperty("value").GetDouble().ShouldBe(0.95);
    }

    /// <summary>What is wrong must not be sure: texts that invite a wrong reading, with the value that a careless reader would give.</summary>
    [Theory]
    [InlineData("一、主要任务\n(一)推行帮办服务,学习深圳市、杭州市的做法。", "深圳市")]
    [InlineData("一、主要任务\n(一)推行帮办服务(包括导办、代办等)。", "代办")]
    [InlineData("一、主要任务\n(一)推行帮办服务。区行政审批局(政务办)要配齐人员。", "政务办")]
    [InlineData("一、主要任务\n(一)推行帮办服务。依据《许可清单(2022年版)》调整,每年2月底前更新。", "2022-12-31")]
    [InlineData("一、补助标准\n(一)南京市、苏州市每人每月1300元。", "苏州市")]
    [InlineData("参照苏政办发〔2022〕8号文件执行。", "苏政办发〔2022〕8号")]
    public void WhatATextOnlyMentions_IsNoValue(string body, string careless)
    {
        var draft = NoticeReader.Read(Head + body + Foot).Draft.ShouldNotBeNull();
        draft.DocumentNumber.ShouldBe("苏政发〔2023〕4号");
        draft.Regions.ShouldNotContain(careless);
        foreach (var theme in draft.Themes)
        {
            theme.Regions.ShouldNotContain(careless);
            theme.Offices.ShouldNotContain(careless);
            theme.Due?.Date?.ToString("yyyy-MM-dd", null).ShouldNotBe(careless);
        }
    }
}
