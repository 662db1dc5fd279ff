using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Identity.Roles;
using PilotPlatform.Permissions;
using PilotPlatform.Testing;

namespace PilotPlatform.Identity.Tests;

public sealed class AdministrationTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private HttpClient Admin => app.As(People.Nantong.Administrator);

    private HttpClient Security => app.As(People.Nantong.SecurityAdministrator);

    [Fact]
    public async Task Create_ThenAssign_ThePersonSignsInWithTheInitialPasswordAndMustChangeIt()
    {
        var created = await CreateAsync("nt.new");
        var password = created.GetProperty("initialPassword").GetString()!;
        created.GetProperty("user").GetProperty("roles").GetArrayLength().ShouldBe(0);
        var user = await AssignAsync(Security, created.GetProperty("user"), RoleNames.Coordinator);
        user.GetProperty("roles")[0].GetProperty("displayName").GetString().ShouldBe("经办人");

        var browser = new Browser(app);
        (await browser.SignInAsync("nt.new", password)).GetProperty("mustChangePassword").GetBoolean().ShouldBeTrue();
        (await Admin.GetAsAsync<JsonElement>($"/api/users/{Id(user)}")).TryGetProperty("initialPassword", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task AccountChanges_SaysSoAfterEveryChangeThatWasSaved_AndAfterNoOther()
    {
        var changes = app.Services.GetRequiredService<IAccountChanges>();
        var seen = changes.Stamp;
        var user = (await CreateAsync("nt.changing")).GetProperty("user");
        changes.Stamp.ShouldNotBe(seen, "created");
        seen = changes.Stamp;
        user = await AssignAsync(Security, user, RoleNames.Coordinator);
        changes.Stamp.ShouldNotBe(seen, "a role given");
        seen = changes.Stamp;
        var people = await app.AsAsync(People.Nantong.Administrator, services => services.GetRequiredService<IUserDirectory>().InRoleAsync(People.Nantong.Tenant.Id, RoleNames.Coordinator, default));
        people.ShouldContain(p => p.Id == Id(user));
        changes.Stamp.ShouldBe(seen, "looking changes nothing");
        (await Admin.PostAsJsonAsync($"/api/users/{Id(user)}/disable", new { concurrencyStamp = "older" }).RefusalAsync()).Status.ShouldBe(409);
        changes.Stamp.ShouldBe(seen, "refused");
        (await Admin.PostAsJsonAsync($"/api/users/{Id(user)}/disable", new { concurrencyStamp = Stamp(user) })).EnsureSuccessStatusCode();
        changes.Stamp.ShouldNotBe(seen, "disabled");
    }

    [Fact]
    public async Task Create_WithTakenNameOrForeignRegion_IsRefusedAtTheField()
    {
        await CreateAsync("nt.taken");
        var taken = await Admin.PostAsJsonAsync("/api/users", new { userName = "nt.taken", displayName = "甲", regionId = People.Nantong.Tenant.Id });
        ((int)taken.StatusCode).ShouldBe(400);
        (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("userName", out _).ShouldBeTrue();
        var foreign = await Admin.PostAsJsonAsync("/api/users", new { userName = "nt.elsewhere", displayName = "甲", regionId = People.Yangzhou.Tenant.Id });
        (await foreign.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("regionId", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task RegionAdministrator_CannotAssignRoles_AndSecurityAdministratorCannotCreateAccounts()
    {
        var user = (await CreateAsync("nt.divided")).GetProperty("user");
        (await Admin.PostAsJsonAsync($"/api/users/{Id(user)}/assign-roles", new { roles = new[] { "coordinator" }, concurrencyStamp = Stamp(user) }).RefusalAsync())
            .ShouldBe((403, "Platform:Forbidden"));
        (await Security.PostAsJsonAsync("/api/users", new { userName = "nt.x", displayName = "x", regionId = People.Nantong.Tenant.Id }).RefusalAsync())
            .ShouldBe((403, "Platform:Forbidden"));
    }

    [Theory]
    [InlineData(RoleNames.RegionAdministrator, RoleNames.SecurityAdministrator)]
    [InlineData(RoleNames.SecurityAdministrator, RoleNames.Auditor)]
    [InlineData(RoleNames.RegionAdministrator, RoleNames.Auditor)]
    public async Task AssignRoles_OfTwoAdministrators_IsRefused(string one, string other)
    {
        var user = (await CreateAsync($"nt.ex{Guid.NewGuid():N}"[..20])).GetProperty("user");
        (await Security.PostAsJsonAsync($"/api/users/{Id(user)}/assign-roles", new { roles = new[] { one, other }, concurrencyStamp = Stamp(user) }).RefusalAsync())
            .ShouldBe((409, IdentityErrorCodes.ExclusiveRoles));
    }

    [Fact]
    public async Task AssignRoles_ToOneself_IsRefused()
    {
        await app.GivenAccountAsync("nt.safe", People.Nantong, RoleNames.SecurityAdministrator);
        var browser = new Browser(app);
        var session = await browser.SignInAsync("nt.safe", Accounts.Password);
        var own = await browser.Http.GetAsAsync<JsonElement>($"/api/users/{session.GetProperty("user").GetProperty("id").GetGuid()}");
        own.GetProperty("isOwn").GetBoolean().ShouldBeTrue();
        (await browser.PostAsync($"/api/users/{Id(own)}/assign-roles", new { roles = new[] { "security-administrator", "coordinator" }, concurrencyStamp = Stamp(own) }).RefusalAsync())
            .ShouldBe((409, IdentityErrorCodes.OwnRoles));
        (await browser.Http.PutAsJsonAsync("/api/roles/security-administrator", new { regionId = People.Nantong.Tenant.Id, permissions = Array.Empty<string>(), concurrencyStamp = "" }).RefusalAsync())
            .ShouldBe((409, IdentityErrorCodes.OwnRoles));
    }

    [Fact]
    public async Task AssignRoles_OperatorsRoleOrUnknownOne_IsRefused()
    {
        var user = (await CreateAsync("nt.ambitious")).GetProperty("user");
        foreach (var role in new[] { RoleNames.PlatformOperator, "own-nothing" })
        {
            (await Security.PostAsJsonAsync($"/api/users/{Id(user)}/assign-roles", new { roles = new[] { role }, concurrencyStamp = Stamp(user) }).RefusalAsync())
                .ShouldBe((409, IdentityErrorCodes.RoleNotAssignable));
        }
    }

    [Fact]
    public async Task Operator_AppointsAdministratorsAndNobodyElse()
    {
        var user = (await CreateAsync("nt.first")).GetProperty("user");
        var theOperator = app.As(People.Operator);
        (await theOperator.PostAsJsonAsync($"/api/users/{Id(user)}/assign-roles", new { roles = new[] { "coordinator" }, concurrencyStamp = Stamp(user) }).RefusalAsync())
            .ShouldBe((409, IdentityErrorCodes.RoleNotAssignable));
        await AssignAsync(theOperator, user, RoleNames.SecurityAdministrator);
    }

    [Fact]
    public async Task Users_OfSibling_AreInvisible()
    {
        var user = (await CreateAsync("nt.hidden")).GetProperty("user");
        var sibling = app.As(People.Yangzhou.Administrator);
        (await sibling.GetAsync(new Uri($"/api/users/{Id(user)}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
        foreach (var verb in new[] { "disable", "enable", "unlock", "reset-password", "reset-second-factor" })
        {
            (await sibling.PostAsJsonAsync($"/api/users/{Id(user)}/{verb}", new { concurrencyStamp = Stamp(user) }).RefusalAsync()).Status.ShouldBe(404);
        }

        (await app.As(People.Yangzhou.SecurityAdministrator).PostAsJsonAsync($"/api/users/{Id(user)}/assign-roles", new { roles = new[] { "leader" }, concurrencyStamp = Stamp(user) })
            .RefusalAsync()).Status.ShouldBe(404);
        (await sibling.GetAsAsync<JsonElement>("/api/users?filter=nt.hidden")).GetProperty("totalCount").GetInt32().ShouldBe(0);
        (await app.As(People.Jiangsu.Administrator).GetAsAsync<JsonElement>("/api/users?filter=nt.hidden")).GetProperty("totalCount").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task List_OfManyAccounts_TakesThreeStatements()
    {
        for (var i = 0; i < 6; i++)
        {
            await app.GivenAccountAsync($"nt.many{i}", People.Nantong, RoleNames.Leader);
        }

        await Admin.GetAsAsync<JsonElement>("/api/users");
        app.Sql.Reset();
        var page = await Admin.GetAsAsync<JsonElement>("/api/users?filter=nt.many&role=leader&sorting=userName%20desc&maxResultCount=4");
        app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3);
        page.GetProperty("totalCount").GetInt32().ShouldBe(6);
        page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("userName").GetString()).ShouldBe(["nt.many5", "nt.many4", "nt.many3", "nt.many2"]);
    }

    [Fact]
    public async Task Disable_EndsSessionsAtOnce_AndEnableLetsInAgain()
    {
        var id = await app.GivenAccountAsync("nt.leaving", People.Nantong, RoleNames.Coordinator);
        var browser = new Browser(app);
        await browser.SignInAsync("nt.leaving", Accounts.Password);
        (await browser.GetRefusalAsync("/api/regions")).Status.ShouldBe(200);
        var user = await Admin.GetAsAsync<JsonElement>($"/api/users/{id}");
        user = await Admin.PostAsAsync<JsonElement>($"/api/users/{id}/disable", new { concurrencyStamp = Stamp(user) });
        (await browser.GetRefusalAsync("/api/regions")).Status.ShouldBe(401);
        (await new Browser(app).TrySignInAsync("nt.leaving", Accounts.Password)).ShouldBe((401, IdentityErrorCodes.SignInFailed));
        await Admin.PostAsAsync<JsonElement>($"/api/users/{id}/enable", new { concurrencyStamp = Stamp(user) });
        (await new Browser(app).SignInAsync("nt.leaving", Accounts.Password)).GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Unlock_LetsInBeforeTheTime()
    {
        var id = await app.GivenAccountAsync("nt.locked", People.Nantong, RoleNames.Coordinator);
        for (var i = 0; i < 5; i++)
        {
            await new Browser(app).TrySignInAsync("nt.locked", "wrong");
        }

        var user = await Admin.GetAsAsync<JsonElement>($"/api/users/{id}");
        user.GetProperty("lockedUntil").ValueKind.ShouldNotBe(JsonValueKind.Null);
        await Admin.PostAsAsync<JsonElement>($"/api/users/{id}/unlock", new { concurrencyStamp = Stamp(user) });
        (await new Browser(app).SignInAsync("nt.locked", Accounts.Password)).GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task ResetPassword_OfAnotherAdministratorOfTheSameRegion_IsForTheRegionAbove()
    {
        var id = await app.GivenAccountAsync("nt.guardian", People.Nantong, RoleNames.Auditor);
        var user = await Admin.GetAsAsync<JsonElement>($"/api/users/{id}");
        (await Admin.PostAsJsonAsync($"/api/users/{id}/reset-password", new { concurrencyStamp = Stamp(user) }).RefusalAsync()).ShouldBe((409, IdentityErrorCodes.HigherRegionNeeded));
        var reset = await app.As(People.Jiangsu.Administrator).PostAsAsync<JsonElement>($"/api/users/{id}/reset-password", new { concurrencyStamp = Stamp(user) });
        (await new Browser(app).SignInAsync("nt.guardian", reset.GetProperty("initialPassword").GetString()!)).GetProperty("mustChangePassword").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task ResetSecondFactor_LetsInWithPasswordAlone()
    {
        var id = await app.GivenAccountAsync("nt.lostphone", People.Nantong, RoleNames.Coordinator);
        var browser = new Browser(app);
        await browser.SignInAsync("nt.lostphone", Accounts.Password);
        await browser.EnableTwoFactorAsync(app);
        var user = await Admin.GetAsAsync<JsonElement>($"/api/users/{id}");
        await Admin.PostAsAsync<JsonElement>($"/api/users/{id}/reset-second-factor", new { concurrencyStamp = Stamp(user) });
        (await new Browser(app).SignInAsync("nt.lostphone", Accounts.Password)).GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task EditRole_InOneRegion_ChangesItThereAtOnceAndNowhereElse()
    {
        var leader = app.As(People.Nantong.Leader);
        (await leader.GetRefusalAsync("/api/users")).Status.ShouldBe(403);
        var role = (await Security.GetAsAsync<List<JsonElement>>("/api/roles")).Single(r => r.GetProperty("name").GetString() == RoleNames.Leader);
        role.GetProperty("isEdited").GetBoolean().ShouldBeFalse();
        var wanted = role.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()).Append(IdentityPermissions.CreateTokens);
        await Security.PutAsAsync<JsonElement>("/api/roles/leader", new { regionId = People.Nantong.Tenant.Id, permissions = wanted, concurrencyStamp = "" });
        try
        {
            (await leader.GetRefusalAsync("/api/tokens/own")).Status.ShouldBe(200);
            (await app.As(People.Yangzhou.Leader).GetRefusalAsync("/api/tokens/own")).Status.ShouldBe(403);
        }
        finally
        {
            var edited = (await Security.GetAsAsync<List<JsonElement>>("/api/roles")).Single(r => r.GetProperty("name").GetString() == RoleNames.Leader);
            (await Security.PostAsJsonAsync("/api/roles/leader/remove", new { regionId = People.Nantong.Tenant.Id, concurrencyStamp = Stamp(edited) })).EnsureSuccessStatusCode();
        }

        (await leader.GetRefusalAsync("/api/tokens/own")).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData(IdentityPermissions.ManageUsers)]
    [InlineData(IdentityPermissions.ViewAudit)]
    [InlineData("Regions.Onboard")]
    public async Task EditRole_WithAnAdministratorsOrTheOperatorsPermission_IsRefused(string permission) =>
        (await Security.PutAsJsonAsync("/api/roles/coordinator", new { regionId = People.Nantong.Tenant.Id, permissions = new[] { permission }, concurrencyStamp = "" }).RefusalAsync())
            .ShouldBe((409, IdentityErrorCodes.PermissionNotGrantable));

    [Fact]
    public async Task OwnRole_IsAssignedThenCannotBeDeletedUntilNobodyHoldsIt()
    {
        var role = await Security.PostAsAsync<JsonElement>("/api/roles", new { regionId = People.Nantong.Tenant.Id, displayName = "联络员", permissions = new[] { "Regions.View" } });
        var name = role.GetProperty("name").GetString()!;
        (await Security.PostAsJsonAsync("/api/roles", new { regionId = People.Nantong.Tenant.Id, displayName = "联络员", permissions = Array.Empty<string>() }).RefusalAsync()).Status.ShouldBe(400);
        var user = await AssignAsync(Security, (await CreateAsync("nt.liaison")).GetProperty("user"), name);
        user.GetProperty("roles")[0].GetProperty("displayName").GetString().ShouldBe("联络员");
        (await Security.PostAsJsonAsync($"/api/roles/{name}/remove", new { regionId = People.Nantong.Tenant.Id, concurrencyStamp = Stamp(role) }).RefusalAsync())
            .ShouldBe((409, IdentityErrorCodes.RoleInUse));
        (await app.As(People.Yangzhou.SecurityAdministrator).GetRefusalAsync($"/api/roles?regionId={People.Nantong.Tenant.Id}")).Status.ShouldBe(404);
    }

    [Fact]
    public void ReservedPermissions_MayStandInTheirOwnRolesAlone()
    {
        var manage = IdentityPermissions.Definitions.Single(d => d.Name == IdentityPermissions.ManageUsers);
        RoleRules.MayStandIn(manage, RoleNames.RegionAdministrator).ShouldBeTrue();
        RoleRules.MayStandIn(manage, RoleNames.SecurityAdministrator).ShouldBeFalse();
        RoleRules.MayStandIn(IdentityPermissions.Definitions.Single(d => d.Name == IdentityPermissions.CreateTokens), RoleNames.Leader).ShouldBeTrue();
    }

    private static Guid Id(JsonElement user) => user.GetProperty("id").GetGuid();

    private static string Stamp(JsonElement row) => row.GetProperty("concurrencyStamp").GetString()!;

    private static Task<JsonElement> AssignAsync(HttpClient client, JsonElement user, params string[] roles) =>
        client.PostAsAsync<JsonElement>($"/api/users/{Id(user)}/assign-roles", new { roles, concurrencyStamp = Stamp(user) });

    private Task<JsonElement> CreateAsync(string userName) =>
        Admin.PostAsAsync<JsonElement>("/api/users", new { userName, displayName = "新人", regionId = People.Nantong.Tenant.Id });
}
