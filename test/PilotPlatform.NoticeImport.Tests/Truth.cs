using System.Text;
using System.Text.Json;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>Compares a draft with hand-checked truth, the way the scorer does, but exactly.</summary>
internal static class Truth
{
    public static void ShouldHold(NoticeDraft draft, string truthFile)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(truthFile));
        var truth = json.RootElement;
        Norm(draft.Title).ShouldBe(Norm(Text(truth, "source_title")));
        Norm(draft.IssuingBody).ShouldBe(Norm(Text(truth, "issuing_body")));
        Norm(draft.DocumentNumber).ShouldBe(Norm(Text(truth, "doc_number")));
        draft.IssueDate?.ToString("yyyy-MM-dd", null).ShouldBe(Text(truth, "issue_date"));
        if (truth.TryGetProperty("pilot_regions", out var regions))
        {
            draft.Regions.Select(Norm).ShouldBe(Norms(regions));
        }

        var themes = truth.GetProperty("themes").EnumerateArray().ToList();
        draft.Themes.Select(t => t.Number).ShouldBe(themes.Select(t => Text(t, "no")));
        foreach (var (theme, want) in draft.Themes.Zip(themes))
        {
            Norm(theme.Title).ShouldBe(Norm(Text(want, "title")));
            if (want.TryGetProperty("pilot_regions", out var own))
            {
                theme.Regions.Select(Norm).ShouldBe(Norms(own));
            }

            if (want.TryGetProperty("responsible_units", out var units))
            {
                theme.Offices.Select(Norm).ShouldBe(Norms(units));
            }

            var due = Text(want, "deadline_iso") ?? Text(want, "deadline_iso_loose");
            if (due is not null)
            {
                theme.Due?.Date?.ToString("yyyy-MM-dd", null).ShouldBe(due, theme.Title);
            }

            if (truth.TryGetProperty("deliverables_per_theme", out var deliverables))
            {
                theme.Deliverables.ShouldBe(deliverables.TryGetProperty(theme.Number, out var named) ? Norms(named) : [], theme.Title);
            }
        }

        if (truth.TryGetProperty("phases", out var phases))
        {
            draft.Phases.Select(p => (p.Name, Iso(p.Start), Iso(p.End)))
                .ShouldBe(phases.EnumerateArray().Select(p => (Text(p, "name")!, Text(p, "start"), Text(p, "end"))));
        }
    }

    private static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", null);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> Norms(JsonElement array) => [.. array.EnumerateArray().Select(e => Norm(e.GetString()))];

    private static string Norm(string? text) =>
        string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
}
