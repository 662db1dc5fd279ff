using System.Runtime.CompilerServices;

namespace PilotPlatform.Bpmn.Tests.Reading;

/// <summary>Documents for the tests: a frame around a few elements.</summary>
internal static class Source
{
    public const string Namespaces =
        """
        xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:pilot="urn:pilotplatform:bpmn"
        """;

    public static string Definitions(string inside) => $"<definitions {Namespaces} id=\"d\" targetNamespace=\"urn:test\">{inside}</definitions>";

    public static string Process(string inside) => Definitions($"<process id=\"p\" isExecutable=\"true\">{inside}</process>");

    /// <summary>A process that runs from a start through what is given to an end.</summary>
    public static string Around(string nodeId, string node) => Process(
        $"""
         <startEvent id="start"/>{node}<endEvent id="end"/>
         <sequenceFlow id="f1" sourceRef="start" targetRef="{nodeId}"/><sequenceFlow id="f2" sourceRef="{nodeId}" targetRef="end"/>
         """);

    public static BpmnModel Accept(string xml)
    {
        var reading = BpmnReader.Read(xml);
        reading.Refusals.ShouldBeEmpty();
        return reading.Model.ShouldNotBeNull();
    }

    /// <summary>The refusals as the tool prints them.</summary>
    public static IReadOnlyList<string> Refuse(string xml)
    {
        var reading = BpmnReader.Read(xml);
        reading.Model.ShouldBeNull();
        return reading.Refusals.Select(r => $"{r.ElementId} {r.ElementType} {r.Reason}").ToList();
    }

    public static FlowNode Node(string node, string id = "x") => Accept(Around(id, node)).Processes[0].Scope.Find(id).ShouldNotBeNull();
}

/// <summary>The reference models of the interchange group, which lie beside the repository on some machines and are no part of it.</summary>
internal static class ReferenceModels
{
    public static string? Folder { get; } = Find();

    public static string Path(string name) => System.IO.Path.Combine(Folder!, name + ".bpmn");

    private static string? Find([CallerFilePath] string here = "")
    {
        for (var folder = new FileInfo(here).Directory; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "PilotPlatform.sln")))
            {
                var shared = System.IO.Path.Combine(folder.FullName, "..", "shared", "bpmn-miwg");
                return Directory.Exists(shared) ? shared : null;
            }
        }

        return null;
    }
}

/// <summary>A theory on the reference models, reported as skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceModelsTheoryAttribute : TheoryAttribute
{
    public ReferenceModelsTheoryAttribute()
    {
        if (ReferenceModels.Folder is null)
        {
            Skip = "The reference models (../shared/bpmn-miwg) are not on this machine.";
        }
    }
}
