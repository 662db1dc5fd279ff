using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Permissions;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Identity.Tests;

public sealed class SignInTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Fact]
    public async Task SignIn_WithRightPassword_AnswersSessionAndHardCookie()
    {
        await app.GivenAccountAsync("happy", People.Nantong, RoleNames.Coordinator);
        var browser = new Browser(app);
        (await browser.LoadSessionAsync()).GetProperty("isAuthenticated").GetBoolean().ShouldBeFalse();

        var response = await browser.PostAsync("/api/account/sign-in", new { userName = "Happy", password = Accounts.Password });
        ((int)response.StatusCode).ShouldBe(200);
        var cookie = response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("pilot.session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        cookie.ShouldNotContain("expires=", Case.Insensitive);

        var session = await browser.LoadSessionAsync();
        session.GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue();
        session.GetProperty("user").GetProperty("userName").GetString().ShouldBe("happy");
        session.GetProperty("region").GetProperty("path").GetString().ShouldBe("/32/3206/");
        session.GetProperty("region").GetProperty("level").GetString().ShouldBe("City");
        session.GetProperty("roles")[0].GetProperty("displayName").GetString().ShouldBe("经办人");
        session.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()).ShouldContain("Regions.View");
        session.GetProperty("mustChangePassword").GetBoolean().ShouldBeFalse();
        (await browser.Http.GetAsAsync<List<JsonElement>>("/api/regions"))[0].GetProperty("name").GetString().ShouldBe("南通市");
    }

    [Theory]
    [InlineData("guessed")]
    [InlineData("nobody.of.this.name")]
    public async Task SignIn_AfterFiveWrongTries_IsLockedWhetherTheAccountExistsOrNot(string userName)
    {
        if (userName == "guessed")
        {
            await app.GivenAccountAsync(userName, People.Nantong, RoleNames.Coordinator);
        }

        var browser = new Browser(app);
        for (var i = 0; i < 4; i++)
        {
            (await browser.TrySignInAsync(userName, "wrong")).ShouldBe((401, IdentityErrorCodes.SignInFailed));
        }

        (await browser.TrySignInAsync(userName, "wrong")).ShouldBe((401, IdentityErrorCodes.LockedOut));
        (await browser.TrySignInAsync(userName, Accounts.Password)).ShouldBe((401, IdentityErrorCodes.LockedOut));
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        (await browser.TrySignInAsync(userName, "wrong")).ShouldBe((401, IdentityErrorCodes.SignInFailed));
    }

    [Fact]
    public async Task SignIn_AfterLockoutTime_WorksAgain()
    {
        await app.GivenAccountAsync("patient", People.Nantong, RoleNames.Coordinator);
        var browser = new Browser(app);
        for (var i = 0; i < 5; i++)
        {
            await browser.TrySignInAsync("patient", "wrong");
        }

        app.Clock.Advance(TimeSpan.FromMinutes(15));
        (await browser.SignInAsync("patient", Accounts.Password)).GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task SignIn_ManyRightTriesAtOnce_AllComeIn()
    {
        await app.GivenAccountAsync("shared", People.Nantong, RoleNames.Coordinator);
        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new Browser(app).TrySignInAsync("shared", Accounts.Password)));
            answers.ShouldAllBe(a => a.Status == 200);
        }
    }

    [Fact]
    public async Task SignIn_RightTriesAtTwoNodesAtOnce_DoNotLockTheAccount()
    {
        await app.GivenAccountAsync("twice", People.Nantong, RoleNames.Coordinator);
        await using var other = app.WithWebHostBuilder(_ => { });
        for (var round = 0; round < 10; round++)
        {
            var answers = await Task.WhenAll(new[] { app, other }.Select(node => new Browser(node).TrySignInAsync("twice", Accounts.Password)));
            answers.ShouldAllBe(a => a.Status == 200);
        }
    }

    [Fact]
    public async Task SignIn_ManyWrongTriesAtOnce_AreAllCounted()
    {
        await app.GivenAccountAsync("hammered", People.Nantong, RoleNames.Coordinator);
        var browsers = Enumerable.Range(0, 8).Select(_ => new Browser(app)).ToList();
        await Task.WhenAll(browsers.Select(b => b.TrySignInAsync("hammered", "wrong")));
        (await new Browser(app).TrySignInAsync("hammered", Accounts.Password)).Code.ShouldBe(IdentityErrorCodes.LockedOut);
    }

    [Fact]
    public async Task SignIn_WithoutAntiforgeryToken_IsRefused()
    {
        var browser = new Browser(app);
        (await browser.PostAsync("/api/account/sign-in", new { userName = "x", password = "y" }).RefusalAsync()).ShouldBe((400, "Platform:Antiforgery"));
    }

    [Fact]
    public async Task Change_WithTokenFromBeforeSignIn_IsRefused()
    {
        await app.GivenAccountAsync("stale", People.Nantong, RoleNames.Coordinator);
        var browser = new Browser(app);
        await browser.LoadSessionAsync();
        (await browser.PostAsync("/api/account/sign-in", new { userName = "stale", password = Accounts.Password })).EnsureSuccessStatusCode();
        (await browser.PostAsync("/api/account/sign-out").RefusalAsync()).ShouldBe((400, "Platform:Antiforgery"));
    }

    [Fact]
    public async Task TwoFactor_OnceEnabled_IsAskedForAndACodeCountsOnce()
    {
        await app.GivenAccountAsync("two", People.Nantong, RoleNames.Coordinator);
        var first = new Browser(app);
        await first.SignInAsync("two", Accounts.Password);
        var (key, _) = await first.EnableTwoFactorAsync(app);
        (await first.LoadSessionAsync()).GetProperty("twoFactorEnabled").GetBoolean().ShouldBeTrue();

        var second = new Browser(app);
        (await second.SignInAsync("two", Accounts.Password)).GetProperty("requiresTwoFactor").GetBoolean().ShouldBeTrue();
        (await second.LoadSessionAsync()).GetProperty("isAuthenticated").GetBoolean().ShouldBeFalse();
        var wrong = app.CodeNow(key) == "000000" ? "000001" : "000000";
        (await second.PostAsync("/api/account/sign-in/two-factor", new { code = wrong, isRecoveryCode = false }).RefusalAsync()).ShouldBe((401, IdentityErrorCodes.CodeWrong));
        var code = app.CodeNow(key);
        (await second.PostAsync("/api/account/sign-in/two-factor", new { code, isRecoveryCode = false })).EnsureSuccessStatusCode();
        (await second.LoadSessionAsync()).GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue();

        var eavesdropper = new Browser(app);
        await eavesdropper.SignInAsync("two", Accounts.Password);
        (await eavesdropper.PostAsync("/api/account/sign-in/two-factor", new { code, isRecoveryCode = false }).RefusalAsync()).ShouldBe((401, IdentityErrorCodes.CodeWrong));
    }

    [Fact]
    public async Task TwoFactor_AfterFiveWrongCodes_IsLocked()
    {
        await app.GivenAccountAsync("codes", People.Nantong, RoleNames.Coordinator);
        var first = new Browser(app);
        await first.SignInAsync("codes", Accounts.Password);
        var (key, _) = await first.EnableTwoFactorAsync(app);
        var wrong = app.CodeNow(key) == "000000" ? "000001" : "000000";

        var second = new Browser(app);
        var refusals = new List<string?>();
        for (var i = 0; i < 5; i++)
        {
            // The right password in between does not clear the count.
            await second.SignInAsync("codes", Accounts.Password);
            refusals.Add((await second.PostAsync("/api/account/sign-in/two-factor", new { code = wrong, isRecoveryCode = false }).RefusalAsync()).Code);
        }

        refusals[^1].ShouldBe(IdentityErrorCodes.LockedOut);
        refusals.Take(4).ShouldAllBe(c => c == IdentityErrorCodes.CodeWrong);
    }

    [Fact]
    public async Task RecoveryCode_WorksOnce()
    {
        await app.GivenAccountAsync("recovering", People.Nantong, RoleNames.Coordinator);
        var first = new Browser(app);
        await first.SignInAsync("recovering", Accounts.Password);
        var (_, codes) = await first.EnableTwoFactorAsync(app);
        codes.Count.ShouldBe(10);

        var second = new Browser(app);
        await second.SignInAsync("recovering", Accounts.Password);
        (await second.PostAsync("/api/account/sign-in/two-factor", new { code = codes[0].ToLowerInvariant(), isRecoveryCode = true })).EnsureSuccessStatusCode();

        var third = new Browser(app);
        await third.SignInAsync("recovering", Accounts.Password);
        (await third.PostAsync("/api/account/sign-in/two-factor", new { code = codes[0], isRecoveryCode = true }).RefusalAsync()).ShouldBe((401, IdentityErrorCodes.CodeWrong));
    }

    [Fact]
    public async Task InitialPassword_UntilChanged_ClosesEverythingElse()
    {
        await app.GivenAccountAsync("fresh", People.Nantong, RoleNames.Coordinator, mustChangePassword: true);
        var browser = new Browser(app);
        (await browser.SignInAsync("fresh", Accounts.Password)).GetProperty("mustChangePassword").GetBoolean().ShouldBeTrue();
        (await browser.GetRefusalAsync("/api/regions")).ShouldBe((403, IdentityErrorCodes.PasswordChangeRequired));

        (await browser.PostAsync("/api/account/change-password", new { currentPassword = Accounts.Password, newPassword = "short" }).RefusalAsync())
            .ShouldBe((400, "Platform:InvalidInput"));
        (await browser.PostAsync("/api/account/change-password", new { currentPassword = Accounts.Password, newPassword = Accounts.Password }).RefusalAsync())
            .ShouldBe((400, "Platform:InvalidInput"));
        (await browser.GetRefusalAsync("/api/regions")).Status.ShouldBe(403);

        (await browser.PostAsync("/api/account/change-password", new { currentPassword = Accounts.Password, newPassword = "Orchard-77-leaf" })).EnsureSuccessStatusCode();
        (await browser.GetRefusalAsync("/api/regions")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task ChangePassword_EndsTheOtherSessions()
    {
        await app.GivenAccountAsync("changing", People.Nantong, RoleNames.Coordinator);
        Browser here = new(app), there = new(app);
        await here.SignInAsync("changing", Accounts.Password);
        await there.SignInAsync("changing", Accounts.Password);
        (await there.GetRefusalAsync("/api/regions")).Status.ShouldBe(200);

        (await here.PostAsync("/api/account/change-password", new { currentPassword = Accounts.Password, newPassword = "Orchard-77-leaf" })).EnsureSuccessStatusCode();
        (await there.GetRefusalAsync("/api/regions")).Status.ShouldBe(401);
        (await here.GetRefusalAsync("/api/regions")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Sessions_WhenEnded_OtherCookieIsWorthless()
    {
        await app.GivenAccountAsync("sessions", People.Nantong, RoleNames.Coordinator);
        Browser here = new(app), there = new(app);
        await here.SignInAsync("sessions", Accounts.Password);
        await there.SignInAsync("sessions", Accounts.Password);
        (await there.GetRefusalAsync("/api/regions")).Status.ShouldBe(200);

        var sessions = await here.Http.GetAsAsync<List<JsonElement>>("/api/account/sessions");
        sessions.Count.ShouldBe(2);
        var other = sessions.Single(s => !s.GetProperty("isCurrent").GetBoolean()).GetProperty("id").GetGuid();
        (await here.Http.DeleteAsync(new Uri($"/api/account/sessions/{other}", UriKind.Relative))).EnsureSuccessStatusCode();
        (await there.GetRefusalAsync("/api/regions")).ShouldBe((401, "Platform:NotSignedIn"));

        (await here.PostAsync("/api/account/sessions/revoke-all")).EnsureSuccessStatusCode();
        (await here.GetRefusalAsync("/api/regions")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task EndSession_OfSomebodyElse_Is404()
    {
        await app.GivenAccountAsync("owner", People.Nantong, RoleNames.Coordinator);
        await app.GivenAccountAsync("stranger", People.Yangzhou, RoleNames.Coordinator);
        Browser owner = new(app), stranger = new(app);
        await owner.SignInAsync("owner", Accounts.Password);
        await stranger.SignInAsync("stranger", Accounts.Password);
        var id = (await owner.Http.GetAsAsync<List<JsonElement>>("/api/account/sessions"))[0].GetProperty("id").GetGuid();
        (await stranger.Http.DeleteAsync(new Uri($"/api/account/sessions/{id}", UriKind.Relative)).RefusalAsync()).Status.ShouldBe(404);
        (await owner.GetRefusalAsync("/api/regions")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Session_IdleForHalfAnHourOrOpenForTwelve_Ends()
    {
        await app.GivenAccountAsync("idle", People.Nantong, RoleNames.Coordinator);
        var browser = new Browser(app);
        await browser.SignInAsync("idle", Accounts.Password);
        app.Clock.Advance(TimeSpan.FromMinutes(29));
        (await browser.GetRefusalAsync("/api/regions")).Status.ShouldBe(200);
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        (await browser.GetRefusalAsync("/api/regions")).Status.ShouldBe(401);

        await browser.SignInAsync("idle", Accounts.Password);
        for (var i = 0; i < 36; i++)
        {
            (await browser.GetRefusalAsync("/api/regions")).Status.ShouldBe(200);
            app.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await browser.GetRefusalAsync("/api/regions")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task SignIn_IsAuditedWithAddressAndOutcome()
    {
        await app.GivenAccountAsync("logged", People.Nantong, RoleNames.Coordinator);
        var browser = new Browser(app);
        await browser.TrySignInAsync("logged", "wrong");
        await browser.SignInAsync("logged", Accounts.Password);
        await app.AsSystemAsync(TenantRef.Root, async services =>
        {
            var entries = await services.GetRequiredService<PlatformDbContext>().Set<AuditEntry>().AsNoTracking()
                .Where(e => e.Kind == AuditKind.Security && e.SubjectId == "logged").OrderBy(e => e.Id).ToListAsync();
            entries.Select(e => e.Subject).ShouldBe(["AccountCreated", "SignInFailed", "SignedIn"], ignoreOrder: true);
            entries.ShouldAllBe(e => e.TenantPath == "/32/3206/");
            entries.ShouldAllBe(e => e.Details.Contains("\"address\"") && !e.Details.Contains(Accounts.Password));
        });
    }
}
