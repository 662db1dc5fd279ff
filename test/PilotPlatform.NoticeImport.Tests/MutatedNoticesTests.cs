using System.Text;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>
/// The notices of the folder Kinds, damaged as copying, scanning and cutting damage them. Whatever comes out: nothing
/// throws, every value points into the text, and what is not certain is asked for.
/// </summary>
public class MutatedNoticesTests
{
    private const int Rounds = 12;

    private static readonly string[] Originals = [.. Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Kinds"), "*.txt")
        .Order(StringComparer.Ordinal)
        .Select(f => File.ReadAllText(f))
        .Where(t => t.Length <= 3_000)];

    [Theory]
    [InlineData("cut")]
    [InlineData("lines dropped")]
    [InlineData("lines doubled")]
    [InlineData("lines shuffled")]
    [InlineData("characters lost")]
    [InlineData("strange characters")]
    [InlineData("one line")]
    [InlineData("punctuation confused")]
    [InlineData("two notices")]
    public void Read_OfADamagedNotice_HoldsTogether(string damage)
    {
        var random = new Random(8);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Damaged(Originals[random.Next(Originals.Length)], damage, random);
            var reading = NoticeReader.Read(text);
            (reading.Draft is null).ShouldBe(reading.Refusal is not null);
            if (reading.Draft is { } draft)
            {
                HoldsTogether(draft, text);
            }
        }
    }

    [Fact]
    public void Read_OfListsNestedFiftyDeep_FindsThem()
    {
        string[] styles = ["一、", "(一)", "1.", "(1)", "第一,"];
        var text = new StringBuilder("某市数据局关于开展改革试点的通知\n");
        for (var depth = 0; depth < 50; depth++)
        {
            text.Append(' ', depth).Append(styles[depth % styles.Length]).Append("推进第").Append(depth).Append("层改革。\n");
        }

        HoldsTogether(NoticeReader.Read(text.ToString()).Draft.ShouldNotBeNull(), text.ToString());
    }

    [Fact]
    public void Read_OfATableOfTenThousandRows_FindsEveryRow()
    {
        var text = new StringBuilder("序号\t工作任务\t责任单位\t试点地区\t完成时限\n");
        for (var row = 1; row <= 10_000; row++)
        {
            text.Append(row).Append("\t推进第").Append(row).Append("项改革\t省财政厅\t南京市\t2023年6月\n");
        }

        var draft = NoticeReader.Read(text.ToString()).Draft.ShouldNotBeNull();
        draft.Themes.Count.ShouldBe(10_000);
        draft.Themes[^1].Due.ShouldNotBeNull().Date.ShouldBe(new DateOnly(2023, 6, 30));
    }

    private static void HoldsTogether(NoticeDraft draft, string text)
    {
        draft.Spans.Where(s => s.Value.Start < 0 || s.Value.Length <= 0 || s.Value.Start + s.Value.Length > draft.SourceText.Length).ShouldBeEmpty(text);
        draft.Confidence.Keys.Where(k => !draft.Spans.ContainsKey(k)).ShouldBeEmpty(text);
        draft.Questions.Select(q => q.Span).OfType<SourceSpan>().ShouldAllBe(s => s.Start >= 0 && s.Start + s.Length <= draft.SourceText.Length);
        draft.Themes.ShouldAllBe(t => t.Title.Length > 0);
        if (draft.Confidence.Values.Any(c => c.Value < ValueConfidence.AskBelow))
        {
            draft.Questions.ShouldNotBeEmpty(text);
        }
    }

    private static string Damaged(string text, string damage, Random random)
    {
        var lines = text.Split('\n').ToList();
        return damage switch
        {
            "cut" => text[..random.Next(1, text.Length)],
            "lines dropped" => string.Join('\n', lines.Where(_ => random.Next(4) > 0)),
            "lines doubled" => string.Join('\n', lines.SelectMany(l => Enumerable.Repeat(l, random.Next(4) == 0 ? 3 : 1))),
            "lines shuffled" => string.Join('\n', lines.OrderBy(_ => random.Next())),
            "characters lost" => string.Concat(text.Where(_ => random.Next(20) > 0)),
            "strange characters" => string.Join('\n', lines.Select(l => random.Next(6) > 0 ? l : Strange(random) + l)),
            "one line" => string.Concat(lines),
            "punctuation confused" => string.Concat(text.Select(c => c is '，' or '。' && random.Next(3) == 0 ? "（）“”《》：、\t一是"[random.Next(11)] : c)),
            _ => text + "\n" + Originals[random.Next(Originals.Length)],
        };
    }

    /// <summary>Anything that a char can hold, halves of pairs included.</summary>
    private static string Strange(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => (char)random.Next(1, char.MaxValue)));
}
