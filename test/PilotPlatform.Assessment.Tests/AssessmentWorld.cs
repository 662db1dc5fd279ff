using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Assessment;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Errors;
using PilotPlatform.Files;
using PilotPlatform.Identity;
using PilotPlatform.Notifications;
using PilotPlatform.Permissions;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Assessment.Tests;

/// <summary>The host with the neighbouring modules doubled at their contracts, so that these tests say what Assessment does with them.</summary>
public class AssessmentWorld : PilotPlatformApp
{
    public static readonly Guid ProgrammeId = new("11111111-0000-7000-8000-000000000001");

    public static readonly Guid ThemeId = new("11111111-0000-7000-8000-000000000002");

    public PilotDoubles Pilots { get; } = new();

    public UserDoubles Users { get; } = new();

    public NotifierDouble Notifications { get; } = new();

    /// <summary>False where a test walks through the real Pilots module.</summary>
    protected virtual bool DoublesPilots => true;

    /// <summary>An accepted pilot of a region, whose assessment waits for its panel.</summary>
    public async Task<Guid> GivenAcceptedPilotAsync(RegionPeople region, string theme = "容缺受理")
    {
        var pilotId = Pilots.Add(region.Tenant, theme);
        await AsSystemAsync(People.Jiangsu.Tenant, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new PilotAccepted(pilotId, ProgrammeId, Pilots.All[pilotId].ThemeId, region.Tenant.Id, region.Tenant.Path));
            await db.SaveChangesAsync();
        });
        await DeliverEventsAsync();
        return pilotId;
    }

    protected override void ConfigureTestServices(IServiceCollection services)
    {
        if (DoublesPilots)
        {
            services.RemoveAll<IPilotLookup>();
            services.AddSingleton(Pilots);
            services.AddScoped<IPilotLookup, PilotLookupDouble>();
            services.RemoveAll<IPilotVerbs>();
            services.AddSingleton<IPilotVerbs>(Pilots);
        }

        services.RemoveAll<IUserDirectory>();
        services.AddSingleton<IUserDirectory>(Users);
        services.RemoveAll<INotifier>();
        services.AddSingleton<INotifier>(Notifications);
        services.RemoveAll<IProgrammeLookup>();
        services.AddSingleton<IProgrammeLookup, ProgrammeDouble>();
        services.RemoveAll<IFileLibrary>();
        services.AddScoped<IFileLibrary, FileDouble>();
    }
}

public sealed class PilotDoubles : IPilotVerbs
{
    public ConcurrentDictionary<Guid, PilotSummary> All { get; } = new();

    public ConcurrentDictionary<Guid, Guid> FileOf { get; } = new();

    public Guid Add(TenantRef region, string theme)
    {
        var id = Guid.CreateVersion7();
        All[id] = new PilotSummary(
            id, AssessmentWorld.ProgrammeId, Guid.CreateVersion7(), All.Count + 1, theme, region, null, PilotStatus.Submitted, null, StatusLight.Green,
            null, new DateOnly(2023, 5, 30));
        FileOf[id] = Guid.CreateVersion7();
        return id;
    }

    public Task BeginAssessmentAsync(Guid pilotId, CancellationToken cancellationToken) => Move(pilotId, PilotStatus.Submitted, PilotStatus.UnderAssessment, null);

    public Task ConcludeAsync(Guid pilotId, PilotOutcome outcome, CancellationToken cancellationToken) =>
        Move(pilotId, PilotStatus.UnderAssessment, PilotStatus.Concluded, outcome);

    public Task CorrectOutcomeAsync(Guid pilotId, PilotOutcome outcome, CancellationToken cancellationToken) =>
        Move(pilotId, PilotStatus.Concluded, PilotStatus.Concluded, outcome);

    public Task CertifyAsync(Guid pilotId, CancellationToken cancellationToken) =>
        All[pilotId].Outcome == PilotOutcome.Completed
            ? Move(pilotId, PilotStatus.Concluded, PilotStatus.Concluded, PilotOutcome.Certified)
            : throw new BusinessException("Pilots:IllegalTransition");

    private Task Move(Guid pilotId, PilotStatus from, PilotStatus to, PilotOutcome? outcome)
    {
        if (All[pilotId].Status != from)
        {
            throw new BusinessException("Pilots:IllegalTransition");
        }

        All[pilotId] = All[pilotId] with { Status = to, Outcome = outcome };
        return Task.CompletedTask;
    }
}

/// <summary>Answers within the caller's scope, as the contract says.</summary>
internal sealed class PilotLookupDouble(PilotDoubles pilots, ICurrentScope scope) : IPilotLookup
{
    private IEnumerable<PilotSummary> Mine => pilots.All.Values.Where(p => scope.Identity.Tenant is { } tenant && tenant.Covers(p.Region));

    public Task<PilotSummary?> FindAsync(Guid pilotId, CancellationToken cancellationToken) => Task.FromResult(Mine.FirstOrDefault(p => p.Id == pilotId));

