using PilotPlatform.Data;
using Shouldly;

namespace PilotPlatform.Kernel.Tests;

public sealed class SortListTests
{
    private static readonly SortList<Row> Sorts = new SortList<Row>().Allow("name", r => r.Name).Otherwise(rows => rows.OrderBy(r => r.Name));

    [Theory]
    [InlineData(null)]
    [InlineData("name")]
    [InlineData("name desc")]
    public void Apply_WhereRowsTie_KeepsOneOrder(string? sorting)
    {
        var rows = Enumerable.Range(1, 9).Select(i => new Row(new Guid(i, 0, 0, new byte[8]), "同名")).ToList();

        var once = Sorts.Apply(rows.AsQueryable(), sorting).Select(r => r.Id).ToList();
        var again = Sorts.Apply(Enumerable.Reverse(rows).AsQueryable(), sorting).Select(r => r.Id).ToList();

        again.ShouldBe(once);
    }

    private sealed record Row(Guid Id, string Name);
}
