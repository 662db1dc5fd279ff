using PilotPlatform.Seeding;

namespace PilotPlatform.Regions.Seeding;

/// <summary>Two provinces of the demo with the offices that lead the reform in each of their cities.</summary>
internal sealed class DemoRegions(IRegionOnboarding onboarding) : IDemoSeeder
{
    private static readonly string[] Provinces = ["32", "36"];

    // Offices that a province's programme works with, besides the leading one.
    private static readonly (string Name, string Short)[] OfProvince = [("发展和改革委员会", "发展改革委"), ("市场监督管理局", "市场监管局"), ("司法厅", "司法厅")];

    private static readonly (string Name, string Short)[] OfCity = [("行政审批局", "行政审批局"), ("市场监督管理局", "市场监管局"), ("司法局", "司法局")];

    public int Order => 0;

    public async Task SeedDemoAsync(CancellationToken cancellationToken)
    {
        foreach (var code in Provinces)
        {
            await onboarding.OnboardProvinceAsync(code, cancellationToken);
            var province = ChinaDivisions.Find(code)!;
            await onboarding.EnsureOfficeAsync(RegionIds.Of(code), $"{province.Name}政务服务管理办公室", "省政务办", cancellationToken);
            foreach (var (name, shortName) in OfProvince)
            {
                await onboarding.EnsureOfficeAsync(RegionIds.Of(code), province.Name + name, "省" + shortName, cancellationToken);
            }

            foreach (var city in ChinaDivisions.ChildrenOf(code))
            {
                await onboarding.EnsureOfficeAsync(RegionIds.Of(city.Code), $"{city.Name}政务服务管理办公室", "市政务办", cancellationToken);
                foreach (var (name, shortName) in OfCity)
                {
                    await onboarding.EnsureOfficeAsync(RegionIds.Of(city.Code), city.Name + name, "市" + shortName, cancellationToken);
                }
            }
        }
    }
}
