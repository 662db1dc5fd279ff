using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Assessment;
using PilotPlatform.Assessment.Tests;
using PilotPlatform.Data;
using PilotPlatform.Pilots;
using PilotPlatform.Replication.Drafts;
using PilotPlatform.Testing;

namespace PilotPlatform.Replication.Tests;

/// <summary>The host with Pilots, Assessment and their like doubled at their contracts.</summary>
public sealed class ReplicationWorld : AssessmentWorld
{
    public ResultDouble Results { get; } = new();

    /// <summary>A pilot whose result has been published; where it passed, a draft is waiting.</summary>
    public async Task<Guid> GivenPublishedResultAsync(RegionPeople region, bool passed, string theme = "容缺受理")
    {
        var pilotId = Pilots.Add(region.Tenant, theme);
        Pilots.All[pilotId] = Pilots.All[pilotId] with { Status = PilotStatus.Concluded, Outcome = passed ? PilotOutcome.Completed : PilotOutcome.NotPassed };
        Results.All[pilotId] = new PublishedResult(pilotId, passed ? 88 : 40, passed, "", Clock.GetUtcNow().UtcDateTime);
        await AsSystemAsync(People.Jiangsu.Tenant, async services =>
        {
            var db = services.GetRequiredService<PlatformDbContext>();
            db.Add(new ResultPublished(pilotId, region.Tenant.Id, region.Tenant.Path, passed ? 88 : 40, passed));
            await db.SaveChangesAsync();
        });
        await DeliverEventsAsync();
        return pilotId;
    }

    internal async Task<DraftDto> WrittenDraftAsync(Guid pilotId, string title = "容缺受理经验做法", string keywords = "容缺 承诺")
    {
        using var office = As(People.Jiangsu.Coordinator);
        var id = (await office.GetAsAsync<PagedResult<DraftListItemDto>>("/api/replication/drafts?maxResultCount=200")).Items.Single(d => d.PilotId == pilotId).Id;
        var draft = await office.GetAsAsync<DraftDto>($"/api/replication/drafts/{id}");
        return await office.PutAsAsync<DraftDto>($"/api/replication/drafts/{id}", new UpdateDraftDto(
            title, "先受理、后补正，减少往返。", keywords, "苏政务办发〔2023〕46号", "群众多次往返。", "编制清单。\n推行承诺。\n闭环补正。", "补正率下降。", "有统一事项目录。", draft.ConcurrencyStamp));
    }

    internal async Task<Guid> GivenPracticeAsync(
        RegionPeople region, string title = "容缺受理经验做法", string keywords = "容缺 承诺", bool isPublic = false, MaturityLevel maturity = MaturityLevel.Mature, string theme = "容缺受理")
    {
        var draft = await WrittenDraftAsync(await GivenPublishedResultAsync(region, passed: true, theme), title, keywords);
        using var office = As(People.Jiangsu.Coordinator);
        var certified = await office.PostAsAsync<DraftDto>($"/api/replication/drafts/{draft.Id}/certify", new CertifyDraftDto(maturity, isPublic, draft.ConcurrencyStamp));
        await DeliverEventsAsync();
        return certified.PracticeId!.Value;
    }

    protected override void ConfigureTestServices(IServiceCollection services)
    {
        base.ConfigureTestServices(services);
        services.RemoveAll<IAssessmentLookup>();
        services.AddSingleton<IAssessmentLookup>(Results);
    }
}

public sealed class ResultDouble : IAssessmentLookup
{
    public ConcurrentDictionary<Guid, PublishedResult> All { get; } = new();

    public Task<PublishedResult?> FindPublishedAsync(Guid pilotId, CancellationToken cancellationToken) => Task.FromResult(All.GetValueOrDefault(pilotId));

    public Task<IReadOnlyDictionary<Guid, PublishedResult>> FindPublishedAsync(IReadOnlyCollection<Guid> pilotIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, PublishedResult>>(All.Where(p => pilotIds.Contains(p.Key)).ToDictionary());
}
