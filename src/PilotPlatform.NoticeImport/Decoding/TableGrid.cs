namespace PilotPlatform.NoticeImport.Decoding;

/// <summary>
/// Unfolds the merged cells of a table row by row. A cell merged downwards is repeated in each row that it covers; one
/// merged across leaves blanks.
/// </summary>
internal sealed class TableGrid
{
    private const int MostColumns = 60;
    private const int MostRows = 1000;

    /// <summary>A longer text is no office, date or task; repeating it would only swell the table.</summary>
    private const int LongestRepeated = 200;

    private readonly List<(int Rows, string Text)> _pending = [];

    public bool HasPending => _pending.Any(p => p.Rows > 0);

    public IReadOnlyList<string> Row(IEnumerable<(string Text, int Columns, int Rows)> cells)
    {
        var row = new List<string>();
        foreach (var (text, columns, rows) in cells)
        {
            TakePending(row);
            for (var i = 0; i < Math.Clamp(columns, 1, MostColumns) && row.Count < MostColumns; i++)
            {
                var shown = i == 0 ? text : "";
                Set(row.Count, (Math.Clamp(rows, 1, MostRows) - 1, shown.Length <= LongestRepeated ? shown : ""));
                row.Add(shown);
            }
        }

        TakePending(row);
        return row;
    }

    private void TakePending(List<string> row)
    {
        while (row.Count < _pending.Count && _pending[row.Count].Rows > 0)
        {
            var (rows, text) = _pending[row.Count];
            _pending[row.Count] = (rows - 1, text);
            row.Add(text);
        }
    }

    private void Set(int column, (int Rows, string Text) value)
    {
        while (_pending.Count <= column)
        {
            _pending.Add((0, ""));
        }

        _pending[column] = value;
    }
}
