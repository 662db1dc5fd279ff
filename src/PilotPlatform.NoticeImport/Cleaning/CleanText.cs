namespace PilotPlatform.NoticeImport.Cleaning;

/// <summary>A range of characters in the clean text.</summary>
internal readonly record struct TextRange(int Start, int Length)
{
    public int End => Start + Length;

    public static TextRange Between(int start, int end) => new(start, Math.Max(0, end - start));
}

/// <summary>
/// The text in the one form that every rule reads: simplified, NFKC, half-width punctuation, no spaces within
/// Chinese; with the place of each character in the text as received.
/// </summary>
internal sealed class CleanText
{
    private readonly int[] _from;
    private readonly int[] _to;
    private readonly bool[] _gap;

    public CleanText(string source, string text, int[] from, int[] to, bool[] gap)
    {
        if (from.Length != text.Length || to.Length != text.Length || gap.Length != text.Length)
        {
            throw new ArgumentException("Every character needs its place.", nameof(from));
        }

        (Source, Text, _from, _to, _gap) = (source, text, from, to, gap);
    }

    public string Source { get; }

    public string Text { get; }

    /// <summary>Whether spaces stood before this character in the text as received.</summary>
    public bool GapBefore(int index) => _gap[index];

    public string Slice(TextRange range) => Text.Substring(range.Start, range.Length);

    /// <summary>The range of the text as received that a range of the clean text came from.</summary>
    public SourceSpan ToSource(TextRange range)
    {
        if (range.Length == 0)
        {
            var at = range.Start < _from.Length ? _from[range.Start] : Source.Length;
            return new SourceSpan(at, 0);
        }

        var start = _from[range.Start];
        return new SourceSpan(start, _to[range.End - 1] - start);
    }
}
