namespace PilotPlatform.Programmes.Items;

/// <summary>Compares two versions of a list by the ids of their items.</summary>
internal static class ItemListChanges
{
    /// <summary>The differences in the order of the later version, what is gone at the end.</summary>
    public static ItemListChangesDto Between(IReadOnlyList<ItemEntry> before, int fromVersion, IReadOnlyList<ItemEntry> after, int? toVersion)
    {
        var was = before.ToDictionary(i => i.Id!.Value);
        var changes = new List<ItemChangeDto>();
        foreach (var item in after)
        {
            if (item.Id is not { } id || !was.Remove(id, out var old))
            {
                changes.Add(new ItemChangeDto(ItemChangeKind.Added, item.Id ?? Guid.Empty, null, item, []));
            }
            else if (FieldsOf(old, item) is { Count: > 0 } fields)
            {
                changes.Add(new ItemChangeDto(ItemChangeKind.Changed, id, old, item, fields));
            }
        }

        changes.AddRange(before.Where(i => was.ContainsKey(i.Id!.Value)).Select(i => new ItemChangeDto(ItemChangeKind.Removed, i.Id!.Value, i, null, [])));
        return new ItemListChangesDto(
            fromVersion, toVersion, changes.Count(c => c.Kind == ItemChangeKind.Added), changes.Count(c => c.Kind == ItemChangeKind.Removed),
            changes.Count(c => c.Kind == ItemChangeKind.Changed), changes);
    }

    /// <summary>The fields in which two states of an item differ, by their JSON names.</summary>
    public static IReadOnlyList<string> FieldsOf(ItemEntry before, ItemEntry after)
    {
        (string Field, bool Differs)[] fields =
        [
            ("number", before.Number != after.Number), ("name", before.Name != after.Name), ("code", before.Code != after.Code),
            ("officeName", before.OfficeName != after.OfficeName), ("mode", before.Mode != after.Mode), ("kind", before.Kind != after.Kind),
            ("groupKey", before.GroupKey != after.GroupKey), ("regionIds", !before.RegionIds.ToHashSet().SetEquals(after.RegionIds)),
            ("batch", before.Batch != after.Batch), ("batchDate", before.BatchDate != after.BatchDate),
        ];
        return [.. fields.Where(f => f.Differs).Select(f => f.Field)];
    }
}
