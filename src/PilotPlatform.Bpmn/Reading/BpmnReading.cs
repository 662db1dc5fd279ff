namespace PilotPlatform.Bpmn;

/// <summary>The outcome of reading a document: a model, or the reasons why not.</summary>
/// <param name="Model">The model; null when anything was refused.</param>
/// <param name="Refusals">What cannot be executed or understood, in document order; empty when there is a model.</param>
public sealed record BpmnReading(BpmnModel? Model, IReadOnlyList<Refusal> Refusals);

/// <summary>One element that is refused.</summary>
/// <param name="ElementId">Its id; when it has none, the id of the nearest element around it that has one.</param>
/// <param name="ElementType">Its local name, such as <c>complexGateway</c>.</param>
/// <param name="Reason">A stable code in kebab case, such as <c>unsupported-element</c>.</param>
/// <param name="Line">Its line in the document, from 1; 0 when unknown.</param>
public sealed record Refusal(string ElementId, string ElementType, string Reason, int Line);
