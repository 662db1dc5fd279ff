using PilotPlatform.Localization;
using PilotPlatform.Regions;

namespace PilotPlatform.Programmes.Items;

/// <summary>What a stated number is a number of.</summary>
internal enum ItemCountKind
{
    /// <summary>The list's items.</summary>
    Total,

    /// <summary>The offices that hand them over.</summary>
    Offices,

    /// <summary>Items of one way of handing over.</summary>
    Mode,

    /// <summary>Items of one group of regions.</summary>
    Group,

    /// <summary>Items of one region of a group of which each region has so many.</summary>
    Region,
}

/// <summary>What keeps a draft from being issued.</summary>
internal enum ItemProblemKind
{
    /// <summary>A reading that nobody has settled.</summary>
    Undecided,

    /// <summary>A stated number that the rows do not give.</summary>
    Number,

    /// <summary>Something is missing or does not fit.</summary>
    Incomplete,
}

/// <summary>A stated number beside what the rows give.</summary>
/// <param name="Kind">What it is a number of.</param>
/// <param name="Label">Of which mode, group or region; empty for the list.</param>
/// <param name="Declared">What the notice states; null where it states nothing.</param>
/// <param name="Actual">What the rows give.</param>
/// <param name="Share">The part of the total, for modes.</param>
/// <param name="Agrees">Whether they agree; null where nothing is stated.</param>
/// <param name="Text">The comparison in words.</param>
internal sealed record ItemCountDto(ItemCountKind Kind, string Label, int? Declared, int Actual, decimal? Share, bool? Agrees, string Text);

/// <summary>How many items an office has.</summary>
internal sealed record ItemOfficeDto(string OfficeName, int Count);

/// <summary>What keeps a draft from being issued, and where.</summary>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Text">What is wrong and what to do.</param>
/// <param name="Order">The item's place from 1; null where it is about the list.</param>
/// <param name="Field">The item's or the list's field; null where it is about the whole.</param>
/// <param name="GroupKey">The group that it is about.</param>
internal sealed record ItemProblemDto(ItemProblemKind Kind, string Text, int? Order, string? Field, string? GroupKey);

/// <summary>Whether the numbers add up.</summary>
/// <param name="Counts">Every stated number beside what the rows give.</param>
/// <param name="Offices">Which office has how many, in the order in which they come in the list.</param>
/// <param name="Problems">What keeps it from being issued.</param>
/// <param name="ItemCount">All rows, those beside the total included.</param>
/// <param name="SlotCount">Items times artefacts: what a region that takes over all of them prepares.</param>
internal sealed record ItemListCheckDto(
    IReadOnlyList<ItemCountDto> Counts, IReadOnlyList<ItemOfficeDto> Offices, IReadOnlyList<ItemProblemDto> Problems, int ItemCount, int SlotCount);

/// <summary>Compares what a list states with what its rows give. Nothing is guessed: an open reading is a problem of its own.</summary>
internal static class ItemListCheck
{
    // A list that misses a column would otherwise say so for each row.
    private const int MostProblemsOfAKind = 50;

