using System.Xml.Linq;

namespace PilotPlatform.Documents.Pdf;

/// <summary>The settings of a fresh LibreOffice profile: a document may neither run anything nor fetch anything.</summary>
internal static class LibreOfficeProfile
{
    private static readonly XNamespace Oor = "http://openoffice.org/2001/registry";

    public static void Write(string profile)
    {
        var user = Directory.CreateDirectory(Path.Combine(profile, "user"));
        const string Scripting = "/org.openoffice.Office.Common/Security/Scripting";
        new XDocument(new XElement(
            Oor + "items",
            new XAttribute(XNamespace.Xmlns + "oor", Oor),
            Item(Scripting, "DisableMacrosExecution", "true"),
            Item(Scripting, "MacroSecurityLevel", "3"),
            Item(Scripting, "BlockUntrustedRefererLinks", "true"),
            Item("/org.openoffice.Office.Writer/Content/Update", "Link", "0")))
            .Save(Path.Combine(user.FullName, "registrymodifications.xcu"));
    }

    private static XElement Item(string path, string name, string value) => new(
        "item",
        new XAttribute(Oor + "path", path),
        new XElement(
            "prop",
            new XAttribute(Oor + "name", name),
            new XAttribute(Oor + "op", "fuse"),
            new XElement("value", value)));
}
