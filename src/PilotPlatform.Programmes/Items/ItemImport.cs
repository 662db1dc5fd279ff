using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PilotPlatform.Documents.Contracts;
using PilotPlatform.Localization;
using PilotPlatform.Regions;
using RegionInfo = PilotPlatform.Regions.RegionInfo;

namespace PilotPlatform.Programmes.Items;

/// <summary>How the office wants a table read, where it knows better.</summary>
/// <param name="Table">The table's place in the file, from 0; null for the most likely one.</param>
/// <param name="HeadingRow">The number of the row with the headings; 0 for none; null for the most likely one.</param>
/// <param name="Fields">The field of each column, null for columns to be left out; null as a whole for what the headings say.</param>
internal sealed record ItemImportOptions(int? Table, int? HeadingRow, IReadOnlyList<ItemField?>? Fields);

/// <summary>A table of the file.</summary>
internal sealed record ItemImportTableDto(int Index, string Name, int RowCount);

/// <summary>A column of the table that was read.</summary>
/// <param name="Letter">Its letter: A, B, AA.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Field">The field that it is taken for; null for none.</param>
/// <param name="Sample">What its first cells say.</param>
internal sealed record ItemImportColumnDto(string Letter, string Heading, ItemField? Field, string Sample);

/// <summary>What is wrong with a cell, and how to mend it.</summary>
/// <param name="Row">The row's number in the file.</param>
/// <param name="Column">The column's letter; empty where the column is not there.</param>
/// <param name="Field">The field.</param>
/// <param name="Text">What is wrong and how to mend it.</param>
/// <param name="Blocks">Whether the row cannot be taken as it is.</param>
internal sealed record ItemImportErrorDto(int Row, string Column, ItemField Field, string Text, bool Blocks);

/// <summary>A row as an item.</summary>
/// <param name="Row">The row's number in the file.</param>
/// <param name="Item">The item; it has the id of one of the draft's where it is the same.</param>
/// <param name="OfficeInherited">Whether the office was taken from a row above.</param>
/// <param name="SameAsRow">The row of the file that says the same already.</param>
/// <param name="Blocked">Whether it cannot be taken as it is.</param>
internal sealed record ItemImportRowDto(int Row, ItemEntry Item, bool OfficeInherited, int? SameAsRow, bool Blocked);

/// <summary>What a file or a pasted text would bring in; nothing is stored.</summary>
/// <param name="Tables">The tables of the file.</param>
/// <param name="Table">The one that was read.</param>
/// <param name="HeadingRow">The row of its headings; 0 for none.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows as items.</param>
/// <param name="Errors">What is wrong, cell by cell.</param>
/// <param name="ErrorCount">How many errors there are in all; only the first are told.</param>
/// <param name="Duplicates">How many rows say what another row says.</param>
/// <param name="Known">How many rows are items of the draft already.</param>
/// <param name="HiddenRows">How many rows the file hides; they are read.</param>
/// <param name="SkippedRows">How many rows are titles, sums or remarks.</param>
internal sealed record ItemImportDto(
    IReadOnlyList<ItemImportTableDto> Tables, int Table, int HeadingRow, IReadOnlyList<ItemImportColumnDto> Columns, IReadOnlyList<ItemImportRowDto> Rows,
    IReadOnlyList<ItemImportErrorDto> Errors, int ErrorCount, int Duplicates, int Known, int HiddenRows, int SkippedRows);

/// <summary>Makes items of the rows of a table. It guesses columns, never contents: what a cell does not say is an error there or stays empty.</summary>
internal sealed partial class ItemImport(ItemListContent draft, RegionMap regions, Guid issuerId, Texts texts)
{
    private const int MostHeadRows = 30;
    private const int MostErrors = 300;

    private readonly List<ItemImportErrorDto> errors = [];
    private int errorCount;
    private int blocking;
    private readonly Dictionary<string, List<RegionInfo>> regionsByName = NamesOf(regions, issuerId);

