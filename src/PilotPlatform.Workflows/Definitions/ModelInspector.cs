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
    public BpmnModel Read(string xml)
    {
        if (xml.Length > WorkflowLimits.Xml)
        {
            throw new InputException("xml", PlatformErrorCodes.TooLong, ("max", WorkflowLimits.Xml));
        }

        var reading = BpmnReader.Read(xml);
        return reading.Model ?? throw new InputException(
        [.. reading.Refusals.Take(PagedInput.MaxPage).Select(r => new FieldError(
            "xml", WorkflowsErrorCodes.ModelRefused,
            new Dictionary<string, object?> { ["element"] = r.ElementId, ["type"] = r.ElementType, ["reason"] = r.Reason, ["line"] = r.Line }))]);
    }

    public async Task<CheckResultDto> CheckAsync(string xml, CancellationToken cancellationToken)
    {
        if (xml.Length > WorkflowLimits.Xml)
        {
            throw new InputException("xml", PlatformErrorCodes.TooLong, ("max", WorkflowLimits.Xml));
        }

        var reading = BpmnReader.Read(xml);
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

    public IReadOnlyList<DifferenceDto> Compare(string before, string after)
    {
        var (one, other) = (Read(before).Main, Read(after).Main);
        return one is null || other is null ? []
            : [.. ModelDiff.Compare(one, other).Select(d => new DifferenceDto(d.ElementId, d.Kind, d.ElementType, d.Name, d.Properties))];
    }

    public IReadOnlyDictionary<string, string> NamesOf(string xml) =>
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
            return [new ModelFinding("no-main-process", FindingSeverity.Error, model.Processes.FirstOrDefault()?.Id ?? "", new Dictionary<string, string>())];
        }

        var keys = await db.Set<WorkflowDefinition>().AsNoTracking().Where(d => d.CurrentVersionId != null).Select(d => d.Key).Distinct().ToListAsync(cancellationToken);
        return ModelChecks.Check(process, new CheckContext(ReadExpression, handlers.Select(h => h.Name).ToHashSet(), keys.ToHashSet()));
    }

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
        texts.Get("Finding:" + finding.Code, finding.Values.ToDictionary(v => v.Key, v => (object?)v.Value)));
}

/// <summary>A flow to begin drawing from: start, one task, end.</summary>
internal static class EmptyFlow
{
    public static string Xml(string key, string name)
    {
        var id = "Process_" + key.Replace('.', '_').Replace('-', '_');
        var start = new StartEvent("Start", "开始", null);
        var task = new UserTask("Task_1", "办理", null, null, new HumanWork(null, [], false, null, false, null, false));
        var end = new EndEvent("End", "结束", EndKind.None, null);
        var process = new ProcessModel(id, name, true, [], new FlowScope(
            id, [start, task, end], [new SequenceFlow("Flow_1", null, start.Id, task.Id, null), new SequenceFlow("Flow_2", null, task.Id, end.Id, null)]));
        return BpmnWriter.Write(BpmnModelBuilder.Build(process));
    }
}
