using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Tests.Execution;

/// <summary>Draws a process in few words and gives it as BPMN XML. A flow's id is <c>source-target</c>, the default is named by its target.</summary>
internal sealed class Drawing
{
    public static readonly XNamespace Bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    public static readonly XNamespace Pilot = "urn:pilotplatform:bpmn";
    public static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    private readonly XElement scope;
    private readonly Drawing root;
    private readonly HashSet<string> errors = [];
    private readonly HashSet<string> messages = [];

    public Drawing()
    {
        scope = new XElement(Bpmn + "process", new XAttribute("id", "p"), new XAttribute("isExecutable", true));
        root = this;
    }

    private Drawing(XElement scope, Drawing root)
    {
        this.scope = scope;
        this.root = root;
    }

    public Drawing Start(string id) => Add("startEvent", id);

    public Drawing StartByTimer(string id, string duration) => Add("startEvent", id, Timer("timeDuration", duration));

    public Drawing StartByMessage(string id, string message) => Add("startEvent", id, Message(message));

    public Drawing End(string id) => Add("endEvent", id);

    public Drawing Terminate(string id) => Add("endEvent", id, new XElement(Bpmn + "terminateEventDefinition"));

    public Drawing Error(string id, string code) => Add("endEvent", id, ErrorOf(code));

    public Drawing User(string id, Loop? loop = null, string? otherwise = null) => Activity("userTask", id, loop, otherwise);

    public Drawing Service(string id, Loop? loop = null, string? otherwise = null) => Activity("serviceTask", id, loop, otherwise);

    public Drawing Send(string id, Loop? loop = null, string? otherwise = null) => Activity("sendTask", id, loop, otherwise);

    public Drawing Manual(string id, Loop? loop = null, string? otherwise = null) => Activity("manualTask", id, loop, otherwise);

    public Drawing Abstract(string id, Loop? loop = null, string? otherwise = null) => Activity("task", id, loop, otherwise);

    public Drawing CallActivity(string id, Loop? loop = null, string? otherwise = null) =>
        Activity("callActivity", id, loop, otherwise, new XAttribute("calledElement", "other"));

    public Drawing Sub(string id, Action<Drawing> inside, Loop? loop = null, string? otherwise = null)
    {
        var element = Element("subProcess", id, otherwise);
        inside(new Drawing(element, root));
        if (loop is not null)
        {
            element.Add(Xml(loop));
        }

        scope.Add(element);
        return this;
    }

    public Drawing Xor(string id, string? otherwise = null) => Add("exclusiveGateway", id, otherwise);

    public Drawing And(string id) => Add("parallelGateway", id);

    public Drawing Or(string id, string? otherwise = null) => Add("inclusiveGateway", id, otherwise);

    public Drawing First(string id) => Add("eventBasedGateway", id);

    public Drawing Wait(string id, string duration) => Add("intermediateCatchEvent", id, Timer("timeDuration", duration));

    public Drawing WaitUntil(string id, string date) => Add("intermediateCatchEvent", id, Timer("timeDate", date));

    public Drawing Receive(string id, string message) => Add("intermediateCatchEvent", id, Message(message));

    public Drawing OnTimer(string id, string host, string text, bool interrupting = true, string kind = "timeDuration") =>
        Boundary(id, host, interrupting, Timer(kind, text));

    public Drawing OnError(string id, string host, string? code) => Boundary(id, host, true, ErrorOf(code));

    /// <summary>With how many tokens an activity begins, and how many leave it.</summary>
    public Drawing Quantity(string id, int start = 1, int completion = 1)
    {
        var activity = scope.Elements().Single(e => (string?)e.Attribute("id") == id);
        activity.SetAttributeValue("startQuantity", start);
        activity.SetAttributeValue("completionQuantity", completion);
        return this;
    }

    /// <summary>A line of flows through nodes.</summary>
    public Drawing Line(params string[] nodes)
    {
        foreach (var (from, to) in nodes.Zip(nodes.Skip(1)))
        {
            Flow(from, to);
        }

        return this;
    }

