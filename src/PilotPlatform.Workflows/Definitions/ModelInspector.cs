using System.Security;
using Microsoft.EntityFrameworkCore;
using PilotPlatform.Bpmn;
using PilotPlatform.Bpmn.Expressions;
using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Localization;
using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Workflows.Definitions;

/// <summary>Reads, checks and compares documents, and says what a model may name.</summary>
internal sealed class ModelInspector(
    PlatformDbContext db, IEnumerable<ServiceTaskDescriptor> handlers, IEnumerable<WorkflowEventDescriptor> events, IOfficeDirectory offices,
    Texts texts, ICurrentScope scope)
{
    /// <summary>Reads a document that can be executed.</summary>
    /// <exception cref="InputException">It cannot; each refused element is an error of its own.</exception>
    public static BpmnModel Read(string xml)
    {
        var reading = ReadWithinLimit(xml);
        return reading.Model ?? throw new InputException(
        [.. reading.Refusals.Take(PagedInput.MaxPage).Select(r => new FieldError(
            "xml", WorkflowsErrorCodes.ModelRefused,
            new Dictionary<string, object?> { ["element"] = r.ElementId, ["type"] = r.ElementType, ["reason"] = r.Reason, ["line"] = r.Line }))]);
    }

    public async Task<CheckResultDto> CheckAsync(string xml, CancellationToken cancellationToken)
    {
        var reading = ReadWithinLimit(xml);
        if (reading.Model is null)
        {
            return new([.. reading.Refusals.Select(r => new RefusalDto(r.ElementId, r.ElementType, r.Reason, r.Line))], []);
        }

        return new([], [.. (await FindAsync(reading.Model, cancellationToken)).Select(Dto)]);
    }

    /// <exception cref="InputException">The checks found errors.</exception>
    public async Task RequirePublishableAsync(string xml, CancellationToken cancellationToken)
    {
        var findings = await FindAsync(Read(xml), cancellationToken);
        var errors = findings.Where(f => f.Severity == FindingSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new InputException([.. errors.Select(f => new FieldError(
                "xml", WorkflowsErrorCodes.ModelHasErrors, new Dictionary<string, object?> { ["element"] = f.ElementId, ["text"] = Dto(f).Text }))]);
        }
    }

    public static IReadOnlyList<DifferenceDto> Compare(string before, string after)
    {
        var (one, other) = (Read(before).Main, Read(after).Main);
        return one is null || other is null ? []
            : [.. ModelDiff.Compare(one, other).Select(d => new DifferenceDto(d.ElementId, d.Kind, d.ElementType, d.Name, d.Properties))];
    }

    public static IReadOnlyDictionary<string, string> NamesOf(string xml) =>
        Read(xml).Processes.SelectMany(p => p.AllNodes).ToDictionary(n => n.Id, n => n.Name ?? n.Id, StringComparer.Ordinal);

    public async Task<CatalogueDto> CatalogueAsync(CancellationToken cancellationToken) => new(
        [.. handlers.Select(h => new CatalogueItemDto(h.Name, texts.Get("ServiceTask:" + h.Name)))],
        [.. events.Select(e => new CatalogueItemDto(e.Name, texts.Get("WorkflowEvent:" + e.Name)))],
        [.. RoleNames.All.Where(r => r != RoleNames.PlatformOperator).Select(r => new CatalogueItemDto(r, texts.Get("Role:" + r)))],
        [.. (await offices.OfRegionAsync(scope.RequiredTenant.Id, cancellationToken)).Select(o => new CatalogueItemDto(o.Id.ToString(), o.Name))],
        [.. await db.Set<WorkflowDefinition>().AsNoTracking().Where(d => d.CurrentVersionId != null).OrderBy(d => d.Key)
            .Select(d => new CatalogueItemDto(d.Key, d.Name)).Distinct().ToListAsync(cancellationToken)]);

    private async Task<IReadOnlyList<ModelFinding>> FindAsync(BpmnModel model, CancellationToken cancellationToken)
    {
        if (model.Main is not { } process)
        {
            return [new ModelFinding("no-main-process", FindingSeverity.Error, model.Processes is [var first, ..] ? first.Id : "", new Dictionary<string, string>())];
        }

        var keys = await db.Set<WorkflowDefinition>().AsNoTracking().Where(d => d.CurrentVersionId != null).Select(d => d.Key).Distinct().ToListAsync(cancellationToken);
        return ModelChecks.Check(process, new CheckContext(ReadExpression, handlers.Select(h => h.Name).ToHashSet(), keys.ToHashSet()));
    }

    private static BpmnReading ReadWithinLimit(string xml) =>
        xml.Length <= WorkflowLimits.Xml ? BpmnReader.Read(xml) : throw new InputException("xml", PlatformErrorCodes.TooLong, ("max", WorkflowLimits.Xml));

    private static (IReadOnlyList<string> Variables, string? Error) ReadExpression(string text)
    {
        try
        {
            return (Expression.Parse(text).Variables, null);
        }
        catch (ExpressionException error)
        {
            return ([], error.Message);
        }
    }

    private FindingDto Dto(ModelFinding finding) => new(
        finding.Code, finding.Severity, finding.ElementId,
        texts.Get("Finding:" + finding.Code, finding.Values.ToDictionary(v => v.Key, v => (object?)(v.Key == "type" ? texts.Get("VariableType:" + v.Value) : v.Value))));
}

