namespace PilotPlatform.Testing;

/// <summary>Where the repository lies, found upwards from the test's binaries.</summary>
public static class RepositoryRoot
{
    public static readonly string Path = Find();

    public static string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(directory.FullName, "PilotPlatform.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("PilotPlatform.sln was not found above the test's binaries.");
    }
}