    public Drawing Flow(string from, string to, string? condition = null)
    {
        var flow = new XElement(
            Bpmn + "sequenceFlow", new XAttribute("id", $"{from}-{to}"), new XAttribute("sourceRef", from), new XAttribute("targetRef", to));
        if (condition is not null)
        {
            flow.Add(new XElement(Bpmn + "conditionExpression", new XAttribute(Xsi + "type", "tFormalExpression"), condition));
        }

        scope.Add(flow);
        return this;
    }

    public string ToXml() => new XElement(
        Bpmn + "definitions",
        new XAttribute("id", "definitions"), new XAttribute("targetNamespace", "urn:test"),
        new XAttribute(XNamespace.Xmlns + "pilot", Pilot), new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
        root.errors.Order(StringComparer.Ordinal).Select(e => new XElement(Bpmn + "error", new XAttribute("id", "error_" + e), new XAttribute("name", e), new XAttribute("errorCode", e))),
        root.messages.Order(StringComparer.Ordinal).Select(m => new XElement(Bpmn + "message", new XAttribute("id", "message_" + m), new XAttribute("name", m))),
        root.scope).ToString();

    public ProcessModel Read()
    {
        var reading = BpmnReader.Read(ToXml());
        reading.Refusals.ShouldBeEmpty();
        return reading.Model!.Processes[0];
    }

    private Drawing Add(string type, string id, XElement definition) => Add(type, id, null, definition);

    private Drawing Add(string type, string id, string? otherwise = null, XElement? definition = null)
    {
        var element = Element(type, id, otherwise);
        element.Add(definition);
        scope.Add(element);
        return this;
    }

    private Drawing Activity(string type, string id, Loop? loop, string? otherwise, XAttribute? more = null)
    {
        var element = Element(type, id, otherwise);
        element.Add(more);
        if (loop is not null)
        {
            element.Add(Xml(loop));
        }

        scope.Add(element);
        return this;
    }

    private static XElement Element(string type, string id, string? otherwise) => new(
        Bpmn + type, new XAttribute("id", id), otherwise is null ? null : new XAttribute("default", $"{id}-{otherwise}"));

    private Drawing Boundary(string id, string host, bool interrupting, XElement definition)
    {
        scope.Add(new XElement(
            Bpmn + "boundaryEvent", new XAttribute("id", id), new XAttribute("attachedToRef", host),
            new XAttribute("cancelActivity", interrupting), definition));
        return this;
    }

    private static XElement Timer(string kind, string text) =>
        new(Bpmn + "timerEventDefinition", new XElement(Bpmn + kind, new XAttribute(Xsi + "type", "tFormalExpression"), text));

    private XElement Message(string name)
    {
        root.messages.Add(name);
        return new XElement(Bpmn + "messageEventDefinition", new XAttribute("messageRef", "message_" + name));
    }

    private XElement ErrorOf(string? code)
    {
        if (code is null)
        {
            return new XElement(Bpmn + "errorEventDefinition");
        }

        root.errors.Add(code);
        return new XElement(Bpmn + "errorEventDefinition", new XAttribute("errorRef", "error_" + code));
    }

    private static XElement Xml(Loop loop) => new(
        Bpmn + "multiInstanceLoopCharacteristics",
        new XAttribute("isSequential", loop.Sequential),
        loop.Over is null ? null : new XAttribute(Pilot + "collection", loop.Over),
        loop.Item is null ? null : new XAttribute(Pilot + "itemVariable", loop.Item),
        loop.Into is null ? null : new XAttribute(Pilot + "outputCollection", loop.Into),
        loop.Output is null ? null : new XAttribute(Pilot + "outputItem", loop.Output),
        loop.Count is null ? null : new XElement(Bpmn + "loopCardinality", loop.Count),
        loop.Until is null ? null : new XElement(Bpmn + "completionCondition", loop.Until));
}

internal sealed record Loop(
    string? Count = null, string? Over = null, string? Item = null, string? Until = null, string? Into = null, string? Output = null,
    bool Sequential = false);
