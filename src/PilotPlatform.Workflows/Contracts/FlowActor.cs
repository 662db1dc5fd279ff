using PilotPlatform.Errors;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Workflows;

/// <summary>
/// Asks, within a service task, whether whoever moved the flow there might have done the same by hand. A service task acts
/// for a region of the instance; the flow may have been drawn by another, and tasks are passed on: neither makes a right.
/// </summary>
public interface IFlowActor
{
    /// <summary>The last actor holds a permission in the region that the service task acts for.</summary>
    /// <exception cref="BusinessException">They do not, or a timer moved the flow.</exception>
    Task RequirePermissionAsync(string permission, CancellationToken cancellationToken);

    /// <summary>The last actor belongs to a region.</summary>
    /// <exception cref="BusinessException">They do not, or a timer moved the flow.</exception>
    Task RequireOfAsync(TenantRef region, CancellationToken cancellationToken);
}