    public Task<IReadOnlyDictionary<Guid, PilotSummary>> FindManyAsync(IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, PilotSummary>>(Mine.Where(p => pilotIds.Contains(p.Id)).ToDictionary(p => p.Id));

    public Task<IReadOnlyList<PilotSummary>> OfProgrammeAsync(Guid programmeId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PilotSummary>>([.. Mine.Where(p => p.ProgrammeId == programmeId)]);

    public Task<IReadOnlyList<AcceptedDeliverable>> AcceptedDeliverablesAsync(Guid pilotId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AcceptedDeliverable>>(Mine.Any(p => p.Id == pilotId)
            ? [new AcceptedDeliverable(pilotId, "容缺受理事项清单", DeliverableKind.ItemList, 2, "共 120 项", [pilots.FileOf[pilotId]])]
            : []);
}

public sealed class UserDoubles : PersonaDirectory
{
    /// <summary>For panels that have taken the three whom every region has.</summary>
    public static readonly Persona FourthAssessor = new(
        PilotPlatform.Regions.RegionIds.Of("person:32:assessor4"), "江苏省assessor4", People.Jiangsu.Tenant, RoleNames.Assessor);

    public static readonly Persona FifthAssessor = new(
        PilotPlatform.Regions.RegionIds.Of("person:32:assessor5"), "江苏省assessor5", People.Jiangsu.Tenant, RoleNames.Assessor);

    public static readonly Persona SixthAssessor = new(
        PilotPlatform.Regions.RegionIds.Of("person:32:assessor6"), "江苏省assessor6", People.Jiangsu.Tenant, RoleNames.Assessor);

    protected override IReadOnlyList<Persona> Known { get; } =
    [
        People.Jiangsu.Coordinator, People.Jiangsu.Leader, People.Jiangsu.Assessor, People.Jiangsu.SecondAssessor, People.Jiangsu.ThirdAssessor, FourthAssessor,
        FifthAssessor, SixthAssessor,
        People.Nantong.Coordinator, People.Nantong.Leader, People.Nantong.Assessor, People.Yangzhou.Coordinator, People.Ganzhou.Coordinator,
    ];

    /// <summary>People who may see assessments besides their role.</summary>
    public ConcurrentBag<Guid> AlsoMayView { get; } = [];

    public override async Task<IReadOnlyList<UserSummary>> WithPermissionAsync(Guid regionId, string permission, CancellationToken cancellationToken) =>
    [
        .. await InRoleAsync(regionId, permission switch
        {
            AssessmentPermissions.Score => RoleNames.Assessor,
            AssessmentPermissions.Rule => RoleNames.Leader,
            _ => RoleNames.Coordinator,
        }, cancellationToken),
        .. permission == AssessmentPermissions.View ? (await FindAsync([.. AlsoMayView], cancellationToken)).Values : [],
    ];
}

public sealed class NotifierDouble : INotifier
{
    public ConcurrentQueue<(TenantRef Region, string? Permission, Guid? User, NotificationMessage Message)> Sent { get; } = new();

    public void Notify(TenantRef region, string permission, NotificationMessage message) => Sent.Enqueue((region, permission, null, message));

    public void NotifyUser(TenantRef region, Guid userId, NotificationMessage message) => Sent.Enqueue((region, null, userId, message));
}

internal sealed class ProgrammeDouble : IProgrammeLookup
{
    private static readonly ProgrammeSummary Programme = new(
        AssessmentWorld.ProgrammeId, "改革试点工作方案", "苏政务办发〔2023〕8号", "江苏省政务服务管理办公室", People.Jiangsu.Tenant,
        ProgrammeStatus.Published, new DateOnly(2023, 2, 23), null);

    public Task<IReadOnlyList<ProgrammeSummary>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ProgrammeSummary>>([Programme]);

    public Task<ProgrammeSummary?> FindAsync(Guid programmeId, CancellationToken cancellationToken) =>
        Task.FromResult(programmeId == Programme.Id ? Programme : null);

    private static readonly ThemeSummary Theme = new(
        AssessmentWorld.ThemeId, AssessmentWorld.ProgrammeId, 4, "（四）", "容缺受理",
        [new DeliverableRequirement(new Guid("11111111-0000-7000-8000-000000000003"), "容缺受理管理办法", DeliverableKind.NormDocument)],
        new Deadline(new DateOnly(2023, 9, 30), DuePrecision.Month, IsSoft: true));

    public Task<IReadOnlyList<ThemeSummary>> ThemesOfAsync(Guid programmeId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ThemeSummary>>([Theme]);

    public Task<IReadOnlyDictionary<Guid, ThemeSummary>> FindThemesAsync(IReadOnlyCollection<Guid> themeIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, ThemeSummary>>(new[] { Theme }.Where(t => themeIds.Contains(t.Id)).ToDictionary(t => t.Id));
}

/// <summary>Every file is there, and Nantong's.</summary>
internal sealed class FileDouble(ICurrentScope scope) : IFileLibrary
{
    public Task<IReadOnlyDictionary<Guid, StoredFileInfo>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, StoredFileInfo>>(ids.ToDictionary(
            id => id, id => new StoredFileInfo(id, "清单.xlsx", 1024, "application/zip", new string('0', 64), People.Nantong.Tenant, false, DateTime.UnixEpoch)));

    public async Task<IReadOnlyList<StoredFileInfo>> FindOwnAsync(IReadOnlyCollection<Guid> ids, string field, string unknownCode, CancellationToken cancellationToken) =>
        ids.Count == 0 || scope.RequiredTenant.Id == People.Nantong.Tenant.Id ? [.. (await FindAsync(ids, cancellationToken)).Values] : throw new InputException(field, unknownCode);

    public Task ReleaseAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<StoredFileInfo> StoreAsync(Stream content, string name, bool isDraft, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Stream> OpenReadAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
