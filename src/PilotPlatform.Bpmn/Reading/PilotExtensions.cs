using System.Collections.Frozen;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using static PilotPlatform.Bpmn.BpmnNames;

namespace PilotPlatform.Bpmn.Reading;

/// <summary>Reads our extension elements. Ours are taken at their word: a value they cannot have, or a name we do not know, is refused.</summary>
internal static class PilotExtensions
{
    private static readonly FrozenSet<string> OnNodes = new[]
    {
        "assignee", "form", "due", "completedBy", "confidential", "service", "text",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static void RefuseUnknown(XElement node, RefusalList refusals)
    {
        foreach (var extension in Extensions(node).Where(e => !OnNodes.Contains(e.Name.LocalName)))
        {
            refusals.Add(extension, RefusalReasons.UnknownExtension);
        }
    }

    public static IReadOnlyList<VariableDeclaration> Variables(XElement process, RefusalList refusals)
    {
        foreach (var unknown in Extensions(process).Where(e => e.Name != Pilot + "variables"))
        {
            refusals.Add(unknown, RefusalReasons.UnknownExtension);
        }

        var declared = new Dictionary<string, VariableDeclaration>(StringComparer.Ordinal);
        foreach (var variable in Extensions(process).Where(e => e.Name == Pilot + "variables").Elements())
        {
            var name = Attribute(variable, "name");
            if (variable.Name != Pilot + "variable")
            {
                refusals.Add(variable, RefusalReasons.UnknownExtension);
            }
            else if (name is null || !IsVariableName(name) || !TryEnum<VariableType>(variable, "type", VariableType.Text, out var type)
                || !declared.TryAdd(name, new VariableDeclaration(name, type, Attribute(variable, "label"))))
            {
                refusals.Add(variable, RefusalReasons.InvalidExtension);
            }
        }

        return declared.Values.ToList();
    }

    public static AssigneeRule? Assignee(XElement node, RefusalList refusals)
    {
        if (Extension(node, "assignee", refusals) is not { } element)
        {
            return null;
        }

        // Both are tried: "|" and not "||".
        if (!TryEnum<AssigneeKind>(element, "kind", AssigneeKind.Role, out var kind)
            | !TryEnum<RegionRole>(element, "region", RegionRole.Subject, out var region))
        {
            refusals.Add(element, RefusalReasons.InvalidExtension);
        }

        var excluded = new List<string>();
        foreach (var child in element.Elements())
        {
            if (child.Name != Pilot + "notWhoDid")
            {
                refusals.Add(child, RefusalReasons.UnknownExtension);
            }
            else if (Attribute(child, "step") is { } step)
            {
                excluded.Add(step);
            }
            else
            {
                refusals.Add(child, RefusalReasons.InvalidExtension);
            }
        }

        return new AssigneeRule(kind, Attribute(element, "value") ?? "", region, excluded);
    }

    public static HumanWork Work(XElement node, RefusalList refusals)
    {
        var assignee = Assignee(node, refusals);
        var form = Extension(node, "form", refusals);
        var due = Extension(node, "due", refusals);
        var batch = false;
        if (form is not null && !TryFlag(form, "batch", out batch))
        {
            refusals.Add(form, RefusalReasons.InvalidExtension);
        }

        if (due is not null && Attribute(due, "calendar") is not (null or "working"))
        {
            refusals.Add(due, RefusalReasons.InvalidExtension);
        }

        return new HumanWork(
            assignee,
            form is null ? [] : Fields(form, refusals),
            batch,
            due is null ? null : Attribute(due, "value"),
            due is not null && Attribute(due, "calendar") == "working",
            Extension(node, "completedBy", refusals) is { } by ? Attribute(by, "event") : null,
            Extension(node, "confidential", refusals) is not null);
    }

    public static (string? Handler, RegionRole ActsFor, RetryRule Retry) Service(XElement node, RefusalList refusals)
    {
        if (Extension(node, "service", refusals) is not { } element)
        {
            return (null, RegionRole.Subject, RetryRule.Default);
        }

        var attempts = RetryRule.Default.Attempts;
        var wait = RetryRule.Default.FirstWait;
        if (!TryEnum<RegionRole>(element, "actsFor", RegionRole.Subject, out var actsFor)
            || (Attribute(element, "attempts") is { } text
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out attempts) || attempts is < 1 or > 10))
            || (Attribute(element, "firstWait") is { } duration && !TryDuration(duration, out wait)))
        {
            refusals.Add(element, RefusalReasons.InvalidExtension);
        }

        return (Attribute(element, "handler"), actsFor, new RetryRule(attempts, wait));
    }

    public static string? Text(XElement node) => ProcessReader.TextOf(Extensions(node).FirstOrDefault(e => e.Name == Pilot + "text"));

    private static List<FormField> Fields(XElement form, RefusalList refusals)
    {
        var fields = new List<FormField>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in form.Elements())
        {
            if (element.Name != Pilot + "field")
            {
                refusals.Add(element, RefusalReasons.UnknownExtension);
                continue;
            }

            var name = Attribute(element, "name");
            if (name is null || !IsVariableName(name) || names.Contains(name)
                || !TryEnum<FieldKind>(element, "kind", FieldKind.Text, out var kind) || !TryFlag(element, "required", out var required))
            {
                refusals.Add(element, RefusalReasons.InvalidExtension);
                continue;
            }

            var options = new List<FormOption>();
            foreach (var option in element.Elements())
            {
                if (option.Name != Pilot + "option")
                {
                    refusals.Add(option, RefusalReasons.UnknownExtension);
                }
                else if (Attribute(option, "value") is { } value)
                {
                    options.Add(new FormOption(value, Attribute(option, "label") ?? value));
                }
                else
                {
                    refusals.Add(option, RefusalReasons.InvalidExtension);
                }
            }

            names.Add(name);
            fields.Add(new FormField(name, Attribute(element, "label") ?? name, kind, required, options));
        }

        return fields;
    }

    /// <summary>The one extension of that name; a second one says something else and is refused.</summary>
    private static XElement? Extension(XElement node, string name, RefusalList refusals)
    {
        var found = Extensions(node).Where(e => e.Name == Pilot + name).ToList();
        foreach (var further in found.Skip(1))
        {
            refusals.Add(further, RefusalReasons.InvalidExtension);
        }

        return found.FirstOrDefault();
    }

    private static IEnumerable<XElement> Extensions(XElement element) =>
        element.Elements(Model + "extensionElements").Elements().Where(e => e.Name.Namespace == Pilot);

    private static string? Attribute(XElement element, string name) =>
        ((string?)element.Attribute(name))?.Trim() is { Length: > 0 } value ? value : null;

    internal static bool IsVariableName(string name) =>
        char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool TryEnum<T>(XElement element, string attribute, T otherwise, out T value)
        where T : struct, Enum
    {
        value = otherwise;
        return Attribute(element, attribute) is not { } text
            || (Enum.TryParse(text, ignoreCase: false, out value) && Enum.GetName(value) == text);
    }

    private static bool TryFlag(XElement element, string attribute, out bool value)
    {
        value = Attribute(element, attribute) is "true" or "1";
        return Attribute(element, attribute) is null or "true" or "1" or "false" or "0";
    }

    private static bool TryDuration(string text, out TimeSpan value)
    {
        try
        {
            value = XmlConvert.ToTimeSpan(text);
            return value > TimeSpan.Zero;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            value = default;
            return false;
        }
    }
}
