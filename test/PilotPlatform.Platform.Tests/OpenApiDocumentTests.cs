using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Encodings.Web;
using PilotPlatform.Testing;

namespace PilotPlatform.Platform.Tests;

/// <summary>The web app's client is generated from angular/openapi.json; etc/openapi.sh writes it anew.</summary>
public sealed class OpenApiDocumentTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task CommittedDocument_EqualsTheServers()
    {
        var served = JsonNode.Parse(await app.As(People.Nantong.Coordinator).GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.ToJsonString(Pretty) + "\n";
        var file = RepositoryRoot.File("angular", "openapi.json");
        if (Environment.GetEnvironmentVariable("PILOT_UPDATE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(file, served);
        }

        (await File.ReadAllTextAsync(file) == served).ShouldBeTrue("angular/openapi.json is not what the server serves: run etc/openapi.sh and commit it");
    }
}
