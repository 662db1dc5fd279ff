namespace PilotPlatform.NoticeImport.Cleaning;

/// <summary>Text while it is cleaned: each character with the range of the source that it came from.</summary>
internal sealed class CleaningBuffer(int capacity)
{
    private bool _gapNext;

    public List<char> Text { get; } = new(capacity);

    public List<int> From { get; } = new(capacity);

    public List<int> To { get; } = new(capacity);

    public List<bool> Gap { get; } = new(capacity);

    public void Add(char c, int from, int to)
    {
        Text.Add(c);
        From.Add(from);
        To.Add(to);
        Gap.Add(_gapNext);
        _gapNext = false;
    }

    public void Take(CleaningBuffer other, int index)
    {
        _gapNext |= other.Gap[index];
        Add(other.Text[index], other.From[index], other.To[index]);
    }

    public void GapNext() => _gapNext = true;
}
