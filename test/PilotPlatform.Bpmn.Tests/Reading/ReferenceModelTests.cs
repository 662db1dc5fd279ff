using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Tests.Reading;

/// <summary>The interchange group's reference models: each imports, or is refused with exactly what is not supported.</summary>
public sealed class ReferenceModelTests
{
    [ReferenceModelsTheory]
    [InlineData("A.1.0", 1, 5, 4)]
    [InlineData("A.2.0", 1, 8, 9)]
    [InlineData("A.2.1", 1, 8, 11)]
    [InlineData("A.4.0", 2, 17, 13)]
    [InlineData("A.4.1", 2, 17, 13)]
    public void Read_WhenSupported_TakesEveryNodeAndFlow(string name, int processes, int nodes, int flows)
    {
        var model = Read(name).Model.ShouldNotBeNull();

        model.Processes.Count.ShouldBe(processes);
        model.Processes.SelectMany(p => p.AllNodes).Count().ShouldBe(nodes);
        model.Processes.SelectMany(Scopes).Sum(s => s.Flows.Count).ShouldBe(flows);
        model.Edges.Count(e => model.Processes.SelectMany(Scopes).Any(s => s.Flows.Any(f => f.Id == e.ElementId))).ShouldBe(flows);
    }

    [ReferenceModelsTheory]
    [InlineData("A.3.0", "_428dcbf5-8e5e-48e0-9c0c-d93003fa8c82 messageEventDefinition unsupported-event-definition", "_178e16eb-4c9e-4ea0-9644-7c5fb2b71825 escalationEventDefinition unsupported-event-definition")]
    [InlineData("B.1.0", "_2ee553a1-cb03-41e3-b285-345c826fc88d messageEventDefinition unsupported-event-definition")]
    public void Read_WhenAFewElementsAreNot_NamesThem(string name, params string[] expected) => Lines(name).ShouldBe(expected);

    /// <summary>
    /// B.2.0 shows nearly every element of the standard: what must be refused is counted from the file by another road, the
    /// lists of the design document.
    /// </summary>
    [ReferenceModelsTheory]
    [InlineData("B.2.0", 24)]
    public void Read_WhenNearlyEverythingIsThere_RefusesWhatTheDesignLeavesOut(string name, int count)
    {
        XNamespace bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL";
        var allowed = new Dictionary<string, string[]>
        {
            ["startEvent"] = ["timer", "message"],
            ["endEvent"] = ["terminate", "error"],
            ["intermediateCatchEvent"] = ["timer", "message"],
            ["intermediateThrowEvent"] = [],
            ["boundaryEvent"] = ["timer", "error"],
        };
        var expected = new List<string>();
        foreach (var element in XDocument.Load(ReferenceModels.Path(name)).Descendants(bpmn + "process").Descendants())
        {
            var id = (string?)element.Attribute("id");
            var local = element.Name.LocalName;
            if (local.EndsWith("EventDefinition", StringComparison.Ordinal)
                && !allowed[element.Parent!.Name.LocalName].Contains(local.Replace("EventDefinition", "", StringComparison.Ordinal)))
            {
                expected.Add($"{(string)element.Parent.Attribute("id")!} {local}");
            }
            else if (local is "receiveTask" or "scriptTask" or "businessRuleTask" or "complexGateway" or "transaction" or "adHocSubProcess")
            {
                expected.Add($"{id} {local}");
            }
            else if (local == "standardLoopCharacteristics")
            {
                expected.Add($"{(string)element.Parent!.Attribute("id")!} {local}");
            }
        }

        expected.Count.ShouldBe(count);
        Lines(name).Select(l => l[..l.LastIndexOf(' ')]).ShouldBe(expected);
    }

    internal static IEnumerable<FlowScope> Scopes(ProcessModel process) =>
        process.AllNodes.OfType<SubProcess>().Select(s => s.Scope).Prepend(process.Scope);

    private static BpmnReading Read(string name)
    {
        using var file = File.OpenRead(ReferenceModels.Path(name));
        return BpmnReader.Read(file);
    }

    private static IEnumerable<string> Lines(string name) => Read(name).Refusals.Select(r => $"{r.ElementId} {r.ElementType} {r.Reason}");
}
