using System.Globalization;
using PilotPlatform.NoticeImport;

/// <summary>
/// Times the reading of made-up texts: one line of 41 KB, and texts from half a megabyte to the largest that is read, so
/// that growth can be seen. Tests do not time; this is for people.
/// </summary>
internal static class Measure
{
    private const string Item = "(一)推进改革试点,2021年3月底前完成,材料压减50%以上,推动南京市、苏州市先行。(省财政厅牵头,省教育厅配合)";
    private const string Row = "开展业务培训,编制事项清单\t省财政厅、省教育厅\t2021年3月底前\n";
    private const int Bytes = 3;

    public static void Run(TextWriter output, TimeProvider time)
    {
        NoticeReader.Read(Item + "\n" + Item);
        Report(output, time, "one line", Repeat(Item, 41 * 1024));
        foreach (var half in new[] { 1, 2, 4, 8, 10 })
        {
            var size = Math.Min(half * 512 * 1024, NoticeReader.MaximumBytes - 64);
            Report(output, time, "items", Repeat(Item + "\n", size));
            Report(output, time, "table", "序号\t工作任务\t责任单位\t完成时限\n" + Rows(size - 64));
            Report(output, time, "one line", Repeat(Item, size));
        }
    }

    /// <summary>So many whole copies as fit into a number of bytes of UTF-8, a Chinese character being three.</summary>
    private static string Repeat(string unit, int bytes) =>
        string.Concat(Enumerable.Repeat(unit, bytes / unit.Sum(c => c < 0x80 ? 1 : Bytes)));

    private static string Rows(int bytes) =>
        string.Concat(Enumerable.Range(1, bytes / (Row.Sum(c => c < 0x80 ? 1 : Bytes) + 7)).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}\t{Row}")));

    private static void Report(TextWriter output, TimeProvider time, string kind, string text)
    {
        // The processor's time tells more than the clock's on a machine with other work.
        var (started, used) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var themes = NoticeReader.Read(text).Draft?.Themes.Count ?? 0;
        var (took, worked) = (time.GetElapsedTime(started), Environment.CpuUsage.TotalTime - used);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-9} {text.Sum(c => c < 0x80 ? 1 : Bytes) / 1024.0,8:F0} KB {took.TotalMilliseconds,8:F0} ms {worked.TotalMilliseconds,8:F0} ms of processor {themes,7} themes"));
    }
}
