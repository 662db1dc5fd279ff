using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Documents.OfficialDocuments;
using WordParagraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace PilotPlatform.Documents.Tests;

public sealed class OfficialDocumentTests
{
    public static TheoryData<string> Fonts => new("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体");

    [Fact]
    public void Write_OfAFullReport_IsValidOpenXml()
    {
        using var word = Word.Open(Samples.ReplicationReport());

        Word.Errors(word).ShouldBeEmpty();
    }

    [Fact]
    public void Write_OfAnUpwardReportWithManyAttachments_IsValidOpenXml()
    {
        var document = Samples.ReplicationReport() with
        {
            ApprovedBy = "张三",
            Attachments = [.. Enumerable.Range(1, 11).Select(i => new DocumentAttachment($"清单{i}", [new Heading(1, "说明")]))],
            Signature = new("如皋市", new DateOnly(2023, 10, 1)),
        };

        using var word = Word.Open(document);

        Word.Errors(word).ShouldBeEmpty();
        word.Only("DocumentNumber").InnerText.ShouldBe("苏政务办发〔2023〕46号签发人：张三");
    }

    [Fact]
    public void Write_WithTheTitleOnly_IsValidAndHasNoRedHead()
    {
        using var word = Word.Open(Samples.Short());

        Word.Errors(word).ShouldBeEmpty();
        word.Body().Elements<WordParagraph>().ShouldHaveSingleItem().StyleId().ShouldBe("Title");
    }

    [Fact]
    public void Write_Twice_MakesTheSameBytes()
    {
        var first = Word.Write(Samples.ReplicationReport());

        Word.Write(Samples.ReplicationReport()).ShouldBe(first);
        Word.Write(Samples.ReplicationReport() with { Note = "另一联系人" }).ShouldNotBe(first);
    }

    [Fact]
    public void Write_ToAStreamThatCannotSeek_LeavesItOpen()
    {
        using var services = Word.Services();
        using var stream = new ForwardOnlyStream();

        services.GetRequiredService<IOfficialDocumentWriter>().Write(Samples.ReplicationReport(), stream);

        stream.CanWrite.ShouldBeTrue();
        stream.Written.ToArray().Length.ShouldBeGreaterThan(5000);
    }

    [Fact]
    public void Page_IsA4WithTheTypeAreaOfTheStandard()
    {
        using var word = Word.Open(Samples.ReplicationReport());
        var section = word.Body().Elements<SectionProperties>().Single();
        var size = section.GetFirstChild<PageSize>()!;
        var margin = section.GetFirstChild<PageMargin>()!;

        Millimetres(size.Width!).ShouldBe(210, 0.1);
        Millimetres(size.Height!).ShouldBe(297, 0.1);
        Millimetres(margin.Top!).ShouldBe(37, 0.1);
        Millimetres(margin.Left!).ShouldBe(28, 0.1);
        Millimetres((int)size.Width!.Value - (int)margin.Left!.Value - (int)margin.Right!.Value).ShouldBe(156, 0.1);
        Millimetres((int)size.Height!.Value - margin.Top!.Value - margin.Bottom!.Value).ShouldBe(225, 0.1);
        section.GetFirstChild<DocGrid>()!.LinePitch!.Value.ShouldBe(579);
        (22 * 579).ShouldBeLessThanOrEqualTo((int)size.Height!.Value - margin.Top!.Value - margin.Bottom!.Value);
    }

    [Theory]
    [InlineData("Title", "方正小标宋简体", 22)]
    [InlineData("IssuerMark", "方正小标宋简体", null)]
    [InlineData("BodyText", null, null)]
    [InlineData("Heading1", "黑体", null)]
    [InlineData("Heading2", "楷体_GB2312", null)]
    [InlineData("Heading3", "仿宋_GB2312", null)]
    [InlineData("Heading4", "仿宋_GB2312", null)]
    [InlineData("Footer", "宋体", 14)]
    [InlineData("Imprint", "仿宋_GB2312", 14)]
    [InlineData("AttachmentLabel", "黑体", null)]
    public void Style_HasTheFaceAndSizeOfTheStandard(string style, string? face, int? points)
    {
        using var word = Word.Open(Samples.ReplicationReport());
        var run = word.Style(style).StyleRunProperties;

        run?.RunFonts?.EastAsia?.Value.ShouldBe(face);
        run?.FontSize?.Val?.Value.ShouldBe(points is null ? null : $"{points * 2}");
        (run?.Bold is not null).ShouldBe(style == "Heading3");
    }

