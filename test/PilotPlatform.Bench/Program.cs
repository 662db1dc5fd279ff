using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Bench;
using PilotPlatform.Data;
using PilotPlatform.Tenancy;
using PilotPlatform.Testing;

// Measures lists over many rows: each request against the real host on Kestrel, and beside it the same page by
// hand-written SQL on the same file in the same run. Started by etc/bench.sh.
const int WarmUp = 5; // the first requests compile code and queries
var pilots = Option("--pilots", 50_000);
var deliverables = Option("--deliverables", 1_000_000);
var requests = Option("--requests", 200);
var show = Array.IndexOf(args, "--only") is >= 0 and var only ? args[only + 1] : "";

// Where the host reads its settings; the factory would look for the sources, which a console application does not name.
Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_PILOTPLATFORM_HTTPAPI_HOST", AppContext.BaseDirectory);
await using var app = new PilotPlatformApp();
app.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
await app.InitializeAsync();
try
{
    var text = "";
    await app.AsSystemAsync(TenantRef.Root, services =>
    {
        text = services.GetRequiredService<PlatformDbContext>().Database.GetConnectionString()!;
        return Task.CompletedTask;
    });
    using var connection = new SqliteConnection(text);
    connection.Open();
    var watch = Stopwatch.StartNew();
    Filling.Fill(connection, pilots, deliverables);
    Print($"{pilots:N0} pilots and {deliverables:N0} deliverables filled in {watch.Elapsed.TotalSeconds:N0} s; {Environment.ProcessorCount} cores; load average before {Load()}");
    Print($"{requests} requests each, one after the other, over loopback; milliseconds. cpu: mean of server and client together, which a busy machine hardly changes. Baseline: hand-written SQL, no server.\n");
    Print($"{"request",-34}{"p50",8}{"p95",8}{"max",8}{"cpu",8}{"base p50",10}{"base p95",10}{"rows",8}{"of",9}");

    foreach (var (name, persona, path, baseline) in Cases.All.Where(c => c.Name.Contains(show, StringComparison.OrdinalIgnoreCase)))
    {
        using var client = app.As(persona);
        client.BaseAddress = app.ClientOptions.BaseAddress;
        var uri = new Uri(path, UriKind.Relative);
        byte[] body = [];
        var (served, cpu) = await MeasureAsync(requests, async () => body = await client.GetByteArrayAsync(uri));
        var raw = baseline is null ? null : (await MeasureAsync(requests, () => Task.FromResult(baseline.Read(connection)))).Taken;
        using var json = JsonDocument.Parse(body);
        var (rows, total) = RowsOf(json.RootElement);
        if (baseline is not null && baseline.Read(connection) != (rows, total))
        {
            throw new InvalidOperationException($"{name}: the server gave {rows} of {total}, the baseline {baseline.Read(connection)}.");
        }

        Print($"{name,-34}{At(served, 50),8:N1}{At(served, 95),8:N1}{served[^1],8:N1}{cpu,8:N1}{(raw is null ? "" : At(raw, 50).ToString("N1", CultureInfo.InvariantCulture)),10}{(raw is null ? "" : At(raw, 95).ToString("N1", CultureInfo.InvariantCulture)),10}{rows,8}{total,9}");
        app.Sql.Reset();
        if (args.Contains("--sql"))
        {
            await client.GetByteArrayAsync(uri);
            Print($"{string.Join("\n\n", app.Sql.Statements)}\n");
            app.Sql.Reset();
        }
    }

    Print($"\nload average after {Load()}");
}
finally
{
    await ((Xunit.IAsyncLifetime)app).DisposeAsync();
}

return 0;

int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

static double At(double[] sorted, int percent) => sorted[(int)Math.Ceiling(sorted.Length * percent / 100.0) - 1];

static (int Rows, int Total) RowsOf(JsonElement body) =>
    body.TryGetProperty("items", out var items) ? (items.GetArrayLength(), body.GetProperty(body.TryGetProperty("totalCount", out _) ? "totalCount" : "total").GetInt32())
    : (1, body.TryGetProperty("total", out var total) ? total.GetInt32() : 1);

static async Task<(double[] Taken, double Cpu)> MeasureAsync<T>(int times, Func<Task<T>> work)
{
    for (var i = 0; i < WarmUp; i++)
    {
        await work();
    }

    var cpu = Environment.CpuUsage.TotalTime;
    var taken = new double[times];
    for (var i = 0; i < times; i++)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        taken[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    cpu = Environment.CpuUsage.TotalTime - cpu;
    Array.Sort(taken);
    return (taken, cpu.TotalMilliseconds / times);
}
