using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.Tests;

public sealed class TableWorkbookTests
{
    private static readonly Ledger[] Rows =
    [
        new("南通", 3, 12.50m, new DateOnly(2023, 9, 30), 0.556m),
        new("扬州", 2, 0.25m, null, null),
    ];

    public static TheoryData<string> Dangerous =>
        new("=1+1", "=HYPERLINK(\"http://example.invalid\",\"查看\")", "+86 25", "-1", "@SUM(A1)", "\t=1", " =cmd|'/c calc'!A1", "＝1＋1", "_x003D_1");

    [Fact]
    public async Task Write_OfATypedTable_IsValidAndKeepsTypesAndValues()
    {
        using var workbook = await OpenAsync(Sheet() with { Title = "试点台账", FrozenColumns = 1 }, Rows);

        Word.Errors(workbook).ShouldBeEmpty();
        Text(workbook, "A1").ShouldBe("试点台账");
        new[] { "A2", "B2", "C2", "D2", "E2" }.Select(at => Text(workbook, at)).ShouldBe(["地区", "任务数", "经费", "完成时限", "压减"]);
        Text(workbook, "A3").ShouldBe("南通");
        Number(workbook, "B3", "#,##0").ShouldBe(3);
        Number(workbook, "C3", "#,##0.00").ShouldBe(12.50m);
        DateTime.FromOADate((double)Number(workbook, "D3", "yyyy\\-mm\\-dd")).ShouldBe(new DateTime(2023, 9, 30));
        Number(workbook, "E3", "0.0%").ShouldBe(0.556m);
        Cell(workbook, "D4").CellValue.ShouldBeNull();
        Text(workbook, "A5").ShouldBe("合计");
        Number(workbook, "B5", "#,##0").ShouldBe(5);
        Number(workbook, "C5", "#,##0.00").ShouldBe(12.75m);
    }

    [Fact]
    public async Task Write_FreezesTheHeadersAndFiltersTheRowsWithoutTheTotals()
    {
        using var workbook = await OpenAsync(Sheet() with { Title = "试点台账", FrozenColumns = 1 }, Rows);
        var sheet = Worksheet(workbook);

        var pane = sheet.Descendants<Pane>().Single();
        pane.TopLeftCell!.Value.ShouldBe("B3");
        pane.State!.Value.ShouldBe(PaneStateValues.Frozen);
        sheet.Elements<AutoFilter>().Single().Reference!.Value.ShouldBe("A2:E4");
        sheet.Descendants<MergeCell>().Single().Reference!.Value.ShouldBe("A1:E1");
        sheet.Descendants<Column>().First().Width!.Value.ShouldBe(20);
        workbook.WorkbookPart!.Workbook.DefinedNames!.Elements<DefinedName>().Select(name => name.Text)
            .ShouldBe(["'台账'!$A$2:$E$4", "'台账'!$1:$2"]);
    }

    [Theory]
    [MemberData(nameof(Dangerous))]
    public async Task Text_ThatLooksLikeAFormula_StaysText(string text)
    {
        using var workbook = await OpenAsync(new TableSheet<string>(text, Samples.CreatedAt).TextColumn(text, row => row), [text]);

        Word.Errors(workbook).ShouldBeEmpty();
        Worksheet(workbook).Descendants<CellFormula>().ShouldBeEmpty();
        foreach (var at in new[] { "A1", "A2" })
        {
            Text(workbook, at).Replace("_x005F_", "_", StringComparison.Ordinal).ShouldBe(text);
        }

        var format = Format(workbook, Cell(workbook, "A2"));
        format.NumberFormatId!.Value.ShouldBe(49u);
        (format.QuotePrefix?.Value ?? false).ShouldBe(text[0] != '_');
    }

    [Fact]
    public async Task Text_ThatReadsLikeAnEscape_IsProtected()
    {
        using var workbook = await OpenAsync(new TableSheet<string>("表", Samples.CreatedAt).TextColumn("值", row => row), ["a_x000D_b"]);

        Text(workbook, "A2").ShouldBe("a_x005F_x000D_b");
    }

    [Fact]
    public async Task Integer_BeyondWhatExcelKeeps_IsWrittenAsText()
    {
        var sheet = new TableSheet<long>("表", Samples.CreatedAt).IntegerColumn("编号", row => row);

        using var workbook = await OpenAsync(sheet, [999_999_999_999_999, 1_234_567_890_123_456]);

        Number(workbook, "A2", "#,##0").ShouldBe(999_999_999_999_999m);
        Text(workbook, "A3").ShouldBe("1234567890123456");
    }

    [Fact]
    public async Task Write_Of100000Rows_PassesThemOnAsTheyCome()
    {
        const int Count = 100_000;
        using var output = new ForwardOnlyStream(refuseSynchronous: true);
        var asked = 0;
        var beforeEnd = 0L;
        var arrived = 0L;
        using var services = Word.Services();

        await services.GetRequiredService<ITableWorkbookWriter>().WriteAsync(Sheet(), Produce(), output, CancellationToken.None);

        asked.ShouldBe(Count);
        arrived.ShouldBeGreaterThan(0, "half of the rows were asked for and nothing had arrived");
        // Whatever had not arrived when the last row was taken is what the writer had kept.
        (output.Written.Length - beforeEnd).ShouldBeLessThan(200 * 1024);
        output.LargestWrite.ShouldBeLessThan(256 * 1024);
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(output.Written.ToArray()), false);
        using var reader = DocumentFormat.OpenXml.OpenXmlReader.Create(workbook.WorkbookPart!.WorksheetParts.Single());
        var rows = 0;
        while (reader.Read())
        {
            rows += reader.ElementType == typeof(Row) && reader.IsStartElement ? 1 : 0;
        }