    [Fact]
    public void Defaults_AreThreeFangSongOn28PointGrid()
    {
        using var word = Word.Open(Samples.ReplicationReport());
        var styles = word.MainDocumentPart!.StyleDefinitionsPart!.Styles!;
        var run = styles.DocDefaults!.RunPropertiesDefault!.RunPropertiesBaseStyle!;

        run.RunFonts!.EastAsia!.Value.ShouldBe("仿宋_GB2312");
        run.FontSize!.Val!.Value.ShouldBe("32");
        run.Languages!.EastAsia!.Value.ShouldBe("zh-CN");
        var spacing = word.Style("Normal").StyleParagraphProperties!.SpacingBetweenLines!;
        spacing.Line!.Value.ShouldBe("579");
        spacing.LineRule!.Value.ShouldBe(LineSpacingRuleValues.Exact);
        word.Style("BodyText").StyleParagraphProperties!.Indentation!.FirstLineChars!.Value.ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(Fonts))]
    public void FontTable_NamesASubstitute(string face)
    {
        using var word = Word.Open(Samples.Short());

        word.MainDocumentPart!.FontTablePart!.Fonts!.Elements<Font>().Single(font => font.Name == face)
            .AltName!.Val!.Value.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Headings_AreNumberedByWordAndCarryNoNumberInTheirText()
    {
        using var word = Word.Open(Samples.ReplicationReport());
        var levels = word.MainDocumentPart!.NumberingDefinitionsPart!.Numbering!.Elements<AbstractNum>().First().Elements<Level>().ToArray();

        levels.Select(level => level.LevelText!.Val!.Value).ShouldBe(["%1、", "（%2）", "%3.", "（%4）"]);
        levels.Select(level => level.ParagraphStyleIdInLevel!.Val!.Value).ShouldBe(["Heading1", "Heading2", "Heading3", "Heading4"]);
        levels[0].NumberingFormat!.Val!.Value.ShouldBe(NumberFormatValues.ChineseCountingThousand);
        word.Body().Elements<WordParagraph>().Where(paragraph => paragraph.StyleId() == "Heading1")
            .Select(paragraph => paragraph.InnerText)
            .ShouldBe(["试点基本情况", "试点成效", "复制推广建议", "适用说明", "事项样例"]);
    }

    [Fact]
    public void Headings_OfAnAttachment_StartAgain()
    {
        using var word = Word.Open(Samples.ReplicationReport());

        var attached = word.Body().Elements<WordParagraph>().Single(paragraph => paragraph.InnerText == "适用说明");

        var id = attached.ParagraphProperties!.NumberingProperties!.NumberingId!.Val!.Value;
        id.ShouldNotBe(OfficialNumbering.BodyHeadings);
        word.MainDocumentPart!.NumberingDefinitionsPart!.Numbering!.Elements<NumberingInstance>().Single(n => n.NumberID! == id)
            .Elements<LevelOverride>().First().StartOverrideNumberingValue!.Val!.Value.ShouldBe(1);
    }

    [Fact]
    public void Lists_ThatAreApart_AreNumberedApart()
    {
        using var word = Word.Open(Samples.Short(
            new Contracts.ListItem("甲"), new Contracts.ListItem("乙"), new Contracts.Paragraph("间隔"), new Contracts.ListItem("丙")));

        var ids = word.Body().Elements<WordParagraph>().Where(paragraph => paragraph.StyleId() == "ListNumber")
            .Select(paragraph => paragraph.ParagraphProperties!.NumberingProperties!.NumberingId!.Val!.Value).ToArray();

        ids.Length.ShouldBe(3);
        ids[1].ShouldBe(ids[0]);
        ids[2].ShouldNotBe(ids[0]);
    }

    [Fact]
    public void Table_HasAMarkedHeaderRowAndColumnsThatFillTheTypeArea()
    {
        using var word = Word.Open(Samples.ReplicationReport());
        var table = word.Body().Elements<Table>().First();
        var rows = table.Elements<TableRow>().ToArray();

        rows.Length.ShouldBe(9);
        rows[0].TableRowProperties!.Elements<TableHeader>().Count().ShouldBe(1);
        rows.Skip(1).ShouldAllBe(row => !row.TableRowProperties!.Elements<TableHeader>().Any());
        rows.ShouldAllBe(row => row.TableRowProperties!.Elements<CantSplit>().Any());
        table.GetFirstChild<TableProperties>()!.TableCaption!.Val!.Value.ShouldBe("容缺受理试点前后指标对比");
        table.GetFirstChild<TableGrid>()!.Elements<GridColumn>()
            .Sum(column => int.Parse(column.Width!.Value!, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(8845);
    }

    [Fact]
    public void Footers_DifferOnOddAndEvenPages()
    {
        using var word = Word.Open(Samples.ReplicationReport());
        var references = word.Body().Elements<SectionProperties>().Single().Elements<FooterReference>().ToArray();

        word.MainDocumentPart!.DocumentSettingsPart!.Settings!.Elements<EvenAndOddHeaders>().Count().ShouldBe(1);
        Side(HeaderFooterValues.Default).ShouldBe(JustificationValues.Right);
        Side(HeaderFooterValues.Even).ShouldBe(JustificationValues.Left);

        JustificationValues Side(HeaderFooterValues type)
        {
            var id = references.Single(reference => reference.Type! == type).Id!.Value!;
            var paragraph = ((FooterPart)word.MainDocumentPart!.GetPartById(id)).Footer!.Elements<WordParagraph>().Single();
            paragraph.InnerText.ShouldBe("— 1 —");
            paragraph.Elements<SimpleField>().Single().Instruction!.Value!.Trim().ShouldBe("PAGE");
            return paragraph.ParagraphProperties!.Justification!.Val!.Value;
        }
    }

    [Fact]
    public void Properties_NameTitleAuthorLanguageAndTime()
    {
        using var word = Word.Open(Samples.ReplicationReport());
        var properties = word.PackageProperties;

        properties.Title.ShouldBe("关于复制推广南通市容缺受理试点经验做法的报告");
        properties.Creator.ShouldBe("江苏省政务服务管理办公室");
        properties.Language.ShouldBe("zh-CN");
        properties.Created!.Value.ToUniversalTime().ShouldBe(Samples.CreatedAt.UtcDateTime);
    }

    [Theory]
    // Without a seal: the issuer two characters in, the date begins two further in than the issuer.
    [InlineData(SealPlace.None, 24, 15, 4, 9)]
    // The date is the longer one: it stands two characters in.
    [InlineData(SealPlace.None, 6, 15, 17, 4)]
    // With a seal: the date four characters in, the issuer centred above.
    [InlineData(SealPlace.OverSignature, 15, 15, 8, 8)]
    [InlineData(SealPlace.OverSignature, 25, 15, 3, 8)]
    // A very long issuer still ends at the edge.
    [InlineData(SealPlace.OverSignature, 51, 15, 0, 18)]
    public void Signature_StandsWhereTheStandardPutsIt(SealPlace seal, int issuer, int date, int issuerFromRight, int dateFromRight)
    {
        var place = SignaturePlace.Of(seal, issuer, date);

        place.IssuerFromRight.ShouldBe(issuerFromRight);
        place.DateFromRight.ShouldBe(dateFromRight);
    }

    [Fact]
    public void Signature_StaysWithTheTextBeforeIt()
    {
        using var word = Word.Open(Samples.Short(new Contracts.Paragraph("特此报告。")) with
        {
            Signature = new("如皋市人民政府办公室", new DateOnly(2023, 9, 5)),
        });

        word.Only("BodyText").ParagraphProperties!.KeepNext.ShouldNotBeNull();
        word.Only("Date").InnerText.ShouldBe("2023年9月5日");
    }

    [Fact]
    public void AttachmentList_StaysWithTheTextBeforeItAndAlignsItsNames()
    {
        using var word = Word.Open(Samples.Short(new Contracts.Paragraph("特此报告。")) with
        {
            Attachments = [new("甲清单", []), new("乙清单", [])],
        });

        word.Only("BodyText").ParagraphProperties!.KeepNext.ShouldNotBeNull();
        var list = word.Body().Elements<WordParagraph>().Where(paragraph => paragraph.StyleId() == "AttachmentList").ToArray();
        list.Select(paragraph => paragraph.InnerText).ShouldBe(["附件：1.甲清单", "2.乙清单"]);
        list[1].ParagraphProperties!.Indentation!.Left!.Value.ShouldBe(list[0].ParagraphProperties!.Indentation!.Left!.Value);
        word.Body().Elements<WordParagraph>().Where(paragraph => paragraph.StyleId() == "AttachmentLabel")
            .Select(paragraph => paragraph.InnerText).ShouldBe(["附件1", "附件2"]);
    }

    [Fact]
    public void Text_WithCharactersThatXmlCannotCarry_IsWrittenWithoutThem()
    {
        using var word = Word.Open(Samples.Short(new Contracts.Paragraph("甲\u0001\u000B乙\uD800丙𠮷")));

        word.Only("BodyText").InnerText.ShouldBe("甲乙丙𠮷");
    }

    [Fact]
    public void Paragraph_WithLineFeeds_BecomesParagraphs()
    {
        using var word = Word.Open(Samples.Short(new Contracts.Paragraph("第一段\r\n第二段")));

        word.Body().Elements<WordParagraph>().Where(paragraph => paragraph.StyleId() == "BodyText")
            .Select(paragraph => paragraph.InnerText).ShouldBe(["第一段", "第二段"]);
    }

    [Fact]
    public void Heading_OfLevelFive_IsRejected() =>
        Should.Throw<ArgumentException>(() => Word.Write(Samples.Short(new Heading(5, "过深"))));

    [Fact]
    public void Table_WithAShortRow_IsRejected() => Should.Throw<ArgumentException>(
        () => Word.Write(Samples.Short(new DocumentTable("表", [new("甲"), new("乙")], [["只有一格"]])))).Message.ShouldContain("Row 1");

    [Fact]
    public void DocumentNumber_WithoutAnIssuerMark_IsRejected() =>
        Should.Throw<ArgumentException>(() => Word.Write(Samples.Short() with { DocumentNumber = "苏政务办发〔2023〕8号" }));

    private static double Millimetres(DocumentFormat.OpenXml.UInt32Value twips) => Millimetres((int)twips.Value);

    private static double Millimetres(DocumentFormat.OpenXml.Int32Value twips) => Millimetres(twips.Value);

    private static double Millimetres(int twips) => twips / 1440.0 * 25.4;
}
