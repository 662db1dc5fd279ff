using PilotPlatform.Errors;
using PilotPlatform.Identity;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Workflows.Instances;

/// <inheritdoc cref="IFlowActor"/>
internal sealed class FlowActor(ICurrentScope scope, IUserDirectory people) : IFlowActor
{
    public async Task RequirePermissionAsync(string permission, CancellationToken cancellationToken)
    {
        var actor = scope.Identity.UserId;
        if (actor is null || (await people.WithPermissionAsync(scope.RequiredTenant.Id, permission, cancellationToken)).All(u => u.Id != actor))
        {
            throw new BusinessException(WorkflowsErrorCodes.NotYours).WithData("permission", permission);
        }
    }

    public async Task RequireOfAsync(TenantRef region, CancellationToken cancellationToken)
    {
        if (scope.Identity.UserId is not { } actor
            || !(await people.FindAsync([actor], cancellationToken)).TryGetValue(actor, out var user) || user.Region.Id != region.Id)
        {
            throw new BusinessException(WorkflowsErrorCodes.NotYours);
        }
    }
}
