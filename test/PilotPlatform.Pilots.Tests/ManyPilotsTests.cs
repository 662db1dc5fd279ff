using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Pilots.Pilots;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using Xunit.Abstractions;

namespace PilotPlatform.Pilots.Tests;

/// <summary>The list over many pilots: few statements, and an answer while one waits.</summary>
public sealed class ManyPilotsTests(PilotsApp app, ITestOutputHelper output) : IClassFixture<PilotsApp>
{
    private const int Many = 50_000;

    [Fact]
    public async Task List_OverFiftyThousandPilots_AnswersAPageInThreeStatements()
    {
        var id = await app.GivenPilotAsync(People.Nantong);
        await MultiplyAsync(id);
        var client = app.As(People.Jiangsu.Coordinator);
        foreach (var path in new[]
                 {
                     "/api/pilots", "/api/pilots?sorting=light desc", "/api/pilots?light=Green&status=Assigned", "/api/pilots?search=主题",
                     "/api/pilots?sorting=due&skipCount=40000&maxResultCount=100",
                 })
        {
            await client.GetAsAsync<PagedResult<PilotListItemDto>>(path);
            app.Sql.Reset();
            var watch = Stopwatch.StartNew();
            var page = await client.GetAsAsync<PagedResult<PilotListItemDto>>(path);
            watch.Stop();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.ElapsedMilliseconds} ms  {path}"));
            page.TotalCount.ShouldBe(Many + 1);
            app.Sql.Statements.Count.ShouldBeLessThanOrEqualTo(3);
        }

        await PagesOfALongListMeetAsync(client);
        (await app.As(People.Yangzhou.Coordinator).GetAsAsync<PagedResult<PilotListItemDto>>("/api/pilots")).TotalCount.ShouldBe(0);
    }

    /// <summary>Pages before the middle are read from the start, those behind it from the end: both see one order.</summary>
    private async Task PagesOfALongListMeetAsync(HttpClient client)
    {
        var places = await app.Services.GetRequiredService<ITenantScopes>().RunAsync(ScopeIdentity.System(People.Jiangsu.Tenant), services => services
            .GetRequiredService<PlatformDbContext>().Set<Pilot>().Select(p => new { p.Id, p.RegionOrder, p.ThemeOrder }).ToDictionaryAsync(p => p.Id, p => (p.RegionOrder, p.ThemeOrder)));
        var wanted = places.Values.OrderByDescending(p => p.RegionOrder).ThenBy(p => p.ThemeOrder).ToList();
        var shown = new List<Guid>();
        // The last page has one row less than is asked for.
        foreach (var skip in new[] { 24_800, 24_900, 25_000, 25_100, Many - 98 })
        {
            var page = await client.GetAsAsync<PagedResult<PilotListItemDto>>(
                string.Create(CultureInfo.InvariantCulture, $"/api/pilots?sorting=region desc&skipCount={skip}&maxResultCount=100"));
            page.Items.Select(i => places[i.Id]).ShouldBe(wanted.Skip(skip).Take(100));
            shown.AddRange(page.Items.Select(i => i.Id));
        }

        shown.Count.ShouldBe(499);
        shown.ShouldBeUnique();
    }

    /// <summary>Copies one row in the database itself: through the context, the audit log would be the longest part of the test.</summary>
    private Task MultiplyAsync(Guid id) => app.AsSystemAsync(People.Jiangsu.Tenant, async services =>
    {
        var db = services.GetRequiredService<PlatformDbContext>();
        var sqlite = db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);
        var table = db.Model.FindEntityType(typeof(Pilot))!;
        var store = Microsoft.EntityFrameworkCore.Metadata.StoreObjectIdentifier.Table(table.GetTableName()!);
        var columns = table.GetProperties().Select(p => p.GetColumnName(store)!).ToList();
        // Ids only need to differ; both databases write them in their own form.
        const string Number = "n.i";
        var newId = sqlite
            ? $"substr('00000000-0000-7000-8000-' || printf('%012X', {Number}), 1, 36)"
            : $"cast('00000000-0000-7000-8000-' || lpad(to_hex({Number}), 12, '0') as uuid)";
        var values = columns.Select(c => c switch
        {
            nameof(Pilot.Id) or nameof(Pilot.AssignmentId) => newId,
            nameof(Pilot.ThemeOrder) => $"1 + {Number} % 40",
            nameof(Pilot.RegionOrder) => $"1 + {Number} % 97",
            _ => $"p.\"{c}\"",
        });
        var sql =
            $"""
            INSERT INTO "{table.GetTableName()}" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many})
            SELECT {string.Join(", ", values)} FROM "{table.GetTableName()}" p, n
            """;
        await db.Database.ExecuteSqlRawAsync(sql);
    });
}
