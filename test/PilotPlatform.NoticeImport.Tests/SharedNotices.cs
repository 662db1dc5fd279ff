using System.Runtime.CompilerServices;

namespace PilotPlatform.NoticeImport.Tests;

/// <summary>The original texts, which lie beside the repository on some machines and are no part of it.</summary>
internal static class SharedNotices
{
    public static string? Folder { get; } = Find();

    public static string Path(string name) => System.IO.Path.Combine(Folder!, name);

    private static string? Find([CallerFilePath] string here = "")
    {
        for (var folder = new FileInfo(here).Directory; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "PilotPlatform.sln")))
            {
                var shared = System.IO.Path.Combine(folder.FullName, "..", "shared", "notices");
                return Directory.Exists(shared) ? shared : null;
            }
        }

        return null;
    }
}

/// <summary>A test on the original texts, reported as skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedNoticesFactAttribute : FactAttribute
{
    public SharedNoticesFactAttribute()
    {
        if (SharedNotices.Folder is null)
        {
            Skip = "The original notices (../shared/notices) are not on this machine.";
        }
    }
}

/// <summary>A theory on the original texts, reported as skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedNoticesTheoryAttribute : TheoryAttribute
{
    public SharedNoticesTheoryAttribute()
    {
        if (SharedNotices.Folder is null)
        {
            Skip = "The original notices (../shared/notices) are not on this machine.";
        }
    }
}
