using System.Xml.Linq;

namespace PilotPlatform.Bpmn.Tests.Writing;

/// <summary>The comparer is the judge of the round trips: it must see what differs and nothing else.</summary>
public sealed class BpmnComparisonTests
{
    [Theory]
    [InlineData("<a b='1' c='2'/>", "<a c='2' b='1'></a>")]
    [InlineData("<a><b/> <c/></a>", "<a>\n  <b/>\n  <c/>\n</a>")]
    [InlineData("<x:a xmlns:x='urn:n'><x:b/></x:a>", "<a xmlns='urn:n'><b/></a>")]
    [InlineData("<a>1 &lt; 2</a>", "<a><![CDATA[1 < 2]]></a>")]
    [InlineData("<a>1<!-- c -->2</a>", "<a>1<!-- c -->2</a>")]
    [InlineData("<a b='x&#10;y'/>", "<a b='x&#xA;y'/>")]
    [InlineData("<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:m='urn:n' i:type='m:t'/>", "<a xmlns:j='http://www.w3.org/2001/XMLSchema-instance' xmlns:o='urn:n' j:type='o:t'/>")]
    [InlineData("<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='${a b:c}'><b i:type=':d'/></a>", "<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='${a b:c}'><b i:type=':d'/></a>")]
    public void Differences_WhenXmlCallsItTheSame_AreNone(string one, string other) => Compare(one, other).ShouldBeEmpty();

    [Theory]
    [InlineData("<a b='1'/>", "<a/>", "/a: attribute b")]
    [InlineData("<a/>", "<a b='1'/>", "/a: attribute b")]
    [InlineData("<a b='1'/>", "<a b='2'/>", "/a: attribute b")]
    [InlineData("<a b='x y'/>", "<a b='x  y'/>", "/a: attribute b")]
    [InlineData("<a><b/></a>", "<a/>", "/a: b became nothing")]
    [InlineData("<a><b id='1'/><c/></a>", "<a><c/><b id='1'/></a>", "/a: b[1] became c")]
    [InlineData("<a>x</a>", "<a>x </a>", "/a: text")]
    [InlineData("<a> </a>", "<a/>", "/a: Text became nothing")]
    [InlineData("<a><b> </b></a>", "<a><b>  </b></a>", "/a/b: text")]
    [InlineData("<a><!--x--></a>", "<a><!--y--></a>", "/a: comment")]
    [InlineData("<a><?p x?></a>", "<a><?p y?></a>", "/a: processing instruction")]
    [InlineData("<a xmlns='urn:n'/>", "<a xmlns='urn:o'/>", ": a became a")]
    [InlineData("<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:m='urn:n' i:type='m:t'/>", "<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:m='urn:o' i:type='m:t'/>", "/a: attribute {http://www.w3.org/2001/XMLSchema-instance}type")]
    public void Differences_WhenSomethingDiffers_SayWhere(string one, string other, string expected) => Compare(one, other).ShouldBe([expected]);

    private static IReadOnlyList<string> Compare(string one, string other) =>
        BpmnComparison.Differences(XDocument.Parse(one, LoadOptions.PreserveWhitespace), XDocument.Parse(other, LoadOptions.PreserveWhitespace));
}
