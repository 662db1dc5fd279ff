using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace PilotPlatform.Crash.Tests;

/// <summary>The real server, killed in the middle of things and started again over what it left behind.</summary>
[Collection(nameof(Deployment))]
public sealed class CrashTests(Deployment deployment, ITestOutputHelper output)
{
    private const int Steps = 6;

    [Fact]
    public async Task Upload_WhenTheServerIsKilledInTheMiddle_GoesOnWhereItStopped()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 120_000).Select(i => $"第{i}行：行政备案事项清单\n")));
        const int firstChunk = 1024 * 1024;
        const int alsoSent = 700_000;
        using var city = await Browser.SignInAsync(deployment, "yz.coordinator");
        var upload = await Tus.BeginAsync(city, "清单.txt", bytes.Length);
        await Tus.AppendAsync(city, upload, 0, bytes.AsMemory(0, firstChunk));
        var partial = Path.Combine(deployment.PartialFiles, Guid.Parse(upload.Split('/')[^1]).ToString("N"));
        new FileInfo(partial).Length.ShouldBe(firstChunk);

        using var rest = new HeldContent(bytes.AsMemory(firstChunk), alsoSent, Tus.ContentType);
        var sending = Tus.PatchAsync(city, upload, firstChunk, rest);
        await rest.FirstSent;
        await PowerCut.UntilAsync(() => new FileInfo(partial).Length > firstChunk, sending);
        deployment.Kill();
        // The client notices only when it sends on.
        rest.Release();
        (await PowerCut.IsAnsweredAsync(sending)).ShouldBeFalse();

        await deployment.StartAsync();
        (await city.OpenAsync(deployment)).GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue();
        var offset = await Tus.OffsetAsync(city, upload);
        offset.ShouldBeInRange(firstChunk + 1, firstChunk + alsoSent);
        await Tus.AppendAsync(city, upload, offset, bytes.AsMemory((int)offset));
        var file = await city.GetAsync($"{upload}/file");
        var expected = Convert.ToHexStringLower(SHA256.HashData(bytes));
        file.GetProperty("sha256").GetString().ShouldBe(expected);
        using var download = await city.SendAsync(HttpMethod.Get, $"/api/files/{file.GetProperty("fileId").GetString()}/content");
        Convert.ToHexStringLower(SHA256.HashData(await download.Content.ReadAsByteArrayAsync())).ShouldBe(expected);
    }

    [Fact]
    public async Task Return_WhenTheServerIsKilledAtAnyPoint_IsWhollyDoneOrNotAtAll()
    {
        using var work = await PilotAtWork.BeginAsync(deployment, "3206", "nt.coordinator");
        var returned = 0;

        // Once undisturbed, to learn how much a decision writes.
        var submission = await work.HandInAsync("第一版");
        deployment.Database.EmptyLog();
        await work.Province.PostAsync($"/api/submissions/{submission.Id}/return", PilotAtWork.Return(submission.Stamp));
        var written = deployment.Database.Written;
        written.ShouldBeGreaterThan(0);
        Read(work, submission.Id).ShouldBe(Done(++returned));

        // Half the request; all of it; then ever more of what it writes; at last the answer.
        for (var point = 0; point <= Steps + 2; point++)
        {
            submission = await work.HandInAsync($"第{returned + 1}版");
            deployment.Database.EmptyLog();
            var body = JsonSerializer.SerializeToUtf8Bytes(PilotAtWork.Return(submission.Stamp), JsonSerializerOptions.Web);
            using var content = new HeldContent(body, body.Length / 2, "application/json");
            var sending = work.Province.SendAsync(HttpMethod.Post, $"/api/submissions/{submission.Id}/return", content);
            await content.FirstSent;
            if (point > 0)
            {
                content.Release();
                await content.AllSent;
            }

            if (point > 1)
            {
                var enough = point <= Steps + 1 ? written * (point - 1) / Steps : long.MaxValue;
                await PowerCut.UntilAsync(() => deployment.Database.Written >= enough, sending);
            }

            deployment.Kill();
            content.Release();
            var isAnswered = await PowerCut.IsAnsweredAsync(sending);
            var left = Read(work, submission.Id);
            output.WriteLine($"point {point}: answered {isAnswered}, left {left}");
            left.ShouldBeOneOf(NotDone(returned), Done(returned + 1));
            if (point == 0)
            {
                left.ShouldBe(NotDone(returned));
            }

            if (isAnswered)
            {
                left.ShouldBe(Done(returned + 1), "what was answered is kept");
            }

            await deployment.StartAsync();
            await work.ReopenAsync(deployment);
            Read(work, submission.Id).ShouldBe(left);
            var again = await work.Province.TryPostAsync($"/api/submissions/{submission.Id}/return", PilotAtWork.Return(submission.Stamp));
            if (left == NotDone(returned))
            {
                again.Status.ShouldBe(200, again.Title);
            }
            else
            {
                (again.Status, again.Code).ShouldBe((409, "Pilots:AlreadyDecided"));
            }

            Read(work, submission.Id).ShouldBe(Done(++returned));
        }

        await EveryAddresseeIsToldOnceAsync(work, returned);
    }

    [Fact]
    public async Task Accept_ByTwoAtTheSameInstant_HasOneEffect()
    {
        using var work = await PilotAtWork.BeginAsync(deployment, "3212", "tz.coordinator");
        using var colleague = await Browser.SignInAsync(deployment, "js.coordinator");
        var (id, stamp) = await work.HandInAsync("做法");
        var acceptance = PilotAtWork.Acceptance(stamp);

        var answers = await Task.WhenAll(
            work.Province.TryPostAsync($"/api/submissions/{id}/accept", acceptance), colleague.TryPostAsync($"/api/submissions/{id}/accept", acceptance));
        answers.Select(a => a.Status).Order().ShouldBe([200, 409]);
        answers.Single(a => a.Status == 409).Code.ShouldBeOneOf("Platform:StaleStamp", "Pilots:AlreadyDecided");
        (await colleague.TryPostAsync($"/api/submissions/{id}/accept", acceptance)).Code.ShouldBe("Pilots:AlreadyDecided");

        Count(work, "SELECT COUNT(*) FROM PilotsHistory WHERE PilotId = $pilot COLLATE NOCASE AND Kind = 'DeliverableAccepted'").ShouldBe(1);
        Count(work, "SELECT COUNT(*) FROM PilotsHistory WHERE PilotId = $pilot COLLATE NOCASE AND Kind = 'Accepted'").ShouldBe(1);
        Count(work, "SELECT COUNT(*) FROM KernelOutbox WHERE Name = 'notifications.requested.v1' AND Payload LIKE '%Pilots.DeliverableAccepted%' AND Payload LIKE '%' || $pilot || '%'").ShouldBe(1);
        Count(work, "SELECT COUNT(*) FROM KernelAudit WHERE Kind = 'RowChanged' AND SubjectId = $pilot COLLATE NOCASE AND Details LIKE '%AcceptedOn%'").ShouldBe(1);
    }

    /// <summary>What the database says of one decision, each part by a table of its own.</summary>
    private sealed record Facts(string Submission, string Deliverable, string Pilot, long History, long Requests, long Audited);

    private static Facts NotDone(int returnedBefore) => new("Submitted", "Submitted", "Submitted", returnedBefore, returnedBefore, 0);

    private static Facts Done(int returned) => new("Returned", "Returned", "Running", returned, returned, 1);

    private Facts Read(PilotAtWork work, string submission) => new(
        deployment.Database.Text("SELECT Status FROM PilotsSubmissions WHERE Id = $id COLLATE NOCASE", ("id", submission)),
        deployment.Database.Text("SELECT Status FROM PilotsDeliverables WHERE Id = $id COLLATE NOCASE", ("id", work.DeliverableId)),
        deployment.Database.Text("SELECT Status FROM PilotsPilots WHERE Id = $id COLLATE NOCASE", ("id", work.PilotId)),
        Count(work, "SELECT COUNT(*) FROM PilotsHistory WHERE PilotId = $pilot COLLATE NOCASE AND Kind = 'DeliverableReturned'"),
        Count(work, "SELECT COUNT(*) FROM KernelOutbox WHERE Name = 'notifications.requested.v1' AND Payload LIKE '%Pilots.DeliverableReturned%' AND Payload LIKE '%' || $pilot || '%'"),
        deployment.Database.Count(
            "SELECT COUNT(*) FROM KernelAudit WHERE Kind = 'RowChanged' AND Subject = 'Submission' AND SubjectId = $id COLLATE NOCASE AND Details LIKE '%\"Returned\"%'", ("id", submission)));

    private long Count(PilotAtWork work, string sql) => deployment.Database.Count(sql, ("pilot", work.PilotId));

    /// <summary>However often the server fell, everybody got one message for each return.</summary>
    private async Task EveryAddresseeIsToldOnceAsync(PilotAtWork work, int returned)
    {
        deployment.Kill();
        await deployment.StartLaterAsync();
        await work.ReopenAsync(deployment);
        await deployment.SettleAsync(work.City);
        const string told = "SELECT UserId, COUNT(*) AS Messages FROM NotificationsNotifications WHERE Key = 'Pilots.DeliverableReturned' AND Link LIKE '%' || $pilot || '%' GROUP BY UserId";
        Count(work, $"SELECT COUNT(*) FROM ({told})").ShouldBeGreaterThan(0);
        Count(work, $"SELECT COUNT(*) FROM ({told}) WHERE Messages <> {returned}").ShouldBe(0);
    }
}
