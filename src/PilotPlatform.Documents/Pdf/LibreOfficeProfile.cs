using System.Xml.Linq;

namespace PilotPlatform.Documents.Pdf;

/// <summary>The settings of a fresh LibreOffice profile: a document may neither run anything nor fetch anything.</summary>
internal static class LibreOfficeProfile
{
    private static readonly XNamespace Oor = "http://openoffice.org/2001/registry";

    /// <summary>For documents of our own.</summary>
    public static void Write(string profile) => Write(profile, []);

    /// <summary>For documents of strangers: besides, whatever goes over the network goes to a proxy that is not there.</summary>
    public static void WriteForStrangers(string profile)
    {
        const string Network = "/org.openoffice.Inet/Settings";
        Write(profile,
        [
            Item("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
            Item("/org.openoffice.Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
            Item(Network, "ooInetProxyType", "2"),
            Item(Network, "ooInetHTTPProxyName", "127.0.0.1"),
            Item(Network, "ooInetHTTPProxyPort", "9"),
            Item(Network, "ooInetHTTPSProxyName", "127.0.0.1"),
            Item(Network, "ooInetHTTPSProxyPort", "9"),
            Item(Network, "ooInetNoProxy", ""),
        ]);
    }

    private static void Write(string profile, XElement[] more)
    {
        var user = Directory.CreateDirectory(Path.Combine(profile, "user"));
        const string Scripting = "/org.openoffice.Office.Common/Security/Scripting";
        new XDocument(new XElement(
            Oor + "items",
            new XAttribute(XNamespace.Xmlns + "oor", Oor),
            Item(Scripting, "DisableMacrosExecution", "true"),
            Item(Scripting, "MacroSecurityLevel", "3"),
            Item(Scripting, "BlockUntrustedRefererLinks", "true"),
            Item("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
            more))
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
