namespace PilotPlatform.Regions.Tests;

public class ChinaDivisionsTests
{
    [Fact]
    public void All_HoldsEveryLevel()
    {
        ChinaDivisions.All.Count(d => d.Level == DivisionLevel.Province).ShouldBe(34);
        ChinaDivisions.All.Count(d => d.Level == DivisionLevel.City).ShouldBe(333);
        ChinaDivisions.All.Count(d => d.Level == DivisionLevel.County).ShouldBeInRange(2840, 2860);
    }

    [Fact]
    public void All_CodesAreUniqueAndStandUnderTheirParent()
    {
        ChinaDivisions.All.Select(d => d.Code).ShouldBeUnique();
        foreach (var division in ChinaDivisions.All)
        {
            division.Code.Length.ShouldBe(division.Level switch { DivisionLevel.Province => 2, DivisionLevel.City => 4, _ => 6 });
            if (division.ParentCode is null)
            {
                division.Level.ShouldBe(DivisionLevel.Province);
                continue;
            }

            var parent = ChinaDivisions.Find(division.ParentCode).ShouldNotBeNull(division.Name);
            division.Code.ShouldStartWith(parent.Code);
            division.Order.ShouldBeGreaterThan(parent.Order);
        }
    }

    [Fact]
    public void ChildrenOf_Jiangsu_AreItsCitiesInAdministrativeOrder() =>
        ChinaDivisions.ChildrenOf("32").Select(d => ChinaDivisions.ShortNameOf(d.Name)).ShouldBe(
            ["南京", "无锡", "徐州", "常州", "苏州", "南通", "连云港", "淮安", "盐城", "扬州", "镇江", "泰州", "宿迁"]);

    [Fact]
    public void ChildrenOf_Null_AreTheProvinces() =>
        ChinaDivisions.ChildrenOf(null).Count.ShouldBe(34);

    [Theory]
    [InlineData("11", "东城区")]
    [InlineData("50", "城口县")]
    [InlineData("42", "仙桃市")]
    [InlineData("65", "石河子市")]
    public void ChildrenOf_WhereTheCodeTableHasAHeading_AreThePlacesThemselves(string province, string name) =>
        ChinaDivisions.ChildrenOf(province).ShouldContain(d => d.Name == name && d.Level == DivisionLevel.County);

    [Fact]
    public void All_HoldsNoHeadingsAndNoStatisticalZones()
    {
        ChinaDivisions.All.ShouldNotContain(d => d.Name == "市辖区" || d.Name == "县" || d.Name.Contains("直辖"));
        ChinaDivisions.All.ShouldNotContain(d => d.Name.EndsWith("开发区"));
        ChinaDivisions.Find("310115").ShouldNotBeNull().Name.ShouldBe("浦东新区");
    }

    [Theory]
    [InlineData("南通市", "3206")]
    [InlineData("南通", "3206")]
    [InlineData("如皋", "320682")]
    [InlineData("江苏", "32")]
    [InlineData("内蒙古", "15")]
    [InlineData("广西", "45")]
    [InlineData("新疆", "65")]
    [InlineData("延边", "2224")]
    [InlineData("黔西南", "5223")]
    [InlineData("香港", "81")]
    public void FindByName_FullOrShort_IsFound(string name, string code) =>
        ChinaDivisions.FindByName(name)[0].Code.ShouldBe(code);

    [Fact]
    public void FindByName_WhenSeveralShareIt_AnswersAll() =>
        ChinaDivisions.FindByName("鼓楼区").Select(d => d.Code).ShouldBe(["320106", "320302", "350102", "410204"]);

    [Fact]
    public void FindByName_WhenUnknown_IsEmpty() => ChinaDivisions.FindByName("蓉江新区").ShouldBeEmpty();

    [Theory]
    [InlineData("沛县", "沛县")]
    [InlineData("东区", "东区")]
    [InlineData("东乡族自治县", "东乡族")]
    [InlineData("浦东新区", "浦东")]
    public void ShortNameOf_KeepsAtLeastTwoCharacters(string name, string expected) =>
        ChinaDivisions.ShortNameOf(name).ShouldBe(expected);

    [Fact]
    public void Find_WhenUnknown_IsNull() => ChinaDivisions.Find("99").ShouldBeNull();
}
