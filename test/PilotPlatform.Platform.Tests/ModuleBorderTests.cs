using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Modules;
using PilotPlatform.Testing;

namespace PilotPlatform.Platform.Tests;

/// <summary>Modules show only their Contracts and know only the modules above them.</summary>
public sealed class ModuleBorderTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    /// <summary>Who may know whom. A new reference is a decision: change this list together with an ADR.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Kernel"] = [],
        ["Regions"] = ["Kernel"],
        ["Identity"] = ["Kernel", "Regions"],
        ["Files"] = ["Kernel"],
        ["Documents"] = ["Kernel"],
        ["NoticeImport"] = ["Regions", "Kernel"],
        ["Notifications"] = ["Kernel", "Regions", "Identity"],
        ["Workflows"] = ["Kernel", "Regions", "Identity", "Files", "Notifications", "Bpmn"],
        ["Programmes"] = ["Kernel", "Regions", "Identity", "Files", "Notifications", "Workflows", "NoticeImport", "Documents"],
        ["Pilots"] = ["Kernel", "Regions", "Identity", "Files", "Documents", "Notifications", "Workflows", "Programmes"],
        ["Assessment"] = ["Kernel", "Regions", "Identity", "Files", "Notifications", "Workflows", "Programmes", "Pilots"],
        ["Replication"] = ["Kernel", "Regions", "Identity", "Files", "Documents", "Notifications", "Workflows", "Programmes", "Pilots", "Assessment"],
        ["Insights"] = ["Kernel", "Regions", "Identity", "Notifications", "Workflows", "Programmes", "Pilots", "Assessment", "Replication"],
    };

    private IEnumerable<PlatformModule> Modules => app.Services.GetServices<PlatformModule>();

    [Fact]
    public void References_AreOnlyThoseOfTheList()
    {
        foreach (var module in Modules)
        {
            var known = module.Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("PilotPlatform.", StringComparison.Ordinal))
                .Select(n => n["PilotPlatform.".Length..]).ToList();
            Allowed.ShouldContainKey(module.Name);
            Forbidden(known, Allowed[module.Name]).ShouldBeEmpty($"{module.Name} knows modules that it must not know");
        }
    }

    [Fact]
    public void References_Twin_FindsAForbiddenOne() => Forbidden(["Kernel", "Insights"], Allowed["Pilots"]).ShouldBe(["Insights"]);

    [Fact]
    public void Mappings_AreValid() =>
        app.Services.GetRequiredService<AutoMapper.IMapper>().ConfigurationProvider.AssertConfigurationIsValid();

    [Fact]
    public void PublicTypes_AreOnlyContractsAndTheModuleClass()
    {
        foreach (var module in Modules.Where(m => m.Name != "Kernel"))
        {
            Peeking(module.Assembly.GetExportedTypes(), $"PilotPlatform.{module.Name}")
                .ShouldBeEmpty($"public types of {module.Name} outside Contracts (namespace PilotPlatform.{module.Name})");
        }
    }

    [Fact]
    public void PublicTypes_Twin_FindsOneInASubNamespace() =>
        Peeking([typeof(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder)], "Microsoft.EntityFrameworkCore").ShouldNotBeEmpty();

    private static IEnumerable<string> Forbidden(IEnumerable<string> known, string[] allowed) => known.Except(allowed);

    private static IEnumerable<string> Peeking(IEnumerable<Type> types, string contractNamespace) =>
        types.Where(t => t.Namespace != contractNamespace && t.Namespace != contractNamespace + ".Contracts").Select(t => t.FullName!);
}
