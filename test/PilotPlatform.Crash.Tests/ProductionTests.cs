namespace PilotPlatform.Crash.Tests;

/// <summary>What the programs refuse in Production, as the operator meets it.</summary>
[Collection(nameof(Deployment))]
public sealed class ProductionTests(Deployment deployment)
{
    [Fact]
    public async Task SeedDemo_InProduction_ExitsWith3AndSaysWhy()
    {
        var people = deployment.Database.Count("SELECT COUNT(*) FROM IdentityUsers");
        var (exitCode, output) = await HostProcess.RunAsync("PilotPlatform.DbMigrator", deployment.EnvironmentFor("Production"), "seed-demo");
        exitCode.ShouldBe(3, output);
        output.ShouldContain("seed-demo is refused in Production");
        deployment.Database.Count("SELECT COUNT(*) FROM IdentityUsers").ShouldBe(people);
    }

    [Fact]
    public async Task SeedDemo_WhenOnlyOneOfTheTwoVariablesSaysProduction_IsRefusedToo()
    {
        foreach (var (aspNet, dotNet) in new[] { ("Production", "Testing"), ("Testing", "Production") })
        {
            var environment = deployment.EnvironmentFor("Production");
            environment["ASPNETCORE_ENVIRONMENT"] = aspNet;
            environment["DOTNET_ENVIRONMENT"] = dotNet;
            var (exitCode, output) = await HostProcess.RunAsync("PilotPlatform.DbMigrator", environment, "seed-demo");
            exitCode.ShouldBe(3, output);
        }
    }

    [Fact]
    public async Task Host_InProductionOverADemoDatabase_RefusesToStartAndNamesTheAccounts()
    {
        var (exitCode, output) = await HostProcess.RunAsync("PilotPlatform.HttpApi.Host", deployment.EnvironmentFor("Production"));
        exitCode.ShouldNotBe(0);
        output.ShouldContain("Production refuses to start: this database holds demo accounts");
        output.ShouldContain("cz.coordinator");
        output.ShouldNotContain("Now listening on");
    }
}
