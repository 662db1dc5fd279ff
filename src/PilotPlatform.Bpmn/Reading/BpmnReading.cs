namespace PilotPlatform.Bpmn;

/// <summary>The outcome of reading a document: a model, or the reasons why not.</summary>
/// <param name="Model">The model; null when anything was refused.</param>
/// <param name="Refusals">What cannot be executed or understood, in document order; empty when there is a model.</param>
public sealed record BpmnReading(BpmnModel? Model, IReadOnlyList<Refusal> Refusals);

/// <summary>One element that is refused. Each unsupported element has one, supported ones have none.</summary>
/// <param name="ElementId">
/// The id of what a person would select to remove it: for an event definition, a loop or an extension of ours that of the
/// flow node that carries it; otherwise the element's own; when there is none, that of the nearest element around it, or <c>-</c>.
/// </param>
/// <param name="ElementType">The local name of the offending element itself, such as <c>complexGateway</c> or <c>signalEventDefinition</c>.</param>
/// <param name="Reason">One of <see cref="RefusalReasons"/>, such as <c>unsupported-element</c>.</param>
/// <param name="Line">Its line in the document, from 1; 0 when unknown.</param>
public sealed record Refusal(string ElementId, string ElementType, string Reason, int Line);
