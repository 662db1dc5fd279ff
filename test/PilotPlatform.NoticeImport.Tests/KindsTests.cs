using System.Text;
using System.Text.Json;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>
/// Whole notices of many kinds, written for these tests in the forms that offices use (folder Kinds), each with its truth in the scorer's format: replies,
/// lists of measures to copy, plans with label lines, sheets with merged headers, notices in one line, with pinyin, with
/// lost digits; and texts that set no task (neg-…).
/// </summary>
public class KindsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Kinds");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Notice_IsReadAsItsTruth(string name)
    {
        var page = Path.Combine(Folder, name + ".html");
        var draft = (File.Exists(page)
            ? NoticeReader.Read(File.ReadAllBytes(page), NoticeFormat.Html)
            : NoticeReader.Read(File.ReadAllBytes(Path.Combine(Folder, name + ".txt")), NoticeFormat.Text)).Draft.ShouldNotBeNull();
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        var truth = json.RootElement;

        Norm(draft.DocumentNumber).ShouldBe(Norm(Text(truth, "doc_number")));
        if (Text(truth, "source_title") is { } title)
        {
            new[] { Norm(title), Norm(Text(truth, "plan_title")) }.ShouldContain(Norm(draft.Title));
        }

        if (Text(truth, "issuing_body") is { } issuer)
        {
            draft.IssuingBody.ShouldBe(Norm(issuer));
            draft.IssueDate?.ToString("yyyy-MM-dd", null).ShouldBe(Text(truth, "issue_date"));
        }

        Same(truth, "pilot_regions", draft.Regions, name);
        var ends = truth.TryGetProperty("phases", out var phases) ? phases.EnumerateArray().Select(p => Text(p, "end")).ToList() : [];
        draft.Phases.Select(p => p.End?.ToString("yyyy-MM-dd", null)).Where(_ => ends.Count > 0).ShouldBe(ends);
        if (truth.TryGetProperty("themes_optional", out _))
        {
            return;
        }

        var themes = truth.GetProperty("themes").EnumerateArray().ToList();
        draft.Themes.Select(t => t.Title).ShouldBe(themes.Select(t => Norm(Text(t, "title"))));
        foreach (var (theme, want) in draft.Themes.Zip(themes))
        {
            Same(want, "pilot_regions", theme.Regions, theme.Title);
            Same(want, "responsible_units", [.. theme.Offices.Except(List(want, "generic_units"))], theme.Title, List(want, "generic_units"));
            if (Text(want, "deadline_iso") is { } due)
            {
                theme.Due.ShouldNotBeNull(theme.Title).Date?.ToString("yyyy-MM-dd", null).ShouldBe(due, theme.Title);
            }
        }
    }

    private static void Same(JsonElement truth, string name, IEnumerable<string> values, string what, IReadOnlyList<string>? but = null)
    {
        if (truth.TryGetProperty(name, out _))
        {
            values.ShouldBe(List(truth, name).Except(but ?? []), ignoreOrder: true, customMessage: what);
        }
    }

    private static List<string> List(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(e => Norm(e.GetString()))] : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Norm(string? text) =>
        string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
}
