using System.Text;
using PilotPlatform.Errors;
using PilotPlatform.NoticeImport;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Regions;

namespace PilotPlatform.Programmes.Notices;

/// <summary>Calls the importer and turns what it read into the content of a notice draft.</summary>
internal static class NoticeImporter
{
    private const int ExcerptLength = 40;

    private static readonly string[] ItemListEndings = ["清单", "目录", "台账", "名录"];
    private static readonly string[] StandardEndings = ["平台", "标准", "接口规范", "数据规范", "系统", "知识库", "数据库"];

    /// <summary>Reads a file of any kind and encoding.</summary>
    public static async Task<(string Text, NoticeReadingResult Result)> ReadFileAsync(
        ReadOnlyMemory<byte> bytes, INoticeConverter converter, RegionMap regions, RegionInfo issuer, CancellationToken cancellationToken) =>
        Convert(await NoticeFiles.ReadAsync(bytes, converter, cancellationToken), () => Encoding.UTF8.GetString(bytes.Span), regions, issuer);

    /// <summary>Reads a pasted text.</summary>
    public static (string Text, NoticeReadingResult Result) ReadText(string text, RegionMap regions, RegionInfo issuer) =>
        Convert(NoticeReader.Read(text), () => text, regions, issuer);

    /// <summary>Reads a text; null where it is refused.</summary>
    public static NoticeReadingResult? TryReadText(string text, RegionMap regions, RegionInfo issuer) =>
        NoticeReader.Read(text) is { Refusal: null } reading ? Convert(reading, () => text, regions, issuer).Result : null;

    /// <summary>The kind that a deliverable's name suggests; the office may choose another.</summary>
    public static DeliverableKind KindOf(string name) =>
        ItemListEndings.Any(e => name.EndsWith(e, StringComparison.Ordinal)) ? DeliverableKind.ItemList
        : StandardEndings.Any(e => name.EndsWith(e, StringComparison.Ordinal)) ? DeliverableKind.TechnicalStandard
        : DeliverableKind.NormDocument;

    private static (string Text, NoticeReadingResult Result) Convert(NoticeReading reading, Func<string> received, RegionMap regions, RegionInfo issuer)
    {
        if (reading.Refusal is { } refusal)
        {
            throw Refused(refusal, received());
        }

        var draft = reading.Draft!;
        return (draft.SourceText, new NoticeReadingResult(
            ContentOf(draft, regions, issuer),
            [.. draft.Spans.Select(s => new NoticePassage(
                s.Key, s.Value.Start, s.Value.Length, draft.Confidence.GetValueOrDefault(s.Key)?.Value, draft.Confidence.GetValueOrDefault(s.Key)?.Basis))],
            [.. draft.Questions.Select((q, i) => new ImporterQuestion($"notice-{i}", q.Code, q.Text, q.Span?.Start, q.Span?.Length))]));
    }

    private static BusinessException Refused(NoticeRefusal refusal, string received)
    {
        var code = refusal.Code switch
        {
            NoticeImportCodes.Empty => ProgrammesErrorCodes.NoticeEmpty,
            NoticeImportCodes.TooLarge => ProgrammesErrorCodes.NoticeTooLarge,
            NoticeImportCodes.Garbled => ProgrammesErrorCodes.NoticeGarbled,
            NoticeImportCodes.Macros => ProgrammesErrorCodes.NoticeHasMacros,
            NoticeImportCodes.Encrypted => ProgrammesErrorCodes.NoticeEncrypted,
            NoticeImportCodes.NoTextLayer => ProgrammesErrorCodes.NoTextLayer,
            NoticeImportCodes.NeedsConversion => ProgrammesErrorCodes.ConverterMissing,
            _ => ProgrammesErrorCodes.NoticeUnreadable,
        };
        var problem = new BusinessException(code);
        if (code == ProgrammesErrorCodes.NoticeGarbled)
        {
            // Whoever mends the file looks at its first line first; what they see there is what we saw.
            var lines = received.Split('\n');
            var first = Math.Max(0, Array.FindIndex(lines, l => !string.IsNullOrWhiteSpace(l)));
            var excerpt = lines[first].Trim();
            problem.WithData("line", first + 1).WithData("excerpt", excerpt.Length > ExcerptLength ? excerpt[..ExcerptLength] + "…" : excerpt);
        }

        return problem;
    }

