using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Identity.SignIn;
using PilotPlatform.Permissions;

namespace PilotPlatform.Identity.Roles;

internal static class RoleEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/roles").WithTags("Roles");
        group.MapGet("", async Task<Ok<IReadOnlyList<RoleDto>>> (Guid? regionId, RoleAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.ListAsync(regionId, cancellationToken)))
            .RequirePermission(IdentityPermissions.ViewRoles).WithName("ListRoles").WithSummary("The roles of a region, the caller's own without one.");
        group.MapGet("/permissions", Ok<IReadOnlyList<PermissionGroupDto>> (RoleAppService service) => TypedResults.Ok(service.Permissions()))
            .RequirePermission(IdentityPermissions.ViewRoles).WithName("ListPermissions").WithSummary("Every permission, by module.");
        group.MapPost("", async Task<Created<RoleDto>> (CreateRoleDto input, RoleAppService service, CancellationToken cancellationToken) =>
                TypedResults.Created("/api/roles", await service.CreateAsync(input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ManageRoles).PersonOnly().WithName("CreateRole").WithSummary("Creates a role of the region's own.");
        group.MapPut("/{name}", async Task<Ok<RoleDto>> (string name, EditRoleDto input, RoleAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.EditAsync(name, input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ManageRoles).PersonOnly().WithName("EditRole").WithSummary("Edits what a role permits in a region.");
        group.MapPost("/{name}/remove", async Task<NoContent> (string name, RestoreRoleDto input, RoleAppService service, CancellationToken cancellationToken) =>
            {
                await service.RemoveAsync(name, input, cancellationToken);
                return TypedResults.NoContent();
            })
            .RequirePermission(IdentityPermissions.ManageRoles).PersonOnly().WithName("RemoveRole")
            .WithSummary("Puts a ready-made role back to its permissions, or deletes a role of the region's own.");
    }
}
