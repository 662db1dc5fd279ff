using System.Runtime.CompilerServices;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace PilotPlatform.Bpmn.Tests.Schema;

/// <summary>The OMG's schema of BPMN 2.0, which comes with bpmn-moddle and is no part of the repository.</summary>
internal sealed class BpmnSchema
{
    public static readonly XNamespace Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static readonly Lazy<BpmnSchema> Loaded = new(() => new BpmnSchema(Folder!));
    private readonly ILookup<XmlQualifiedName, XmlSchemaElement> members;

    private BpmnSchema(string folder)
    {
        Set = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        Set.Add(null, Path.Combine(folder, "BPMN20.xsd"));
        Set.Compile();
        members = Set.GlobalElements.Values.Cast<XmlSchemaElement>().Where(e => !e.SubstitutionGroup.IsEmpty).ToLookup(e => e.SubstitutionGroup);
    }

    public static string? Folder { get; } = Find();

    public static BpmnSchema Instance => Loaded.Value;

    public XmlSchemaSet Set { get; }

    /// <summary>The elements that may stand where an element is asked for.</summary>
    public IReadOnlyList<XmlSchemaElement> Choices(XmlSchemaElement element) =>
        element.RefName.IsEmpty ? [element] : WithMembers((XmlSchemaElement)Set.GlobalElements[element.RefName]!).Where(e => !IsAbstract(e)).ToList();

    public static bool IsAbstract(XmlSchemaElement element) =>
        element.IsAbstract || element.ElementSchemaType is XmlSchemaComplexType { IsAbstract: true };

    public IReadOnlyList<string> Errors(XDocument document)
    {
        var errors = new List<string>();
        document.Validate(Set, (_, e) => errors.AddRange(e.Severity == XmlSeverityType.Error ? [e.Message] : [])); // what others add is a warning
        return errors;
    }

    private IEnumerable<XmlSchemaElement> WithMembers(XmlSchemaElement head) => members[head.QualifiedName].SelectMany(WithMembers).Prepend(head);

    private static string? Find([CallerFilePath] string here = "")
    {
        for (var folder = new FileInfo(here).Directory; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PilotPlatform.sln")))
            {
                string[] places = ["angular", "test/PilotPlatform.Bpmn.Tests/Differential/driver"];
                return places.Select(p => Path.Combine(folder.FullName, p, "node_modules/bpmn-moddle/resources/bpmn/xsd")).FirstOrDefault(Directory.Exists);
            }
        }

        return null;
    }
}

/// <summary>A test that needs the schema, reported as skipped where the packages of npm are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SchemaFactAttribute : FactAttribute
{
    public SchemaFactAttribute()
    {
        if (BpmnSchema.Folder is null)
        {
            Skip = "bpmn-moddle, which brings the schema, is not installed.";
        }
    }
}