    private static NoticeContent ContentOf(NoticeImport.NoticeDraft draft, RegionMap regions, RegionInfo issuer)
    {
        var themes = draft.Themes.Select((theme, i) => ThemeOf(draft, theme, i, regions, issuer)).ToList();
        return new NoticeContent(
            draft.Title,
            draft.DocumentNumber,
            draft.IssuingBody,
            draft.IssueDate,
            DeadlineOf(draft.End),
            ClaimAudience.None,
            null,
            ProgrammeRegions(draft, regions, issuer),
            [.. draft.Phases.Select((p, i) => new NoticePhase(p.Name, p.Start, p.End, $"phases[{i}].name"))],
            themes,
            NoticeFactsReader.Of(draft, regions));
    }

    private static NoticeTheme ThemeOf(NoticeImport.NoticeDraft draft, ThemeDraft theme, int index, RegionMap regions, RegionInfo issuer)
    {
        var key = $"themes[{index}]";
        var due = theme.Due is not null && theme.Due != draft.End ? DeadlineOf(theme.Due) : null;

        // Where a theme names nothing itself, what the notice asks of every region holds for it.
        List<NoticeDeliverable> deliverables = theme.Deliverables.Count > 0
            ? [.. theme.Deliverables.Select((name, i) => new NoticeDeliverable(name, KindOf(name), $"{key}.deliverables[{i}]"))]
            : [.. draft.DeliverableKinds.Select((name, i) => new NoticeDeliverable(name, KindOf(name), $"deliverableKinds[{i}]"))];
        // “各试点县（市、区）” among the offices means the programme's regions: each carries the theme out itself.
        var groups = theme.LeadOffices.Where(RegionResolver.IsGroup).ToList();
        var named = theme.Regions.SelectMany((name, i) => RegionResolver.ResolveAll(name, regions, issuer, $"{key}.regions[{i}]"))
            .Concat(groups.SelectMany(g => ProgrammeRegions(draft, regions, issuer) is { Count: > 0 } all ? all : RegionResolver.ResolveAll(g, regions, issuer, $"{key}.leadOffices")))
            .DistinctBy(r => (r.Text, r.RegionId, r.PartName)).ToList();
        var understood = named.All(r => r.RegionId is not null || !RegionResolver.IsGroup(r.Text));
        return new NoticeTheme(
            $"t{index + 1}",
            theme.Number,
            theme.Title,
            Passage(draft.SourceText, theme.Span),
            RegionResolver.InOrder(named, regions),
            deliverables,
            understood ? [.. theme.LeadOffices.Except(groups)] : theme.LeadOffices,
            due,
            key,
            theme.AssistingOffices,
            ToolKitHints.In(theme.Title),
            NoticeFactsReader.Of(draft, index));
    }

    private static IReadOnlyList<NoticeRegion> ProgrammeRegions(NoticeImport.NoticeDraft draft, RegionMap regions, RegionInfo issuer) =>
        RegionResolver.InOrder([.. draft.Regions.SelectMany((name, i) => RegionResolver.ResolveAll(name, regions, issuer, $"regions[{i}]"))], regions);

    private static DeadlineDto? DeadlineOf(DueDraft? due) =>
        due is { Date: { } date } ? new DeadlineDto(date, Enum.Parse<Deadlines.DuePrecision>((due.Precision ?? NoticeImport.DuePrecision.Day).ToString()), due.Soft) : null;

    private static string Passage(string source, SourceSpan span)
    {
        var end = Math.Min(source.Length, span.Start + span.Length);
        var text = span.Start < end ? source[span.Start..end].Trim() : "";
        return text.Length > Themes.Theme.DescriptionLength ? text[..Themes.Theme.DescriptionLength] : text;
    }
}
