using Microsoft.AspNetCore.Http;
using PilotPlatform.Audit;
using PilotPlatform.Errors;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Regions.Regions;

/// <summary>
/// Regions as the caller may name them in an address: their own and those below. Names of regions are public, what is
/// done to them is not; the table has no tenant filter, so this is its wall.
/// </summary>
internal sealed class ScopedRegions(ICurrentScope scope, IRegionDirectory directory, IHttpContextAccessor http)
{
    /// <exception cref="NotFoundException">There is none such within the caller's scope.</exception>
    public async Task<RegionInfo> RequireAsync(Guid id, CancellationToken cancellationToken)
    {
        var region = (await directory.GetAsync(cancellationToken)).Find(id);
        if (region is null || !scope.RequiredTenant.Covers(region.Tenant))
        {
            throw new NotFoundException(nameof(Region), id);
        }

        if (http.HttpContext is { } context && region.Tenant != scope.RequiredTenant)
        {
            RequestAudit.Concerns(context, region.Tenant, region.Name);
        }

        return region;
    }
}
