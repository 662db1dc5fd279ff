using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Data;
using PilotPlatform.Identity;
using PilotPlatform.Permissions;
using PilotPlatform.Regions.Offices;
using PilotPlatform.Regions.Onboarding;
using PilotPlatform.Regions.Regions;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Regions.Tests;

/// <summary>Two at once at two nodes: one region, one office, one administrator.</summary>
public sealed class RegionsAtOnceTests(PilotPlatformApp app) : IClassFixture<PilotPlatformApp>
{
    private static readonly string Offices = $"/api/regions/{People.Nantong.Tenant.Id}/offices";

    /// <summary>A request that two send, what comes of the one that was first and of the one that was second.</summary>
    public static TheoryData<string> Requests => [.. Cases.Keys];

    private static Dictionary<string, (string Path, object Body, Persona By, Type Row, (int, string?) Loser)> Cases => new()
    {
        ["office"] = (Offices, new CreateOfficeDto("南通市同时局", "同时局"), People.Nantong.Administrator, typeof(Office), (409, "Platform:Duplicate")),
        ["zone"] = ($"/api/regions/{People.Nantong.Tenant.Id}/regions", new AddRegionDto("3206zz", "同时开发区", "同时区", RegionLevel.County), People.Nantong.Administrator, typeof(Region), (409, "Platform:Duplicate")),
        ["activate"] = ($"/api/regions/{RegionIds.Of("320681")}/activate", new { }, People.Nantong.Administrator, typeof(Region), (200, null)),
        ["province"] = ("/api/onboarding/provinces/42", new OnboardProvinceDto("hb.admin", "湖北管理员"), People.Operator, typeof(Region), (409, "Platform:Duplicate")),
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task TheSame_AtTwoNodesAtOnce_HappensOnce(string name)
    {
        var (path, body, by, row, loser) = Cases[name];
        Task<HttpResponseMessage> SendAsync(WebApplicationFactory<Program> node) => node.ClientOf(by).PostAsJsonAsync(path, body, PilotPlatformApp.Json);
        var (first, second) = row == typeof(Office) ? await app.AtOnceAsync<Office>(SendAsync) : await app.AtOnceAsync<Region>(SendAsync, isHeldUp: name == "activate");
        second.Status.ShouldBeOneOf(200, 201);
        first.Status.ShouldBe(loser.Item1);
        if (loser.Item2 is not null)
        {
            first.Code.ShouldBe(loser.Item2);
        }
    }

    [Fact]
    public async Task Onboard_AgainAtTwoNodes_InvitesOneAdministrator()
    {
        // The province is there, and its invitation was interrupted: from then on two may repeat it.
        await app.AsSystemAsync(TenantRef.Root, services => services.GetRequiredService<IRegionOnboarding>().OnboardProvinceAsync("43", default));
        (int Status, string? Code) second = default;
        var meanwhile = Meanwhile.AfterReading("NormalizedUserName", async () =>
            second = await app.ClientOf(People.Operator).PostAsJsonAsync("/api/onboarding/provinces/43", new OnboardProvinceDto("hn.two", "湖南乙")).RefusalAsync(), isHeldUp: true);
        await using var node = app.With(meanwhile);
        var first = await node.ClientOf(People.Operator).PostAsJsonAsync("/api/onboarding/provinces/43", new OnboardProvinceDto("hn.one", "湖南甲")).RefusalAsync();
        await meanwhile.Ended;

        new[] { first.Status, second.Status }.Order().ToList().ShouldBe([200, 409], $"{first} {second}");
        new[] { first.Code, second.Code }.ShouldContain(RegionsErrorCodes.AlreadyOnboarded);
        await app.AsSystemAsync(TenantRef.Root, async services =>
            (await services.GetRequiredService<IUserDirectory>().InRoleAsync(RegionIds.Of("43"), RoleNames.RegionAdministrator, default)).Count.ShouldBe(1));
    }

    [Fact]
    public async Task Onboard_OfTwoProvincesWithOneUserName_NeverHandsOutAPasswordOfTheOther()
    {
        (int Status, string? Code) second = default;
        var meanwhile = Meanwhile.AfterReading("NormalizedUserName", async () =>
            second = await app.ClientOf(People.Operator).PostAsJsonAsync("/api/onboarding/provinces/45", new OnboardProvinceDto("both.admin", "广西")).RefusalAsync(), isHeldUp: true);
        await using var node = app.With(meanwhile);
        var first = await node.ClientOf(People.Operator).PostAsJsonAsync("/api/onboarding/provinces/44", new OnboardProvinceDto("both.admin", "广东")).RefusalAsync();
        await meanwhile.Ended;

        new[] { first.Status, second.Status }.Count(s => s == 200).ShouldBe(1, $"{first} {second}");
        new[] { first.Status, second.Status }.ShouldAllBe(s => s < 500);
    }

    [Fact]
    public async Task Rename_WhileTheOrderChanges_IsNotStale()
    {
        var nantong = app.As(People.Nantong.Administrator);
        var one = await nantong.PostAsAsync<OfficeDto>(Offices, new CreateOfficeDto("南通市先局", "先局"));
        await nantong.PostAsAsync<OfficeDto>(Offices, new CreateOfficeDto("南通市后局", "后局"));
        var order = (await nantong.GetAsAsync<List<OfficeDto>>(Offices)).Select(o => o.Id).Reverse().ToList();
        await nantong.PostAsAsync<List<OfficeDto>>(Offices + "/reorder", new ReorderOfficesDto(order));
        // The form was opened before somebody else dragged the list about.
        (await nantong.PostAsAsync<OfficeDto>($"/api/offices/{one.Id}/rename", new RenameOfficeDto("南通市先行局", "先行局", one.ConcurrencyStamp))).Name.ShouldBe("南通市先行局");
    }

    [Fact]
    public async Task Reorder_ByTwoAtOnce_LeavesOneOrder()
    {
        var yangzhou = $"/api/regions/{People.Yangzhou.Tenant.Id}/offices";
        var client = app.As(People.Yangzhou.Administrator);
        foreach (var name in new[] { "甲", "乙", "丙" })
        {
            await client.PostAsAsync<OfficeDto>(yangzhou, new CreateOfficeDto($"扬州市{name}局", name));
        }

        var ids = (await client.GetAsAsync<List<OfficeDto>>(yangzhou)).Select(o => o.Id).ToList();
        Task<HttpResponseMessage> OrderAsync(WebApplicationFactory<Program> node, IEnumerable<Guid> order) =>
            node.ClientOf(People.Yangzhou.Administrator).PostAsJsonAsync(yangzhou + "/reorder", new ReorderOfficesDto([.. order]));
        var reversed = ids.AsEnumerable().Reverse().ToList();
        var (first, second) = await app.AtOnceAsync<Office>(node => OrderAsync(node, ids.Skip(1).Append(ids[0])), node => OrderAsync(node, reversed));
        (first, second.Status).ShouldBe(((409, "Platform:StaleStamp"), 200));
        (await client.GetAsAsync<List<OfficeDto>>(yangzhou)).Select(o => o.Id).ShouldBe(reversed);
    }

    [Fact]
    public async Task Regions_ThatChangeWhileTheyAreRead_AreReadAgain()
    {
        RegionDirectory? directory = null;
        directory = new RegionDirectory(
            new ScopesWithMeanwhile(app.Services.GetRequiredService<ITenantScopes>(), async () =>
            {
                await app.As(People.Yangzhou.Administrator).PostAsAsync<RegionNodeDto>(
                    $"/api/regions/{People.Yangzhou.Tenant.Id}/regions", new AddRegionDto("3210zz", "新区", "新区", RegionLevel.County));
                directory!.Renew();
            }),
            app.Clock);
        await directory.GetAsync();
        (await directory.GetAsync()).FindByCode("3210zz").ShouldNotBeNull();
    }
}
