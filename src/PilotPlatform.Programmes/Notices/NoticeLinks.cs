using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;

namespace PilotPlatform.Programmes.Notices;

/// <summary>A programme that themes may be linked to.</summary>
internal sealed record LinkTargetDto(Guid ProgrammeId, string Title, string? DocumentNumber, DateOnly? IssueDate, IReadOnlyList<LinkTargetThemeDto> Themes);

/// <summary>A theme of such a programme.</summary>
internal sealed record LinkTargetThemeDto(Guid ThemeId, string Number, string Title);

/// <summary>What the themes of a draft may be linked to, and which of it seems to belong together.</summary>
internal sealed record NoticeLinksDto(IReadOnlyList<LinkTargetDto> Targets, IReadOnlyList<LinkSuggestionDto> Suggestions);

/// <summary>What themes of a draft may be linked to: programmes that the issuer may see. Everything chosen is checked in the scope of whoever asks.</summary>
internal sealed class NoticeLinks(PlatformDbContext db)
{
    private const int MostProgrammes = 200;

    public async Task<NoticeLinksDto> ForAsync(NoticeDraft notice, CancellationToken cancellationToken)
    {
        var programmes = await db.Set<Programme>().AsNoTracking().Where(p => p.Status != ProgrammeStatus.Draft && p.Id != notice.ProgrammeId)
            .OrderByDescending(p => p.IssueDate).ThenByDescending(p => p.Id).Take(MostProgrammes)
            .Select(p => new { p.Id, p.Title, p.DocumentNumber, p.IssueDate }).ToListAsync(cancellationToken);
        var wanted = programmes.ConvertAll(p => p.Id);
        var themes = (await db.Set<Theme>().AsNoTracking().Where(t => wanted.Contains(t.ProgrammeId)).OrderBy(t => t.Order)
            .Select(t => new { t.ProgrammeId, t.Id, t.Number, t.Title }).ToListAsync(cancellationToken)).ToLookup(t => t.ProgrammeId);
        List<LinkTargetDto> targets =
        [
            .. programmes.Select(p => new LinkTargetDto(
                p.Id, p.Title, p.DocumentNumber, p.IssueDate, [.. themes[p.Id].Select(t => new LinkTargetThemeDto(t.Id, t.Number, t.Title))])),
        ];
        return new NoticeLinksDto(targets, LinkSuggestions.For(NoticeJson.Read<NoticeContent>(notice.ContentJson).Themes, targets));
    }

    /// <summary>Refuses links to what the issuer may not see.</summary>
    public async Task EnsureKnownAsync(NoticeContent content, CancellationToken cancellationToken)
    {
        var names = await NamesAsync([.. content.Themes.SelectMany(t => t.Facts?.Links ?? []).Select(l => (l.ProgrammeId, l.ThemeId))], cancellationToken);
        var check = new InputCheck();
        for (var i = 0; i < content.Themes.Count; i++)
        {
            check.That(
                (content.Themes[i].Facts?.Links ?? []).All(l => names.ContainsKey((l.ProgrammeId, l.ThemeId))),
                $"content.themes[{i}].facts.links", ProgrammesErrorCodes.LinkUnknown, ("title", content.Themes[i].Title));
        }

        check.ThrowIfAny();
    }

    /// <summary>What links name, as far as the caller may see it.</summary>
    public async Task<IReadOnlyDictionary<(Guid ProgrammeId, Guid? ThemeId), LinkDto>> NamesAsync(
        IReadOnlyCollection<(Guid ProgrammeId, Guid? ThemeId)> links, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(Guid ProgrammeId, Guid? ThemeId), LinkDto>();
        if (links.Count == 0)
        {
            return found;
        }

        var programmeIds = links.Select(l => l.ProgrammeId).Distinct().ToList();
        var themeIds = links.Select(l => l.ThemeId).OfType<Guid>().Distinct().ToList();
        var programmes = await db.Set<Programme>().AsNoTracking().Where(p => programmeIds.Contains(p.Id) && p.Status != ProgrammeStatus.Draft)
            .Select(p => new { p.Id, p.Title, p.DocumentNumber }).ToDictionaryAsync(p => p.Id, cancellationToken);
        var themes = await db.Set<Theme>().AsNoTracking().Where(t => themeIds.Contains(t.Id))
            .Select(t => new { t.Id, t.ProgrammeId, t.Number, t.Title }).ToDictionaryAsync(t => t.Id, cancellationToken);
        foreach (var link in links.Distinct())
        {
            var theme = link.ThemeId is { } id ? themes.GetValueOrDefault(id) : null;
            if (programmes.TryGetValue(link.ProgrammeId, out var programme) && (link.ThemeId is null || theme?.ProgrammeId == programme.Id))
            {
                found[link] = new LinkDto(programme.Id, programme.Title, programme.DocumentNumber, theme?.Id, theme?.Number, theme?.Title);
            }
        }

        return found;
    }
}