    public ItemImportDto Read(IReadOnlyList<TableReading> tables, ItemImportOptions options)
    {
        var index = options.Table is { } wanted && wanted >= 0 && wanted < tables.Count ? wanted
            : tables.Select((t, i) => (Index: i, Score: HeadOf(t).Score, t.Rows.Count)).OrderByDescending(t => t.Score).ThenByDescending(t => t.Count).First().Index;
        var table = tables[index];
        var head = options.HeadingRow is { } number ? table.Rows.FirstOrDefault(r => r.Number == number) : HeadOf(table).Row;
        var width = table.Rows.Max(r => r.Cells.Count);
        var headings = Enumerable.Range(0, width).Select(c => head is null ? "" : TextOf(head, c)).ToList();
        var fields = Fields(options.Fields, headings, width, head is null, table);
        var columnOf = fields.Select((f, c) => (Field: f, Column: c)).Where(f => f.Field is not null).GroupBy(f => f.Field!.Value).ToDictionary(g => g.Key, g => g.First().Column);

        var body = table.Rows.Where(r => head is null || r.Number > head.Number).ToList();
        var (rows, skipped) = Items(body, columnOf);
        var columns = headings.Select((h, c) => new ItemImportColumnDto(
            LetterOf(c), h, fields[c], string.Join("、", body.Select(r => TextOf(r, c)).Where(t => t.Length > 0).Distinct().Take(3).Select(t => t.Length > 30 ? t[..30] + "…" : t)))).ToList();
        return new ItemImportDto(
            [.. tables.Select((t, i) => new ItemImportTableDto(i, t.Name, t.Rows.Count))], index, head?.Number ?? 0, columns, rows,
            errors, errorCount, rows.Count(r => r.SameAsRow is not null), rows.Count(r => r.Item.Id is not null), body.Count(r => r.IsHidden), skipped);
    }

    private static (TableReadingRow? Row, int Score) HeadOf(TableReading table)
    {
        var best = table.Rows.Take(MostHeadRows).Select(r => (Row: r, Score: ItemColumns.FieldsOf([.. r.Cells.Select(c => c.Text)]) is var fields && fields.Contains(ItemField.Name)
            ? fields.Count(f => f is not null) : 0)).MaxBy(r => r.Score);
        return best.Score >= 2 || (best.Score == 1 && table.Rows.All(r => r.Cells.Count(c => c.Text.Length > 0) <= 1)) ? (best.Row, best.Score) : (null, 0);
    }

    private static IReadOnlyList<ItemField?> Fields(IReadOnlyList<ItemField?>? chosen, IReadOnlyList<string> headings, int width, bool headless, TableReading table)
    {
        if (chosen is not null)
        {
            var taken = new HashSet<ItemField>();
            return [.. Enumerable.Range(0, width).Select(c => c < chosen.Count && chosen[c] is { } field && taken.Add(field) ? field : (ItemField?)null)];
        }

        // One column without a heading can only be names.
        return headless && table.Rows.All(r => r.Cells.Skip(1).All(c => c.Text.Length == 0)) ? [ItemField.Name, .. new ItemField?[width - 1]] : ItemColumns.FieldsOf(headings);
    }

    private (List<ItemImportRowDto> Rows, int Skipped) Items(List<TableReadingRow> body, Dictionary<ItemField, int> columnOf)
    {
        var byCode = draft.Items.Where(i => i.Code is not null).GroupBy(i => i.Code!).ToDictionary(g => g.Key, g => g.ToList());
        var byName = draft.Items.GroupBy(i => ItemColumns.Plain(i.Name)).ToDictionary(g => g.Key, g => g.ToList());
        var taken = new HashSet<Guid>();
        var first = new Dictionary<(string, string, string?, string?, string), int>();
        var rows = new List<ItemImportRowDto>();
        var (office, skipped) = ("", 0);
        foreach (var row in body)
        {
            if (IsSection(row, columnOf, out var section))
            {
                (office, skipped) = (section, skipped + 1);
                continue;
            }

            if (IsRemark(row))
            {
                skipped++;
                continue;
            }

            var before = blocking;
            var ownOffice = Cell(row, columnOf, ItemField.OfficeName, out var merged);
            var inherited = ownOffice.Length == 0 && office.Length > 0;
            office = ownOffice.Length > 0 ? ownOffice : office;
            var (groupKey, regionIds) = RegionsOf(row, columnOf);
            var mode = Cell(row, columnOf, ItemField.Mode, out _);
            mode = mode.Length > 0 ? ItemColumns.ModeOf(mode, draft.Modes) : "";
            if (mode.Length > 0 && draft.Modes.Count > 0 && draft.Modes.All(m => m.Name != mode))
            {
                Error(row, columnOf, ItemField.Mode, "ModeUnknown", false, ("text", mode), ("modes", string.Join('、', draft.Modes.Select(m => m.Name))));
            }

            var item = new ItemEntry(
                null, Short(row, columnOf, ItemField.Number, ServiceItem.NumberLength), Short(row, columnOf, ItemField.Name, ServiceItem.NameLength),
                Blank(Short(row, columnOf, ItemField.Code, ServiceItem.CodeLength)), Limited(row, columnOf, ItemField.OfficeName, office, ServiceItem.OfficeLength),
                Blank(Limited(row, columnOf, ItemField.Mode, mode, ServiceItem.ModeLength)), Blank(Short(row, columnOf, ItemField.Kind, ServiceItem.KindLength)), groupKey, regionIds,
                BatchOf(row, columnOf), null);
            if (item.Name.Length == 0)
            {
                Error(row, columnOf, ItemField.Name, "NameMissing", true);
            }

            if (item.OfficeName.Length == 0)
            {
                Error(row, columnOf, ItemField.OfficeName, "OfficeMissing", false);
            }

            var key = (item.Name, item.OfficeName, item.Mode, item.GroupKey, string.Join(',', item.RegionIds.Order()));
            int? same = item.Name.Length > 0 && !first.TryAdd(key, row.Number) ? first[key] : null;
            if (same is { } other)
            {
                Error(row, columnOf, ItemField.Name, "Duplicate", false, ("row", other));
            }

            var known = Known(item, byCode, byName).FirstOrDefault(k => taken.Add(k.Id!.Value));
            item = known is null ? item : item with { Id = known.Id, Batch = columnOf.ContainsKey(ItemField.Batch) ? item.Batch : known.Batch, BatchDate = known.BatchDate };
            rows.Add(new ItemImportRowDto(row.Number, item, inherited || merged, same, blocking > before));
        }

        return (rows, skipped);
    }

