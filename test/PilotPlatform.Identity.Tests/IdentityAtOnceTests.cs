using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Identity.Roles;
using PilotPlatform.Identity.Sessions;
using PilotPlatform.Identity.SignIn;
using PilotPlatform.Identity.Tokens;
using PilotPlatform.Identity.Users;
using PilotPlatform.Localization;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Identity.Tests;

/// <summary>Two at once, at one node and at two: one effect, nobody locked out, nothing told twice.</summary>
public sealed class IdentityAtOnceTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private static readonly string[] NewPasswords = ["Harbour-2031-a", "Harbour-2032-b", "Harbour-2033-c", "Harbour-2034-d"];

    [Fact]
    public async Task ChangePassword_ManyTimesAtOnce_ChangesOnce_AndCountsNoFailure()
    {
        await app.GivenAccountAsync("eager", People.Nantong, RoleNames.Coordinator);
        var browser = new Browser(app);
        await browser.SignInAsync("eager", Accounts.Password);
        // Four wrong ones before: one more that is left counted would lock the account.
        for (var i = 0; i < 4; i++)
        {
            await new Browser(app).TrySignInAsync("eager", "wrong");
        }

        var current = Accounts.Password;
        foreach (var next in NewPasswords)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
                browser.PostAsync("/api/account/change-password", new { currentPassword = current, newPassword = next }).RefusalAsync()));
            answers.ShouldAllBe(a => a.Status == 204, "the same was asked for, so it is the same answer");
            current = next;
        }

        (await StateAsync("eager")).Failures.ShouldBe(4);
        (await ToldAsync(SecurityEvents.PasswordChanged, "eager")).ShouldBe(NewPasswords.Length);
        (await new Browser(app).TrySignInAsync("eager", current)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task ChangePassword_WhileAnotherNodeDoesTheSame_CountsNoFailure()
    {
        await app.GivenAccountAsync("eager.twice", People.Nantong, RoleNames.Coordinator);
        var here = new Browser(app);
        await here.SignInAsync("eager.twice", Accounts.Password);
        var body = new { currentPassword = Accounts.Password, newPassword = NewPasswords[0] };
        (int Status, string? Code) second = default;
        // The try is counted at one node when it is made at another.
        var meanwhile = Meanwhile.AfterSaving<SignInState>(async () => second = await here.PostAsync("/api/account/change-password", body).RefusalAsync());
        await using var node = app.With(meanwhile);
        var there = here.At(node);
        var first = await there.PostAsync("/api/account/change-password", body).RefusalAsync();
        await meanwhile.Ended;

        new[] { first.Status, second.Status }.Order().ShouldBe([204, 409]);
        (await StateAsync("eager.twice")).ShouldSatisfyAllConditions(s => s.Failures.ShouldBe(0), s => s.LockedUntil.ShouldBeNull());
        (await ToldAsync(SecurityEvents.PasswordChanged, "eager.twice")).ShouldBe(1);
    }

    [Fact]
    public async Task Code_GivenAtTwoNodesAtOnce_CountsOnce_AndLeavesNoFailure()
    {
        await app.GivenAccountAsync("codes", People.Nantong, RoleNames.Coordinator);
        var here = new Browser(app);
        await here.SignInAsync("codes", Accounts.Password);
        var (key, _) = await here.EnableTwoFactorAsync(app);
        (int Status, string? Code) second = default;
        var body = new { code = app.CodeNow(key) };
        var meanwhile = Meanwhile.AfterSaving<SignInState>(async () => second = await here.PostAsync("/api/account/recovery-codes", body).RefusalAsync());
        await using var node = app.With(meanwhile);
        var first = await here.At(node).PostAsync("/api/account/recovery-codes", body).RefusalAsync();
        await meanwhile.Ended;

        new[] { first.Status, second.Status }.Count(s => s == 200).ShouldBe(1, $"{first} {second}");
        new[] { first.Status, second.Status }.ShouldAllBe(s => s < 500);
        (await ToldAsync(SecurityEvents.RecoveryCodesRenewed, "codes")).ShouldBe(1);
        // The second use of a code is a wrong code; what counts is that the right one is not.
        (await StateAsync("codes")).Failures.ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData("sign-out", SecurityEvents.SignedOut)]
    [InlineData("sessions/revoke-all", SecurityEvents.SessionsEnded)]
    [InlineData("end-one", SecurityEvents.SessionsEnded)]
    public async Task EndingASession_TwiceAtOnce_IsToldOnce(string how, string told)
    {
        var name = "leaving." + how.Replace('/', '.');
        await app.GivenAccountAsync(name, People.Nantong, RoleNames.Coordinator);
        var browser = new Browser(app);
        await browser.SignInAsync(name, Accounts.Password);
        var session = (await browser.Http.GetAsAsync<List<JsonElement>>("/api/account/sessions")).Single().GetProperty("id").GetGuid();
        Task<HttpResponseMessage> Leave(Browser b) => how == "end-one"
            ? b.Http.DeleteAsync(new Uri($"/api/account/sessions/{session}", UriKind.Relative))
            : b.PostAsync($"/api/account/{how}");

        // In the middle of the first, the second tab, whose requests go to another node.
        var (first, second) = await app.AtOnceAsync<AuditEntry>(node => Leave(browser.At(node)), isHeldUp: true);
        second.Status.ShouldBeOneOf(204, 404);
        first.Status.ShouldBeOneOf(204, 404);
        new[] { first.Status, second.Status }.ShouldContain(204);
        (await ToldAsync(told, name)).ShouldBe(1);
    }

    [Fact]
    public async Task Unlock_ByTwoAdministrators_IsToldOnce_AndAgainIsTheSameAnswer()
    {
        var id = await app.GivenAccountAsync("locked.out", People.Nantong, RoleNames.Coordinator);
        for (var i = 0; i < 5; i++)
        {
            await new Browser(app).TrySignInAsync("locked.out", "wrong");
        }

        var stamp = new { concurrencyStamp = await StampAsync(id) };
        Task<HttpResponseMessage> UnlockAsync(WebApplicationFactory<Program> node) => node.ClientOf(People.Nantong.Administrator).PostAsJsonAsync($"/api/users/{id}/unlock", stamp);
        var (first, second) = await app.AtOnceAsync<SignInState>(UnlockAsync);
        (second.Status, first.Status).ShouldBe((200, 409));
        (await UnlockAsync(app).RefusalAsync()).Status.ShouldBe(200);
        (await ToldAsync(SecurityEvents.AccountUnlocked, "locked.out")).ShouldBe(1);
    }

    [Theory]
    [InlineData("disable", SecurityEvents.AccountDisabled)]
    [InlineData("reset-password", SecurityEvents.PasswordReset)]
    public async Task ChangingAnAccount_AtTwoNodesAtOnce_ChangesItOnce(string verb, string told)
    {
        var id = await app.GivenAccountAsync("changed." + verb, People.Nantong, RoleNames.Coordinator);
        var stamp = new { concurrencyStamp = await StampAsync(id) };
        var (first, second) = await app.AtOnceAsync<User>(node => node.ClientOf(People.Nantong.Administrator).PostAsJsonAsync($"/api/users/{id}/{verb}", stamp));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
        (await ToldAsync(told, "changed." + verb)).ShouldBe(1);
    }

    [Fact]
    public async Task CreateUser_AtTwoNodesAtOnce_MakesOneAccount()
    {
        var body = new { userName = "nt.both", displayName = "两次", regionId = People.Nantong.Tenant.Id };
        var (first, second) = await app.AtOnceAsync<User>(node => node.ClientOf(People.Nantong.Administrator).PostAsJsonAsync("/api/users", body));
        (first, second.Status).ShouldBe(((409, "Platform:Duplicate"), 201));
        (await ToldAsync(SecurityEvents.AccountCreated, "nt.both")).ShouldBe(1);
    }

    [Fact]
    public async Task CreateRole_TwiceAtOnce_MakesOneRole()
    {
        var body = new { regionId = People.Nantong.Tenant.Id, displayName = "只要一个", permissions = new[] { "Regions.View" } };
        var (first, second) = await app.AtOnceAsync<RoleSet>(node => node.ClientOf(People.Nantong.SecurityAdministrator).PostAsJsonAsync("/api/roles", body));
        (first, second.Status).ShouldBe(((409, "Platform:Duplicate"), 201));
        (await app.As(People.Nantong.SecurityAdministrator).GetAsAsync<List<RoleDto>>("/api/roles")).Count(r => r.DisplayName == "只要一个").ShouldBe(1);
    }

    [Fact]
    public async Task RemoveRole_WhileItIsGivenToSomebody_LeavesNobodyWithARoleThatIsGone()
    {
        var security = app.As(People.Nantong.SecurityAdministrator);
        foreach (var removesFirst in new[] { true, false })
        {
            var role = await security.PostAsAsync<RoleDto>("/api/roles", new { regionId = People.Nantong.Tenant.Id, displayName = $"来去{removesFirst}", permissions = new[] { "Regions.View" } });
            var id = await app.GivenAccountAsync($"holder.{removesFirst}", People.Nantong, RoleNames.Coordinator);
            var assign = new { roles = new[] { RoleNames.Coordinator, role.Name }, concurrencyStamp = await StampAsync(id) };
            var remove = new { regionId = People.Nantong.Tenant.Id, concurrencyStamp = role.ConcurrencyStamp };
            Task<HttpResponseMessage> AssignAsync(WebApplicationFactory<Program> node) => node.ClientOf(People.Nantong.SecurityAdministrator).PostAsJsonAsync($"/api/users/{id}/assign-roles", assign);
            Task<HttpResponseMessage> RemoveAsync(WebApplicationFactory<Program> node) => node.ClientOf(People.Nantong.SecurityAdministrator).PostAsJsonAsync($"/api/roles/{role.Name}/remove", remove);
            var (first, second) = removesFirst ? await app.AtOnceAsync<User>(AssignAsync, RemoveAsync, isHeldUp: true) : await app.AtOnceAsync<RoleSet>(RemoveAsync, AssignAsync, isHeldUp: true);

            new[] { first.Status, second.Status }.ShouldAllBe(s => s < 500);
            var isThere = (await security.GetAsAsync<List<RoleDto>>("/api/roles")).Any(r => r.Name == role.Name);
            var isHeld = (await UserAsync($"holder.{removesFirst}")).Roles.Contains(role.Name);
            isHeld.ShouldBe(isThere, $"{first} {second}");
        }
    }

    [Fact]
    public async Task Revoke_WhileTheTokenIsUsed_IsNotHindered()
    {
        await app.GivenAccountAsync("nt.machine.busy", People.Nantong, RoleNames.RegionAdministrator);
        var browser = new Browser(app);
        await browser.SignInAsync("nt.machine.busy", Accounts.Password);
        var created = await browser.Http.PostAsAsync<JsonElement>("/api/tokens", new { name = "接口", scopes = new[] { IdentityPermissions.ViewUsers }, expiresOn = "2023-12-31" });
        var id = created.GetProperty("token").GetProperty("id").GetGuid();
        var secret = created.GetProperty("secret").GetString()!;
        var (revoked, used) = await app.AtOnceAsync<ApiToken>(
            node => node.ClientOf(People.Nantong.SecurityAdministrator).PostAsJsonAsync($"/api/tokens/{id}/revoke", new { }),
            node =>
            {
                var machine = node.CreateClient();
                machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
                return machine.GetAsync(new Uri("/api/users", UriKind.Relative));
            });
        (revoked.Status, used.Status).ShouldBe((204, 200));
        (await app.As(People.Nantong.SecurityAdministrator).PostAsJsonAsync($"/api/tokens/{id}/revoke", new { }).RefusalAsync()).ShouldBe((409, IdentityErrorCodes.TokenRevoked));
        var token = await TokenAsync(id);
        (token.RevokedAt is not null, token.LastUsedAt is not null).ShouldBe((true, true));
        (await ToldAsync(SecurityEvents.TokenRevoked, token.Prefix)).ShouldBe(1);
    }

    [Fact]
    public async Task Revoke_TwiceAtOnce_IsToldOnce()
    {
        await app.GivenAccountAsync("nt.machine.gone", People.Nantong, RoleNames.RegionAdministrator);
        var browser = new Browser(app);
        await browser.SignInAsync("nt.machine.gone", Accounts.Password);
        var created = await browser.Http.PostAsAsync<JsonElement>("/api/tokens", new { name = "接口", scopes = new[] { IdentityPermissions.ViewUsers }, expiresOn = "2023-12-31" });
        var id = created.GetProperty("token").GetProperty("id").GetGuid();
        var (first, second) = await app.AtOnceAsync<ApiToken>(node => node.ClientOf(People.Nantong.SecurityAdministrator).PostAsJsonAsync($"/api/tokens/{id}/revoke", new { }));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 204));
        (await ToldAsync(SecurityEvents.TokenRevoked, (await TokenAsync(id)).Prefix)).ShouldBe(1);
    }

    [Fact]
    public async Task Invite_WhileAnotherNodeTakesTheName_SaysSo_AndHandsOutNoPasswordOfAnotherAccount()
    {
        var meanwhile = Meanwhile.AfterReading("NormalizedUserName", () => app.GivenAccountAsync("wanted.name", People.Yangzhou, RoleNames.Coordinator));
        await using var node = app.With(meanwhile);
        var invited = true;
        try
        {
            await node.Services.GetRequiredService<ITenantScopes>().RunAsync(ScopeIdentity.System(TenantRef.Root), async services =>
                invited = await services.GetRequiredService<IFirstAdministrators>().InviteAsync(People.Nantong.Tenant.Id, "wanted.name", "某人", "Meadow-2040-z", default));
        }
        catch (Exception refused) when (refused is Errors.InputException or DbUpdateException)
        {
            invited = false;
        }

        await meanwhile.Ended;
        invited.ShouldBeFalse();
        (await UserAsync("wanted.name")).TenantId.ShouldBe(People.Yangzhou.Tenant.Id);
    }

    [Fact]
    public async Task Session_ThatEndsWhileItIsRead_IsNotKept()
    {
        await app.GivenAccountAsync("vanishing", People.Nantong, RoleNames.Coordinator);
        var browser = new Browser(app);
        await browser.SignInAsync("vanishing", Accounts.Password);
        var session = (await browser.Http.GetAsAsync<List<JsonElement>>("/api/account/sessions")).Single().GetProperty("id").GetGuid();
        SessionGuard? guard = null;
        guard = new SessionGuard(
            new ScopesWithMeanwhile(app.Services.GetRequiredService<ITenantScopes>(), async () =>
            {
                await DisableAsync("vanishing");
                guard!.ForgetUser((await UserAsync("vanishing")).Id);
            }),
            app.Clock);
        await guard.JudgeAsync(session, isSignOfLife: false);
        (await guard.JudgeAsync(session, isSignOfLife: false)).ShouldBeNull();
    }

    [Fact]
    public async Task Permissions_ThatChangeWhileTheyAreRead_AreReadAgain()
    {
        var name = $"own-{Guid.CreateVersion7():N}";
        RolePermissionStore? store = null;
        store = new RolePermissionStore(
            new ScopesWithMeanwhile(app.Services.GetRequiredService<ITenantScopes>(), async () =>
            {
                await app.AsSystemAsync(People.Nantong.Tenant, async services =>
                {
                    var db = services.GetRequiredService<PlatformDbContext>();
                    db.Add(new RoleSet(Guid.CreateVersion7(), People.Nantong.Tenant, name, "正在改", ["Regions.View"]));
                    await db.SaveChangesAsync();
                });
                store!.Renew();
            }),
            app.Services.GetRequiredService<PermissionCatalogue>(), app.Services.GetRequiredService<Texts>(), app.Clock);
        await store.OfRolesAsync(People.Nantong.Tenant.Id, [name], default);
        (await store.OfRolesAsync(People.Nantong.Tenant.Id, [name], default)).ShouldContain("Regions.View");
    }

    [Fact]
    public async Task SignIn_ManyWrongTriesAtOnce_TakeTheirTurnWhetherTheAccountExistsOrNot()
    {
        await app.GivenAccountAsync("exists", People.Nantong, RoleNames.Coordinator);
        var turns = app.Services.GetRequiredService<AccountTurns>();
        var hasher = app.Services.GetRequiredService<IPasswordHasher<User>>();
        foreach (var name in new[] { "exists", "does.not.exist" })
        {
            // While one try for a name is under way, the next waits: whoever measures learns the same of both.
            var userId = name == "exists" ? (Guid?)(await UserAsync(name)).Id : null;
            Task<(int Status, string? Code)> waiting;
            using (await turns.TakeAsync(userId is { } id ? (object)id : name.ToUpperInvariant(), default))
            {
                var browser = new Browser(app);
                await browser.LoadSessionAsync();
                waiting = browser.PostAsync("/api/account/sign-in", new { userName = name, password = "wrong" }).RefusalAsync();
                // Far more work than a try that does not wait.
                await Task.Run(() => Enumerable.Range(0, 12).ToList().ForEach(i => hasher.HashPassword(null!, $"{i}")));
                waiting.IsCompleted.ShouldBeFalse(name);
            }

            (await waiting).ShouldBe((401, IdentityErrorCodes.SignInFailed), name);
        }
    }

    private async Task<User> UserAsync(string name)
    {
        User? user = null;
        await app.AsSystemAsync(TenantRef.Root, async services =>
            user = await services.GetRequiredService<PlatformDbContext>().Set<User>().AsNoTracking().SingleAsync(u => u.UserName == name));
        return user!;
    }

    private async Task DisableAsync(string name) => await app.AsSystemAsync(TenantRef.Root, async services =>
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        (await db.Set<User>().SingleAsync(u => u.UserName == name)).Disable();
        await db.SaveChangesAsync();
    });

    private async Task<SignInState> StateAsync(string name)
    {
        var user = await UserAsync(name);
        SignInState? state = null;
        await app.AsSystemAsync(TenantRef.Root, async services =>
            state = await services.GetRequiredService<PlatformDbContext>().Set<SignInState>().AsNoTracking().SingleAsync(s => s.UserId == user.Id));
        return state!;
    }

    private async Task<ApiToken> TokenAsync(Guid id)
    {
        ApiToken? token = null;
        await app.AsSystemAsync(TenantRef.Root, async services =>
            token = await services.GetRequiredService<PlatformDbContext>().Set<ApiToken>().AsNoTracking().SingleAsync(t => t.Id == id));
        return token!;
    }

    private async Task<string> StampAsync(Guid userId) => (await app.As(People.Nantong.Administrator).GetAsAsync<UserDto>($"/api/users/{userId}")).ConcurrencyStamp;

    /// <summary>How often the log tells something of a person.</summary>
    private async Task<int> ToldAsync(string what, string about)
    {
        var told = 0;
        await app.AsSystemAsync(TenantRef.Root, async services =>
            told = await services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>().CountAsync(e => e.Kind == AuditKind.Security && e.Subject == what && e.SubjectId == about));
        return told;
    }
}
