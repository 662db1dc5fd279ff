using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Data;
using PilotPlatform.Deadlines;
using PilotPlatform.Events;
using PilotPlatform.Files;
using PilotPlatform.Identity;
using PilotPlatform.Notifications;
using PilotPlatform.Pilots.Deliverables;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Pilots.Plans;
using PilotPlatform.Programmes;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Pilots.Tests;

/// <summary>The host with doubles for programmes (data of the test) and notices (recorded).</summary>
public sealed class PilotsApp : PilotPlatformApp
{
    internal ProgrammeDouble Programmes { get; } = new();

    internal ItemListDouble Lists { get; } = new();

    internal RecordedNotices Notices { get; } = new();

    protected override void ConfigureTestServices(IServiceCollection services)
    {
        services.RemoveAll<IProgrammeLookup>();
        services.AddSingleton<IProgrammeLookup>(Programmes);
        services.RemoveAll<IItemListLookup>();
        services.AddSingleton<IItemListLookup>(Lists);
        services.RemoveAll<INotifier>();
        services.AddSingleton<INotifier>(Notices);
        services.RemoveAll<IUserDirectory>();
        services.AddSingleton<IUserDirectory>(new PersonaDirectory());
    }

    /// <summary>The issuer assigns a new theme to a region; returns the pilot's id.</summary>
    public async Task<Guid> GivenPilotAsync(RegionPeople region, Deadline? deadline = null, params DeliverableKind[] kinds)
    {
        var theme = Programmes.AddTheme(deadline ?? new Deadline(new DateOnly(2023, 9, 30), DuePrecision.Month, IsSoft: true), kinds.Length == 0 ? [DeliverableKind.NormDocument] : kinds);
        return await AssignAsync(theme, region, Guid.NewGuid());
    }

    internal async Task<Guid> AssignAsync(ThemeSummary theme, RegionPeople region, Guid assignmentId)
    {
        await RaiseAsync(new RegionAssigned(assignmentId, theme.ProgrammeId, theme.Id, region.Tenant.Id, region.Tenant.Path, null));
        return await AsAsync(People.Jiangsu.Coordinator, services =>
            services.GetRequiredService<PlatformDbContext>().Set<Pilot>().Where(p => p.AssignmentId == assignmentId).Select(p => p.Id).SingleAsync());
    }

    /// <summary>Raises an event in the issuer's scope and delivers it.</summary>
    public async Task RaiseAsync(IPlatformEvent platformEvent)
    {
        await AsAsync(People.Jiangsu.Coordinator, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(platformEvent);
            return await db.SaveChangesAsync();
        });
        await DeliverEventsAsync();
    }

    /// <summary>A pilot whose plan is submitted and which has started.</summary>
    public async Task<Guid> GivenRunningPilotAsync(RegionPeople region, Deadline? deadline = null, params DeliverableKind[] kinds)
    {
        var id = await GivenPilotAsync(region, deadline, kinds);
        var client = As(region.Coordinator);
        await client.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/begin-planning", await StampAsync(client, id));
        var draft = await SavePlanAsync(client, id, await GivenOfficeAsync(region));
        await client.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/plan/submit", new StampInput(draft.ConcurrencyStamp));
        await client.PostAsAsync<PilotDetailDto>($"/api/pilots/{id}/start", await StampAsync(client, id));
        return id;
    }

    /// <summary>Whether a person sees a file.</summary>
    public Task<bool> SeesFileAsync(Persona persona, Guid file) => AsAsync(persona, async services =>
        (await services.GetRequiredService<IFileLibrary>().FindAsync([file], default)).ContainsKey(file));

    internal static async Task<StampInput> StampAsync(HttpClient client, Guid pilotId) =>
        new((await client.GetAsAsync<PilotDetailDto>($"/api/pilots/{pilotId}")).ConcurrencyStamp);

    internal async Task<Guid> GivenOfficeAsync(RegionPeople region)
    {
        var office = Guid.Empty;
        await AsSystemAsync(region.Tenant, async services =>
            office = await services.GetRequiredService<IRegionOnboarding>().EnsureOfficeAsync(region.Tenant.Id, $"{region.Name}政务服务管理办公室", "市政务办", default));
        return office;
    }

    internal static async Task<PlanDraftDto> SavePlanAsync(HttpClient client, Guid pilotId, Guid office, string stamp = "") =>
        await client.PutAsAsync<PlanDraftDto>($"/api/pilots/{pilotId}/plan/draft", new SavePlanDraftDto(stamp,
        [
            new DraftPhaseDto(null, "调研起草", new DateOnly(2023, 6, 1), new DateOnly(2023, 6, 30),
                [new DraftTaskDto(null, "梳理备案事项", office, new DateOnly(2023, 6, 20)), new DraftTaskDto(null, "起草管理办法", office, new DateOnly(2023, 6, 30))]),
            new DraftPhaseDto(null, "组织实施", new DateOnly(2023, 7, 1), new DateOnly(2023, 9, 15),
                [new DraftTaskDto(null, "印发并试行", office, new DateOnly(2023, 8, 31))]),
        ]));

    /// <summary>A file that the region has uploaded and not handed in yet.</summary>
    public Task<Guid> GivenFileAsync(RegionPeople region, string name = "管理办法.txt") =>
        AsAsync(region.Coordinator, async services =>
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes($"{name} {Guid.NewGuid()}"));
            var file = await services.GetRequiredService<IFileLibrary>().StoreAsync(content, name, isDraft: true, default);
            await services.GetRequiredService<PlatformDbContext>().SaveChangesAsync();
            return file.Id;
        });

    internal async Task<DeliverableDto> SlotAsync(Persona persona, Guid pilotId, DeliverableKind kind = DeliverableKind.NormDocument)
    {
        var client = As(persona);
        var pilot = await client.GetAsAsync<PilotDetailDto>($"/api/pilots/{pilotId}");
        return await client.GetAsAsync<DeliverableDto>($"/api/deliverables/{pilot.Deliverables.First(d => d.Kind == kind).Id}");
    }

    internal async Task<SubmissionDto> SaveDraftAsync(
        RegionPeople region, Guid deliverableId, string measures, IReadOnlyList<Guid> files, string? stamp = null) =>
        await As(region.Coordinator).PutAsAsync<SubmissionDto>($"/api/deliverables/{deliverableId}/draft", DraftOf(measures, files, stamp));

    internal static SaveSubmissionDraftDto DraftOf(string measures, IReadOnlyList<Guid> files, string? stamp = null) =>
        new(stamp, [new SectionTextDto(SubmissionSection.Measures, measures), new SectionTextDto(SubmissionSection.Results, "办理时间压减一半。")], files);

    /// <summary>Drafts and hands in the next version of a deliverable.</summary>
    internal async Task<SubmissionDto> HandInAsync(RegionPeople region, Guid deliverableId, string measures = "建立备案事项清单。", params Guid[] files)
    {
        var draft = await SaveDraftAsync(region, deliverableId, measures, files.Length > 0 ? files : [await GivenFileAsync(region)]);
        return await As(region.Coordinator).PostAsAsync<SubmissionDto>($"/api/submissions/{draft.Id}/submit", new StampInput(draft.ConcurrencyStamp));
    }

    internal static IReadOnlyList<FormalCheckAnswerDto> Checks(bool passed = true) =>
        [.. Enum.GetValues<FormalCheckItem>().Select(i => new FormalCheckAnswerDto(i, passed || i != FormalCheckItem.Complete, null))];

    internal static ReturnSubmissionDto ReturnOf(string stamp, DateOnly due, params (SubmissionSection Section, string Reason)[] findings) =>
        new(stamp, Checks(passed: false), [.. findings.Select(f => new SectionFindingDto(f.Section, f.Reason))], "请按意见补正", due);

    internal static AcceptSubmissionDto AcceptOf(string stamp) => new(stamp, Checks(), null);

    internal static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object body) => client.PostAsJsonAsync(path, body, Json);
}

