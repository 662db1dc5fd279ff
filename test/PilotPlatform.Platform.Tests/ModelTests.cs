using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using PilotPlatform.Data;
using PilotPlatform.HttpApi.Host;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

namespace PilotPlatform.Platform.Tests;

/// <summary>The one model: tenant filters on every entity, and nothing that one of the databases would refuse.</summary>
public sealed class ModelTests : IDisposable
{
    private const int SqlServerIndexBytes = 1700;
    private readonly List<ServiceProvider> providers = [];

    public void Dispose() => providers.ForEach(p => p.Dispose());

    [Fact]
    public void EveryEntity_HasTheTenantFilter_OrIsListedWithAReason()
    {
        using var scope = Open("Sqlite").CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<PlatformDbContext>().Model;
        var unfiltered = Unfiltered(model).ToList();
        unfiltered.Except(TenantExemptions.Reasons.Keys).ShouldBeEmpty("entities without a tenant filter and without a reason");
        TenantExemptions.Reasons.Keys.Except(unfiltered).ShouldBeEmpty("exemptions of entities that do not exist or are filtered");
    }

    [Fact]
    public void EveryEntity_Twin_AnUnfilteredEntityIsFound()
    {
        var builder = new ModelBuilder();
        builder.Entity<Unguarded>();
        Unfiltered((IModel)builder.FinalizeModel()).ShouldBe([typeof(Unguarded).FullName!]);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    [InlineData("SqlServer")]
    public void Migrations_AreUpToDate(string provider)
    {
        using var scope = Open(provider).CreateScope();
        scope.ServiceProvider.GetRequiredService<PlatformDbContext>().Database.HasPendingModelChanges()
            .ShouldBeFalse("run etc/migrations.sh add NAME");
    }

    /// <summary>Rows of before get what a new column's default says; a name of no value would make them unreadable.</summary>
    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    [InlineData("SqlServer")]
    public void Migrations_GiveOldRowsValuesThatCanBeRead(string provider)
    {
        using var scope = Open(provider).CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDbContext>();
        var migrations = db.GetService<IMigrationsAssembly>();
        Unreadable(
            migrations.Migrations.Values.SelectMany(type => migrations.CreateMigration(type, db.Database.ProviderName!).UpOperations),
            db.Model.GetRelationalModel()).ShouldBeEmpty();
    }

    [Fact]
    public void Migrations_Twin_AnUnreadableDefaultIsFound()
    {
        using var scope = Open("Sqlite").CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<PlatformDbContext>().Model.GetRelationalModel();
        var (table, column) = model.Tables.SelectMany(t => t.Columns.Select(c => (Table: t.Name, Column: c))).First(c => EnumOf(c.Column) is not null);
        Unreadable([new AddColumnOperation { Table = table, Name = column.Name, ClrType = typeof(string), DefaultValue = "" }], model).ShouldHaveSingleItem();
    }

    [Fact]
    public void SqlServerScript_IsValidTSql()
    {
        using var scope = Open("SqlServer").CreateScope();
        // The script that an operator would run: all migrations, each only where it is missing.
        var script = scope.ServiceProvider.GetRequiredService<PlatformDbContext>().GetService<IMigrator>()
            .GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
        script.ShouldContain("CREATE TABLE");
        ParseErrors(script).ShouldBeEmpty();
        foreach (var guard in scope.ServiceProvider.GetRequiredService<IDatabaseProvider>().GuardStatements)
        {
            ParseErrors(guard).ShouldBeEmpty(guard);
        }
    }

    [Fact]
    public void SqlServerScript_Twin_ABrokenScriptIsFound() => ParseErrors("CREATE TABLE [x] ([y] int NOT NULL,, )").ShouldNotBeEmpty();

    [Fact]
    public void SqlServer_WouldRefuseNothing()
    {
        using var scope = Open("SqlServer").CreateScope();
        Refusals(scope.ServiceProvider.GetRequiredService<PlatformDbContext>().Model).ShouldBeEmpty();
    }

    [Fact]
    public void SqlServer_Twin_RefusalsAreFound()
    {
        var builder = new ModelBuilder();
        builder.Entity<Unguarded>().HasIndex(x => x.Name);
        Refusals((IModel)builder.FinalizeModel()).ShouldNotBeEmpty();
    }

    private static IEnumerable<string> Unfiltered(IModel model) =>
        model.GetEntityTypes().Where(e => !e.IsOwned() && e.FindDeclaredQueryFilter(PlatformDbContext.TenantFilter) is null).Select(e => e.ClrType.FullName!);

    private static IEnumerable<string> Unreadable(IEnumerable<MigrationOperation> operations, IRelationalModel model) =>
        from added in operations.OfType<AddColumnOperation>()
        let type = model.FindTable(added.Table, added.Schema)?.FindColumn(added.Name) is { } column ? EnumOf(column) : null
        where type is not null && !added.IsNullable && !Enum.TryParse(type, added.DefaultValue as string, out _)
        select $"{added.Table}.{added.Name}: “{added.DefaultValue}” is no {type.Name}";

    private static Type? EnumOf(IColumn column)
    {
        if (column.PropertyMappings is not [var mapping, ..])
        {
            // A column of JSON; what is missing there is read as its default.
            return null;
        }

        var type = mapping.Property.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum && column.StoreTypeMapping.Converter?.ProviderClrType == typeof(string) ? type : null;
    }

    private static IEnumerable<string> ParseErrors(string script)
    {
        using var reader = new StringReader(script);
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Select(e => $"line {e.Line}: {e.Message}");
    }

    private static IEnumerable<string> Refusals(IModel model)
    {
        foreach (var entity in model.GetEntityTypes())
        {
            foreach (var key in entity.GetForeignKeys().Where(k => k.DeleteBehavior == DeleteBehavior.Cascade && !k.IsOwnership))
            {
                yield return $"{entity.ClrType.Name}: cascade to {key.PrincipalEntityType.ClrType.Name}";
            }

            var keys = entity.GetIndexes().Select(i => (i.Properties, Name: i.GetDatabaseName()))
                .Concat(entity.GetKeys().Select(k => (k.Properties, Name: k.GetName())));
            foreach (var (properties, name) in keys)
            {
                var bytes = properties.Sum(Bytes);
                if (bytes > SqlServerIndexBytes)
                {
                    yield return $"{name}: {bytes} bytes, more than {SqlServerIndexBytes}, or a text without a length";
                }
            }
        }
    }

    private static int Bytes(IReadOnlyProperty property)
    {
        var type = property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type == typeof(byte[]))
        {
            // nvarchar takes two bytes a character; without a length it may be any.
            return property.GetMaxLength() is { } length ? length * (type == typeof(string) ? 2 : 1) : 1_000_000;
        }

        return 16;
    }

    private ServiceProvider Open(string provider)
    {
        // Nothing connects: the model and the scripts need the provider only.
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider,
            ["Database:ConnectionString"] = provider switch
            {
                "Sqlite" => "Data Source=:memory:",
                "PostgreSql" => "Host=127.0.0.1;Database=x",
                _ => "Server=127.0.0.1;Database=x",
            },
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddPlatformModules(configuration);
        var built = services.BuildServiceProvider();
        providers.Add(built);
        return built;
    }

    private sealed class Unguarded
    {
        public Guid Id { get; set; }

        public string Name { get; set; } = "";
    }
}
