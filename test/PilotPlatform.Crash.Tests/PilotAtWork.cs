using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PilotPlatform.Regions;

namespace PilotPlatform.Crash.Tests;

/// <summary>A running pilot of one city with a single required deliverable, and the two people who work on it.</summary>
internal sealed class PilotAtWork : IDisposable
{
    private static readonly string[] Checks = ["Complete", "Legible", "MatchesTheme", "ApprovedByRegion", "NothingConfidential"];

    private PilotAtWork(Browser province, Browser city, string pilotId, string deliverableId)
    {
        Province = province;
        City = city;
        PilotId = pilotId;
        DeliverableId = deliverableId;
    }

    public Browser Province { get; }

    public Browser City { get; }

    public string PilotId { get; }

    public string DeliverableId { get; }

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8));

    /// <summary>The province assigns the last theme of the demo's second programme to the city, which plans and starts.</summary>
    public static async Task<PilotAtWork> BeginAsync(Deployment deployment, string cityCode, string coordinator)
    {
        var province = await Browser.SignInAsync(deployment, "js.coordinator");
        var city = await Browser.SignInAsync(deployment, coordinator);
        var programme = (await province.GetAsync("/api/programmes?maxResultCount=50")).GetProperty("items").EnumerateArray()
            .Single(p => p.GetProperty("title").GetString()!.Contains("申领", StringComparison.Ordinal)).GetProperty("id").GetString();
        var theme = (await province.GetAsync($"/api/programmes/{programme}")).GetProperty("themes").EnumerateArray().Last().GetProperty("id").GetString();
        await province.PostAsync($"/api/programmes/{programme}/assignments", new { themeId = theme, regionId = RegionIds.Of(cityCode), partName = (string?)null });

        // The outbox makes the pilot.
        var pilots = await EventuallyAsync(() => city.GetAsync($"/api/pilots?programmeId={programme}&themeId={theme}"), list => list.GetProperty("totalCount").GetInt32() > 0);
        var pilot = pilots.GetProperty("items")[0].GetProperty("id").GetString()!;
        await city.PostAsync($"/api/pilots/{pilot}/begin-planning", new { concurrencyStamp = await StampAsync() });
        var office = (await city.GetAsync($"/api/pilots/{pilot}/plan/draft")).GetProperty("offices")[0].GetProperty("id").GetString();
        var draft = await city.PutAsync($"/api/pilots/{pilot}/plan/draft", new
        {
            concurrencyStamp = "",
            phases = new[] { new { name = "组织实施", startOn = Today, endOn = Today.AddDays(30), tasks = new[] { new { name = "编写知识库", officeId = office, dueOn = Today.AddDays(20) } } } },
        });
        await city.PostAsync($"/api/pilots/{pilot}/plan/submit", new { concurrencyStamp = draft.GetProperty("concurrencyStamp").GetString() });
        await city.PostAsync($"/api/pilots/{pilot}/start", new { concurrencyStamp = await StampAsync() });
        var slot = (await city.GetAsync($"/api/pilots/{pilot}")).GetProperty("deliverables").EnumerateArray().Single(d => d.GetProperty("isRequired").GetBoolean());
        return new PilotAtWork(province, city, pilot, slot.GetProperty("id").GetString()!);

        async Task<string> StampAsync() => (await city.GetAsync($"/api/pilots/{pilot}")).GetProperty("concurrencyStamp").GetString()!;
    }

    /// <summary>The city uploads a file and hands the next version in; its id and stamp.</summary>
    public async Task<(string Id, string Stamp)> HandInAsync(string measures)
    {
        var file = await Tus.UploadAsync(City, "知识库.txt", Encoding.UTF8.GetBytes($"热线知识库 {measures}"));
        var draft = await City.PutAsync($"/api/deliverables/{DeliverableId}/draft", new
        {
            concurrencyStamp = (string?)null,
            sections = new[] { new { section = "Measures", text = measures } },
            fileIds = new[] { file },
        });
        var id = draft.GetProperty("id").GetString()!;
        var submitted = await City.PostAsync($"/api/submissions/{id}/submit", new { concurrencyStamp = draft.GetProperty("concurrencyStamp").GetString() });
        return (id, submitted.GetProperty("concurrencyStamp").GetString()!);
    }

    public static object Acceptance(string stamp) => new
    {
        concurrencyStamp = stamp,
        checks = Checks.Select(item => new { item, passed = true, remark = (string?)null }),
        remark = "同意",
    };

    public static object Return(string stamp) => new
    {
        concurrencyStamp = stamp,
        checks = Checks.Select(item => new { item, passed = item != "Complete", remark = (string?)null }),
        findings = new[] { new { section = "Measures", reason = "请补充与窗口联动的做法" } },
        remark = "请按意见补正",
        correctionDueOn = Today.AddDays(7),
    };

    public async Task ReopenAsync(Deployment deployment)
    {
        foreach (var browser in new[] { Province, City })
        {
            (await browser.OpenAsync(deployment)).GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue("people stay signed in when the server restarts");
        }
    }

    public void Dispose()
    {
        Province.Dispose();
        City.Dispose();
    }

    /// <summary>Asks until the answer is as wanted, for two minutes at most.</summary>
    public static async Task<JsonElement> EventuallyAsync(Func<Task<JsonElement>> ask, Func<JsonElement, bool> isAsWanted)
    {
        var asked = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (isAsWanted(answer))
            {
                return answer;
            }

            asked.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2), $"the last answer was {answer}");
        }
    }
}

/// <summary>Uploads by tus.</summary>
internal static class Tus
{
    public const string ContentType = "application/offset+octet-stream";

    public static async Task<string> BeginAsync(Browser browser, string name, long size)
    {
        using var created = await browser.SendAsync(HttpMethod.Post, "/api/uploads", null, Version,
            ("Upload-Length", size.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}"));
        ((int)created.StatusCode).ShouldBe(201, await created.Content.ReadAsStringAsync());
        return created.Headers.Location!.ToString();
    }

    public static Task<HttpResponseMessage> PatchAsync(Browser browser, string upload, long offset, HttpContent content) =>
        browser.SendAsync(HttpMethod.Patch, upload, content, Version, ("Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static async Task AppendAsync(Browser browser, string upload, long offset, ReadOnlyMemory<byte> bytes)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        using var response = await PatchAsync(browser, upload, offset, content);
        ((int)response.StatusCode).ShouldBe(204, await response.Content.ReadAsStringAsync());
    }

    public static async Task<long> OffsetAsync(Browser browser, string upload)
    {
        using var response = await browser.SendAsync(HttpMethod.Head, upload, null, Version);
        ((int)response.StatusCode).ShouldBe(200);
        return long.Parse(response.Headers.GetValues("Upload-Offset").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Uploads in one piece; the file's id.</summary>
    public static async Task<string> UploadAsync(Browser browser, string name, byte[] bytes)
    {
        var upload = await BeginAsync(browser, name, bytes.Length);
        await AppendAsync(browser, upload, 0, bytes);
        return (await browser.GetAsync($"{upload}/file")).GetProperty("fileId").GetString()!;
    }

    private static (string Name, string Value) Version => ("Tus-Resumable", "1.0.0");
}
