using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Localization;
using PilotPlatform.Modules;
using PilotPlatform.Permissions;
using PilotPlatform.Testing;

namespace PilotPlatform.Platform.Tests;

/// <summary>Every code, permission, enum value and role has a text in every language.</summary>
public sealed class TextTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private Texts Texts => app.Services.GetRequiredService<Texts>();

    [Fact]
    public void EveryNeededKey_HasATextInEveryLanguage()
    {
        var needed = NeededKeys().ToList();
        needed.Count.ShouldBeGreaterThan(100);
        Missing(needed).ShouldBeEmpty();
    }

    [Fact]
    public void EveryNeededKey_Twin_FindsAMissingOne() => Missing(["Platform:NoSuchKey"]).Count().ShouldBe(Texts.Languages.Count);

    [Fact]
    public void Languages_HaveTheSameKeys() =>
        Texts.KeysOf("zh-Hans").ToHashSet().SetEquals(Texts.KeysOf("en"))
            .ShouldBeTrue("only in one language: " + string.Join(", ", Texts.KeysOf("zh-Hans").Except(Texts.KeysOf("en")).Concat(Texts.KeysOf("en").Except(Texts.KeysOf("zh-Hans")))));

    [Fact]
    public void Placeholders_AreTheSameInEveryLanguage()
    {
        var pattern = new System.Text.RegularExpressions.Regex(@"\{[A-Za-z0-9]+\}", System.Text.RegularExpressions.RegexOptions.NonBacktracking);
        foreach (var key in Texts.KeysOf("zh-Hans"))
        {
            Of("en", key).SetEquals(Of("zh-Hans", key)).ShouldBeTrue($"placeholders of {key} differ");
        }

        HashSet<string> Of(string language, string key) => [.. pattern.Matches(Texts.GetIn(language, key)).Select(m => m.Value)];
    }

    private IEnumerable<string> NeededKeys()
    {
        var modules = app.Services.GetServices<PlatformModule>().ToList();
        var codes = modules.SelectMany(m => m.Assembly.GetTypes()).Where(t => t.Name.EndsWith("ErrorCodes", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(f => f.IsLiteral && f.FieldType == typeof(string))
            .Select(f => (string)f.GetRawConstantValue()!);
        var permissions = app.Services.GetRequiredService<PermissionCatalogue>().All.Select(p => $"Permission:{p.Name}");
        // What a person sees of an enum is a text; the Kernel's and the modules' public enums travel in DTOs.
        var enums = modules.SelectMany(m => m.Assembly.GetExportedTypes()).Where(t => t.IsEnum && t.Namespace is not "PilotPlatform.Modules")
            .SelectMany(t => Enum.GetNames(t).Select(v => $"Enum:{t.Name}.{v}"));
        return codes.Concat(permissions).Concat(enums).Concat(RoleNames.All.Select(r => $"Role:{r}")).Distinct();
    }

    private IEnumerable<string> Missing(IEnumerable<string> keys) =>
        from key in keys
        from language in Texts.Languages
        where !Texts.KeysOf(language).Contains(key)
        select $"{language}: {key}";
}
