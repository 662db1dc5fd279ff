namespace PilotPlatform.Documents.Contracts;

/// <summary>A piece of the body of an official document.</summary>
public abstract record DocumentBlock
{
    private protected DocumentBlock()
    {
    }
}

/// <summary>A heading. Its number (一、（一）1.（1）) is set by the writer and is not part of the text.</summary>
/// <param name="Level">1 to 4.</param>
/// <param name="Text">The text without its number.</param>
public sealed record Heading(int Level, string Text) : DocumentBlock;

/// <summary>A paragraph, first line indented by two characters. A line feed starts another paragraph.</summary>
/// <param name="Text">The text.</param>
public sealed record Paragraph(string Text) : DocumentBlock;

/// <summary>An item of a list; items that follow each other are numbered together, and the next list starts again.</summary>
/// <param name="Text">The text without its number.</param>
public sealed record ListItem(string Text) : DocumentBlock;

/// <summary>A table whose header row is repeated on every page and announced by screen readers.</summary>
/// <param name="Caption">What the table shows; printed above it.</param>
/// <param name="Columns">The columns, at least one.</param>
/// <param name="Rows">The rows, each with one text per column.</param>
public sealed record DocumentTable(
    string Caption, IReadOnlyList<DocumentTableColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : DocumentBlock;

/// <summary>A column of a <see cref="DocumentTable"/>.</summary>
/// <param name="Header">The header.</param>
/// <param name="Weight">Its share of the width, in proportion to the other columns.</param>
/// <param name="Alignment">How its cells are aligned.</param>
public sealed record DocumentTableColumn(string Header, int Weight = 1, CellAlignment Alignment = CellAlignment.Start);

/// <summary>How the cells of a column are aligned.</summary>
public enum CellAlignment
{
    /// <summary>Text: to the left.</summary>
    Start,

    /// <summary>Short, equal things such as states and dates: centred.</summary>
    Centre,

    /// <summary>Numbers: to the right.</summary>
    End,
}
