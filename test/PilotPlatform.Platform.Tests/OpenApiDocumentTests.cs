using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;
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

    /// <summary>Two types of one name would become one schema, and one of two pages would send what nobody reads.</summary>
    [Fact]
    public void NamesOnTheWire_AreUniqueOverAllModules() => Twice(app.Services.GetServices<PlatformModule>().SelectMany(m => m.Assembly.GetTypes())).ShouldBeEmpty();

    [Fact]
    public void NamesOnTheWire_Twin_FindsTwo() => Twice([typeof(First.SameDto), typeof(Second.SameDto)]).ShouldBe(["SameDto"]);

    private static IEnumerable<string> Twice(IEnumerable<Type> types) =>
        types.Where(t => t.Name.EndsWith("Dto", StringComparison.Ordinal)).GroupBy(t => t.Name).Where(g => g.Count() > 1).Select(g => g.Key);

    private static class First
    {
        public sealed record SameDto;
    }

    private static class Second
    {
        public sealed record SameDto;
    }
}
