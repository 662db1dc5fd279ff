using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Programmes.Notices;
using PilotPlatform.Programmes.Programmes;

namespace PilotPlatform.Programmes.Items;

/// <summary>A number that the programme's notice states, offered for the list. Nobody says what it is a number of but the person who chooses.</summary>
/// <param name="Order">Its place among the programme's counts, from 1.</param>
/// <param name="Number">How many, as published with the programme.</param>
/// <param name="Unit">Of what kind they are counted.</param>
/// <param name="What">What is counted.</param>
/// <param name="PartOf">The place of the count that it is a part of.</param>
/// <param name="Sentence">The notice's sentence that states it; null where the number was typed in or the notice is not kept here.</param>
/// <param name="ReadNumber">What that sentence was read as, where the office published another number.</param>
internal sealed record StatedCountDto(int Order, int Number, string Unit, string What, int? PartOf, string? Sentence, int? ReadNumber);

/// <summary>The counts of a list's programme, each with the sentence of the notice that it was read from.</summary>
internal sealed class StatedCounts(PlatformDbContext db, ItemListAppService lists)
{
    // A notice that came as one line has sentences without an end.
    private const int LongestSentence = 300;
    private const string SentenceEnds = "。；！？;!?\n\r";

    public async Task<IReadOnlyList<StatedCountDto>> OfAsync(Guid listId, CancellationToken cancellationToken)
    {
        var list = await lists.LoadListAsync(listId, cancellationToken);
        var programme = await db.Set<Programme>().AsNoTracking().FirstAsync(p => p.Id == list.ProgrammeId, cancellationToken);
        if (programme.Counts.Count == 0)
        {
            return [];
        }

        // A programme of the demo or of a time before drafts were kept has no notice draft; its numbers come without a sentence.
        var notice = await db.Set<NoticeDraft>().AsNoTracking().FirstOrDefaultAsync(n => n.ProgrammeId == list.ProgrammeId, cancellationToken);
        var published = notice is null ? null : NoticeJson.Read<NoticeContent>(notice.ContentJson).Facts;
        var reading = notice is null ? null : NoticeJson.Read<NoticeReadingResult>(notice.ReadingJson);
        return [.. programme.Counts.OrderBy(c => c.Order).Select(Describe)];

        StatedCountDto Describe(StatedCount count)
        {
            // Publishing numbers the counts in the draft's order.
            var source = published?.Counts.ElementAtOrDefault(count.Order - 1)?.SourceKey;
            var passage = source is null ? null : reading!.Passages.FirstOrDefault(p => p.Key == source);
            var read = source is null ? null : reading!.Content.Facts?.Counts.FirstOrDefault(c => c.SourceKey == source);
            return new StatedCountDto(
                count.Order, count.Number, count.Unit, count.What, count.PartOf, passage is null ? null : SentenceAt(notice!.SourceText, passage.Start, passage.Length),
                read is not null && read.Number != count.Number ? read.Number : null);
        }
    }

    /// <summary>The sentence around a passage, cut on both sides where it has no end.</summary>
    public static string? SentenceAt(string text, int start, int length)
    {
        if (start < 0 || length <= 0 || start + length > text.Length)
        {
            return null;
        }

        var reach = Math.Max(0, LongestSentence - length) / 2;
        var from = start;
        while (from > 0 && start - from < reach && !SentenceEnds.Contains(text[from - 1], StringComparison.Ordinal))
        {
            from--;
        }

        var end = start + length;
        while (end < text.Length && end - start - length < reach && !SentenceEnds.Contains(text[end], StringComparison.Ordinal))
        {
            end++;
        }

        var cutBefore = from > 0 && !SentenceEnds.Contains(text[from - 1], StringComparison.Ordinal);
        var cutAfter = end < text.Length && !SentenceEnds.Contains(text[end], StringComparison.Ordinal);
        // The full stop belongs to the sentence, a line's end does not.
        end += end < text.Length && !cutAfter && text[end] is not ('\n' or '\r') ? 1 : 0;
        return $"{(cutBefore ? "…" : "")}{text[from..end].Trim()}{(cutAfter ? "…" : "")}";
    }
}