        rows.ShouldBe(Count + 2);

        async IAsyncEnumerable<Ledger> Produce()
        {
            for (; asked < Count; asked++)
            {
                if (asked == Count / 2)
                {
                    arrived = output.Written.Length;
                }

                await Task.CompletedTask;
                yield return new($"第{asked}个地区", asked, asked / 3m, new DateOnly(2023, 1, 1).AddDays(asked % 365), 0.5m);
            }

            beforeEnd = output.Written.Length;
        }
    }

    [Fact]
    public async Task Write_WhenCancelled_AsksForNoMoreRows()
    {
        using var cancel = new CancellationTokenSource();
        var asked = 0;
        using var services = Word.Services();

        await Should.ThrowAsync<OperationCanceledException>(() => services.GetRequiredService<ITableWorkbookWriter>()
            .WriteAsync(Sheet(), Produce(), new MemoryStream(), cancel.Token));

        asked.ShouldBe(10);

        async IAsyncEnumerable<Ledger> Produce([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            while (true)
            {
                token.ThrowIfCancellationRequested();
                if (++asked == 10)
                {
                    await cancel.CancelAsync();
                }

                yield return Rows[0];
            }
        }
    }

    [Fact]
    public async Task Write_Twice_MakesTheSameBytes() =>
        (await WriteAsync(Sheet(), Rows)).ShouldBe(await WriteAsync(Sheet(), Rows));

    [Theory]
    [InlineData("试点/台账[2023]:*?\\", "试点／台账［2023］：＊？＼")]
    [InlineData("'引号'", "引号")]
    [InlineData("History", "History_")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")]
    public void SheetName_FollowsExcelsRules(string name, string shown) =>
        new TableSheet<int>(name, Samples.CreatedAt).Name.ShouldBe(shown);

    [Fact]
    public void SheetName_OfNothing_IsRejected() =>
        Should.Throw<ArgumentException>(() => new TableSheet<int>(" ' ", Samples.CreatedAt));

    [Fact]
    public async Task Write_OfATextLongerThanACell_IsRejected() => await Should.ThrowAsync<ArgumentException>(() =>
        WriteAsync(new TableSheet<string>("表", Samples.CreatedAt).TextColumn("值", row => row), [new string('长', 32_768)]));

    [Fact]
    public async Task Write_WithoutColumns_IsRejected() =>
        await Should.ThrowAsync<ArgumentException>(() => WriteAsync(new TableSheet<string>("表", Samples.CreatedAt), ["甲"]));

    private static TableSheet<Ledger> Sheet() => new TableSheet<Ledger>("台账", Samples.CreatedAt)
        .TextColumn("地区", row => row.Region, width: 20)
        .IntegerColumn("任务数", row => row.Tasks, total: true)
        .DecimalColumn("经费", row => row.Funds, total: true)
        .DateColumn("完成时限", row => row.Due)
        .PercentColumn("压减", row => row.Reduction);

    private static async Task<byte[]> WriteAsync<TRow>(TableSheet<TRow> sheet, IEnumerable<TRow> rows)
    {
        using var services = Word.Services();
        using var stream = new MemoryStream();
        await services.GetRequiredService<ITableWorkbookWriter>().WriteAsync(sheet, rows, stream, CancellationToken.None);
        return stream.ToArray();
    }

    private static async Task<SpreadsheetDocument> OpenAsync<TRow>(TableSheet<TRow> sheet, IEnumerable<TRow> rows) =>
        SpreadsheetDocument.Open(new MemoryStream(await WriteAsync(sheet, rows)), isEditable: false);

    private static Worksheet Worksheet(SpreadsheetDocument workbook) => workbook.WorkbookPart!.WorksheetParts.Single().Worksheet;

    private static Cell Cell(SpreadsheetDocument workbook, string at) =>
        Worksheet(workbook).Descendants<Cell>().Single(cell => cell.CellReference == at);

    private static string Text(SpreadsheetDocument workbook, string at)
    {
        var cell = Cell(workbook, at);
        cell.DataType!.Value.ShouldBe(CellValues.InlineString);
        return cell.InlineString!.InnerText;
    }

    private static decimal Number(SpreadsheetDocument workbook, string at, string format)
    {
        var cell = Cell(workbook, at);
        cell.DataType.ShouldBeNull();
        var id = Format(workbook, cell).NumberFormatId!.Value;
        var code = id switch
        {
            3 => "#,##0",
            4 => "#,##0.00",
            _ => workbook.WorkbookPart!.WorkbookStylesPart!.Stylesheet.NumberingFormats!.Elements<NumberingFormat>()
                .Single(numbering => numbering.NumberFormatId! == id).FormatCode!.Value,
        };
        code.ShouldBe(format);
        return decimal.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture);
    }

    private static CellFormat Format(SpreadsheetDocument workbook, Cell cell) =>
        workbook.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);

    private sealed record Ledger(string Region, long Tasks, decimal Funds, DateOnly? Due, decimal? Reduction);
}
