namespace PilotPlatform.Documents.Tests;

/// <summary>A fact that needs LibreOffice and the Poppler tools; skipped, with the reason, where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LibreOfficeFactAttribute : FactAttribute
{
    private static readonly string[] Programs = ["soffice", "pdftotext", "pdfinfo", "pdftoppm", "pdffonts"];

    public LibreOfficeFactAttribute()
    {
        var missing = Programs.Where(program => !IsOnPath(program)).ToArray();
        if (missing.Length > 0)
        {
            Skip = $"Not installed: {string.Join(", ", missing)} (libreoffice-writer-nogui, poppler-utils).";
        }
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
