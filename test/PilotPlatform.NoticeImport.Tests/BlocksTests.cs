using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;

namespace PilotPlatform.NoticeImport.Tests;

public class BlocksTests
{
    [Theory]
    [InlineData("一、总体要求", "Han", 1, "一")]
    [InlineData("二十三、任务", "Han", 23, "二十三")]
    [InlineData("第三,任务", "Ordinal", 3, "三")]
    [InlineData("1.2推进改革", "Decimal", 2, "1.2")]
    [InlineData("任务二:推进改革", "Word", 2, "二")]
    [InlineData("3.2023年底前完成", "Digit", 3, "3")]
    [InlineData("4.12345热线整合", "Digit", 4, "4")]
    [InlineData("(十一)任务", "HanInBrackets", 11, "(十一)")]
    [InlineData("(一)、任务", "HanInBrackets", 1, "(一)")]
    [InlineData("10.任务", "Digit", 10, "10")]
    [InlineData("3、任务", "Digit", 3, "3")]
    [InlineData("(2)任务", "DigitInBrackets", 2, "(2)")]
    public void At_ReadsTheUsualStyles(string text, string style, int value, string label)
    {
        var mark = Numbering.At(text, 0).ShouldNotBeNull();
        mark.Style.ToString().ShouldBe(style);
        mark.Value.ShouldBe(value);
        mark.Label.ShouldBe(label);
        text[mark.Length..].ShouldNotStartWith("、");
    }

    [Theory]
    [InlineData("1.5倍以上")]
    [InlineData("1.2亿元资金")]
    [InlineData("任务重大:要抓紧")]
    [InlineData("2023年")]
    [InlineData("一是加强")]
    [InlineData("(2022年版)")]
    [InlineData("第三批试点")]
    [InlineData("一")]
    public void At_WhenNoNumberOfAnItem_IsNull(string text) => Numbering.At(text, 0).ShouldBeNull();

    [Theory]
    [InlineData("十", 10)]
    [InlineData("二十", 20)]
    [InlineData("一百零五", 105)]
    [InlineData("九十九", 99)]
    public void Parse_CountsInHan(string text, int value) => Numbering.Parse(text).ShouldBe(value);

    [Fact]
    public void Read_BuildsTheTreeWhateverTheOrderOfStyles()
    {
        var tree = Read("1.甲\n(一)乙\n一、丙\n一、丁\n(二)戊\n附注\n2.己");
        tree.Root.Children.Select(b => b.Mark!.Label).ShouldBe(["1", "2"]);
        var first = tree.Root.Children[0];
        first.NumberedChildren.Select(b => b.Mark!.Label).ShouldBe(["(一)", "(二)"]);
        first.Children[0].NumberedChildren.Count().ShouldBe(2);
        first.Children[1].Paragraphs.Count().ShouldBe(1);
    }

    [Fact]
    public void Read_RunOnLine_IsCutAtItsNumbers()
    {
        var filler = new string('甲', 60);
        var clean = TextCleaner.Clean($"{filler}。一、把工作统一、规范起来(一){filler}。(财政部负责)具体措施:1.{filler}。2.{filler}见第(五)条。(二){filler}。二、其他。");
        var tree = BlockReader.Read(clean);

        tree.Lines.Where(l => l.Mark is not null).Select(l => l.Mark!.Label).ShouldBe(["一", "(一)", "1", "2", "(二)", "二"]);
    }

    [Fact]
    public void Read_RowsKeepTheirBlankCells()
    {
        var clean = TextCleaner.Clean("1\t印发方案\t\t2021年");
        var row = BlockReader.Read(clean).Lines.ShouldHaveSingleItem();
        row.IsRow.ShouldBeTrue();
        row.Cells.Select(clean.Slice).ShouldBe(["1", "印发方案", "", "2021年"]);
    }

    [Fact]
    public void Brackets_Split_LeavesBracketsTitlesAndQuotationsWhole() =>
        Parts("县(市、区)、《甲、乙》、“丙、丁”、戊", "、").ShouldBe(["县(市、区)", "《甲、乙》", "“丙、丁”", "戊"]);

    [Fact]
    public void Brackets_Split_AnUnclosedBracketEndsWithItsLine() => Parts("甲(乙、丙\n丁、戊", "、\n").ShouldBe(["甲(乙、丙", "丁", "戊"]);

    private static IEnumerable<string> Parts(string text, string separators) =>
        Brackets.Split(text, new TextRange(0, text.Length), separators).Select(r => text.Substring(r.Start, r.Length));

    private static BlockTree Read(string text) => BlockReader.Read(TextCleaner.Clean(text));
}