    // The same code is the same item; without one, the same name of the same office, or the one item of that name.
    private static IEnumerable<ItemEntry> Known(ItemEntry item, Dictionary<string, List<ItemEntry>> byCode, Dictionary<string, List<ItemEntry>> byName)
    {
        if (item.Code is { } code && byCode.TryGetValue(code, out var coded))
        {
            return coded.Where(k => k.Id is not null).OrderByDescending(k => k.Name == item.Name);
        }

        return item.Name.Length > 0 && byName.TryGetValue(ItemColumns.Plain(item.Name), out var named)
            ? named.Where(k => k.Id is not null && (item.Code is null || k.Code is null) && (named.Count == 1 || (k.OfficeName == item.OfficeName && k.GroupKey == item.GroupKey)))
            : [];
    }

    /// <summary>“一、市发展改革委（12项）” over the items of an office.</summary>
    private static bool IsSection(TableReadingRow row, Dictionary<ItemField, int> columnOf, out string office)
    {
        office = "";
        var filled = row.Cells.Where(c => c.Text.Length > 0 && !c.IsInherited).ToList();
        if (filled.Count != 1 || columnOf.Count < 2 || Section().Match(filled[0].Text) is not { Success: true } match || match.Groups["name"].Value.Trim() is not { Length: > 1 and <= ServiceItem.OfficeLength } name)
        {
            return false;
        }

        office = name;
        return true;
    }

    // “合计 105项” sums up, “总计划审批” is an item.
    private static bool IsRemark(TableReadingRow row)
    {
        var start = row.Cells.FirstOrDefault(c => c.Text.Length > 0 && !c.IsInherited).Text ?? "";
        return ItemColumns.Footers.Any(f => start.StartsWith(f, StringComparison.Ordinal) && (start.Length == f.Length || !char.IsLetter(f[^1]) || !char.IsLetter(start[f.Length])));
    }

