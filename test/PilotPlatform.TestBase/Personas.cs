using PilotPlatform.Permissions;
using PilotPlatform.Regions;
using PilotPlatform.Tenancy;

namespace PilotPlatform.Testing;

/// <summary>A person of the test world. Roles have their ready-made permissions.</summary>
public sealed record Persona(Guid Id, string DisplayName, TenantRef Tenant, params string[] Roles);

/// <summary>One region's people. Two siblings (南通, 扬州), their province and a region of another province always exist.</summary>
public sealed class RegionPeople(string code, string name, string path)
{
    public TenantRef Tenant { get; } = new(RegionIds.Of(code), path);

    public string Code => code;

    public string Name => name;

    public Persona Coordinator => Person(RoleNames.Coordinator);

    public Persona Leader => Person(RoleNames.Leader);

    public Persona Assessor => Person(RoleNames.Assessor);

    public Persona SecondAssessor => Person(RoleNames.Assessor, "2");

    public Persona ThirdAssessor => Person(RoleNames.Assessor, "3");

    public Persona Administrator => Person(RoleNames.RegionAdministrator);

    public Persona SecurityAdministrator => Person(RoleNames.SecurityAdministrator);

    public Persona Auditor => Person(RoleNames.Auditor);

    private Persona Person(string role, string suffix = "") =>
        new(RegionIds.Of($"person:{code}:{role}{suffix}"), $"{name}{role}{suffix}", Tenant, role);
}

/// <summary>The people that tests sign in as.</summary>
public static class People
{
    public static readonly RegionPeople Jiangsu = new("32", "江苏省", "/32/");
    public static readonly RegionPeople Nanjing = new("3201", "南京市", "/32/3201/");
    public static readonly RegionPeople Nantong = new("3206", "南通市", "/32/3206/");
    public static readonly RegionPeople Yangzhou = new("3210", "扬州市", "/32/3210/");
    public static readonly RegionPeople Jiangxi = new("36", "江西省", "/36/");
    public static readonly RegionPeople Ganzhou = new("3607", "赣州市", "/36/3607/");

    public static readonly Persona Operator =
        new(RegionIds.Of("person:operator"), "平台运营", TenantRef.Root, RoleNames.PlatformOperator);
}
