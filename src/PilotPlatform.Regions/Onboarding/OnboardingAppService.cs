using PilotPlatform.Data;
using PilotPlatform.Errors;
using PilotPlatform.Regions.Regions;

namespace PilotPlatform.Regions.Onboarding;

/// <summary>
/// Brings provinces in. The two steps are not one transaction (accounts are another module's), so each may be repeated:
/// a province without an administrator is one whose invitation was interrupted, and may be onboarded again.
/// </summary>
internal sealed class OnboardingAppService(
    PlatformDbContext db, IRegionDirectory directory, IRegionOnboarding onboarding, IFirstAdministrators administrators, OnboardingTurn turn)
{
    public Task<IReadOnlyList<ProvinceDto>> ListAsync(CancellationToken cancellationToken) => DescribeAsync(ChinaDivisions.ChildrenOf(null), cancellationToken);

    public async Task<OnboardedProvinceDto> OnboardAsync(string code, OnboardProvinceDto input, CancellationToken cancellationToken)
    {
        var division = ChinaDivisions.Find(code) is { Level: DivisionLevel.Province } found
            ? found
            : throw new BusinessException(RegionsErrorCodes.UnknownProvince).WithData("code", code);
        new InputCheck().Text(input.AdministratorUserName, "administratorUserName", 60)
            .Text(input.AdministratorDisplayName, "administratorDisplayName", 60).ThrowIfAny();
        var userName = input.AdministratorUserName!.Trim();

        await turn.OneAtATime.WaitAsync(cancellationToken);
        try
        {
            await RequireNoAdministratorAsync(division, cancellationToken);
            await onboarding.OnboardProvinceAsync(code, cancellationToken);
            var id = RegionIds.Of(code);
            var password = InitialPasswords.New();
            // At other nodes they meet at the province's row: the second finds the administrator of the first.
            var invited = await db.InTurnAsync<Region, bool>(
                r => r.Id == id,
                async () =>
                {
                    await RequireNoAdministratorAsync(division, cancellationToken);
                    return await administrators.InviteAsync(id, userName, input.AdministratorDisplayName!.Trim(), password, cancellationToken);
                },
                cancellationToken);
            return invited
                ? new OnboardedProvinceDto((await DescribeAsync([division], cancellationToken))[0], userName, password)
                : throw new BusinessException(RegionsErrorCodes.UserNameTaken).WithData("userName", userName);
        }
        finally
        {
            turn.OneAtATime.Release();
        }
    }

    private async Task RequireNoAdministratorAsync(Division division, CancellationToken cancellationToken)
    {
        if ((await DescribeAsync([division], cancellationToken))[0].HasAdministrator)
        {
            throw new BusinessException(RegionsErrorCodes.AlreadyOnboarded).WithData("name", division.Name);
        }
    }

    private async Task<IReadOnlyList<ProvinceDto>> DescribeAsync(IReadOnlyList<Division> provinces, CancellationToken cancellationToken)
    {
        var map = await directory.GetAsync(cancellationToken);
        var regions = provinces.Select(p => map.FindByCode(p.Code)).OfType<RegionInfo>().ToDictionary(r => r.Code);
        var administered = await administrators.WhichHaveOneAsync([.. regions.Values.Select(r => r.Id)], cancellationToken);
        return
        [
            .. provinces.Select(p => regions.TryGetValue(p.Code, out var region)
                ? new ProvinceDto(p.Code, p.Name, ChinaDivisions.ChildrenOf(p.Code).Count, region.IsActive, administered.Contains(region.Id))
                : new ProvinceDto(p.Code, p.Name, ChinaDivisions.ChildrenOf(p.Code).Count, IsOnboarded: false, HasAdministrator: false)),
        ];
    }
}

/// <summary>
/// A double click arrives twice within milliseconds: one after the other at this node, the second finds what the first has made
/// instead of making the same regions and being refused by their index.
/// </summary>
internal sealed class OnboardingTurn
{
    public SemaphoreSlim OneAtATime { get; } = new(1, 1);
}
