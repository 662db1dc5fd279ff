using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Identity.SignIn;
using PilotPlatform.Identity.Users;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Time;

namespace PilotPlatform.Identity.Tokens;

internal sealed record ApiTokenDto(
    Guid Id, string Name, string Prefix, string OwnerName, string RegionName, IReadOnlyList<string> Scopes,
    DateTime CreatedAt, DateTime ExpiresAt, DateTime? LastUsedAt, DateTime? RevokedAt);

internal sealed record CreateTokenDto(string Name, IReadOnlyList<string>? Scopes, DateOnly ExpiresOn);

/// <summary>A token with its secret, which is shown this once.</summary>
internal sealed record ApiTokenWithSecretDto(ApiTokenDto Token, string Secret);

internal sealed class GetTokensInput : PagedInput
{
    /// <summary>Part of the token's name, its first characters or its owner's name.</summary>
    public string? Filter { get; init; }
}

/// <summary>API tokens: everybody's own, and those of a region for its security administrator.</summary>
internal sealed class TokenAppService(
    PlatformDbContext db, ICurrentScope scope, ICurrentPermissions permissions, IRegionDirectory regions, SecurityLog log, IIdGenerator ids, TimeProvider time)
{
    private static readonly SortList<Row> Sorts = new SortList<Row>()
        .Allow("name", r => r.Token.Name).Allow("expiresAt", r => r.Token.ExpiresAt).Allow("lastUsedAt", r => r.Token.LastUsedAt).Allow("createdAt", r => r.Token.CreatedAt)
        .Otherwise(q => q.OrderByDescending(r => r.Token.CreatedAt).ThenBy(r => r.Token.Id));

    public Task<PagedResult<ApiTokenDto>> ListOwnAsync(GetTokensInput input, CancellationToken cancellationToken)
    {
        var own = scope.RequiredUserId;
        return PageAsync(Rows().Where(r => r.Token.UserId == own), input, cancellationToken);
    }

    public Task<PagedResult<ApiTokenDto>> ListAsync(GetTokensInput input, CancellationToken cancellationToken) => PageAsync(Rows(), input, cancellationToken);

    public async Task<ApiTokenWithSecretDto> CreateAsync(CreateTokenDto input, CancellationToken cancellationToken)
    {
        var id = scope.RequiredUserId;
        var owner = await db.Set<User>().FirstOrDefaultAsync(u => u.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(User), id);
        var held = await permissions.GetAsync(cancellationToken);
        IReadOnlyList<string> wanted = input.Scopes ?? [];
        var excess = wanted.FirstOrDefault(s => !held.Contains(s));
        var today = time.Today();
        new InputCheck().Text(input.Name, "name", 60)
            .That(wanted.Count > 0, "scopes", PlatformErrorCodes.Required)
            .That(excess is null, "scopes", "Identity:ScopeNotHeld", ("permission", excess))
            .That(input.ExpiresOn > today && input.ExpiresOn <= today.AddYears(1), "expiresOn", "Identity:ExpiryRange").ThrowIfAny();
        var secret = ApiToken.NewSecret();
        var token = new ApiToken(ids.NewId(), owner, input.Name.Trim(), secret, wanted, ChinaTime.EndOf(input.ExpiresOn));
        db.Add(token);
        log.Add(SecurityEvents.TokenCreated, owner.Owner, token.Prefix, ("name", token.Name), ("scopes", token.Scopes), ("expiresAt", token.ExpiresAt));
        await db.SaveChangesAsync(cancellationToken);
        return new ApiTokenWithSecretDto(Describe(new Row { Token = token, OwnerName = owner.DisplayName }, await regions.GetAsync(cancellationToken)), secret);
    }

    public Task RevokeOwnAsync(Guid id, CancellationToken cancellationToken)
    {
        var own = scope.RequiredUserId;
        return RevokeAsync(db.Set<ApiToken>().Where(t => t.UserId == own), id, cancellationToken);
    }

    public Task RevokeAsync(Guid id, CancellationToken cancellationToken) => RevokeAsync(db.Set<ApiToken>(), id, cancellationToken);

    private static ApiTokenDto Describe(Row row, RegionMap map) => new(
        row.Token.Id, row.Token.Name, row.Token.Prefix, row.OwnerName, row.Token.Owner == TenantRef.Root ? "" : map.NameOf(row.Token.Owner), row.Token.Scopes,
        row.Token.CreatedAt, row.Token.ExpiresAt, row.Token.LastUsedAt, row.Token.RevokedAt);

    private async Task RevokeAsync(IQueryable<ApiToken> tokens, Guid id, CancellationToken cancellationToken)
    {
        var token = await tokens.FirstOrDefaultAsync(t => t.Id == id, cancellationToken) ?? throw new NotFoundException(nameof(ApiToken), id);
        token.Revoke(time.UtcNow());
        log.Add(SecurityEvents.TokenRevoked, token.Owner, token.Prefix, ("name", token.Name));
        await db.SaveChangesAsync(cancellationToken);
    }

    private IQueryable<Row> Rows() =>
        from t in db.Set<ApiToken>().AsNoTracking()
        join u in db.Set<User>().AsNoTracking() on t.UserId equals u.Id
        select new Row { Token = t, OwnerName = u.DisplayName };

    private async Task<PagedResult<ApiTokenDto>> PageAsync(IQueryable<Row> query, GetTokensInput input, CancellationToken cancellationToken)
    {
        if (input.Filter?.Trim() is { Length: > 0 } filter)
        {
            query = query.Where(r => r.Token.Name.Contains(filter) || r.Token.Prefix.StartsWith(filter) || r.OwnerName.Contains(filter));
        }

        var page = await query.ToPageAsync(input, Sorts, r => r, cancellationToken);
        var map = await regions.GetAsync(cancellationToken);
        return new PagedResult<ApiTokenDto>(page.TotalCount, [.. page.Items.Select(r => Describe(r, map))]);
    }

    private sealed class Row
    {
        public required ApiToken Token { get; init; }

        public required string OwnerName { get; init; }
    }
}

