using PilotPlatform.NoticeImport.Cleaning;

namespace PilotPlatform.NoticeImport.Blocks;

/// <summary>A paragraph, numbered item or table row, with what stands under it.</summary>
internal sealed class Block(TextRange range, NumberMark? mark, IReadOnlyList<TextRange> cells)
{
    private readonly List<Block> _children = [];

    /// <summary>The whole line.</summary>
    public TextRange Range { get; } = range;

    /// <summary>The number before it; null for a plain paragraph.</summary>
    public NumberMark? Mark { get; } = mark;

    /// <summary>The cells, when the line is a table row; empty otherwise.</summary>
    public IReadOnlyList<TextRange> Cells { get; } = cells;

    public Block? Parent { get; private set; }

    public IReadOnlyList<Block> Children => _children;

    public bool IsRow => Cells.Count > 1;

    /// <summary>The line without its number.</summary>
    public TextRange Body => TextRange.Between(Range.Start + (Mark?.Length ?? 0), Range.End);

    public IEnumerable<Block> NumberedChildren => _children.Where(c => c.Mark is not null && !c.IsRow);

    public IEnumerable<Block> Paragraphs => _children.Where(c => c.Mark is null && !c.IsRow);

    /// <summary>The last numbered item under it; kept, for each item asks whether it is the last.</summary>
    public Block? LastNumbered { get; private set; }

    public void Add(Block child)
    {
        child.Parent = this;
        LastNumbered = child.Mark is null ? LastNumbered : child;
        _children.Add(child);
    }

    /// <summary>Whether it names offices or regions itself; found once, for it is asked of each item several times.</summary>
    public bool? HasEvidence { get; set; }

    /// <summary>The end of this block with everything under it.</summary>
    public int DeepEnd
    {
        get
        {
            var last = this;
            while (last._children.Count > 0)
            {
                last = last._children[^1];
            }

            return last.Range.End;
        }
    }
}
