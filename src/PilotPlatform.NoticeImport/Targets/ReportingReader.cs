using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Targets;

/// <summary>Reads duties to report: what, to whom, when.</summary>
internal static class ReportingReader
{
    private static readonly Regex Duty = Pattern.Of(
        @"^(?<what>[^,;。]{2,60}?)(?<when>及时(?:总结)?|定期|按时|(?:于)?(?:每年|每月|每季度|\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)?前|每(?:月|季度|半年|年)(?:\d{1,2}日前)?)(?:报送至|报送|上报|报告|报)(?<to>[^,;。]{0,30})$");

    public static IEnumerable<(ReportingDraft Draft, TextRange Range)> Read(CleanText clean, TextRange range)
    {
        foreach (var clause in Brackets.Split(clean.Text, range, ",;。\n\t"))
        {
            if (Duty.Match(clean.Slice(clause)) is { Success: true } match)
            {
                var to = match.Groups["to"].Value;
                var isOffice = to.Length > 0 && OfficeReader.LooksLikeOffice(to.TrimEnd('备', '案'));

                // 及时报告存在的问题: what is reported stands behind the verb, and nobody is named.
                yield return (new ReportingDraft(to.Length == 0 || isOffice ? match.Groups["what"].Value : to, isOffice ? to : null, match.Groups["when"].Value), clause);
            }
        }
    }
}
