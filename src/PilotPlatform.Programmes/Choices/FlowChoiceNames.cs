using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Programmes.Programmes;
using PilotPlatform.Programmes.Themes;
using PilotPlatform.Workflows;

namespace PilotPlatform.Programmes.Choices;

/// <summary>The titles of programmes and themes that flows were chosen for; what the caller's region may not see is not found.</summary>
internal sealed class FlowChoiceNames(PlatformDbContext db) : IFlowChoiceNames
{
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> chosenFor, CancellationToken cancellationToken)
    {
        var programmes = await db.Set<Programme>().AsNoTracking().Where(p => chosenFor.Contains(p.Id)).Select(p => new { p.Id, p.Title }).ToListAsync(cancellationToken);
        var themes = await (
            from theme in db.Set<Theme>().AsNoTracking()
            join programme in db.Set<Programme>() on theme.ProgrammeId equals programme.Id
            where chosenFor.Contains(theme.Id)
            select new { theme.Id, theme.Number, theme.Title, Programme = programme.Title }).ToListAsync(cancellationToken);
        return programmes.ToDictionary(p => p.Id, p => p.Title)
            .Concat(themes.Select(t => KeyValuePair.Create(t.Id, $"{t.Programme}{t.Number}{t.Title}")))
            .ToDictionary(x => x.Key, x => x.Value);
    }
}
