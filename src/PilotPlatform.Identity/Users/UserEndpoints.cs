using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Identity.SignIn;
using PilotPlatform.Permissions;

namespace PilotPlatform.Identity.Users;

internal static class UserEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/users").WithTags("Users");
        group.MapGet("", async Task<Ok<PagedResult<UserListItemDto>>> ([AsParameters] GetUsersInput input, UserAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.ListAsync(input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ViewUsers).WithName("ListUsers").WithSummary("Accounts of the caller's region and those below.");
        group.MapGet("/{id:guid}", async Task<Ok<UserDto>> (Guid id, UserAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.GetAsync(id, cancellationToken)))
            .RequirePermission(IdentityPermissions.ViewUsers).WithName("GetUser").WithSummary("An account.");
        group.MapPost("", async Task<Created<UserWithPasswordDto>> (CreateUserDto input, UserAppService service, CancellationToken cancellationToken) =>
            {
                var created = await service.CreateAsync(input, cancellationToken);
                return TypedResults.Created($"/api/users/{created.User.Id}", created);
            })
            .RequirePermission(IdentityPermissions.ManageUsers).PersonOnly().WithName("CreateUser")
            .WithSummary("Creates an account without roles; its initial password is shown once.");
        group.MapPut("/{id:guid}", async Task<Ok<UserDto>> (Guid id, EditUserDto input, UserAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.EditAsync(id, input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ManageUsers).WithName("EditUser").WithSummary("Edits name, office and e-mail of an account.");
        group.MapPost("/{id:guid}/disable", async Task<Ok<UserDto>> (Guid id, UserStampDto input, UserAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.DisableAsync(id, input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ManageUsers).WithName("DisableUser").WithSummary("Disables an account; its sessions and tokens end.");
        group.MapPost("/{id:guid}/enable", async Task<Ok<UserDto>> (Guid id, UserStampDto input, UserAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.EnableAsync(id, input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ManageUsers).WithName("EnableUser").WithSummary("Enables an account again.");
        group.MapPost("/{id:guid}/unlock", async Task<Ok<UserDto>> (Guid id, UserStampDto input, UserAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.UnlockAsync(id, input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ManageUsers).WithName("UnlockUser").WithSummary("Ends a lockout before its time.");
        group.MapPost("/{id:guid}/reset-password", async Task<Ok<UserWithPasswordDto>> (Guid id, UserStampDto input, UserAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.ResetPasswordAsync(id, input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ManageUsers).PersonOnly().WithName("ResetUserPassword")
            .WithSummary("A new initial password, shown once; every session of the account ends.");
        group.MapPost("/{id:guid}/reset-second-factor", async Task<Ok<UserDto>> (Guid id, UserStampDto input, UserAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.ResetSecondFactorAsync(id, input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ManageUsers).PersonOnly().WithName("ResetUserSecondFactor")
            .WithSummary("Turns off the second factor of somebody who lost it.");
        group.MapPost("/{id:guid}/assign-roles", async Task<Ok<UserDto>> (Guid id, AssignRolesDto input, UserAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.AssignRolesAsync(id, input, cancellationToken)))
            .RequirePermission(IdentityPermissions.AssignRoles).PersonOnly().WithName("AssignRoles")
            .WithSummary("Gives an account its roles; never one's own account.");
    }
}
