using System.Globalization;
using PilotPlatform.NoticeImport.Blocks;
using PilotPlatform.NoticeImport.Cleaning;
using PilotPlatform.NoticeImport.Rules;

namespace PilotPlatform.NoticeImport.Themes;

/// <summary>A table whose header names a task column; its rows are the tasks.</summary>
internal sealed record TaskTable(TextRange Header, IReadOnlyList<Theme> Rows, IReadOnlyList<int> MissingNumbers)
{
    /// <summary>No task has as many measures; a table made to be slow has.</summary>
    private const int MostMeasures = 50;

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
        if (index + 1 < lines.Count && columns.With(clean, lines[index + 1]) is { } whole)
        {
            columns = whole;
            index++;
        }

        var rows = new List<Theme>();
        var numbers = new List<int>();
        TaskRow above = new([], [], null, null);
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

            // A row of fewer cells than the header has lost its blank ones: what its cells say tells where they belong.
            if (line.Cells.Count < columns.Kinds.Count && !line.Cells.Any(c => c.Length == 0))
            {
                line = new Block(line.Range, null, Placed(clean, line.Cells, columns));
            }

            TextRange? Cell(int column) => column >= 0 && column < line.Cells.Count && line.Cells[column].Length > 0 ? line.Cells[column] : null;
            List<TextRange> Cells(IReadOnlyList<int> among) => [.. among.Select(Cell).OfType<TextRange>()];

            // A header repeated on the next page and a rule of dashes are no tasks, nor is a heading across the table, be it numbered (一 数据流通).
            if (Columns.Of(clean, line) is not null || line.Cells.Count(c => c.Length > 0) < (IsGroup(clean, Cell(columns.Number), columns) ? 3 : 2))
            {
                continue;
            }

            var number = Cell(columns.Number) is { } cell ? clean.Slice(cell).TrimEnd('.', '、') : "";
            var named = Cell(columns.Title);
            var content = Cell(columns.Content);
            var continues = rows.Count > 0 && IsContinued(clean, rows[^1], number, named, content);
            if ((named ?? content) is not { } title || !clean.Slice(title).Any(char.IsLetter))
            {
                continue;
            }

