using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PilotPlatform.Crash.Tests;

/// <summary>A person's browser: cookies, the antiforgery token, and an address that changes when the server was restarted.</summary>
internal sealed class Browser : IDisposable
{
    private const string DemoPassword = "Pilot-2026-demo!";
    private readonly CookieContainer cookies = new();
    private HttpClient http = new();

    public static async Task<Browser> SignInAsync(Deployment deployment, string userName)
    {
        var browser = new Browser();
        await browser.OpenAsync(deployment);
        await browser.PostAsync("/api/account/sign-in", new { userName, password = DemoPassword });
        (await browser.LoadSessionAsync()).GetProperty("user").GetProperty("userName").GetString().ShouldBe(userName);
        return browser;
    }

    /// <summary>Opens the web app anew, as after a restart of the server; who was signed in still is.</summary>
    public async Task<JsonElement> OpenAsync(Deployment deployment)
    {
        http.Dispose();
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = deployment.Server.Address, Timeout = TimeSpan.FromMinutes(2) };
        return await LoadSessionAsync();
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<JsonElement> GetAsync(string path) => ReadAsync(SendAsync(HttpMethod.Get, path));

    public Task<JsonElement> PostAsync(string path, object body) => ReadAsync(SendAsync(HttpMethod.Post, path, JsonContent.Create(body)));

    public Task<JsonElement> PutAsync(string path, object body) => ReadAsync(SendAsync(HttpMethod.Put, path, JsonContent.Create(body)));

    /// <summary>Posts and reads the status and, of a refusal, the code and the sentence.</summary>
    public async Task<(int Status, string? Code, string? Title)> TryPostAsync(string path, object body)
    {
        using var response = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body));
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode
            ? ((int)response.StatusCode, null, null)
            : ((int)response.StatusCode, json.GetProperty("code").GetString(), json.GetProperty("title").GetString());
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> LoadSessionAsync()
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/session");
        response.EnsureSuccessStatusCode();
        var token = cookies.GetCookies(http.BaseAddress!)["XSRF-TOKEN"]!.Value;
        http.DefaultRequestHeaders.Remove("X-XSRF-TOKEN");
        http.DefaultRequestHeaders.Add("X-XSRF-TOKEN", Uri.UnescapeDataString(token));
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<JsonElement> ReadAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text.Length == 0 ? "null" : text)
            : throw new InvalidOperationException($"{(int)response.StatusCode} {response.RequestMessage?.Method} {response.RequestMessage?.RequestUri}: {text}");
    }
}
