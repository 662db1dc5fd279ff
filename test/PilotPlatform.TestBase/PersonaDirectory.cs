using PilotPlatform.Identity;
using PilotPlatform.Permissions;

namespace PilotPlatform.Testing;

/// <summary>The people of the test world as a directory: whoever tests sign in as can be found by flows and notices.</summary>
public class PersonaDirectory : IUserDirectory
{
    private static readonly RegionPeople[] Regions = [People.Jiangsu, People.Nanjing, People.Nantong, People.Yangzhou, People.Jiangxi, People.Ganzhou];

    /// <summary>Everybody whom the directory knows.</summary>
    protected virtual IReadOnlyList<Persona> Known { get; } =
        [.. Regions.SelectMany(r => new[] { r.Coordinator, r.Leader, r.Assessor, r.SecondAssessor, r.ThirdAssessor, r.Administrator })];

    public Task<IReadOnlyDictionary<Guid, UserSummary>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, UserSummary>>(Known.Where(p => ids.Contains(p.Id)).ToDictionary(p => p.Id, Summary));

    /// <summary>The coordinators, unless a test says otherwise.</summary>
    public virtual Task<IReadOnlyList<UserSummary>> WithPermissionAsync(Guid regionId, string permission, CancellationToken cancellationToken) =>
        InRoleAsync(regionId, RoleNames.Coordinator, cancellationToken);

    public Task<IReadOnlyList<UserSummary>> InRoleAsync(Guid regionId, string role, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UserSummary>>([.. Known.Where(p => p.Tenant.Id == regionId && p.Roles.Contains(role)).Select(Summary)]);

    public Task<IReadOnlyList<UserSummary>> OfOfficeAsync(Guid officeId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<UserSummary>>([]);

    public Task<IReadOnlyList<UserSummary>> SearchAsync(IReadOnlyCollection<Guid> regionIds, string text, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UserSummary>>([.. Known.Where(p => regionIds.Contains(p.Tenant.Id) && p.DisplayName.Contains(text, StringComparison.Ordinal)).Take(limit).Select(Summary)]);

    public Task<IReadOnlyList<string>> RolesOfAsync(Guid userId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(Known.FirstOrDefault(p => p.Id == userId)?.Roles ?? []);

    private static UserSummary Summary(Persona persona) => new(persona.Id, persona.DisplayName, persona.Tenant, null);
}
