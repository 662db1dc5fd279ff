using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Notices;

/// <summary>A corrected notice beside the draft, and how it differs.</summary>
internal sealed record NoticeRevisionDto(
    Guid NoticeId, string? Title, string? SourceName, IReadOnlyList<NoticeDifferenceDto> Differences, int NewQuestions, string ConcurrencyStamp);

/// <summary>The office's choice about one difference.</summary>
internal sealed record RevisionChoiceDto(string Key, RevisionChoice Choice);

/// <summary>The office's choices; a difference without one is dealt with as suggested.</summary>
internal sealed record ApplyRevisionDto(IReadOnlyList<RevisionChoiceDto> Choices, string ConcurrencyStamp);

/// <summary>Reads a corrected notice into a draft: shows the differences, takes what the office chooses, keeps what it edited by hand.</summary>
internal sealed class RevisionAppService(PlatformDbContext db, ICurrentScope scope, NoticeAppService notices, Texts texts, TimeProvider time)
{
    private const int MostText = 500;

    public async Task<NoticeRevisionDto> CompareTextAsync(Guid id, CreateNoticeDto input, CancellationToken cancellationToken)
    {
        var notice = await notices.LoadAsync(id, cancellationToken);
        notice.EnsureDraft();
        var (text, reading) = await notices.ReadTextAsync(input.Text ?? "", cancellationToken);
        return await CompareAsync(notice, new NoticeRevision(text, null, reading), cancellationToken);
    }

    public async Task<NoticeRevisionDto> CompareFileAsync(Guid id, ReadOnlyMemory<byte> bytes, string fileName, CancellationToken cancellationToken)
    {
        var notice = await notices.LoadAsync(id, cancellationToken);
        notice.EnsureDraft();
        var (text, reading) = await notices.ReadFileAsync(bytes, cancellationToken);
        return await CompareAsync(notice, new NoticeRevision(text, NoticeAppService.FileNameOf(fileName), reading), cancellationToken);
    }

    public async Task<NoticeRevisionDto> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        var notice = await notices.LoadAsync(id, cancellationToken);
        return Describe(notice, RevisionOf(notice));
    }

    public async Task<NoticeDto> ApplyAsync(Guid id, ApplyRevisionDto input, CancellationToken cancellationToken)
    {
        var notice = await notices.LoadAsync(id, cancellationToken);
        notice.EnsureStamp(input.ConcurrencyStamp);
        notice.EnsureDraft();
        var revision = RevisionOf(notice);
        var before = NoticeJson.Read<NoticeReadingResult>(notice.ReadingJson);
        var mine = NoticeJson.Read<NoticeContent>(notice.ContentJson);
        var choices = (input.Choices ?? []).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Last().Choice, StringComparer.Ordinal);
        var (content, chosen) = NoticeRevisions.Apply(before.Content, mine, revision.Reading.Content, choices);

        // Where both sides had changed something, it is on record which one was taken, by whom and when.
        var answers = NoticeJson.Read<List<QuestionAnswer>>(notice.AnswersJson);
        var now = time.UtcNow();
        answers.AddRange(chosen.Where(c => c.Difference.EditedByHand).Select(c => new QuestionAnswer(
            $"revision:{now:yyyyMMddHHmmss}:{c.Difference.Key}", Outcome(c.Difference, c.Choice), scope.Identity.DisplayName, now, DecisionKind.Revision,
            Shortened(texts.Get("Programmes:Revision.Question", new Dictionary<string, object?> { ["what"] = What(c.Difference) })))));

        notice.Revise(revision.Text, revision.SourceName, NoticeJson.Write(revision.Reading));
        var given = answers.Where(a => a.Kind is DecisionKind.Answer or DecisionKind.LeftOpen).Select(a => new AnswerDto(a.Key, a.Text)).ToList();
        await notices.KeepAsync(notice, mine, content, answers, given, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await notices.DescribeAsync(notice, cancellationToken);
    }

    public async Task<NoticeDto> DropAsync(Guid id, NoticeStampDto input, CancellationToken cancellationToken)
    {
        var notice = await notices.LoadAsync(id, cancellationToken);
        notice.EnsureStamp(input.ConcurrencyStamp);
        notice.DropRevision();
        await db.SaveChangesAsync(cancellationToken);
        return await notices.DescribeAsync(notice, cancellationToken);
    }

    private async Task<NoticeRevisionDto> CompareAsync(NoticeDraft notice, NoticeRevision revision, CancellationToken cancellationToken)
    {
        var aligned = revision with
        {
            Reading = NoticeRevisions.Aligned(NoticeJson.Read<NoticeReadingResult>(notice.ReadingJson), NoticeJson.Read<NoticeContent>(notice.ContentJson), revision.Reading),
        };
        notice.Compare(NoticeJson.Write(aligned));
        await db.SaveChangesAsync(cancellationToken);
        return Describe(notice, aligned);
    }

    private static NoticeRevisionDto Describe(NoticeDraft notice, NoticeRevision revision)
    {
        var before = NoticeJson.Read<NoticeReadingResult>(notice.ReadingJson);
        var mine = NoticeJson.Read<NoticeContent>(notice.ContentJson);
        var known = before.Questions.Select(q => q.Key).ToHashSet(StringComparer.Ordinal);
        return new NoticeRevisionDto(
            notice.Id, mine.Title, revision.SourceName, NoticeRevisions.Between(before.Content, mine, revision.Reading.Content),
            revision.Reading.Questions.Count(q => !known.Contains(q.Key)), notice.ConcurrencyStamp);
    }

    private static NoticeRevision RevisionOf(NoticeDraft notice) =>
        notice.RevisionJson is { } json ? NoticeJson.Read<NoticeRevision>(json) : throw new BusinessException(ProgrammesErrorCodes.NoRevision);

    private string Outcome(NoticeDifferenceDto difference, RevisionChoice choice) => Shortened(texts.Get(
        choice == RevisionChoice.Revised ? "Programmes:Revision.TookRevised" : "Programmes:Revision.Kept",
        new Dictionary<string, object?> { ["value"] = (choice == RevisionChoice.Revised ? difference.After : difference.Mine) is { Length: > 0 } value ? value : "—" }));

    private string What(NoticeDifferenceDto difference) =>
        (difference.ThemeTitle is { } title ? title + "·" : "") + texts.Get("Programmes:Field." + difference.Field);

    private static string Shortened(string text) => text.Length > MostText ? text[..(MostText - 1)] + "…" : text;
}
