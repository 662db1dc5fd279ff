using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PilotPlatform.Assessment;
using PilotPlatform.Pilots;
using PilotPlatform.Programmes;
using PilotPlatform.Replication;
using PilotPlatform.Testing;
using PilotPlatform.WorkItems;

namespace PilotPlatform.Insights.Tests;

/// <summary>The real host with stand-ins for the modules above, so that a test decides exactly what they say.</summary>
public sealed class InsightsApp : PilotPlatformApp
{
    internal FakeModules Modules { get; } = new();

    internal FakeWorkItems FirstSource { get; } = new();

    internal FakeWorkItems SecondSource { get; } = new();

    protected override void ConfigureTestServices(IServiceCollection services)
    {
        services.AddSingleton<IProgrammeLookup>(Modules);
        services.AddSingleton<IPilotLookup>(Modules);
        services.AddSingleton<IAssessmentLookup>(Modules);
        services.AddSingleton<IPracticeLookup>(Modules);
        services.RemoveAll<IWorkItemSource>();
        services.AddSingleton<IWorkItemSource>(FirstSource);
        services.AddSingleton<IWorkItemSource>(SecondSource);
    }
}
