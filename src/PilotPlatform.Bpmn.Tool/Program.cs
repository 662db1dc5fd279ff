using System.Text;
using System.Xml.Linq;
using PilotPlatform.Bpmn;

Console.OutputEncoding = new UTF8Encoding(false);
return Tool.Run(args, Console.Out, Console.Error);

/// <summary>
/// bpmn check IN_DIR OUT_DIR: says of every .bpmn file whether it imports, and writes what does back to OUT_DIR.
/// </summary>
internal static class Tool
{
    private const string Usage = "usage: bpmn check IN_DIR OUT_DIR";

    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is not ["check", var input, var target])
        {
            errors.WriteLine(Usage);
            return 2;
        }

        if (!Directory.Exists(input))
        {
            errors.WriteLine($"{input}: no such folder");
            return 1;
        }

        var failed = false;
        Directory.CreateDirectory(target);
        var files = Directory.EnumerateFiles(input)
            .Where(f => string.Equals(Path.GetExtension(f), ".bpmn", StringComparison.OrdinalIgnoreCase))
            .OrderBy(f => Path.GetFileName(f), StringComparer.Ordinal);
        foreach (var file in files)
        {
            try
            {
                Check(file, target, output, errors, ref failed);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"{file}: {e.Message}");
                failed = true;
            }
        }

        return failed ? 1 : 0;
    }

    private static void Check(string file, string target, TextWriter output, TextWriter errors, ref bool failed)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        BpmnReading reading;
        using (var stream = File.OpenRead(file))
        {
            reading = BpmnReader.Read(stream);
        }

        if (reading.Model is not { } model)
        {
            output.WriteLine($"{name} refused");
            foreach (var refusal in reading.Refusals)
            {
                output.WriteLine($"{Word(refusal.ElementId)} {Word(refusal.ElementType)} {refusal.Reason}");
            }

            return;
        }

        var exported = Path.Combine(target, name + ".bpmn");
        using (var stream = File.Create(exported))
        {
            BpmnWriter.Write(model, stream);
        }

        // What was written is read again from the disk: "ok" is said of that file, not of the intention.
        using (var stream = File.OpenRead(exported))
        {
            var differences = BpmnComparison.Differences(model.Document, BpmnReader.Read(stream).Model?.Document ?? new XDocument());
            foreach (var difference in differences)
            {
                errors.WriteLine($"{exported}: differs from {file} at {difference}");
            }

            failed |= differences.Count > 0;
        }

        output.WriteLine($"{name} ok");
    }

    /// <summary>One column: an id that breaks the rules of XML may hold spaces.</summary>
    private static string Word(string text) => string.Concat(text.Select(c => char.IsWhiteSpace(c) || char.IsControl(c) ? '_' : c));
}
