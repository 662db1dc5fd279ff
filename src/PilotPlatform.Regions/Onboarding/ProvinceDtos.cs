namespace PilotPlatform.Regions.Onboarding;

/// <summary>A province of the national divisions.</summary>
/// <param name="Code">Two digits.</param>
/// <param name="Name">The full name.</param>
/// <param name="Cities">How many cities (in a municipality: districts) become tenants with it.</param>
/// <param name="IsOnboarded">Whether it is a tenant here.</param>
/// <param name="HasAdministrator">Whether somebody can administer it; false means that the invitation is still open.</param>
internal sealed record ProvinceDto(string Code, string Name, int Cities, bool IsOnboarded, bool HasAdministrator);

/// <summary>Who is to administer the province first.</summary>
/// <param name="AdministratorUserName">What they sign in with.</param>
/// <param name="AdministratorDisplayName">Their name.</param>
internal sealed record OnboardProvinceDto(string? AdministratorUserName, string? AdministratorDisplayName);

/// <summary>A province that was onboarded.</summary>
/// <param name="Province">The province.</param>
/// <param name="AdministratorUserName">What the first administrator signs in with.</param>
/// <param name="InitialPassword">Shown this once and kept nowhere; it must be changed at the first sign-in.</param>
internal sealed record OnboardedProvinceDto(ProvinceDto Province, string AdministratorUserName, string InitialPassword);