/// <summary>A flow to begin drawing from: start, one task, end.</summary>
internal static class EmptyFlow
{
    public static string Xml(string key, string name)
    {
        var id = "Process_" + key.Replace('.', '_').Replace('-', '_');
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:pilot="urn:pilotplatform:bpmn" id="Definitions_1" targetNamespace="urn:pilotplatform:flows">
              <bpmn:process id="{id}" name="{SecurityElement.Escape(name)}" isExecutable="true">
                <bpmn:startEvent id="Start" name="开始"><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>
                <bpmn:userTask id="Task_1" name="办理"><bpmn:incoming>Flow_1</bpmn:incoming><bpmn:outgoing>Flow_2</bpmn:outgoing></bpmn:userTask>
                <bpmn:endEvent id="End" name="结束"><bpmn:incoming>Flow_2</bpmn:incoming></bpmn:endEvent>
                <bpmn:sequenceFlow id="Flow_1" sourceRef="Start" targetRef="Task_1" />
                <bpmn:sequenceFlow id="Flow_2" sourceRef="Task_1" targetRef="End" />
              </bpmn:process>
              <bpmndi:BPMNDiagram id="Diagram_1">
                <bpmndi:BPMNPlane id="Plane_1" bpmnElement="{id}">
                  <bpmndi:BPMNShape id="Start_di" bpmnElement="Start"><dc:Bounds x="160" y="102" width="36" height="36" /></bpmndi:BPMNShape>
                  <bpmndi:BPMNShape id="Task_1_di" bpmnElement="Task_1"><dc:Bounds x="260" y="80" width="100" height="80" /></bpmndi:BPMNShape>
                  <bpmndi:BPMNShape id="End_di" bpmnElement="End"><dc:Bounds x="424" y="102" width="36" height="36" /></bpmndi:BPMNShape>
                  <bpmndi:BPMNEdge id="Flow_1_di" bpmnElement="Flow_1"><di:waypoint x="196" y="120" /><di:waypoint x="260" y="120" /></bpmndi:BPMNEdge>
                  <bpmndi:BPMNEdge id="Flow_2_di" bpmnElement="Flow_2"><di:waypoint x="360" y="120" /><di:waypoint x="424" y="120" /></bpmndi:BPMNEdge>
                </bpmndi:BPMNPlane>
              </bpmndi:BPMNDiagram>
            </bpmn:definitions>
            """;
    }
}