    public static ItemListCheckDto Of(ItemListContent content, RegionMap regions, Texts texts)
    {
        var problems = new List<ItemProblemDto>();
        var counted = content.Items.Where(i => content.GroupOf(i.GroupKey)?.Placement != GroupPlacement.Beside).ToList();
        var offices = counted.Where(i => i.OfficeName.Length > 0).GroupBy(i => i.OfficeName).Select(g => new ItemOfficeDto(g.Key, g.Count())).ToList();
        var counts = new List<ItemCountDto>
        {
            Count(ItemCountKind.Total, "", content.DeclaredTotal, counted.Count),
            Count(ItemCountKind.Offices, "", content.DeclaredOffices, offices.Count),
        };
        counts.AddRange(content.Modes.Select(m => Count(ItemCountKind.Mode, m.Name, m.DeclaredCount, counted.Count(i => i.Mode == m.Name), counted.Count)));
        foreach (var group in content.Groups)
        {
            var own = content.Items.Where(i => i.GroupKey == group.Key).ToList();
            if (group.Reading == GroupReading.Each && group.RegionIds.Count > 1)
            {
                counts.AddRange(regions.InAdministrativeOrder(group.RegionIds, id => id).Select(id => Count(
                    ItemCountKind.Region, regions.Find(id)?.Name ?? "", group.DeclaredCount, own.Count(i => i.RegionIds.Count == 0 || i.RegionIds.Contains(id)))));
            }
            else
            {
                counts.Add(Count(ItemCountKind.Group, group.Name, group.DeclaredCount, own.Count));
            }
        }

        problems.AddRange(Undecided());
        problems.AddRange(counts.Where(c => c.Agrees == false).Select(c => new ItemProblemDto(ItemProblemKind.Number, c.Text, null, null, null)));
        problems.AddRange(Incomplete());
        return new ItemListCheckDto(
            counts, offices, problems, content.Items.Count, content.Items.Count * content.Artefacts.Count);

        ItemCountDto Count(ItemCountKind kind, string label, int? declared, int actual, int? of = null)
        {
            var share = of is > 0 ? Math.Round((decimal)actual / of.Value, 4) : (decimal?)null;
            var values = new Dictionary<string, object?>
            {
                ["label"] = label,
                ["declared"] = declared,
                ["actual"] = actual,
                ["difference"] = Math.Abs(actual - (declared ?? actual)),
            };
            var relation = declared is null ? "Only" : actual == declared ? "Same" : actual < declared ? "Fewer" : "More";
            return new ItemCountDto(kind, label, declared, actual, share, declared is null ? null : declared == actual, texts.Get($"Programmes:ItemCount.{kind}.{relation}", values));
        }

        IEnumerable<ItemProblemDto> Undecided()
        {
            foreach (var group in content.Groups)
            {
                var values = new Dictionary<string, object?> { ["name"] = group.Name, ["count"] = group.DeclaredCount };
                if (group.NeedsReading() && group.Reading is null)
                {
                    yield return new ItemProblemDto(ItemProblemKind.Undecided, texts.Get("Programmes:ItemProblem.Reading", values), null, "reading", group.Key);
                }

                if (group.DeclaredCount is not null && group.Placement is null)
                {
                    yield return new ItemProblemDto(ItemProblemKind.Undecided, texts.Get("Programmes:ItemProblem.Placement", values), null, "placement", group.Key);
                }
            }
        }

        IEnumerable<ItemProblemDto> Incomplete()
        {
            if (content.Items.Count == 0)
            {
                yield return Missing("NoItems", null, null);
            }

            foreach (var group in content.Groups.Where(g => g.RegionIds.Count == 0))
            {
                yield return new ItemProblemDto(
                    ItemProblemKind.Incomplete, texts.Get("Programmes:ItemProblem.GroupRegions", new Dictionary<string, object?> { ["name"] = group.Name }), null, "regionIds", group.Key);
            }

            var rows = new Dictionary<string, int>();
            var first = new Dictionary<(string Name, string Office, string? Mode, string? Group, string Regions), int>();
            var modes = content.Modes.Select(m => m.Name).ToHashSet();
            foreach (var (item, order) in content.Items.Select((i, n) => (i, n + 1)))
            {
                var group = content.GroupOf(item.GroupKey);
                (string Key, string Field, bool Wrong)[] rules =
                [
                    ("Name", "name", item.Name.Length == 0),
                    ("Office", "officeName", item.OfficeName.Length == 0),
                    ("Mode", "mode", modes.Count > 0 && item.Mode is null),
                    ("ModeUnknown", "mode", item.Mode is not null && !modes.Contains(item.Mode)),
                    ("Group", "groupKey", item.GroupKey is not null && group is null),
                    ("Regions", "regionIds", item.RegionIds.Any(r => group?.RegionIds.Contains(r) != true)),
                ];
                foreach (var (key, field, _) in rules.Where(r => r.Wrong))
                {
                    if (Few(key))
                    {
                        yield return Missing(key, order, field, item);
                    }
                }

                var same = (item.Name, item.OfficeName, item.Mode, item.GroupKey, string.Join(',', item.RegionIds.Order()));
                if (item.Name.Length > 0 && !first.TryAdd(same, order) && Few("Duplicate"))
                {
                    yield return Missing("Duplicate", order, "name", item, first[same]);
                }
            }

            bool Few(string key) => (rows[key] = rows.GetValueOrDefault(key) + 1) <= MostProblemsOfAKind;
        }

        ItemProblemDto Missing(string key, int? order, string? field, ItemEntry? item = null, int? other = null) => new(
            ItemProblemKind.Incomplete,
            texts.Get($"Programmes:ItemProblem.{key}", new Dictionary<string, object?> { ["order"] = order, ["name"] = item?.Name, ["mode"] = item?.Mode, ["other"] = other }),
            order, field, null);
    }
}
