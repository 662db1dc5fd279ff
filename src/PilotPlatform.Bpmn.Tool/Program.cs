using System.Text;
using System.Xml.Linq;
using PilotPlatform.Bpmn;

Console.OutputEncoding = new UTF8Encoding(false);
return Tool.Run(args, Console.Out, Console.Error);

/// <summary>
/// bpmn check IN_DIR OUT_DIR: says of every .bpmn file whether it imports, and writes what does back to OUT_DIR.
/// bpmn draw IN_FILE OUT_FILE: writes the model with a new diagram.
/// </summary>
internal static class Tool
{
    private const string Unreadable = "unreadable"; // beside the reader's own reasons: the file could not be opened
    private const string Usage = "usage: bpmn check IN_DIR OUT_DIR | bpmn draw IN_FILE OUT_FILE";

    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        switch (args)
        {
            case ["check", var input, var target]:
                return CheckAll(input, target, output, errors);
            case ["draw", var input, var target]:
                return Draw(input, target, errors);
            default:
                errors.WriteLine(Usage);
                return 2;
        }
    }

    private static int Draw(string input, string target, TextWriter errors)
    {
        try
        {
            var reading = Read(input);
            if (reading.Model is not { } model)
            {
                WriteRefusals(reading, errors);
                return 1;
            }

            using var stream = File.Create(target);
            BpmnWriter.Write(BpmnModelBuilder.WithDiagram(model), stream);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    private static int CheckAll(string input, string target, TextWriter output, TextWriter errors)
    {
        if (!Directory.Exists(input))
        {
            errors.WriteLine($"{input}: no such folder");
            return 1;
        }

        var failed = false;
        try
        {
            Directory.CreateDirectory(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }

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
        try
        {
            reading = Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is to blame, not the run: it has its line like any other.
            errors.WriteLine($"{file}: {e.Message}");
            output.WriteLine($"{name} refused");
            output.WriteLine($"- document {Unreadable}");
            return;
        }

        if (reading.Model is not { } model)
        {
            output.WriteLine($"{name} refused");
            WriteRefusals(reading, output);
            return;
        }

        var exported = Path.Combine(target, name + ".bpmn");
        using (var stream = File.Create(exported))
        {
            BpmnWriter.Write(model, stream);
        }

        // What was written is read again from the disk: "ok" is said of that file, not of the intention.
        var differences = BpmnComparison.Differences(model.Document, Read(exported).Model?.Document ?? new XDocument());
        foreach (var difference in differences)
        {
            errors.WriteLine($"{exported}: differs from {file} at {difference}");
        }

        failed |= differences.Count > 0;
        output.WriteLine($"{name} ok");
    }

    private static BpmnReading Read(string file)
    {
        using var stream = File.OpenRead(file);
        return BpmnReader.Read(stream);
    }

    private static void WriteRefusals(BpmnReading reading, TextWriter output)
    {
        foreach (var refusal in reading.Refusals)
        {
            output.WriteLine($"{Word(refusal.ElementId)} {Word(refusal.ElementType)} {refusal.Reason}");
        }
    }

    /// <summary>One column: an id that breaks the rules of XML may hold spaces.</summary>
    private static string Word(string text) => string.Concat(text.Select(c => char.IsWhiteSpace(c) || char.IsControl(c) ? '_' : c));
}
