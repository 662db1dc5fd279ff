using System.Collections.Frozen;
using System.Text;

namespace PilotPlatform.NoticeImport.Rules;

/// <summary>
/// The word lists of rules.txt. A list is added there, under a heading in square brackets, one entry a line; code
/// never carries such a list itself.
/// </summary>
internal static class RuleLists
{
    private static readonly Lazy<FrozenDictionary<string, IReadOnlyList<string>>> Lists = new(Load);

    public static readonly IReadOnlyList<string> MetadataTitle = Get("metadata.title");
    public static readonly IReadOnlyList<string> MetadataNumber = Get("metadata.number");
    public static readonly IReadOnlyList<string> MetadataIssuer = Get("metadata.issuer");
    public static readonly IReadOnlyList<string> MetadataIssueDate = Get("metadata.issue-date");
    public static readonly IReadOnlyList<string> MetadataOther = Get("metadata.other");
    public static readonly IReadOnlyList<string> TitleEndings = Get("title.endings");
    public static readonly IReadOnlyList<string> OtherTitleEndings = Get("title.other-endings");
    public static readonly IReadOnlyList<string> TaskHeadings = Get("section.tasks");
    public static readonly IReadOnlyList<string> OtherHeadings = Get("section.not-tasks");
    public static readonly IReadOnlyList<string> PhaseHeadings = Get("section.phases");
    public static readonly IReadOnlyList<string> ScheduleHeadings = Get("section.schedules");
    public static readonly IReadOnlyList<string> TaskVerbs = Get("task.verbs");
    public static readonly IReadOnlyList<string> NumberWords = Get("number.words");
    public static readonly IReadOnlyList<string> TitlesOfNoPilot = Get("title.not-pilots");
    public static readonly IReadOnlyList<string> TitlesOfReports = Get("title.reports");
    public static readonly IReadOnlyList<string> ChaptersOfNoTask = Get("chapter.not-tasks");
    public static readonly IReadOnlyList<string> Safeguards = Get("item.safeguards");
    public static readonly IReadOnlyList<string> DueWords = Get("due.words");
    public static readonly IReadOnlyList<string> DueLabels = Get("due.labels");
    public static readonly IReadOnlyList<string> BrokenVerbs = Get("task.broken-verbs");
    public static readonly IReadOnlyList<string> TableTitle = Get("table.title");
    public static readonly IReadOnlyList<string> TableContent = Get("table.content");
    public static readonly IReadOnlyList<string> TableNumber = Get("table.number");
    public static readonly IReadOnlyList<string> TableLead = Get("table.lead");
    public static readonly IReadOnlyList<string> TableAssisting = Get("table.assisting");
    public static readonly IReadOnlyList<string> TableDue = Get("table.due");
    public static readonly IReadOnlyList<string> TableRegions = Get("table.regions");
    public static readonly IReadOnlyList<string> TablePlaces = Get("table.places");
    public static readonly IReadOnlyList<string> TableOther = Get("table.other");
    public static readonly IReadOnlyList<string> RegionLabels = Get("region.labels");
    public static readonly IReadOnlyList<string> RegionSuffixes = Get("region.suffixes");
    public static readonly IReadOnlyList<string> RegionAliases = Get("region.aliases");
    public static readonly IReadOnlyList<string> RegionGroups = Get("region.groups");
    public static readonly IReadOnlyList<string> ZoneSuffixes = Get("region.zone-suffixes");
    public static readonly IReadOnlyList<string> RegionLeads = Get("region.leads");
    public static readonly IReadOnlyList<string> OfficeSuffixes = Get("office.suffixes");
    public static readonly IReadOnlyList<string> OfficePrefixes = Get("office.prefixes");
    public static readonly IReadOnlyList<string> OfficeGeneric = Get("office.generic");
    public static readonly IReadOnlyList<string> LeadLabels = Get("office.lead-labels");
    public static readonly IReadOnlyList<string> AssistingLabels = Get("office.assisting-labels");
    public static readonly IReadOnlyList<string> LeadVerbs = Get("office.lead-verbs");
    public static readonly IReadOnlyList<string> AssistingVerbs = Get("office.assisting-verbs");
    public static readonly IReadOnlyList<string> DeliverableVerbs = Get("deliverable.verbs");
    public static readonly IReadOnlyList<string> DeliverableAdverbs = Get("deliverable.adverbs");
    public static readonly IReadOnlyList<string> DeliverableSuffixes = Get("deliverable.suffixes");
    public static readonly IReadOnlyList<string> BuiltSuffixes = Get("deliverable.built-suffixes");
    public static readonly IReadOnlyList<string> DeliverableLevels = Get("deliverable.levels");
    public static readonly IReadOnlyList<string> TaiwanWords = Get("taiwan.words");
    public static readonly IReadOnlyList<string> VariantCharacters = Get("variant.characters");
    public static readonly IReadOnlyList<string> MainContent = Get("html.main-content");

    /// <summary>The most common characters of official Chinese, as one string.</summary>
    public static readonly string CommonCharacters = string.Concat(Get("common.characters"));

    private static IReadOnlyList<string> Get(string name) =>
        Lists.Value.TryGetValue(name, out var list)
            ? list
            : throw new InvalidOperationException($"rules.txt has no list [{name}].");

    private static FrozenDictionary<string, IReadOnlyList<string>> Load()
    {
        const string resource = "PilotPlatform.NoticeImport.rules.txt";
        using var stream = typeof(RuleLists).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? current = null;
        while (reader.ReadLine() is { } line)
        {
            line = line.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                lists[line[1..^1]] = current = [];
            }
            else
            {
                (current ?? throw new InvalidOperationException("rules.txt has an entry before its first heading."))
                    .AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return lists.ToFrozenDictionary(p => p.Key, p => (IReadOnlyList<string>)p.Value.AsReadOnly(), StringComparer.Ordinal);
    }
}
