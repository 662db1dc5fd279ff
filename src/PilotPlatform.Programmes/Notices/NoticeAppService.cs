using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Programmes.Choices;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Programmes.Notices;

/// <summary>Reads notices in, keeps the office's work on them, and publishes them.</summary>
internal sealed class NoticeAppService(
    PlatformDbContext db, ICurrentScope scope, IRegionDirectory directory, ProgrammeIssuing issuing, NoticeChoosing choosing, NoticeLinks links, NoticeConverter converter, Texts texts,
    IIdGenerator ids, TimeProvider time)
{
    private const int MostThemes = 200;
    private const int MostRegions = 200;
    private const int MostDeliverables = 50;

    private static readonly SortList<NoticeDraft> Sorts = new SortList<NoticeDraft>()
        .Allow("title", n => n.Title).Allow("createdAt", n => n.CreatedAt).Allow("openQuestions", n => n.OpenQuestions)
        .Otherwise(q => q.OrderByDescending(n => n.CreatedAt).ThenBy(n => n.Id));

    public Task<PagedResult<NoticeListItemDto>> ListAsync(GetNoticesInput input, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant.Id;
        var notices = db.Set<NoticeDraft>().AsNoTracking().Where(n => n.TenantId == own);
        if (input.Status is { } status)
        {
            notices = notices.Where(n => n.Status == status);
        }

        return notices.ToPageAsync(
            input, Sorts,
            n => new NoticeListItemDto(n.Id, n.Title, n.DocumentNumber, n.SourceName, n.Status, n.OpenQuestions, n.CreatedAt, n.ModifiedAt, n.ProgrammeId),
            cancellationToken);
    }

    public async Task<NoticeDto> GetAsync(Guid id, CancellationToken cancellationToken) => await DescribeAsync(await LoadAsync(id, cancellationToken), cancellationToken);

    public async Task<NoticeLinksDto> LinksAsync(Guid id, CancellationToken cancellationToken) =>
        await links.ForAsync(await LoadAsync(id, cancellationToken), cancellationToken);

    public async Task<NoticeDto> CreateFromTextAsync(CreateNoticeDto input, CancellationToken cancellationToken)
    {
        var (text, reading) = await ReadTextAsync(input.Text ?? "", cancellationToken);
        return await CreateFromContentAsync(text, null, reading, NoticeOrigin.Notice, cancellationToken);
    }

    public async Task<NoticeDto> CreateFromFileAsync(ReadOnlyMemory<byte> bytes, string fileName, CancellationToken cancellationToken)
    {
        var (text, reading) = await ReadFileAsync(bytes, cancellationToken);
        return await CreateFromContentAsync(text, FileNameOf(fileName), reading, NoticeOrigin.Notice, cancellationToken);
    }

    /// <summary>Reads a pasted text; refuses what is none.</summary>
    public async Task<(string Text, NoticeReadingResult Result)> ReadTextAsync(string text, CancellationToken cancellationToken)
    {
        var (regions, issuer) = await IssuerAsync(cancellationToken);
        return NoticeImporter.ReadText(text, regions, issuer);
    }

    /// <summary>Reads a file of any kind that can be read.</summary>
    public async Task<(string Text, NoticeReadingResult Result)> ReadFileAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        var (regions, issuer) = await IssuerAsync(cancellationToken);
        return await NoticeImporter.ReadFileAsync(file, converter, regions, issuer, cancellationToken);
    }

    /// <summary>Reads a text that was read before, for its passages; null where it is refused by now.</summary>
    public async Task<NoticeReadingResult?> TryReadAsync(string text, CancellationToken cancellationToken)
    {
        var (regions, issuer) = await IssuerAsync(cancellationToken);
        return NoticeImporter.TryReadText(text, regions, issuer);
    }

    public static string FileNameOf(string fileName) => fileName.Length > 200 ? fileName[^200..] : fileName;

    public async Task<NoticeDto> SaveAsync(Guid id, SaveNoticeDto input, CancellationToken cancellationToken)
    {
        var notice = await LoadAsync(id, cancellationToken);
        notice.EnsureStamp(input.ConcurrencyStamp);
        notice.EnsureDraft();
        var (regions, issuer) = await IssuerAsync(cancellationToken);
        CheckShape(input, regions, issuer);
        await choosing.CheckChangeAsync(NoticeJson.Read<NoticeContent>(notice.ContentJson), input.Content, cancellationToken);

        var content = Ordered(input.Content, regions);
        await KeepAsync(
            notice, NoticeJson.Read<NoticeContent>(notice.ContentJson), content, NoticeJson.Read<List<QuestionAnswer>>(notice.AnswersJson), input.Answers, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(notice, cancellationToken);
    }

    /// <summary>Puts the draft's new state into the context: content, decisions, and how many questions are open.</summary>
    public async Task KeepAsync(
        NoticeDraft notice, NoticeContent was, NoticeContent now, IReadOnlyList<QuestionAnswer> decisions, IReadOnlyList<AnswerDto> given, CancellationToken cancellationToken)
    {
        var (regions, _) = await IssuerAsync(cancellationToken);
        var reading = NoticeJson.Read<NoticeReadingResult>(notice.ReadingJson);
        var answers = NoticeDecisions.After(decisions, given, reading, was, now, regions, texts, scope.Identity.DisplayName, time.UtcNow());
        var open = NoticeQuestions.Of(reading, now, answers, texts).Count(q => q.IsOpen);
        notice.Save(NoticeJson.Write(now), NoticeJson.Write(answers), Shortened(now), open);
    }

    public async Task<PublishedNoticeDto> PublishAsync(Guid id, NoticeStampDto input, CancellationToken cancellationToken)
    {
        var notice = await LoadAsync(id, cancellationToken);
        notice.EnsureDraft();
        notice.EnsureStamp(input.ConcurrencyStamp);
        var content = NoticeJson.Read<NoticeContent>(notice.ContentJson);
        CheckComplete(content);
        await links.EnsureKnownAsync(content, cancellationToken);

        var issued = await issuing.IssueAsync(
            scope.RequiredTenant, content, notice.SourceText, NoticeJson.Read<List<QuestionAnswer>>(notice.AnswersJson), cancellationToken);
        notice.MarkPublished(issued.Programme.Id);
        await db.SaveChangesAsync(cancellationToken);
        return new PublishedNoticeDto(issued.Programme.Id, issued.Themes, issued.Assignments, issued.Regions);
    }

    public async Task DiscardAsync(Guid id, NoticeStampDto input, CancellationToken cancellationToken)
    {
        var notice = await LoadAsync(id, cancellationToken);
        notice.EnsureStamp(input.ConcurrencyStamp);
        notice.EnsureDraft();
        db.Remove(notice);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Keeps a new draft.</summary>
    public async Task<NoticeDto> CreateFromContentAsync(
        string text, string? sourceName, NoticeReadingResult reading, NoticeOrigin origin, CancellationToken cancellationToken)
    {
        reading = reading with { Content = await choosing.WithUsualAsync(reading.Content, cancellationToken) };
        var content = NoticeJson.Write(reading.Content);
        var notice = new NoticeDraft(ids.NewId(), text, sourceName is { Length: > 200 } ? sourceName[..200] : sourceName, NoticeJson.Write(reading), content, origin);
        notice.Save(content, "[]", Shortened(reading.Content), NoticeQuestions.Of(reading, reading.Content, [], texts).Count(q => q.IsOpen));
        db.Add(notice);
        await db.SaveChangesAsync(cancellationToken);
        return await DescribeAsync(notice, cancellationToken);
    }

    // What the importer takes for a title may be a whole paragraph; lists show its beginning, the wizard all of it.
    private static NoticeContent Shortened(NoticeContent content) => content with
    {
        Title = content.Title is { Length: > Programme.TitleLength } title ? title[..Programme.TitleLength] : content.Title,
        DocumentNumber = content.DocumentNumber is { Length: > 60 } number ? number[..60] : content.DocumentNumber,
    };

    public async Task<NoticeDraft> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var own = scope.RequiredTenant.Id;
        return await db.Set<NoticeDraft>().FirstOrDefaultAsync(n => n.Id == id && n.TenantId == own, cancellationToken)
            ?? throw new NotFoundException(nameof(NoticeDraft), id);
    }

    private async Task<(RegionMap Regions, RegionInfo Issuer)> IssuerAsync(CancellationToken cancellationToken)
    {
        var regions = await directory.GetAsync(cancellationToken);
        var own = scope.RequiredTenant;
        return (regions, regions.Find(own.Id) ?? throw new NotFoundException("Region", own.Id));
    }

    public async Task<NoticeDto> DescribeAsync(NoticeDraft notice, CancellationToken cancellationToken)
    {
        var reading = NoticeJson.Read<NoticeReadingResult>(notice.ReadingJson);
        var content = NoticeJson.Read<NoticeContent>(notice.ContentJson);
        var answers = NoticeJson.Read<List<QuestionAnswer>>(notice.AnswersJson);
        var questions = NoticeQuestions.Of(reading, content, answers, texts);
        return new NoticeDto(
            notice.Id, notice.Status, notice.Origin, notice.SourceName, notice.SourceText, content, reading.Content, reading.Passages, questions, questions.Count(q => q.IsOpen),
            await PreviewAsync(notice, content, answers, cancellationToken), notice.RevisionJson is not null, notice.ProgrammeId, notice.ModifiedAt ?? notice.CreatedAt, notice.ConcurrencyStamp);
    }

    private async Task<NoticePreviewDto> PreviewAsync(NoticeDraft notice, NoticeContent content, IReadOnlyList<QuestionAnswer> answers, CancellationToken cancellationToken)
    {
        var (regions, issuer) = await IssuerAsync(cancellationToken);
        List<string> duplicates = content.DocumentNumber is { Length: > 0 } number && notice.Status == NoticeStatus.Draft
            ? await db.Set<Programme>().AsNoTracking().Where(p => p.TenantId == issuer.Id && p.DocumentNumber == number).Select(p => p.Title).ToListAsync(cancellationToken)
            : [];
        return NoticePreview.Of(content, regions, issuer.Id, duplicates, answers, await choosing.DescribeAsync(content, cancellationToken));
    }

    private static NoticeContent Ordered(NoticeContent content, RegionMap regions) => content with
    {
        Regions = RegionResolver.InOrder(content.Regions, regions),
        Themes = [.. content.Themes.Select(t => t with { Regions = RegionResolver.InOrder(t.Regions, regions) })],
        Facts = NoticeFactsReader.Resolved(content.Facts, regions),
    };

    /// <summary>What any draft must be, however unfinished: texts that fit, and regions of the issuer's own.</summary>
    private static void CheckShape(SaveNoticeDto input, RegionMap regions, RegionInfo issuer)
    {
        if (input.Content is not { Regions: not null, Phases: not null, Themes: not null } content || input.Answers is null)
        {
            throw new InputException("content", PlatformErrorCodes.Required);
        }

        var check = new InputCheck()
            .Text(content.Title, "content.title", Programme.TitleLength, required: false)
            .Text(content.DocumentNumber, "content.documentNumber", 60, required: false)
            .Text(content.IssuingBody, "content.issuingBody", 100, required: false)
            .That(content.Themes.Count <= MostThemes, "content.themes", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostThemes))
            .That(content.Phases.Count <= 50, "content.phases", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", 50));
        CheckRegions(content.Regions, "content.regions");
        for (var i = 0; i < content.Phases.Count; i++)
        {
            check.Text(content.Phases[i].Name, $"content.phases[{i}].name", 200, required: false);
        }

        NoticeFactsReader.Check(check, content.Facts, regions);
        for (var i = 0; i < content.Themes.Count; i++)
        {
            var (theme, path) = (content.Themes[i], $"content.themes[{i}]");
            NoticeFactsReader.Check(check, theme.Facts, $"{path}.facts");
            check.Text(theme.Key, $"{path}.key", 40).Text(theme.Number, $"{path}.number", 20, required: false)
                .Text(theme.Title, $"{path}.title", Theme.TitleLength, required: false)
                .Text(theme.Description, $"{path}.description", Theme.DescriptionLength, required: false)
                .That(theme.Deliverables is { Count: <= MostDeliverables }, $"{path}.deliverables", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostDeliverables))
                .That(theme.AssistingOffices is null or { Count: <= MostDeliverables }, $"{path}.assistingOffices", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostDeliverables))
                .That(theme.ToolKits is null || theme.ToolKits.All(Enum.IsDefined), $"{path}.toolKits", PlatformErrorCodes.OutOfRange)
                .That(theme.LeadOffices is { Count: <= MostDeliverables }, $"{path}.leadOffices", PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostDeliverables));
            CheckRegions(theme.Regions, $"{path}.regions");
            CheckOffices(theme.LeadOffices, $"{path}.leadOffices");
            CheckOffices(theme.AssistingOffices, $"{path}.assistingOffices");
            for (var d = 0; d < (theme.Deliverables?.Count ?? 0); d++)
            {
                check.Text(theme.Deliverables![d].Name, $"{path}.deliverables[{d}].name", 200, required: false);
            }
        }

        for (var i = 0; i < input.Answers.Count; i++)
        {
            check.Text(input.Answers[i].Text, $"answers[{i}].text", 500, required: false);
        }

        check.ThrowIfAny();

        void CheckOffices(IReadOnlyList<string>? offices, string path)
        {
            for (var i = 0; i < (offices?.Count ?? 0); i++)
            {
                check.Text(offices![i], $"{path}[{i}]", 100);
            }
        }

        void CheckRegions(IReadOnlyList<NoticeRegion>? named, string path)
        {
            check.That(named is { Count: <= MostRegions }, path, PlatformErrorCodes.OutOfRange, ("min", 0), ("max", MostRegions));
            for (var i = 0; i < (named?.Count ?? 0); i++)
            {
                var region = named![i];
                check.Text(region.Text, $"{path}[{i}].text", 100, required: false).Text(region.PartName, $"{path}[{i}].partName", 60, required: false)
                    .That(region.RegionId is not { } id || regions.Find(id)?.ParentId == issuer.Id, $"{path}[{i}].regionId", ProgrammesErrorCodes.RegionNotBelow, ("name", region.Text));
            }
        }
    }

    /// <summary>What a programme must have before it is published.</summary>
    private void CheckComplete(NoticeContent content)
    {
        var check = new InputCheck()
            .Text(content.Title, "content.title", Programme.TitleLength).Text(content.IssuingBody, "content.issuingBody", 100)
            .Text(content.DocumentNumber, "content.documentNumber", 60, required: false)
            .That(content.Themes.Count > 0, "content.themes", ProgrammesErrorCodes.ThemeNeeded)
            .That(
                content.ClaimAudience == ClaimAudience.None || content.ClaimsCloseOn >= time.Today(), "content.claimsCloseOn", ProgrammesErrorCodes.ClosingDateNeeded)
            .That(content.ClaimAudience != ClaimAudience.InvitedRegions || content.Regions.Count > 0, "content.regions", ProgrammesErrorCodes.InvitationNeeded);
        for (var i = 0; i < content.Phases.Count; i++)
        {
            var (phase, path) = (content.Phases[i], $"content.phases[{i}]");
            check.Text(phase.Name, $"{path}.name", 200).That(phase.Start is null || phase.End is null || phase.Start <= phase.End, $"{path}.end", ProgrammesErrorCodes.PhaseEndsBeforeStart);
        }

        for (var i = 0; i < content.Themes.Count; i++)
        {
            var (theme, path) = (content.Themes[i], $"content.themes[{i}]");
            check.Text(theme.Title, $"{path}.title", Theme.TitleLength).Text(theme.Number, $"{path}.number", 20);
            for (var d = 0; d < theme.Deliverables.Count; d++)
            {
                check.Text(theme.Deliverables[d].Name, $"{path}.deliverables[{d}].name", 200);
            }
        }

        NoticeFactsReader.CheckComplete(check, content);
        check.ThrowIfAny();
        if (content.Themes.SelectMany(t => t.Regions).Concat(content.Regions).Count(r => r.RegionId is null) is > 0 and var open)
        {
            throw new BusinessException(ProgrammesErrorCodes.QuestionsOpen).WithData("count", open);
        }
    }
}
