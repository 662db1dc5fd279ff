using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace PilotPlatform.NoticeImport;

/// <summary>Writes a draft in the exchange format: one JSON object a notice, unknown values left out.</summary>
public static class NoticeDraftJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The JSON of a draft.</summary>
    /// <param name="draft">The draft.</param>
    public static string Write(NoticeDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return Build(json =>
        {
            Text(json, "title", draft.Title);
            Text(json, "issuingBody", draft.IssuingBody);
            Text(json, "documentNumber", draft.DocumentNumber);
            Text(json, "issueDate", Iso(draft.IssueDate));
            json.WriteString("kind", KindName(draft.Kind));
            Texts(json, "regions", draft.Regions);
            json.WriteStartArray("themes");
            foreach (var theme in draft.Themes)
            {
                WriteTheme(json, theme);
            }

            json.WriteEndArray();
            json.WriteStartArray("phases");
            foreach (var phase in draft.Phases)
            {
                json.WriteStartObject();
                json.WriteString("name", phase.Name);
                Text(json, "start", Iso(phase.Start));
                Text(json, "end", Iso(phase.End));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Texts(json, "deliverableKinds", draft.DeliverableKinds);
            json.WriteStartArray("targets");
            foreach (var target in draft.Targets)
            {
                json.WriteStartObject();
                json.WriteString("value", target.Value);
                json.WriteString("what", target.What);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("reporting");
            foreach (var duty in draft.Reporting)
            {
                json.WriteStartObject();
                json.WriteString("what", duty.What);
                Text(json, "to", duty.To);
                Text(json, "when", duty.When);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("counts");
            foreach (var count in draft.Counts)
            {
                json.WriteStartObject();
                json.WriteNumber("number", count.Number);
                json.WriteString("unit", count.Unit);
                json.WriteString("what", count.What);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("learnedFrom");
            foreach (var learned in draft.LearnedFrom)
            {
                json.WriteStartObject();
                json.WriteString("region", learned.Region);
                json.WriteString("what", learned.What);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Texts(json, "gaps", draft.Gaps);
            WriteQuestions(json, draft.Questions);
            json.WriteStartObject("confidence");
            foreach (var (path, confidence) in draft.Confidence)
            {
                json.WriteStartObject(path);
                json.WriteNumber("value", confidence.Value);
                json.WriteString("basis", BasisName(confidence.Basis));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    /// <summary>The JSON of a refused notice: no theme, and the refusal as its one question.</summary>
    /// <param name="refusal">The refusal.</param>
    public static string Write(NoticeRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return Build(json =>
        {
            Texts(json, "themes", []);
            WriteQuestions(json, [new NoticeQuestion(refusal.Code, refusal.Reason, null)]);
        });
    }

    private static void WriteTheme(Utf8JsonWriter json, ThemeDraft theme)
    {
        json.WriteStartObject();
        json.WriteString("number", theme.Number);
        json.WriteString("title", theme.Title);
        Texts(json, "regions", theme.Regions);
        Texts(json, "offices", theme.Offices);
        Texts(json, "leadOffices", theme.LeadOffices);
        Texts(json, "assistingOffices", theme.AssistingOffices);
        if (theme.Due is { } due)
        {
            json.WriteString("dueText", due.Text);
            Text(json, "dueDate", Iso(due.Date));
            Text(json, "duePrecision", due.Precision is { } precision ? PrecisionName(precision) : null);
            json.WriteBoolean("soft", due.Soft);
        }

        Texts(json, "deliverables", theme.Deliverables);
        Texts(json, "targets", theme.Targets.Select(t => t.What + t.Value));
        WriteSpan(json, theme.Span);
        json.WriteEndObject();
    }

    private static void WriteQuestions(Utf8JsonWriter json, IEnumerable<NoticeQuestion> questions)
    {
        json.WriteStartArray("questions");
        foreach (var question in questions)
        {
            json.WriteStartObject();
            json.WriteString("code", question.Code);
            json.WriteString("text", question.Text);
            if (question.Span is { } span)
            {
                WriteSpan(json, span);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Build(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteSpan(Utf8JsonWriter json, SourceSpan span)
    {
        json.WriteStartArray("span");
        json.WriteNumberValue(span.Start);
        json.WriteNumberValue(span.Length);
        json.WriteEndArray();
    }

    private static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string KindName(NoticeKind kind) => kind switch
    {
        NoticeKind.PilotNotice => "pilot-notice",
        NoticeKind.WorkPlan => "work-plan",
        NoticeKind.WorkPoints => "work-points",
        NoticeKind.TaskSheet => "task-sheet",
        NoticeKind.Interpretation => "interpretation",
        _ => "other",
    };

    private static string BasisName(ConfidenceBasis basis) => basis switch
    {
        ConfidenceBasis.Confirmed => "confirmed",
        ConfidenceBasis.Labelled => "labelled",
        ConfidenceBasis.Pattern => "pattern",
        ConfidenceBasis.Inherited => "inherited",
        ConfidenceBasis.Inferred => "inferred",
        _ => "assumed",
    };

    private static string PrecisionName(DuePrecision precision) => precision switch
    {
        DuePrecision.Day => "day",
        DuePrecision.Month => "month",
        DuePrecision.Quarter => "quarter",
        DuePrecision.HalfYear => "half-year",
        _ => "year",
    };
}
