using System.Diagnostics;
using System.Text.Json;

namespace PilotPlatform.Crash.Tests;

/// <summary>The server dies in the middle of a request.</summary>
internal static class PowerCut
{
    /// <summary>
    /// Posts, and kills the server once it has written so much (or has answered), or, for null, when it has half of the request; whether it had answered.
    /// </summary>
    public static async Task<bool> PostAsync(Deployment deployment, Browser browser, string path, object body, long? written)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);
        using var content = new HeldContent(bytes, bytes.Length / 2, "application/json");
        var sending = browser.SendAsync(HttpMethod.Post, path, content);
        await content.FirstSent;
        if (written is { } enough)
        {
            content.Release();
            await content.AllSent;
            await UntilAsync(() => deployment.Database.Written >= enough, sending);
        }

        deployment.Kill();
        // The client notices only when it sends on.
        content.Release();
        return await IsAnsweredAsync(sending);
    }

    public static async Task UntilAsync(Func<bool> isSo, Task<HttpResponseMessage> sending)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo() && !sending.IsCompleted)
        {
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2));
            await Task.Yield();
        }
    }

    public static async Task<bool> IsAnsweredAsync(Task<HttpResponseMessage> sending)
    {
        try
        {
            using var response = await sending;
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
