namespace PilotPlatform.Seeding;

/// <summary>Puts in place what the product needs to run; safe to run again. Runs in the root's scope.</summary>
public interface IDataSeeder
{
    /// <summary>Lower runs first: 0 regions, 10 identity, 20 and up domain.</summary>
    int Order { get; }

    /// <summary>Adds what is missing and saves.</summary>
    Task SeedAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Adds demo data; refused in Production. Runs in the root's scope; opens tenant scopes as needed. Safe to run again:
/// does nothing where its data exist.
/// </summary>
public interface IDemoSeeder
{
    /// <summary>Lower runs first: 0 regions, 10 people, 20 programmes, 30 pilots, 40 assessment, 50 replication.</summary>
    int Order { get; }

    /// <summary>Adds the demo data and saves.</summary>
    Task SeedDemoAsync(CancellationToken cancellationToken);
}