/// <summary>Programmes of the test.</summary>
internal sealed class ProgrammeDouble : IProgrammeLookup
{
    private readonly List<ThemeSummary> themes = [];

    public ProgrammeSummary Programme { get; } = new(
        Guid.NewGuid(), "2023年改革试点", "试办发〔2023〕1号", "江苏省政务办", People.Jiangsu.Tenant, ProgrammeStatus.Published,
        new DateOnly(2023, 2, 23), new Deadline(new DateOnly(2023, 9, 30), DuePrecision.Month, IsSoft: true));

    public ThemeSummary AddTheme(Deadline? deadline, params IReadOnlyList<DeliverableKind> kinds)
    {
        lock (themes)
        {
            var order = themes.Count + 1;
            var theme = new ThemeSummary(
                Guid.NewGuid(), Programme.Id, order, $"（{order}）", $"主题{order}",
                [.. kinds.Select((k, i) => new DeliverableRequirement(Guid.NewGuid(), $"成果{i + 1}", k))], deadline);
            themes.Add(theme);
            return theme;
        }
    }

    public Task<IReadOnlyList<ProgrammeSummary>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ProgrammeSummary>>([Programme]);

    public Task<ProgrammeSummary?> FindAsync(Guid programmeId, CancellationToken cancellationToken) =>
        Task.FromResult(programmeId == Programme.Id ? Programme : null);

    public Task<IReadOnlyList<ThemeSummary>> ThemesOfAsync(Guid programmeId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ThemeSummary>>(programmeId == Programme.Id ? themes : []);

    public Task<IReadOnlyDictionary<Guid, ThemeSummary>> FindThemesAsync(IReadOnlyCollection<Guid> themeIds, CancellationToken cancellationToken)
    {
        lock (themes)
        {
            return Task.FromResult<IReadOnlyDictionary<Guid, ThemeSummary>>(themes.Where(t => themeIds.Contains(t.Id)).ToDictionary(t => t.Id));
        }
    }
}

/// <summary>What people would have been told.</summary>
internal sealed class RecordedNotices : INotifier
{
    private readonly List<(TenantRef Region, string Permission, NotificationMessage Message)> sent = [];
    private readonly List<(Guid User, NotificationMessage Message)> sentToPeople = [];

    /// <summary>What flows told persons, newest last.</summary>
    public IReadOnlyList<NotificationMessage> To(Guid user)
    {
        lock (sent)
        {
            return [.. sentToPeople.Where(s => s.User == user).Select(s => s.Message)];
        }
    }

    public IReadOnlyList<(TenantRef Region, string Permission, NotificationMessage Message)> About(Guid id)
    {
        lock (sent)
        {
            return [.. sent.Where(s => s.Message.Link.Contains(id.ToString(), StringComparison.Ordinal))];
        }
    }

    public void Notify(TenantRef region, string permission, NotificationMessage message)
    {
        lock (sent)
        {
            sent.Add((region, permission, message));
        }
    }

    public void NotifyUser(TenantRef region, Guid userId, NotificationMessage message)
    {
        lock (sent)
        {
            sentToPeople.Add((userId, message));
        }
    }
}
