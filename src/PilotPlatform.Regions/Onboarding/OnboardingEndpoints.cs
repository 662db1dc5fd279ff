using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Permissions;

namespace PilotPlatform.Regions.Onboarding;

internal static class OnboardingEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/onboarding/provinces").WithTags("Onboarding").RequirePermission(RegionsPermissions.Onboard);
        group.MapGet("", ListAsync).WithName("ListProvinces").WithSummary("Every province of the country and whether it is onboarded, in administrative order.");
        group.MapPost("/{code}", OnboardAsync).WithName("OnboardProvince")
            .WithSummary("Makes a province and its cities tenants and invites the first administrator; the initial password is shown this once.");
    }

    private static async Task<Ok<IReadOnlyList<ProvinceDto>>> ListAsync(OnboardingAppService onboarding, CancellationToken cancellationToken) =>
        TypedResults.Ok(await onboarding.ListAsync(cancellationToken));

    private static async Task<Ok<OnboardedProvinceDto>> OnboardAsync(
        string code, OnboardProvinceDto input, OnboardingAppService onboarding, CancellationToken cancellationToken) =>
        TypedResults.Ok(await onboarding.OnboardAsync(code, input, cancellationToken));
}
