namespace PilotPlatform.Documents.Contracts;

/// <summary>
/// Reads the tables of files that strangers made: the sheets of an XLSX, the tables of a DOCX, a CSV or text with tabs. What a
/// file is, its content says and not its name. Sizes are counted before anything is read, nothing outside the file is opened,
/// formulas are never calculated: a cell says what it said when the file was saved.
/// </summary>
public interface ITableWorkbookReader
{
    /// <summary>The largest file that is read.</summary>
    public const int MaximumBytes = 10 * 1024 * 1024;

    /// <summary>The most rows that are read of one table.</summary>
    public const int MaximumRows = 50_000;

    /// <summary>The tables of a file, in its order; those without any text are left out.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="TableReadingException">The file holds no table, or is none that may be read.</exception>
    IReadOnlyList<TableReading> Read(ReadOnlyMemory<byte> file);

    /// <summary>The table of a text that was pasted from a spreadsheet: tabs between cells, quotes around cells of several lines.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="TableReadingException">The text is empty or too long.</exception>
    TableReading ReadText(string text);
}

/// <summary>A table as it was read.</summary>
/// <param name="Name">The sheet's name; empty where the file gives none.</param>
/// <param name="Rows">Its rows, those without any text left out.</param>
public sealed record TableReading(string Name, IReadOnlyList<TableReadingRow> Rows);

/// <summary>A row of a table.</summary>
/// <param name="Number">Its number as its reader sees it, from 1.</param>
/// <param name="Cells">Its cells from the first column on.</param>
/// <param name="IsHidden">Whether the file hides it, by hand or by a filter.</param>
public sealed record TableReadingRow(int Number, IReadOnlyList<TableReadingCell> Cells, bool IsHidden);

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says, spaces at both ends away; a date as 2023-09-30.</param>
/// <param name="IsInherited">Whether it is part of a cell merged downwards, and says what the first of them says.</param>
public readonly record struct TableReadingCell(string Text, bool IsInherited);

/// <summary>Why a file gives no table.</summary>
public enum TableReadingFailure
{
    /// <summary>It holds no table with text.</summary>
    Empty,

    /// <summary>It is larger than may be, packed or unpacked, or has too many rows.</summary>
    TooLarge,

    /// <summary>It is damaged.</summary>
    Unreadable,

    /// <summary>It is of a kind that is not read, such as XLS or PDF.</summary>
    Unsupported,

    /// <summary>It carries macros.</summary>
    Macros,

    /// <summary>It is protected by a password.</summary>
    Encrypted,
}

/// <summary>A file gives no table.</summary>
public sealed class TableReadingException : Exception
{
    /// <summary>States why.</summary>
    /// <param name="failure">The kind of failure, for the caller to act on.</param>
    /// <param name="message">What an operator needs to know.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public TableReadingException(TableReadingFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>The kind of failure.</summary>
    public TableReadingFailure Failure { get; }
}
