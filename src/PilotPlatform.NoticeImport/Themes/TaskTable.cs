using System.Globalization;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>A table whose header names a task column; its rows are the tasks.</summary>
internal sealed record TaskTable(TextRange Header, IReadOnlyList<Theme> Rows, IReadOnlyList<int> MissingNumbers)
{
    public static IReadOnlyList<TaskTable> FindAll(CleanText clean, IReadOnlyList<Block> lines)
    {
        var tables = new List<TaskTable>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].IsRow && Columns.Of(clean, lines[i]) is { } columns)
            {
                tables.Add(Read(clean, lines, ref i, columns));
            }
        }

        return tables;
    }

    private static TaskTable Read(CleanText clean, IReadOnlyList<Block> lines, ref int index, Columns columns)
    {
        var header = lines[index];
        var rows = new List<Theme>();
        var numbers = new List<int>();
        TaskRow above = new(null, null, null, null);
        for (index++; index < lines.Count; index++)
        {
            var line = lines[index];
            if (!line.IsRow)
            {
                // A heading between rows (一、…方面) parts the table; any other paragraph ends it.
                if (line.Mark is not null)
                {
                    continue;
                }

                break;
            }

            TextRange? Cell(int column) => column >= 0 && column < line.Cells.Count && line.Cells[column].Length > 0 ? line.Cells[column] : null;
            // A header repeated on the next page and a rule of dashes are no tasks.
            if (Cell(columns.Title) is not { } title || Columns.Of(clean, line) is not null || !clean.Slice(title).Any(char.IsLetter))
            {
                continue;
            }

            // A merged cell comes as a blank: it holds what the row above holds. A blank date is no date.
            var row = new TaskRow(
                Cell(columns.Lead) ?? above.Lead,
                Cell(columns.Assisting),
                Cell(columns.Due),
                Cell(columns.Regions) ?? above.Regions);
            above = row;

            var number = Cell(columns.Number) is { } cell ? clean.Slice(cell).TrimEnd('.', '、') : "";
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                numbers.Add(value);
            }

            var own = new List<TextRange> { title };
            if (Cell(columns.Content) is { } content)
            {
                own.Add(content);
            }

            rows.Add(new Theme(
                number.Length > 0 ? number : (rows.Count + 1).ToString(CultureInfo.InvariantCulture),
                title,
                line.Range,
                own,
                [],
                row));
        }

        index--;
        return new TaskTable(header.Range, rows, Missing(numbers));
    }

    private static List<int> Missing(List<int> numbers) =>
        numbers.Count < 2 ? [] : [.. Enumerable.Range(1, numbers.Max()).Except(numbers).Take(1000)];

    private sealed record Columns(int Number, int Title, int Content, int Lead, int Assisting, int Due, int Regions)
    {
        /// <summary>The columns of a header row; null for any other row. It takes a task column and one more of meaning.</summary>
        public static Columns? Of(CleanText clean, Block row)
        {
            int Find(IReadOnlyList<string> names)
            {
                for (var i = 0; i < row.Cells.Count; i++)
                {
                    if (row.Cells[i].Length <= 12 && names.Contains(Plain(clean.Slice(row.Cells[i]))))
                    {
                        return i;
                    }
                }

                return -1;
            }

            var title = Find(RuleLists.TableTitle);
            var content = Find(RuleLists.TableContent);
            var (lead, assisting, due, regions) = (Find(RuleLists.TableLead), Find(RuleLists.TableAssisting), Find(RuleLists.TableDue), Find(RuleLists.TableRegions));
            if (title < 0)
            {
                (title, content) = (content, -1);
            }

            return title >= 0 && (lead >= 0 || due >= 0 || regions >= 0)
                ? new Columns(Find(RuleLists.TableNumber), title, content, lead, assisting, due, regions)
                : null;
        }

        private static string Plain(string cell)
        {
            var open = cell.IndexOf('(', StringComparison.Ordinal);
            return open > 0 ? cell[..open] : cell;
        }
    }
}
