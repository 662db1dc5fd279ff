using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;

namespace PilotPlatform.Tenancy;

/// <summary>
/// The only place where a tenant filter is lifted; the sweep for forbidden calls allows it in this file alone.
/// Each call states why it may cross, so that a reader of the code and of this method's callers can judge.
/// </summary>
public static class CrossTenantReaders
{
    private static readonly string[] TenantOnly = [PlatformDbContext.TenantFilter];
    private static readonly string[] DraftOnly = [PlatformDbContext.DraftFilter];

    /// <summary>Reads rows of every region; drafts stay hidden from everybody but their drafter.</summary>
    /// <param name="query">The rows.</param>
    /// <param name="reason">Why this reader may cross tenants; for people, not stored.</param>
    public static IQueryable<T> AcrossTenants<T>(this IQueryable<T> query, string reason)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return query.IgnoreQueryFilters(TenantOnly);
    }

    /// <summary>Reads drafts of others within the caller's own tenant scope, for rules that must count them without showing them.</summary>
    /// <param name="query">The rows.</param>
    /// <param name="reason">Why this reader may see drafts; for people, not stored.</param>
    public static IQueryable<T> IncludingDrafts<T>(this IQueryable<T> query, string reason)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return query.IgnoreQueryFilters(DraftOnly);
    }
}
