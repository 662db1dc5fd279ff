using Microsoft.Data.Sqlite;
using PilotPlatform.Testing;

namespace PilotPlatform.Bench;

/// <summary>One request, by whom, and the list's page in hand-written SQL.</summary>
internal sealed record Case(string Name, Persona Persona, string Path, Baseline? Baseline = null);

/// <summary>What is measured.</summary>
internal static class Cases
{
    private const string ByTheme = "ThemeOrder, RegionOrder, Id";
    private const string Light = "CASE WHEN OpenDueOn IS NULL OR OpenDueOn > '2023-06-08' THEN WasLate WHEN OpenDueOn < '2023-06-01' AND NOT OpenDueIsSoft THEN 3 ELSE 2 END";

    /// <summary>The cases, each list as province and as city.</summary>
    public static IEnumerable<Case> All =>
    [
        .. new[] { ("province", People.Jiangsu), ("city", People.Nantong) }.SelectMany(p => Lists(p.Item1, p.Item2)),
        new("pilot's page (province)", People.Jiangsu.Coordinator, $"/api/pilots/{Filling.PilotId}"),
        new("workbench (province)", People.Jiangsu.Coordinator, "/api/workbench"),
        new("workbench (city)", People.Nantong.Coordinator, "/api/workbench"),
    ];

    private static IEnumerable<Case> Lists(string name, RegionPeople region)
    {
        var deep = name == "province" ? 40_000 : 3_000;
        return
        [
            List("default page", "", "", ByTheme),
            List("by due date", "?sorting=due", "", $"OpenDueOn, {ByTheme}"),
            List("by light", "?sorting=light desc", "", $"{Light} DESC, {ByTheme}"),
            List("light and status", "?light=Amber&status=Running", $"AND Status = 'Running' AND {Light} = 2", ByTheme),
            List("light green", "?light=Green", $"AND {Light} = 0", ByTheme),
            List("text search", "?search=备案", "AND (instr(ThemeTitle, '备案') > 0 OR instr(RegionName, '备案') > 0 OR instr(PartName, '备案') > 0)", ByTheme),
            List("text search, nothing found", "?search=不存在", "AND (instr(ThemeTitle, '不存在') > 0 OR instr(RegionName, '不存在') > 0 OR instr(PartName, '不存在') > 0)", ByTheme),
            List($"deep page (skip {deep})", $"?skipCount={deep}", "", ByTheme, deep),
            List($"deep page by due (skip {deep})", $"?sorting=due&skipCount={deep}", "", $"OpenDueOn, {ByTheme}", deep),
            new($"counts ({name})", region.Coordinator, "/api/pilots/counts"),
        ];

        Case List(string title, string query, string where, string order, int skip = 0) =>
            new($"{title} ({name})", region.Coordinator, $"/api/pilots{query}", new Baseline(region.Tenant.Path, where, order, skip));
    }
}

/// <summary>A list's count and page as one would write them by hand, in the order of an index wherever one serves.</summary>
internal sealed record Baseline(string Path, string Where, string Order, int Skip)
{
    /// <summary>Reads the page; returns how many rows it has and how many there are.</summary>
    public (int Rows, int Total) Read(SqliteConnection connection)
    {
        var from = $"FROM PilotsPilots WHERE TenantPath >= '{Path}' AND TenantPath < '{Path[..^1]}0' {Where}";
        using var count = connection.CreateCommand();
        count.CommandText = $"SELECT count(*) {from}";
        var total = (int)(long)count.ExecuteScalar()!;
        using var page = connection.CreateCommand();
        page.CommandText =
            $"""
            SELECT Id, ProgrammeId, ProgrammeTitle, ThemeOrder, ThemeTitle, TenantId, RegionName, PartName, Status, Outcome, DueOn, DueIsSoft, OpenDueOn,
                OpenDueIsSoft, WasLate, SubmittedOn
            {from} ORDER BY {Order} LIMIT 20 OFFSET {Skip}
            """;
        using var reader = page.ExecuteReader();
        var values = new object[reader.FieldCount];
        var rows = 0;
        while (reader.Read())
        {
            reader.GetValues(values);
            rows++;
        }

        return (rows, total);
    }
}
