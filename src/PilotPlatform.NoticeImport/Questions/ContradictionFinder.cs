using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Phases;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Questions;

/// <summary>
/// Finds tasks of an annex whose due date lies outside the stage that the body puts the same work in. The annex and
/// the body use different words, so clauses are compared by what they share.
/// </summary>
internal static class ContradictionFinder
{
    private const double EnoughShared = 0.6;
    private const int MostClauses = 100;

    private static readonly Regex Verbs = Pattern.Of("^(?:" + Pattern.AnyOf(RuleLists.TaskVerbs) + "|出台|签订|承接|任命)+");
    private static readonly Regex SupportingRules = Pattern.Of(@"(?:配套|相关|有关)[\u3400-\u9fff]{0,4}制度$");

    /// <summary>The stage that does the same work at another time; null where none does.</summary>
    public static (Phase Phase, TextRange Clause)? Find(CleanText clean, TextRange title, DueDraft due, IReadOnlyList<Phase> phases)
    {
        if (due.Date is not { } date || due.Precision is not (DuePrecision.Day or DuePrecision.Month))
        {
            return null;
        }

        var task = Brackets.Split(clean.Text, title, ",;。").Select(clean.Slice).FirstOrDefault() ?? "";
        foreach (var phase in phases)
        {
            if (phase.Draft is not { Start: not null, End: not null } || (date >= phase.Draft.Start && date <= phase.Draft.End))
            {
                continue;
            }

            foreach (var clause in Brackets.Split(clean.Text, TextRange.Between(phase.Name.End, phase.Text.End), ",;。\n").Take(MostClauses))
            {
                if (IsSameWork(task, clean.Slice(clause)))
                {
                    return (phase, clause);
                }
            }
        }

        return null;
    }

    internal static bool IsSameWork(string task, string clause)
    {
        // 出台配套工作制度 takes in every 制度 that the annex lists.
        if (SupportingRules.IsMatch(clause))
        {
            return task.EndsWith("制度", StringComparison.Ordinal);
        }

        var (a, b) = (Core(task), Core(clause));
        if (a.Length < 4 || b.Length < 4)
        {
            return false;
        }

        var pairs = Pairs(a);
        var others = Pairs(b);
        var shared = pairs.Count(others.Contains);
        return shared >= EnoughShared * Math.Max(pairs.Count, others.Count);
    }

    private static string Core(string clause) => clause[Verbs.Match(clause).Length..];

    private static HashSet<string> Pairs(string text) =>
        [.. Enumerable.Range(0, text.Length - 1).Select(i => text.Substring(i, 2))];
}
