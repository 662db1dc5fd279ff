using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Audit;
using PilotPlatform.Data;
using PilotPlatform.Testing;

namespace PilotPlatform.Platform.Tests;

/// <summary>Headers, problem answers and antiforgery of the host.</summary>
public sealed class WebSurfaceTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    [Fact]
    public async Task EveryAnswer_CarriesTheSecurityHeaders_WithAFreshNonce()
    {
        var client = app.As(null);
        var first = await client.GetAsync(new Uri("/api/regions", UriKind.Relative));
        var second = await client.GetAsync(new Uri("/api/regions", UriKind.Relative));
        var policy = first.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("unsafe-inline");
        policy.ShouldNotBe(second.Headers.GetValues("Content-Security-Policy").Single());
        first.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        first.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        first.Headers.CacheControl!.NoStore.ShouldBeTrue();
        first.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task UnknownApiPath_Is404Problem_NotTheWebApp() =>
        (await app.As(People.Nantong.Coordinator).GetAsync(new Uri("/api/no-such-thing", UriKind.Relative)).RefusalAsync()).ShouldBe((404, "Platform:NotFound"));

    [Theory]
    [InlineData("en", "Please sign in first.")]
    [InlineData("zh-CN", "请先登录。")]
    [InlineData("fr", "请先登录。")]
    public async Task Problems_SpeakTheCallersLanguage(string language, string title)
    {
        var client = app.As(null);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var response = await client.GetAsync(new Uri("/api/regions", UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var body = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        body.RootElement.GetProperty("title").GetString().ShouldBe(title);
    }

    [Fact]
    public async Task Change_WithoutAntiforgeryToken_IsRefused()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        (await app.As(null).PostAsync(new Uri("/api/account/sign-in", UriKind.Relative), content).RefusalAsync()).ShouldBe((400, "Platform:Antiforgery"));
    }

    [Fact]
    public async Task ApiDocument_IsForSignedInPeople()
    {
        (await app.As(null).GetAsync(new Uri("/openapi/v1.json", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.As(null).GetAsync(new Uri("/swagger/index.html", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ApiPage_OpensForASignedInPerson()
    {
        var response = await app.As(People.Nantong.Coordinator).GetAsync(new Uri("/swagger/index.html", UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldContain("swagger-ui");
    }

    [Fact]
    public async Task RefusedChange_IsLoggedWithItsFailure_NotAsSuccess()
    {
        var id = Guid.NewGuid();
        using var content = new StringContent("""{"concurrencyStamp":"x"}""", Encoding.UTF8, "application/json");
        (await app.As(People.Jiangsu.Coordinator).PostAsync(new Uri($"/api/programmes/{id}/close", UriKind.Relative), content).RefusalAsync()).Status.ShouldBe(404);

        var entry = await app.AsAsync(People.Jiangsu.Auditor, services => services.GetRequiredService<PlatformDbContext>()
            .Set<AuditEntry>().SingleAsync(a => a.Kind == AuditKind.Request && a.SubjectId.Contains(id.ToString())));
        entry.Details.ShouldContain("\"failure\":\"NotFoundException\"");
        entry.Details.ShouldContain("\"status\":null");
    }

    [Fact]
    public async Task Health_NeedsNoSignIn()
    {
        (await app.As(null).GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.As(null).GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
