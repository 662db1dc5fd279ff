using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Events;
using PilotPlatform.Regions;
using PilotPlatform.Replication.Practices;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Replication.Adoptions;

internal sealed record AdoptionDto(
    Guid Id, Guid PracticeId, string PracticeTitle, string OriginName, int PracticeVersion, AdoptionStatus Status, string AdaptationNotes, DateTime DeclaredAt,
    DateTime? WithdrawnAt, string? WithdrawalReason, Guid RegionId, string RegionName, bool IsOwn, string ConcurrencyStamp);

internal sealed record AdopterDto(Guid RegionId, string RegionName, AdoptionStatus Status, string AdaptationNotes, DateTime Since);

internal sealed record DeclareAdoptionDto(string AdaptationNotes);

internal sealed record WithdrawAdoptionDto(string Reason, string ConcurrencyStamp);

internal sealed class GetAdoptionsInput : PagedInput
{
    /// <summary>Only those that stand there.</summary>
    public AdoptionStatus? Status { get; init; }
}

/// <summary>An adoption was declared or withdrawn; runs in the certifying region's scope.</summary>
[EventName("replication.adoption-changed.v1")]
internal sealed record AdoptionChanged(
    Guid PracticeId, Guid RegionId, string RegionName, AdoptionStatus Status, string AdaptationNotes, DateTime At) : IPlatformEvent;

internal sealed class AdoptionAppService(
    PlatformDbContext db, IDatabaseProvider database, ICurrentScope scope, IIdGenerator ids, TimeProvider time, IRegionDirectory regions, PracticeLibrary library)
{
    private static readonly SortList<Adoption> Sorts = new SortList<Adoption>()
        .Allow("declaredAt", a => a.DeclaredAt).Allow("practiceTitle", a => a.PracticeTitle)
        .Otherwise(q => q.OrderBy(a => a.Status).ThenByDescending(a => a.DeclaredAt));

    private static readonly SortList<AdoptionNotice> NoticeSorts = new SortList<AdoptionNotice>()
        .Allow("since", n => n.Since).Otherwise(q => q.OrderBy(n => n.Status).ThenByDescending(n => n.Since));

    public async Task<PagedResult<AdoptionDto>> ListAsync(GetAdoptionsInput input, CancellationToken cancellationToken)
    {
        var query = db.Set<Adoption>().AsNoTracking();
        if (input.Status is { } status)
        {
            query = query.Where(a => a.Status == status);
        }

        var page = await query.ToPageAsync(input, Sorts, a => a, cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return new PagedResult<AdoptionDto>(page.TotalCount, [.. page.Items.Select(a => Map(a, map))]);
    }

    public async Task<AdoptionDto> DeclareAsync(Guid practiceId, DeclareAdoptionDto input, CancellationToken cancellationToken)
    {
        try
        {
            return await DeclareOnceAsync(practiceId, input, cancellationToken);
        }
        catch (DbUpdateException error) when (error.InnerException is DbException inner && database.IsUniqueViolation(inner))
        {
            // The other of two clicks was saved first: it is found now.
            db.ChangeTracker.Clear();
            return await DeclareOnceAsync(practiceId, input, cancellationToken);
        }
    }

    private async Task<AdoptionDto> DeclareOnceAsync(Guid practiceId, DeclareAdoptionDto input, CancellationToken cancellationToken)
    {
        var practice = await library.LoadAsync(practiceId, cancellationToken);
        new InputCheck().Text(input.AdaptationNotes, "adaptationNotes", Adoption.NotesLength).ThrowIfAny();
        var tenant = scope.RequiredTenant;
        if (!Adoption.MayAdopt(practice, tenant))
        {
            throw new BusinessException(ReplicationErrorCodes.OwnPractice);
        }

        var map = await regions.GetAsync(cancellationToken);
        var adoption = await db.Set<Adoption>().FirstOrDefaultAsync(a => a.PracticeId == practiceId && a.TenantId == tenant.Id, cancellationToken);
        if (adoption is { Status: AdoptionStatus.Declared })
        {
            // The second of two clicks: what was asked for is the case already.
            return Map(adoption, map);
        }

        if (adoption is null)
        {
            adoption = new Adoption(ids.NewId(), practice);
            db.Add(adoption);
        }

        adoption.Declare(practice, input.AdaptationNotes.Trim(), time.UtcNow());
        Tell(adoption, practice.Owner, tenant, map, adoption.DeclaredAt);
        await db.SaveChangesAsync(cancellationToken);
        return Map(adoption, map);
    }

    public async Task<AdoptionDto> WithdrawAsync(Guid id, WithdrawAdoptionDto input, CancellationToken cancellationToken)
    {
        var tenant = scope.RequiredTenant;
        var adoption = await db.Set<Adoption>().FirstOrDefaultAsync(a => a.Id == id && a.TenantId == tenant.Id, cancellationToken)
            ?? throw new NotFoundException(nameof(Adoption), id);
        adoption.EnsureStamp(input.ConcurrencyStamp);
        new InputCheck().Text(input.Reason, "reason", 500).ThrowIfAny();
        adoption.Withdraw(input.Reason.Trim(), time.UtcNow());
        var map = await regions.GetAsync(cancellationToken);
        var practice = await library.LoadAsync(adoption.PracticeId, cancellationToken);
        Tell(adoption, practice.Owner, tenant, map, adoption.WithdrawnAt!.Value);
        await db.SaveChangesAsync(cancellationToken);
        return Map(adoption, map);
    }

    public async Task<PagedResult<AdopterDto>> AdoptersAsync(Guid practiceId, PagedInput input, CancellationToken cancellationToken)
    {
        await library.LoadAsync(practiceId, cancellationToken);
        return await db.Set<AdoptionNotice>().AsNoTracking().Where(n => n.PracticeId == practiceId)
            .ToPageAsync(input, NoticeSorts, n => new AdopterDto(n.RegionId, n.RegionName, n.Status, n.AdaptationNotes, n.Since), cancellationToken);
    }

    private void Tell(Adoption adoption, TenantRef owner, TenantRef adopter, RegionMap map, DateTime at) => db.AddFor(
        owner, new AdoptionChanged(adoption.PracticeId, adopter.Id, map.NameOf(adopter), adoption.Status, adoption.AdaptationNotes, at));

    private AdoptionDto Map(Adoption a, RegionMap map) => new(
        a.Id, a.PracticeId, a.PracticeTitle, a.OriginName, a.PracticeVersion, a.Status, a.AdaptationNotes, a.DeclaredAt, a.WithdrawnAt, a.WithdrawalReason,
        a.TenantId, map.NameOf(a.TenantPath.Length == 0 ? scope.RequiredTenant : a.Owner), a.TenantId == scope.RequiredTenant.Id, a.ConcurrencyStamp);
}
