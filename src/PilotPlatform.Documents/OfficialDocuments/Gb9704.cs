namespace PilotPlatform.Documents.OfficialDocuments;

/// <summary>
/// The numbers of GB/T 9704-2012, in the units of WordprocessingML: twips (1/20 point) for lengths, half points for type,
/// eighths of a point for lines.
/// </summary>
internal static class Gb9704
{
    public const int PageWidth = 11906;
    public const int PageHeight = 16838;

    // The white above the type area (天头) and at the binding (订口), and a type area (版心) of 156 mm × 225 mm.
    public const int TopMargin = 2098;
    public const int LeftMargin = 1587;
    public const int TypeAreaWidth = 8845;
    public const int TypeAreaHeight = 12756;
    public const int RightMargin = PageWidth - LeftMargin - TypeAreaWidth;
    public const int BottomMargin = PageHeight - TopMargin - TypeAreaHeight;

    // 22 lines a page, 28 characters a line. 28 characters of 16 points are 2 mm wider than the type area, so that each
    // gives up a quarter of a point.
    public const int LinesPerPage = 22;
    public const int CharactersPerLine = 28;
    public const int LinePitch = TypeAreaHeight / LinesPerPage;
    public const int CharacterSpacing = -5;
    public const int CharacterPitch = (SizeThree * 10) + CharacterSpacing;

    // Type sizes: 2号, 3号, 4号, 小四.
    public const int SizeTwo = 44;
    public const int SizeThree = 32;
    public const int SizeFour = 28;
    public const int SizeSmallFour = 24;
    public const int SizeFourPitch = SizeFour * 10;

    // The upper edge of the issuer mark lies 35 mm under that of the type area.
    public const int IssuerMarkOffset = 1984;

    // The red line lies 4 mm under the number; Word takes the distance of a border in whole points.
    public const int RedLineDistance = 11;
    public const int RedLineWeight = 12;
    public const string Red = "FF0000";

    // The dash of the page number lies 7 mm under the type area, in the middle of a line of 14 points.
    public const int PageNumberLine = 280;
    public const int FooterDistance = BottomMargin - 397 - (PageNumberLine / 2);

    // The lines of the imprint: 0.35 mm for the first and last, 0.25 mm between.
    public const int ThickLine = 20;
    public const int ThinLine = 14;
}
