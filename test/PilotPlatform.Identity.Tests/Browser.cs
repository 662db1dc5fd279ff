using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Testing;

namespace PilotPlatform.Identity.Tests;

/// <summary>A browser with its own cookies that sends the antiforgery token as the web app does.</summary>
internal sealed class Browser
{
    private readonly CookieContainer cookies;

    public Browser(WebApplicationFactory<Program> app)
        : this(app, new CookieContainer())
    {
    }

    private Browser(WebApplicationFactory<Program> app, CookieContainer cookies)
    {
        this.cookies = cookies;
        Http = app.CreateDefaultClient(new CookieContainerHandler(cookies));
    }

    public HttpClient Http { get; }

    /// <summary>The same browser, whose next requests go to another node.</summary>
    public Browser At(WebApplicationFactory<Program> node)
    {
        var there = new Browser(node, cookies);
        there.Http.DefaultRequestHeaders.Add("X-XSRF-TOKEN", Http.DefaultRequestHeaders.GetValues("X-XSRF-TOKEN"));
        return there;
    }

    /// <summary>Reads the session, and with it the antiforgery token for whoever is signed in now.</summary>
    public async Task<JsonElement> LoadSessionAsync()
    {
        var response = await Http.GetAsync(new Uri("/api/session", UriKind.Relative));
        var cookie = response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("XSRF-TOKEN=", StringComparison.Ordinal));
        Http.DefaultRequestHeaders.Remove("X-XSRF-TOKEN");
        Http.DefaultRequestHeaders.Add("X-XSRF-TOKEN", Uri.UnescapeDataString(cookie["XSRF-TOKEN=".Length..cookie.IndexOf(';', StringComparison.Ordinal)]));
        return (await response.Content.ReadFromJsonAsync<JsonElement>())!;
    }

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) =>
        Http.PostAsJsonAsync(path, body ?? new { }, PilotPlatformApp.Json);

    public async Task<JsonElement> SignInAsync(string userName, string password)
    {
        await LoadSessionAsync();
        var answer = await Http.PostAsAsync<JsonElement>("/api/account/sign-in", new { userName, password });
        if (!answer.TryGetProperty("requiresTwoFactor", out _))
        {
            await LoadSessionAsync();
        }

        return answer;
    }

    public async Task<(int Status, string? Code)> TrySignInAsync(string userName, string password)
    {
        await LoadSessionAsync();
        return await PostAsync("/api/account/sign-in", new { userName, password }).RefusalAsync();
    }

    public Task<(int Status, string? Code)> GetRefusalAsync(string path) => Http.GetAsync(new Uri(path, UriKind.Relative)).RefusalAsync();
}

internal static class Accounts
{
    public const string Password = "Meadow-2026-x";

    /// <summary>Makes an account of the test's own, so that tests do not share lockouts and sessions.</summary>
    public static async Task<Guid> GivenAccountAsync(
        this PilotPlatformApp app, string userName, RegionPeople region, string role, bool mustChangePassword = false, string password = Password)
    {
        var id = Guid.Empty;
        await app.AsSystemAsync(region.Tenant, async services =>
            id = await services.GetRequiredService<IAccountProvisioner>().EnsureAsync(
                new NewAccount(userName, "测试" + userName, region.Tenant.Id, null, [role], password, mustChangePassword), default));
        return id;
    }

    /// <summary>Turns the second factor on for whoever is signed in; the key and the recovery codes.</summary>
    public static async Task<(string Key, List<string> RecoveryCodes)> EnableTwoFactorAsync(this Browser browser, PilotPlatformApp app)
    {
        var setup = await browser.Http.PostAsAsync<JsonElement>("/api/account/authenticator/start");
        var key = setup.GetProperty("sharedKey").GetString()!.Replace(" ", "", StringComparison.Ordinal);
        var codes = await browser.Http.PostAsAsync<JsonElement>("/api/account/authenticator/enable", new { code = app.CodeNow(key) });
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        return (key, [.. codes.GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!)]);
    }

    public static string CodeNow(this PilotPlatformApp app, string key) => OneTimeCode.At(key, app.Clock.GetUtcNow());
}

/// <summary>RFC 6238 written a second time, so that the product's code is held against another hand's.</summary>
internal static class OneTimeCode
{
    public static string At(string base32Key, DateTimeOffset at)
    {
        var bits = string.Concat(base32Key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = BitConverter.GetBytes(at.ToUnixTimeSeconds() / 30).Reverse().ToArray();
#pragma warning disable CA5350 // RFC 6238 uses it
        var hash = System.Security.Cryptography.HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var start = hash[^1] & 15;
        var number = ((hash[start] & 127) << 24) | (hash[start + 1] << 16) | (hash[start + 2] << 8) | hash[start + 3];
        return (number % 1000000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}

internal static class Refusals
{
    public static Task<(int Status, string? Code)> GetRefusalAsync(this HttpClient client, string path) =>
        CodeOfAsync(client.GetAsync(new Uri(path, UriKind.Relative)));

    // An answer that is no JSON (a download) has no code to read.
    private static async Task<(int Status, string? Code)> CodeOfAsync(Task<HttpResponseMessage> sent) =>
        (await sent).Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true
            ? await sent.RefusalAsync()
            : ((int)(await sent).StatusCode, null);
}
