namespace PilotPlatform.Documents.Workbooks;

internal enum CellKind
{
    Text,
    Integer,
    Decimal,
    Date,
    Percent,
}

internal sealed record SheetColumn<TRow>(
    string Header, CellKind Kind, Func<TRow, CellValue> Read, double? Width, bool Total);

/// <summary>What a cell holds: a text, a number, or neither.</summary>
internal readonly record struct CellValue(string? Text, decimal? Number)
{
    // Excel keeps 15 digits; a longer number (an identity number, say) is written as text rather than rounded.
    private const long LargestExactInteger = 999_999_999_999_999;

    // Excel believes in 29 February 1900, so that day numbers agree with the calendar from the day after only.
    private static readonly DateOnly FirstExactDate = new(1900, 3, 1);
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    public static CellValue Of(string? text) => new(text, null);

    public static CellValue Of(decimal? number) => new(null, number);

    public static CellValue Of(long? number) => number is > LargestExactInteger or < -LargestExactInteger
        ? new(number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), null)
        : new(null, number);

    public static CellValue Of(DateOnly? date) => date switch
    {
        null => default,
        { } day when day < FirstExactDate => new(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), null),
        { } day => new(null, day.DayNumber - DayZero.DayNumber),
    };
}
