namespace PilotPlatform.Bpmn.Writing.Layout;

/// <summary>About how much room a label of 12 points takes: Chinese signs are twice as wide as Latin letters.</summary>
internal static class TextSize
{
    public const double LineHeight = 14;

    public static double Width(string text) => text.Split('\n').Max(line => line.Sum(c => c > 0x2E7F ? 12.0 : 6.5));

    /// <summary>Width and height when lines are broken at a width.</summary>
    public static (double Width, double Height) Broken(string text, double atMost)
    {
        var lines = text.Split('\n').Sum(line => Math.Max(1, Math.Ceiling(Width(line) / atMost)));
        return (Math.Min(atMost, Math.Ceiling(Width(text))), lines * LineHeight);
    }
}