            // A merged cell comes as a blank: it holds what the row above holds. A blank date is no date.
            var lead = Cells(columns.Lead);
            var row = new TaskRow(
                lead.Count > 0 ? lead : above.Lead,
                Cells(columns.Assisting),
                Cell(columns.Due),
                Cell(columns.Regions) ?? above.Regions)
            {
                InheritsOffices = lead.Count == 0,
                InheritsRegions = Cell(columns.Regions) is null,
            };
            above = row;
            if (continues)
            {
                rows[^1] = Continued(rows[^1], row, line.Range, content);
                continue;
            }

            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                numbers.Add(value);
            }

            rows.Add(new Theme(
                number.Length > 0 ? number : (rows.Count + 1).ToString(CultureInfo.InvariantCulture),
                title,
                line.Range,
                content is { } more && more != title ? [title, more] : [title],
                [],
                row));
        }

        index--;
        return new TaskTable(header.Range, rows, Missing(numbers));
    }

    /// <summary>Groups count in Han numerals (一), the tasks in them in digits.</summary>
    private static bool IsGroup(CleanText clean, TextRange? number, Columns columns) =>
        number is { } cell && columns.Kinds.Count > 3 && Numbering.Parse(clean.Slice(cell).TrimEnd('、')) is not null && !char.IsAsciiDigit(clean.Text[cell.Start]);

    /// <summary>A row that goes on with the task above: its number and task are merged with those, its measure is its own.</summary>
    private static bool IsContinued(CleanText clean, Theme above, string number, TextRange? named, TextRange? content)
    {
        if (above.Own.Count + above.Row!.Lead.Count + above.Row.Assisting.Count >= MostMeasures)
        {
            return false;
        }

        if (named is not { } title)
        {
            return content is not null && number.Length == 0;
        }

        return number.Length > 0 && number == above.Number && clean.Slice(title) == clean.Slice(above.Title);
    }

    private static Theme Continued(Theme theme, TaskRow row, TextRange line, TextRange? content) => theme with
    {
        Whole = TextRange.Between(theme.Whole.Start, line.End),
        Own = content is { } more ? [.. theme.Own, more] : theme.Own,
        Row = theme.Row! with
        {
            Lead = [.. theme.Row.Lead.Union(row.Lead)],
            Assisting = [.. theme.Row.Assisting.Union(row.Assisting)],
            Due = theme.Row.Due ?? row.Due,
            Regions = theme.Row.Regions ?? row.Regions,
        },
    };

    private static TextRange[] Placed(CleanText clean, IReadOnlyList<TextRange> cells, Columns columns)
    {
        var placed = new TextRange[columns.Kinds.Count];
        var next = 0;
        foreach (var cell in cells)
        {
            var column = next <= Math.Max(columns.Number, columns.Title) && placed[next].Length == 0
                ? next
                : TableColumns.ByContent(clean, cell, columns.Kinds, placed) ?? Array.FindIndex(placed, next, p => p.Length == 0);
            if (column >= 0)
            {
                placed[column] = cell;
                next = column + 1 < placed.Length && column == next ? next + 1 : next;
            }
        }

        return placed;
    }

    private static List<int> Missing(List<int> numbers) =>
        numbers.Count < 2 ? [] : [.. Enumerable.Range(1, numbers.Max()).Except(numbers).Take(1000)];

    private sealed record Columns(int Number, int Title, int Content, IReadOnlyList<int> Lead, IReadOnlyList<int> Assisting, int Due, int Regions)
    {
        public required IReadOnlyList<TableColumn> Kinds { get; init; }

        /// <summary>The columns of a header row; null for any other row.</summary>
        public static Columns? Of(CleanText clean, Block row)
        {
            List<TableColumn?> kinds = [.. row.Cells.Select(c => TableColumns.KindOf(clean, c))];

            // 县市 beside 试点任务 says where; beside 项目 and 金额 it says who gets the money.
            if (!kinds.Contains(TableColumn.Regions) && row.Cells.Any(c => c.Length is > 0 and <= 14 && TableColumns.IsOfPilots(clean.Slice(c)))
                && row.Cells.ToList().FindIndex(c => RuleLists.TablePlaces.Contains(clean.Slice(c))) is var place and >= 0)
            {
                kinds[place] = TableColumn.Regions;
            }

            return Of(kinds);
        }

        /// <summary>The columns of a header of two rows (责任分工 over 牵头单位, 配合单位); null where the next row is none.</summary>
        public Columns? With(CleanText clean, Block next)
        {
            var below = next.Cells.Where(c => c.Length > 0).ToList();
            return next.IsRow && below.Count > 0 && below.All(c => TableColumns.KindOf(clean, c) is not null)
                ? Of([.. Enumerable.Range(0, Math.Max(Kinds.Count, next.Cells.Count)).Select(i =>
                    i < next.Cells.Count && next.Cells[i].Length > 0 ? TableColumns.KindOf(clean, next.Cells[i]) : i < Kinds.Count ? Kinds[i] : null)])
                : null;
        }

        private static Columns? Of(List<TableColumn?> kinds)
        {
            if (!TableColumns.IsTaskTable([.. kinds.OfType<TableColumn>()]))
            {
                return null;
            }

            int First(TableColumn kind) => kinds.IndexOf(kind);
            List<int> All(TableColumn kind) => [.. Enumerable.Range(0, kinds.Count).Where(i => kinds[i] == kind)];

            // Of two columns of tasks (重点任务, 具体举措) the second is the content of the first.
            var titles = All(TableColumn.Title);
            var content = First(TableColumn.Content) is var own and >= 0 ? own : titles.Count > 1 ? titles[1] : -1;
            var (title, body) = titles.Count > 0 ? (titles[0], content) : (content, -1);
            return new Columns(First(TableColumn.Number), title, body, All(TableColumn.Lead), All(TableColumn.Assisting), First(TableColumn.Due), First(TableColumn.Regions))
            {
                Kinds = [.. kinds.Select(k => k ?? TableColumn.Other)],
            };
        }
    }
}
