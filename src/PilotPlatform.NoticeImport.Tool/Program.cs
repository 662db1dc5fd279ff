using System.Text;
using PilotPlatform.NoticeImport;

return Tool.Run(args, Console.Error);

/// <summary>
/// notices draft IN_DIR OUT_DIR [--ext txt|html|docx]: writes the draft of every notice of a folder.
/// notices measure: how long texts of growing size take.
/// </summary>
internal static class Tool
{
    private const string Usage = "usage: notices draft IN_DIR OUT_DIR [--ext txt|html|docx] | notices measure";

    // Where a name has several files, the first of these is taken.
    private static readonly string[] Extensions = [".txt", ".html", ".docx"];

    public static int Run(string[] args, TextWriter errors)
    {
        if (args is ["measure"])
        {
            Measure.Run(Console.Out, TimeProvider.System);
            return 0;
        }

        if (Parse(args) is not { } request)
        {
            errors.WriteLine(Usage);
            return 2;
        }

        if (!Directory.Exists(request.Input))
        {
            errors.WriteLine($"{request.Input}: no such folder");
            return 1;
        }

        var failed = false;
        Directory.CreateDirectory(request.Output);
        foreach (var file in Files(request.Input, request.Extension))
        {
            try
            {
                var json = Draft(file, errors, ref failed);
                File.WriteAllText(Path.Combine(request.Output, Path.GetFileNameWithoutExtension(file) + ".json"), json, new UTF8Encoding(false));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"{file}: {e.Message}");
                failed = true;
            }
        }

        return failed ? 1 : 0;
    }

    private static string Draft(string file, TextWriter errors, ref bool failed)
    {
        var length = new FileInfo(file).Length;

        // One byte over the limit is enough for the library to refuse the file; a huge one is not read whole.
        var bytes = new byte[Math.Min(length, NoticeReader.MaximumBytes + 1)];
        using (var stream = File.OpenRead(file))
        {
            stream.ReadExactly(bytes);
        }

        var format = Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".HTML" => NoticeFormat.Html,
            ".DOCX" => NoticeFormat.Docx,
            _ => NoticeFormat.Text,
        };
        var reading = NoticeReader.Read(bytes, format);
        if (reading.Refusal is { } refusal)
        {
            errors.WriteLine($"{file}: {refusal.Code}: {refusal.Reason}");
            failed = true;
            return NoticeDraftJson.Write(refusal);
        }

        return NoticeDraftJson.Write(reading.Draft!);
    }

    private static IEnumerable<string> Files(string folder, string? extension) =>
        Directory.EnumerateFiles(folder)
            .Where(f => Rank(f) >= 0)
            .GroupBy(f => Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.OrderBy(f => IsOf(f, extension) ? -1 : Rank(f)).First());

    private static bool IsOf(string file, string? extension) =>
        extension is not null && string.Equals(Path.GetExtension(file), extension, StringComparison.OrdinalIgnoreCase);

    private static int Rank(string file) =>
        Array.FindIndex(Extensions, e => string.Equals(e, Path.GetExtension(file), StringComparison.OrdinalIgnoreCase));

    private static (string Input, string Output, string? Extension)? Parse(string[] args) => args switch
    {
        ["draft", var input, var output] => (input, output, null),
        ["draft", var input, var output, "--ext", "txt" or "html" or "docx"] => (input, output, "." + args[^1]),
        ["draft", "--ext", "txt" or "html" or "docx", var input, var output] => (input, output, "." + args[2]),
        _ => null,
    };
}
