using System.Globalization;
using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Questions;

/// <summary>
/// Values that are not certain enough to stand unasked: one question for each kind of value, however many there are. What
/// has a question of its own already (a lost character, an open year, a target with two readings) is not asked twice.
/// </summary>
internal sealed class UncertainValues
{
    private const int MostNamed = 5;

    private static readonly Regex Index = Pattern.Of(@"\[\d+\]");

    private static readonly Dictionary<string, (string What, string Why)> Kinds = new(StringComparer.Ordinal)
    {
        ["issuingBody"] = ("发文单位", "原文写的是简称"),
        ["regions"] = ("试点地区", "从行文中推断"),
        ["phases.dates"] = ("阶段时间", "年份由上下文推断"),
        ["themes.title"] = ("任务", "没有写明责任单位或试点地区，按措辞识别"),
        ["themes.due"] = ("完成时限", "取自下级条目"),
    };

    private readonly Dictionary<string, List<(string Text, TextRange Range)>> _values = new(StringComparer.Ordinal);

    public void Add(string path, string text, TextRange passage)
    {
        var kind = Index.Replace(path, "");
        if (!_values.TryGetValue(kind, out var values))
        {
            _values[kind] = values = [];
        }

        values.Add((text, passage));
    }

    public IEnumerable<(string Text, TextRange Range)> Ask()
    {
        foreach (var (kind, values) in _values)
        {
            if (Kinds.TryGetValue(kind, out var words))
            {
                var named = string.Concat(values.Take(MostNamed).Select(v => $"“{v.Text}”"));
                var more = values.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $"等{values.Count}处") : "";
                yield return ($"{words.What}{named}{more}{words.Why}，请核对。", values[0].Range);
            }
        }
    }
}