    private (string? GroupKey, IReadOnlyList<Guid> RegionIds) RegionsOf(TableReadingRow row, Dictionary<ItemField, int> columnOf)
    {
        var text = Cell(row, columnOf, ItemField.Regions, out _);
        if (text.Length == 0 || ItemColumns.IsEverywhere(text))
        {
            return (null, []);
        }

        var plain = ItemColumns.Plain(text);
        if (draft.Groups.FirstOrDefault(g => ItemColumns.Plain(g.Name) == plain) is { } named)
        {
            return (named.Key, []);
        }

        var ids = new HashSet<Guid>();
        foreach (var part in text.Split(['、', '，', ',', '；', ';', '/', ' ', '和'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!regionsByName.TryGetValue(ItemColumns.Plain(part), out var found) || found.Count != 1)
            {
                Error(row, columnOf, ItemField.Regions, "RegionUnknown", false, ("text", part));
                return (null, []);
            }

            ids.Add(found[0].Id);
        }

        if (draft.Groups.FirstOrDefault(g => ids.SetEquals(g.RegionIds)) is { } whole)
        {
            return (whole.Key, []);
        }

        if (draft.Groups.Where(g => ids.IsSubsetOf(g.RegionIds)).MinBy(g => g.RegionIds.Count) is { } part2)
        {
            return (part2.Key, [.. regions.InAdministrativeOrder(ids, id => id)]);
        }

        Error(row, columnOf, ItemField.Regions, "GroupUnknown", false, ("text", text));
        return (null, []);
    }

    private int BatchOf(TableReadingRow row, Dictionary<ItemField, int> columnOf)
    {
        var text = Cell(row, columnOf, ItemField.Batch, out _);
        if (text.Length == 0)
        {
            return 1;
        }

        var core = text.Trim('第', '批', '次', ' ');
        var number = int.TryParse(core, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits : core is "首" ? 1 : "一二三四五六七八九十".IndexOf(core, StringComparison.Ordinal) + 1;
        if (core.Length > 0 && number is >= 1 and <= 1000)
        {
            return number;
        }

        Error(row, columnOf, ItemField.Batch, "Batch", false, ("text", text));
        return 1;
    }

    private string Short(TableReadingRow row, Dictionary<ItemField, int> columnOf, ItemField field, int max) =>
        Limited(row, columnOf, field, Cell(row, columnOf, field, out _), max);

    private string Limited(TableReadingRow row, Dictionary<ItemField, int> columnOf, ItemField field, string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }

        Error(row, columnOf, field, "TooLong", true, ("length", text.Length), ("max", max));
        return text[..max];
    }

    private void Error(TableReadingRow row, Dictionary<ItemField, int> columnOf, ItemField field, string key, bool blocks, params (string Name, object? Value)[] values)
    {
        blocking += blocks ? 1 : 0;
        if (++errorCount <= MostErrors)
        {
            errors.Add(new ItemImportErrorDto(
                row.Number, columnOf.TryGetValue(field, out var column) ? LetterOf(column) : "", field,
                texts.Get($"Programmes:ItemImport.{key}", values.ToDictionary(v => v.Name, v => v.Value)), blocks));
        }
    }

    private static string Cell(TableReadingRow row, Dictionary<ItemField, int> columnOf, ItemField field, out bool inherited)
    {
        inherited = columnOf.TryGetValue(field, out var column) && column < row.Cells.Count && row.Cells[column].IsInherited;
        return columnOf.ContainsKey(field) ? TextOf(row, column) : "";
    }

    private static string TextOf(TableReadingRow row, int column) => column < row.Cells.Count ? Clean(row.Cells[column].Text) : "";

    // A zero character no person types, and a database may not keep; several spaces are one.
    private static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny('\0', '\u3000', '\u00a0') && !text.Contains("  ", StringComparison.Ordinal))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var space = char.IsWhiteSpace(c);
            if (c != '\0' && !(space && clean.Length > 0 && clean[^1] == ' '))
            {
                clean.Append(space ? ' ' : c);
            }
        }

        return clean.ToString().Trim();
    }

    private static string? Blank(string text) => text.Length == 0 ? null : text;

    private static string LetterOf(int column)
    {
        var letters = "";
        for (var n = column + 1; n > 0; n = (n - 1) / 26)
        {
            letters = (char)('A' + ((n - 1) % 26)) + letters;
        }

        return letters;
    }

    private static Dictionary<string, List<RegionInfo>> NamesOf(RegionMap regions, Guid issuerId)
    {
        var issuer = regions.Find(issuerId);
        var below = issuer is null ? [] : regions.All.Where(r => r.Id != issuerId && issuer.Tenant.Covers(r.Tenant)).ToList();
        return below.SelectMany(r => new[] { r.Name, r.ShortName }.Select(ItemColumns.Plain).Distinct().Select(n => (Name: n, Region: r)))
            .GroupBy(x => x.Name).ToDictionary(g => g.Key, g => g.Select(x => x.Region).Distinct().ToList());
    }

    [GeneratedRegex(@"^([（(][一二三四五六七八九十百]+[)）]|[一二三四五六七八九十百]+[、.．])\s*(?<name>[^（(]+?)\s*([（(]\s*共?\s*[0-9]+\s*[项件个]\s*[)）])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Section();
}
