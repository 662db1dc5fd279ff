using System.Text.RegularExpressions;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Dates;
using PilotPlatform.NoticeImport.Offices;
using PilotPlatform.NoticeImport.Regions;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>What a column of a task table holds.</summary>
internal enum TableColumn
{
    Number,
    Title,
    Content,
    Lead,
    Assisting,
    Due,
    Regions,

    /// <summary>A column that says nothing about the task itself (备注, 类别).</summary>
    Other,
}

/// <summary>Tells the columns of a table by their names: the usual ones from a list, unusual ones by what they are made of.</summary>
internal static class TableColumns
{
    private const int LongestName = 14;

    private static readonly Regex Office = Pattern.Of("(?:单位|部门|处室|机构|科室|主体|责任人)$");
    private static readonly Regex Assists = Pattern.Of("配合|参与|协办|协同|协助|参加");
    private static readonly Regex Leads = Pattern.Of("牵头|责任|负责|指导|主管|承办|实施|落实|主办|联系");
    private static readonly Regex Due = Pattern.Of("(?:完成|推进|办结|计划|工作|进度|整改|落实|验收|结项|截止).{0,4}(?:时限|时间|期限|节点|日期)$|^(?:时限|期限|时间)$");
    private static readonly Regex Regions = Pattern.Of("^(?:首批|拟)?(?:试点|推广|实施|承担|先行|适用|承接)(?:的)?(?:地区|地|[省市县区州旗盟镇街乡]{1,4}|城市|范围|区域|园区|[市县区州](?:\\([市县区州旗盟、]{1,5}\\))县?)$");
    private static readonly Regex OfPilots = Pattern.Of("^(?:承担|主要|重点|具体)*(?:试点|改革|先行先试|探索|创新|先行)+(?:任务|举措|措施|事项|主题|项目|内容|方向|领域|经验)$");
    private static readonly Regex Title = Pattern.Of("^(?:改革|试点|重点|主要|工作|具体|建设|创新|年度|推广)*(?:任务|举措|措施|事项|主题|项目|工作|经验|方向|课题)(?:名称)?$");
    private static readonly Regex Content = Pattern.Of("^(?:主要|具体|工作|任务|建设|改革|试点|重点|举措|探索|创新|推广|实施|先行先试)*(?:内容|要求|目标|任务|措施|举措|做法|成果|说明)$");

    /// <summary>The kind of a header cell; null where the text is no name of a column.</summary>
    public static TableColumn? KindOf(CleanText clean, TextRange cell)
    {
        return cell.Length is 0 or > LongestName ? null : KindOf(clean.Slice(cell));
    }

    /// <summary>The kind of a header's name.</summary>
    public static TableColumn? KindOf(string header)
    {
        var name = header.Length is 0 or > LongestName ? "" : Plain(header);
        return RuleLists.TableNumber.Contains(name) ? TableColumn.Number
            : RuleLists.TableTitle.Contains(name) ? TableColumn.Title
            : RuleLists.TableContent.Contains(name) ? TableColumn.Content
            : RuleLists.TableLead.Contains(name) ? TableColumn.Lead
            : RuleLists.TableAssisting.Contains(name) ? TableColumn.Assisting
            : RuleLists.TableDue.Contains(name) ? TableColumn.Due
            : RuleLists.TableRegions.Contains(name) ? TableColumn.Regions
            : RuleLists.TableOther.Contains(name) ? TableColumn.Other
            : Office.IsMatch(name) && Assists.IsMatch(name) ? TableColumn.Assisting
            : Office.IsMatch(name) && Leads.IsMatch(name) ? TableColumn.Lead
            : Regions.IsMatch(name) ? TableColumn.Regions
            : Due.IsMatch(name) ? TableColumn.Due
            : Title.IsMatch(name) ? TableColumn.Title
            : Content.IsMatch(name) ? TableColumn.Content
            : null;
    }

    /// <summary>试点任务, 改革事项, 先行先试内容: a column of what is piloted, not of projects or money.</summary>
    public static bool IsOfPilots(string header) => OfPilots.IsMatch(header);

    /// <summary>A task column and one more that says who, when or where.</summary>
    public static bool IsTaskTable(IReadOnlyList<TableColumn> columns) =>
        columns.Any(c => c is TableColumn.Title or TableColumn.Content)
        && columns.Any(c => c is TableColumn.Lead or TableColumn.Assisting or TableColumn.Due or TableColumn.Regions);

    /// <summary>The empty column that a cell without a place belongs to, by what it says; null where nothing tells.</summary>
    public static int? ByContent(CleanText clean, TextRange cell, IReadOnlyList<TableColumn> columns, TextRange[] filled)
    {
        int? Empty(params TableColumn[] kinds)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (kinds.Contains(columns[i]) && filled[i].Length == 0)
                {
                    return i;
                }
            }

            return null;
        }

        var text = clean.Slice(cell);
        if (text.Length <= 20 && (RuleLists.DueWords.Any(w => text.StartsWith(w, StringComparison.Ordinal)) || DateReader.Find(clean, cell, 2000).Any()))
        {
            return Empty(TableColumn.Due);
        }

        if (columns.Contains(TableColumn.Regions) && text.Split('、').All(RegionReader.IsRegion) && !OfficeReader.LooksLikeOffice(text))
        {
            return Empty(TableColumn.Regions);
        }

        return text.Split('、', ',', ';').All(OfficeReader.LooksLikeOffice) ? Empty(TableColumn.Lead, TableColumn.Assisting) : null;
    }

    private static string Plain(string cell)
    {
        var open = cell.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && cell[^1] == ')' && !cell.EndsWith("区)", StringComparison.Ordinal) ? cell[..open] : cell;
    }
}
