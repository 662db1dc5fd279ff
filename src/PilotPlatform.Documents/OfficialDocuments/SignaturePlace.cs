using PilotPlatform.Documents.Contracts;

namespace PilotPlatform.Documents.OfficialDocuments;

/// <summary>Where issuer and date stand, in half characters from the right edge.</summary>
internal readonly record struct SignaturePlace(int FreeLines, int IssuerFromRight, int DateFromRight)
{
    public static SignaturePlace Of(SealPlace seal, int issuerWidth, int dateWidth)
    {
        if (seal == SealPlace.OverSignature)
        {
            // The date four characters in and the issuer centred above it. A long issuer would reach over the edge: then
            // both move in together. Three free lines are the upper half of the seal.
            var overhang = Math.Max(0, ((issuerWidth - dateWidth) / 2) - 8);
            return new(3, 8 + overhang + ((dateWidth - issuerWidth) / 2), 8 + overhang);
        }

        // The issuer two characters in, and the date begins two characters after the issuer does; if that pushes the date
        // further out than two characters (it is the longer one), the date stands there and the issuer moves in.
        return dateWidth > issuerWidth
            ? new(1, 4 + dateWidth + 4 - issuerWidth, 4)
            : new(1, 4, issuerWidth - dateWidth);
    }
}
