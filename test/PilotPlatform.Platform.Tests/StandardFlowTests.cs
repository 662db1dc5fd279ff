using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Bpmn;
using PilotPlatform.Bpmn.Reading;
using PilotPlatform.Localization;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;
using PilotPlatform.Workflows;
using PilotPlatform.Workflows.Definitions;

namespace PilotPlatform.Platform.Tests;

/// <summary>The flows that come with the product: checked, named, drawn; and nothing in them waits for what nobody reports.</summary>
public sealed class StandardFlowTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private IReadOnlyList<StandardWorkflow> Flows => [.. app.Services.GetServices<StandardWorkflow>()];

    [Fact]
    public void Flows_AreThoseOfTheModules() => Flows.Select(f => f.Key).Order(StringComparer.Ordinal).ShouldBe(
        ["assessment.pilot", "assessment.scoring", "pilots.submission", "programmes.claim", "replication.certification"]);

    [Fact]
    public async Task Models_HaveNoFindings_NotEvenWarnings()
    {
        foreach (var flow in Flows)
        {
            await app.AsSystemAsync(TenantRef.Root, async services =>
            {
                var result = await services.GetRequiredService<ModelInspector>().CheckAsync(flow.ReadXml(), default);
                result.Refusals.ShouldBeEmpty(flow.Key);
                result.Findings.Select(f => $"{f.ElementId}: {f.Text}").ShouldBeEmpty(flow.Key);
            });
        }
    }

    [Fact]
    public void Events_ThatTasksAndWaitsName_AreReportedByAModule()
    {
        var known = app.Services.GetServices<WorkflowEventDescriptor>().Select(e => e.Name).ToHashSet();
        var named = Flows.SelectMany(f => Model(f).Main!.AllNodes).Select(n => n switch
        {
            UserTask task => task.Work.CompletedBy,
            CatchEvent { Trigger: MessageTrigger message } => message.MessageName,
            _ => null,
        }).OfType<string>().Distinct().ToList();
        named.Except(known).ShouldBeEmpty();
        known.Except(named).ShouldBeEmpty("an event that no delivered flow names is a slip, or needs a flow");
    }

    [Fact]
    public void ServiceTasksAndEvents_HaveTextsInBothLanguages()
    {
        var texts = app.Services.GetRequiredService<Texts>();
        foreach (var key in app.Services.GetServices<ServiceTaskDescriptor>().Select(s => "ServiceTask:" + s.Name)
                     .Concat(app.Services.GetServices<WorkflowEventDescriptor>().Select(e => "WorkflowEvent:" + e.Name)))
        {
            foreach (var language in new[] { "zh-Hans", "en" })
            {
                texts.GetIn(language, key).ShouldNotBe(key, language);
            }
        }
    }

    [Fact]
    public void Diagrams_ShowEveryElementOnce_WithoutOverlaps()
    {
        foreach (var flow in Flows)
        {
            var model = Model(flow);
            var nodes = model.Main!.AllNodes.ToList();
            model.Shapes.Select(s => s.ElementId).ShouldBe(nodes.Select(n => n.Id), ignoreOrder: true, flow.Key);
            model.Edges.Select(e => e.ElementId).ShouldBe(model.Main.Scope.Flows.Select(f => f.Id), ignoreOrder: true, flow.Key);
            var bodies = model.Shapes.Where(s => nodes.Single(n => n.Id == s.ElementId) is not BoundaryEvent).ToList();
            foreach (var (one, other) in bodies.SelectMany((one, i) => bodies.Skip(i + 1).Select(other => (one, other))))
            {
                Apart(one.Bounds, other.Bounds).ShouldBeTrue($"{flow.Key}: {one.ElementId} lies on {other.ElementId}");
            }

            model.Edges.ShouldAllBe(e => e.Waypoints.Zip(e.Waypoints.Skip(1)).All(p => p.First.X == p.Second.X || p.First.Y == p.Second.Y));
        }
    }

    private static BpmnModel Model(StandardWorkflow flow) => BpmnReader.Read(flow.ReadXml()).Model.ShouldNotBeNull(flow.Key);

    private static bool Apart(Bounds a, Bounds b) => a.X + a.Width < b.X || b.X + b.Width < a.X || a.Y + a.Height < b.Y || b.Y + b.Height < a.Y;
}
