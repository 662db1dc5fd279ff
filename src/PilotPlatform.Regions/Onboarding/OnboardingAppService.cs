using PilotPlatform.Errors;

namespace PilotPlatform.Regions.Onboarding;

/// <summary>
/// Brings provinces in. The two steps are not one transaction (accounts are another module's), so each may be repeated:
/// a province without an administrator is one whose invitation was interrupted, and may be onboarded again.
/// </summary>
internal sealed class OnboardingAppService(IRegionDirectory directory, IRegionOnboarding onboarding, IFirstAdministrators administrators)
{
    // A double click arrives twice within milliseconds: one after the other, the second finds the administrator of the first.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    public Task<IReadOnlyList<ProvinceDto>> ListAsync(CancellationToken cancellationToken) => DescribeAsync(ChinaDivisions.ChildrenOf(null), cancellationToken);

    public async Task<OnboardedProvinceDto> OnboardAsync(string code, OnboardProvinceDto input, CancellationToken cancellationToken)
    {
        var division = ChinaDivisions.Find(code) is { Level: DivisionLevel.Province } found
            ? found
            : throw new BusinessException(RegionsErrorCodes.UnknownProvince).WithData("code", code);
        new InputCheck().Text(input.AdministratorUserName, "administratorUserName", 60)
            .Text(input.AdministratorDisplayName, "administratorDisplayName", 60).ThrowIfAny();
        var userName = input.AdministratorUserName!.Trim();

        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            if ((await DescribeAsync([division], cancellationToken))[0].HasAdministrator)
            {
                throw new BusinessException(RegionsErrorCodes.AlreadyOnboarded).WithData("name", division.Name);
            }

            await onboarding.OnboardProvinceAsync(code, cancellationToken);
            var password = InitialPasswords.New();
            var invited = await administrators.InviteAsync(
                RegionIds.Of(code), userName, input.AdministratorDisplayName!.Trim(), password, cancellationToken);
            return invited
                ? new OnboardedProvinceDto((await DescribeAsync([division], cancellationToken))[0], userName, password)
                : throw new BusinessException(RegionsErrorCodes.UserNameTaken).WithData("userName", userName);
        }
        finally
        {
            OneAtATime.Release();
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
