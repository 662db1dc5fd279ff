namespace PilotPlatform.Replication.Tests;

/// <summary>A fact that needs LibreOffice and pdftotext; skipped, with the reason, where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LibreOfficeFactAttribute : FactAttribute
{
    public LibreOfficeFactAttribute()
    {
        var missing = new[] { "soffice", "pdftotext" }.Where(program => !IsOnPath(program)).ToArray();
        if (missing.Length > 0)
        {
            Skip = $"Not installed: {string.Join(", ", missing)} (libreoffice-writer-nogui, poppler-utils).";
        }
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, program)));
}
