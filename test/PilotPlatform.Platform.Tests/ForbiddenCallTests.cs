using System.Text.RegularExpressions;
using PilotPlatform.Testing;

namespace PilotPlatform.Platform.Tests;

/// <summary>Calls that the house forbids, found in the sources.</summary>
public sealed class ForbiddenCallTests
{
    /// <summary>Pattern, why, and the files (ends of paths) where it stands rightly.</summary>
    private static readonly (string Pattern, string Why, string[] Except)[] Rules =
    [
        (@"\.IgnoreQueryFilters\(", "it lifts the tenant filter; only CrossTenantReaders may", ["Kernel/Tenancy/CrossTenantReaders.cs"]),
        (@"\bDateTime(Offset)?\.(Utc)?Now\b", "time comes from TimeProvider", []),
        (@"\bGuid\.NewGuid\(", "ids come from IIdGenerator", []),
        (@"\bThread\.Sleep\(", "nothing sleeps", []),
        (@"\bnew Random\(|\bRandom\.Shared\b", "randomness is injected or cryptographic", []),
        (@"catch\s*(\([^)]*\))?\s*\{\s*\}", "no exception is swallowed", []),
        (@"\b(FromSqlRaw|SqlQueryRaw)\b", "no provider SQL outside the providers and the migrator", ["Migrations.", "DbMigrator/"]),
    ];

    [Fact]
    public void Sources_HaveNoForbiddenCall()
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.File("src"), "*.cs", SearchOption.AllDirectories))
        {
            var path = file.Replace('\\', '/');
            if (path.Contains("/obj/", StringComparison.Ordinal) || path.Contains("/bin/", StringComparison.Ordinal))
            {
                continue;
            }

            found.AddRange(Findings(path, File.ReadAllText(file)));
        }

        found.ShouldBeEmpty();
    }

    [Fact]
    public void Sources_Twin_EachRuleFindsItsCall()
    {
        Findings("src/X.cs", "q.IgnoreQueryFilters()").ShouldNotBeEmpty();
        Findings("src/X.cs", "var t = DateTime.UtcNow;").ShouldNotBeEmpty();
        Findings("src/X.cs", "var i = Guid.NewGuid();").ShouldNotBeEmpty();
        Findings("src/X.cs", "Thread.Sleep(1);").ShouldNotBeEmpty();
        Findings("src/X.cs", "Random.Shared.Next()").ShouldNotBeEmpty();
        Findings("src/X.cs", "try { } catch (IOException) { }").ShouldNotBeEmpty();
        Findings("src/X.cs", "db.Database.SqlQueryRaw<int>(s)").ShouldNotBeEmpty();
        Findings("src/PilotPlatform.Kernel/Tenancy/CrossTenantReaders.cs", "q.IgnoreQueryFilters(x)").ShouldBeEmpty();
    }

    private static IEnumerable<string> Findings(string path, string text) =>
        from rule in Rules
        where !rule.Except.Any(e => path.Contains(e, StringComparison.Ordinal))
        where Regex.IsMatch(text, rule.Pattern, RegexOptions.NonBacktracking)
        select $"{path}: {rule.Pattern} ({rule.Why})";
}
