using System.Net.Http.Headers;
using System.Text;
using PilotPlatform.Testing;

namespace PilotPlatform.Files.Tests;

/// <summary>Speaks tus to the API.</summary>
internal static class TusClient
{
    public static async Task<HttpResponseMessage> CreateAsync(this HttpClient client, string name, long size)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", size.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", $"filename {Base64(name)},filetype {Base64("application/octet-stream")}");
        return await client.SendAsync(request);
    }

    public static async Task<HttpResponseMessage> PatchAsync(this HttpClient client, Uri upload, long offset, HttpContent content, CancellationToken cancellationToken = default)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Patch, upload) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return await client.SendAsync(request, cancellationToken);
    }

    public static Task<HttpResponseMessage> PatchAsync(this HttpClient client, Uri upload, long offset, byte[] bytes) =>
        client.PatchAsync(upload, offset, new ByteArrayContent(bytes));

    public static async Task<HttpResponseMessage> TusAsync(this HttpClient client, HttpMethod method, Uri upload)
    {
        using var request = new HttpRequestMessage(method, upload);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return await client.SendAsync(request);
    }

    public static long OffsetOf(this HttpResponseMessage response) =>
        long.Parse(response.Headers.GetValues("Upload-Offset").Single(), System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<Uri> BeginAsync(this HttpClient client, string name, long size)
    {
        var created = await client.CreateAsync(name, size);
        created.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        return created.Headers.Location!;
    }

    public static Task<UploadedFile> FileAsync(this HttpClient client, Uri upload) => client.GetAsAsync<UploadedFile>($"{upload}/file");

    /// <summary>Uploads in one piece.</summary>
    public static async Task<UploadedFile> UploadAsync(this HttpClient client, string name, byte[] bytes)
    {
        var upload = await client.BeginAsync(name, bytes.Length);
        var sent = await client.PatchAsync(upload, 0, bytes);
        sent.StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent, await sent.Content.ReadAsStringAsync());
        return await client.FileAsync(upload);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

/// <summary>The API's answer, read by a client.</summary>
internal sealed record UploadedFile(Guid FileId, string Name, long Size, string ContentType, string Sha256);