internal static class TokenEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/tokens").WithTags("Tokens");
        group.MapGet("", async Task<Ok<PagedResult<ApiTokenDto>>> ([AsParameters] GetTokensInput input, TokenAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.ListAsync(input, cancellationToken)))
            .RequirePermission(IdentityPermissions.ManageTokens).WithName("ListTokens").WithSummary("API tokens of the caller's region and those below.");
        group.MapGet("/own", async Task<Ok<PagedResult<ApiTokenDto>>> ([AsParameters] GetTokensInput input, TokenAppService service, CancellationToken cancellationToken) =>
                TypedResults.Ok(await service.ListOwnAsync(input, cancellationToken)))
            .RequirePermission(IdentityPermissions.CreateTokens).PersonOnly().WithName("ListOwnTokens").WithSummary("One's own API tokens.");
        group.MapPost("", async Task<Created<ApiTokenWithSecretDto>> (CreateTokenDto input, TokenAppService service, CancellationToken cancellationToken) =>
                TypedResults.Created("/api/tokens/own", await service.CreateAsync(input, cancellationToken)))
            .RequirePermission(IdentityPermissions.CreateTokens).PersonOnly().WithName("CreateToken")
            .WithSummary("Creates a token that acts for oneself within the given permissions; its secret is shown once.");
        group.MapPost("/own/{id:guid}/revoke", async Task<NoContent> (Guid id, TokenAppService service, CancellationToken cancellationToken) =>
            {
                await service.RevokeOwnAsync(id, cancellationToken);
                return TypedResults.NoContent();
            })
            .RequirePermission(IdentityPermissions.CreateTokens).PersonOnly().WithName("RevokeOwnToken").WithSummary("Revokes one of one's own tokens.");
        group.MapPost("/{id:guid}/revoke", async Task<NoContent> (Guid id, TokenAppService service, CancellationToken cancellationToken) =>
            {
                await service.RevokeAsync(id, cancellationToken);
                return TypedResults.NoContent();
            })
            .RequirePermission(IdentityPermissions.ManageTokens).PersonOnly().WithName("RevokeToken").WithSummary("Revokes a token of the region.");
    }
}
