using System.Xml.Linq;
using PilotPlatform.Documents.OfficialDocuments;

namespace PilotPlatform.Documents.Pdf;

/// <summary>
/// Tells fontconfig (what LibreOffice asks on Linux) which installed face stands in for one that is not. Without it each
/// missing face becomes whatever comes first, and the four faces of the standard all look the same.
/// </summary>
internal static class FontFallbacks
{
    public static string Write(string folder)
    {
        var path = Path.Combine(folder, "fonts.conf");
        new XDocument(
            new XDocumentType("fontconfig", null, "fonts.dtd", null),
            new XElement(
                "fontconfig",
                new XElement("include", new XAttribute("ignore_missing", "yes"), "/etc/fonts/fonts.conf"),
                OfficialFont.All.Select(font => new XElement(
                    "alias",
                    new XAttribute("binding", "same"),
                    new XElement("family", font.Name),
                    new XElement("accept", font.Substitutes.Select(substitute => new XElement("family", substitute)))))))
            .Save(path);
        return path;
    }
}
