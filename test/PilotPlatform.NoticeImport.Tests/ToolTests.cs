using System.Text.Json;

namespace PilotPlatform.NoticeImport.Tests;

public sealed class ToolTests : IDisposable
{
    private const string Notice = "关于开展改革试点的通知\n各市人民政府:\n一、主要任务\n(一)推进数据共享。\n某省人民政府办公厅\n2023年1月9日";
    private const string Page = "<html><body><p>关于开展另一项改革试点的通知</p><p>各市人民政府:</p><p>一、主要任务</p><p>(一)优化窗口设置。</p><p>(二)完善评价机制。</p></body></html>";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("notices");
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _errors.Dispose();
    }

    [Fact]
    public void Draft_WhereANameHasSeveralFiles_TakesTheText()
    {
        Write("a.txt", Notice);
        Write("a.html", Page);
        Write("a.json", "{}");
        Write("b.html", Page);

        Run().ShouldBe(0);
        Themes("a").ShouldBe(["推进数据共享"]);
        Themes("b").ShouldBe(["优化窗口设置", "完善评价机制"]);
        Directory.GetFiles(Out).Length.ShouldBe(2);
    }

    [Fact]
    public void Draft_WithExtension_TakesThatFile()
    {
        Write("a.txt", Notice);
        Write("a.html", Page);
        Write("b.txt", Notice);

        Run("--ext", "html").ShouldBe(0);
        Themes("a").Count.ShouldBe(2);
        Themes("b").Count.ShouldBe(1);
    }

    [Fact]
    public void Draft_WhenOneIsRefused_WritesTheOthersAndFails()
    {
        Write("a.txt", "");
        Write("b.txt", Notice);

        Run().ShouldBe(1);
        _errors.ToString().ShouldContain(NoticeImportCodes.Empty);
        Themes("a").ShouldBeEmpty();
        Themes("b").Count.ShouldBe(1);
    }

    [Fact]
    public void Run_WhenMisused_SaysHow()
    {
        Tool.Run(["draft"], _errors).ShouldBe(2);
        Tool.Run(["draft", In, Out, "--ext", "pdf"], _errors).ShouldBe(2);
        _errors.ToString().ShouldContain("usage:");
    }

    [Fact]
    public void Draft_WhenTheFolderIsAbsent_Fails() => Tool.Run(["draft", Path.Combine(In, "absent"), Out], _errors).ShouldBe(1);

    private string In => _folder.FullName;

    private string Out => Path.Combine(In, "out");

    private int Run(params string[] options) => Tool.Run(["draft", In, Out, .. options], _errors);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(In, name), text);

    private List<string?> Themes(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, name + ".json")));
        return [.. json.RootElement.GetProperty("themes").EnumerateArray().Select(t => t.GetProperty("title").GetString())];
    }
}
