using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Programmes.Themes;

namespace PilotPlatform.Programmes.Programmes;

internal sealed class ProgrammeLookup(PlatformDbContext db) : IProgrammeLookup
{
    public async Task<IReadOnlyList<ProgrammeSummary>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await db.Set<Programme>().AsNoTracking().OrderByDescending(p => p.IssueDate).ThenByDescending(p => p.Id).ToListAsync(cancellationToken)).Select(Summarise)];

    public async Task<ProgrammeSummary?> FindAsync(Guid programmeId, CancellationToken cancellationToken) =>
        await db.Set<Programme>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == programmeId, cancellationToken) is { } programme ? Summarise(programme) : null;

    public async Task<IReadOnlyList<ThemeSummary>> ThemesOfAsync(Guid programmeId, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(db.Set<Theme>().Where(t => t.ProgrammeId == programmeId), cancellationToken)).OrderBy(t => t.Order)];

    public async Task<IReadOnlyDictionary<Guid, ThemeSummary>> FindThemesAsync(IReadOnlyCollection<Guid> themeIds, CancellationToken cancellationToken) =>
        (await ReadAsync(db.Set<Theme>().Where(t => themeIds.Contains(t.Id)), cancellationToken)).ToDictionary(t => t.Id);

    private async Task<List<ThemeSummary>> ReadAsync(IQueryable<Theme> themes, CancellationToken cancellationToken)
    {
        // A theme without a deadline of its own has its programme's.
        var rows = await themes.AsNoTracking().Join(db.Set<Programme>(), t => t.ProgrammeId, p => p.Id, (Theme, Programme) => new { Theme, Programme })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(r => new ThemeSummary(
            r.Theme.Id, r.Theme.ProgrammeId, r.Theme.Order, r.Theme.Number, r.Theme.Title,
            [.. r.Theme.Deliverables.Select(d => new DeliverableRequirement(d.RequirementId, d.Name, d.Kind))], r.Theme.Deadline ?? r.Programme.Deadline))];
    }

    private static ProgrammeSummary Summarise(Programme p) =>
        new(p.Id, p.Title, p.DocumentNumber, p.IssuingBody, p.Owner, p.Status, p.IssueDate, p.Deadline);
}
