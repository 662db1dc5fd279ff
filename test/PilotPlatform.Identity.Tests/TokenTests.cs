using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Identity.Tokens;
using PilotPlatform.Permissions;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Identity.Tests;

public sealed class TokenTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Fact]
    public async Task Token_ActsForItsOwnerWithinItsScopesWithoutAntiforgery()
    {
        var browser = await SignedInAsync("nt.machine", RoleNames.RegionAdministrator);
        var created = await CreateAsync(browser, IdentityPermissions.ViewUsers);
        var machine = Machine(Secret(created));
        (await machine.GetAsAsync<JsonElement>("/api/users")).GetProperty("totalCount").GetInt32().ShouldBeGreaterThan(0);

        // The owner manages users, the token only views them.
        (await machine.PostAsJsonAsync("/api/users", new { userName = "nt.by.machine", displayName = "x", regionId = People.Nantong.Tenant.Id }).RefusalAsync()).Status.ShouldBe(403);
        (await machine.GetRefusalAsync("/api/roles")).ShouldBe((403, "Platform:Forbidden"));
        (await machine.GetRefusalAsync("/api/account/sessions")).ShouldBe((403, IdentityErrorCodes.PersonRequired));
    }

    [Fact]
    public async Task Token_WithChangingScope_NeedsNoAntiforgeryToken()
    {
        var id = await app.GivenAccountAsync("nt.target", People.Nantong, RoleNames.Coordinator);
        var browser = await SignedInAsync("nt.machine2", RoleNames.RegionAdministrator);
        var machine = Machine(Secret(await CreateAsync(browser, IdentityPermissions.ViewUsers, IdentityPermissions.ManageUsers)));
        var user = await machine.GetAsAsync<JsonElement>($"/api/users/{id}");
        (await machine.PostAsAsync<JsonElement>($"/api/users/{id}/disable", new { concurrencyStamp = user.GetProperty("concurrencyStamp").GetString() }))
            .GetProperty("isActive").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Create_WithScopeNotHeldOrTooLongALife_IsRefused()
    {
        var browser = await SignedInAsync("nt.greedy", RoleNames.Coordinator);
        (await browser.PostAsync("/api/tokens", new { name = "x", scopes = new[] { IdentityPermissions.ViewAudit }, expiresOn = "2023-12-31" }).RefusalAsync()).Status.ShouldBe(400);
        (await browser.PostAsync("/api/tokens", new { name = "x", scopes = new[] { "Regions.View" }, expiresOn = "2024-12-31" }).RefusalAsync()).Status.ShouldBe(400);
        (await browser.PostAsync("/api/tokens", new { name = "x", scopes = new[] { "Regions.View" }, expiresOn = "2023-05-31" }).RefusalAsync()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Token_RevokedOrExpired_IsWorthless()
    {
        var browser = await SignedInAsync("nt.short", RoleNames.RegionAdministrator);
        var created = await CreateAsync(browser, IdentityPermissions.ViewUsers);
        var machine = Machine(Secret(created));
        (await machine.GetRefusalAsync("/api/users")).Status.ShouldBe(200);

        var id = created.GetProperty("token").GetProperty("id").GetGuid();
        (await app.As(People.Yangzhou.SecurityAdministrator).PostAsJsonAsync($"/api/tokens/{id}/revoke", new { }).RefusalAsync()).Status.ShouldBe(404);
        (await machine.GetRefusalAsync("/api/users")).Status.ShouldBe(200);
        (await app.As(People.Nantong.SecurityAdministrator).PostAsJsonAsync($"/api/tokens/{id}/revoke", new { })).EnsureSuccessStatusCode();
        (await machine.GetRefusalAsync("/api/users")).ShouldBe((401, "Platform:NotSignedIn"));

        var other = Machine(Secret(await CreateAsync(browser, IdentityPermissions.ViewUsers)));
        (await other.GetRefusalAsync("/api/users")).Status.ShouldBe(200);
        app.Clock.Advance(TimeSpan.FromDays(40));
        (await other.GetRefusalAsync("/api/users")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Token_LosesWhatItsOwnerLoses()
    {
        var browser = await SignedInAsync("nt.demoted", RoleNames.RegionAdministrator);
        var machine = Machine(Secret(await CreateAsync(browser, IdentityPermissions.ViewUsers)));
        var own = (await app.As(People.Nantong.Administrator).GetAsAsync<JsonElement>("/api/users?filter=nt.demoted")).GetProperty("items")[0].GetProperty("id").GetGuid();
        var user = await app.As(People.Nantong.SecurityAdministrator).GetAsAsync<JsonElement>($"/api/users/{own}");
        await app.As(People.Nantong.SecurityAdministrator).PostAsAsync<JsonElement>(
            $"/api/users/{own}/assign-roles", new { roles = new[] { "leader" }, concurrencyStamp = user.GetProperty("concurrencyStamp").GetString() });
        (await machine.GetRefusalAsync("/api/users")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Token_IsKeptAsHashOnly_AndListsShowNoSiblings()
    {
        var browser = await SignedInAsync("nt.hashed", RoleNames.Coordinator);
        var created = await CreateAsync(browser, "Regions.View");
        var secret = Secret(created);
        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var rows = await services.GetRequiredService<PlatformDbContext>().Set<ApiToken>().AsNoTracking().ToListAsync();
            rows.ShouldAllBe(t => t.Hash != secret && !secret.EndsWith(t.Hash));
            rows.ShouldContain(t => t.Hash == ApiToken.HashOf(secret));
        });
        var id = created.GetProperty("token").GetProperty("id").GetString()!;
        (await app.As(People.Nantong.SecurityAdministrator).GetStringAsync(new Uri("/api/tokens?maxResultCount=200", UriKind.Relative))).ShouldContain(id);
        (await app.As(People.Yangzhou.SecurityAdministrator).GetStringAsync(new Uri("/api/tokens?maxResultCount=200", UriKind.Relative))).ShouldNotContain(id);
        (await browser.Http.GetStringAsync(new Uri("/api/tokens/own", UriKind.Relative))).ShouldNotContain(secret);
    }

    private static string Secret(JsonElement created) => created.GetProperty("secret").GetString()!;

    private static Task<JsonElement> CreateAsync(Browser browser, params string[] scopes) =>
        browser.Http.PostAsAsync<JsonElement>("/api/tokens", new { name = "对接系统", scopes, expiresOn = "2023-06-30" });

    private HttpClient Machine(string secret)
    {
        var client = app.As(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private async Task<Browser> SignedInAsync(string userName, string role)
    {
        app.Clock.SetChina(2023, 6, 1);
        await app.GivenAccountAsync(userName, People.Nantong, role);
        var browser = new Browser(app);
        await browser.SignInAsync(userName, Accounts.Password);
        return browser;
    }
}
