using Microsoft.Data.Sqlite;
using PilotPlatform.Testing;

namespace PilotPlatform.Bench;

/// <summary>
/// Fills a SQLite database with one province's pilots, in the database itself: through the context, the audit log would be
/// most of the work. All rows lie in one province, the worst case for whoever sees them all.
/// </summary>
internal static class Filling
{
    /// <summary>The pilot whose page is measured: running, with submissions.</summary>
    public const string PilotId = "00000000-0000-7000-8000-00000000000C";

    private const int CitiesInProvince = 13;
    private const int ThemesInProgramme = 40;
    private const string Stamps = "'0123456789abcdef0123456789abcdef', '2023-03-01 01:00:00'";
    private const string StampColumns = "\"ConcurrencyStamp\", \"CreatedAt\"";

    public static void Fill(SqliteConnection connection, int pilots, int deliverables)
    {
        using var transaction = connection.BeginTransaction();
        Run("CREATE TEMP TABLE City (N INTEGER PRIMARY KEY, Id TEXT, Path TEXT, Name TEXT)");
        for (var n = 0; n < CitiesInProvince; n++)
        {
            var code = $"32{n + 1:00}";
            Run($"INSERT INTO City VALUES ({n}, '{Text(Regions.RegionIds.Of(code))}', '/32/{code}/', '城市{n + 1}')");
        }

        var issuer = People.Jiangsu.Tenant;
        // Of ten pilots two are yet to start, five run, three are handed in or over. Deadlines span five months around today.
        Run($"""
            INSERT INTO "PilotsPilots" ("Id", "AssignmentId", "ProgrammeId", "ProgrammeTitle", "IssuerTenantId", "IssuerPath", "IssuerName",
                "ThemeId", "ThemeOrder", "ThemeNumber", "ThemeTitle", "RegionName", "RegionOrder", "PartName", "Status",
                "DueOn", "DuePrecision", "DueIsSoft", "OpenDueOn", "OpenDueIsSoft", "WasLate", "SubmittedOn", "Reckonings", "TenantId", "TenantPath", {StampColumns})
            WITH RECURSIVE Number(I) AS (SELECT 0 UNION ALL SELECT I + 1 FROM Number WHERE I + 1 < {pilots}),
                Row AS (SELECT I, I % 10 AS Kind, 1 + I / {CitiesInProvince} % {ThemesInProgramme} AS Theme, I / {CitiesInProvince * ThemesInProgramme} AS Programme,
                    date('2023-05-18', '+' || (I * 7 % 150) || ' days') AS Due FROM Number)
            SELECT {Id(0, "I")}, {Id(2, "I")}, {Id(3, "Programme")}, '第' || (Programme + 1) || '批改革试点', '{Text(issuer.Id)}', '{issuer.Path}', '江苏省',
                {Id(4, "Programme * 100 + Theme")}, Theme, '（' || Theme || '）', '主题' || Theme || '：' || CASE Theme % 20 WHEN 7 THEN '备案事项' ELSE '政务服务' END || '集成办理',
                Name, N + 1, CASE WHEN I % 4 = 0 THEN '第' || (I % 9 + 1) || '区' END,
                CASE Kind WHEN 0 THEN 'Assigned' WHEN 1 THEN 'Planning' WHEN 7 THEN 'Submitted' WHEN 8 THEN 'UnderAssessment' WHEN 9 THEN 'Concluded' ELSE 'Running' END,
                Due, 'Day', I % 3 = 0, CASE WHEN Kind < 7 THEN Due END, I % 3 = 0, I % 11 = 0, CASE WHEN Kind >= 7 THEN '2023-05-25' END, 0, City.Id, Path, {Stamps}
            FROM Row JOIN City ON N = I % {CitiesInProvince}
            """);
        // A running pilot has handed in six deliverables; a few of them wait for the check or for a correction.
        Run($"""
            INSERT INTO "PilotsDeliverables" ("Id", "PilotId", "Name", "Kind", "Order", "IsRequired", "Status", "DueOn", "DueIsSoft", "WasLate", "LatestVersion",
                "TenantId", "TenantPath", {StampColumns})
            WITH RECURSIVE Slot(K) AS (SELECT 0 UNION ALL SELECT K + 1 FROM Slot WHERE (K + 1) * {pilots} < {deliverables})
            SELECT {Id(1, "(p.rowid * 64 + K)")}, p."Id", '成果' || (K + 1), 'NormDocument', K, 1,
                CASE WHEN "Status" = 'Running' AND K = 5 AND p.rowid % 50 = 3 THEN 'Submitted'
                    WHEN "Status" = 'Running' AND K = 5 AND p.rowid % 50 = 4 THEN 'Returned'
                    WHEN "Status" NOT IN ('Assigned', 'Planning') AND ("Status" <> 'Running' OR K < 6) THEN 'Accepted' ELSE 'Open' END,
                "DueOn", "DueIsSoft", 0, "Status" NOT IN ('Assigned', 'Planning') AND ("Status" <> 'Running' OR K < 6), "TenantId", "TenantPath", {Stamps}
            FROM "PilotsPilots" p, Slot
            """);
        Run($"""
            INSERT INTO "PilotsSubmissions" ("Id", "PilotId", "DeliverableId", "IssuerTenantId", "Version", "IsDraft", "Status", "Sections", "Files", "SubmittedAt",
                "SubmittedByName", "DecidedByName", "Checks", "Findings", "Remark", "TenantId", "TenantPath", {StampColumns})
            SELECT d."Id", d."PilotId", d."Id", '{Text(issuer.Id)}', 1, 0, d."Status", '[]', '[]', '2023-05-20 01:00:00', '', '', '[]', '[]', '', d."TenantId", d."TenantPath", {Stamps}
            FROM "PilotsDeliverables" d JOIN "PilotsPilots" p ON p."Id" = d."PilotId" WHERE p."Status" = 'Running' AND d."LatestVersion" > 0
            """);
        transaction.Commit();

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>A GUID as EF Core writes it.</summary>
    public static string Text(Guid id) => id.ToString().ToUpperInvariant();

    private static string Id(int family, string number) => $"printf('00000000-0000-7000-800{family}-%012X', {number})";
}
