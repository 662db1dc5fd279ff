using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace PilotPlatform.Crash.Tests;

/// <summary>The server, killed while a batch of a list of items is issued, and while many slots of a ledger are handed in and confirmed.</summary>
[Collection(nameof(Deployment))]
public sealed class LedgerCrashTests(Deployment deployment, ITestOutputHelper output)
{
    private const string Theme = "涉企经营许可事项清单管理";
    private const int Artefacts = 4;
    private const int SlotsInABatch = 5;
    private const int FilesInASlot = 2;

    [Fact]
    public async Task Issue_WhenTheServerIsKilled_IsWhollyDoneOrNotAtAll_AndLedgersFollow()
    {
        using var province = await Browser.SignInAsync(deployment, "js.coordinator");
        using var city = await Browser.SignInAsync(deployment, "nt.coordinator");
        var pilot = await PilotAsync(city);
        var list = (await province.GetAsync("/api/item-lists?maxResultCount=50")).GetProperty("items").EnumerateArray()
            .Single(l => l.GetProperty("themeTitle").GetString() == Theme).GetProperty("id").GetString()!;

        // Once undisturbed, to learn how much it writes.
        var (stamp, items) = await NextVersionAsync();
        await deployment.SettleAsync(province);
        deployment.Database.EmptyLog();
        await province.PostAsync($"/api/item-lists/{list}/issue", new { note = "", concurrencyStamp = stamp });
        var written = deployment.Database.Written;
        await deployment.SettleAsync(province);
        var version = Read().Version;
        Ledger().ShouldBe((version, items * Artefacts));

        // Half of the request; half of what it writes; the answer, while the ledgers begin to follow.
        foreach (var enough in new long?[] { null, written / 2, long.MaxValue })
        {
            (stamp, items) = await NextVersionAsync();
            await deployment.SettleAsync(province);
            var (before, ledgerBefore) = (Read(), Ledger());
            var after = new Issued(before.Version + 1, before.Editions + 1, before.Items + items, 0, before.Announced + 1);
            deployment.Database.EmptyLog();
            var isAnswered = await PowerCut.PostAsync(deployment, province, $"/api/item-lists/{list}/issue", new { note = "", concurrencyStamp = stamp }, enough);
            var left = Read();
            output.WriteLine($"{enough?.ToString(CultureInfo.InvariantCulture) ?? "half a request"}: answered {isAnswered}, left {left}, ledger {Ledger()}");
            left.ShouldBeOneOf(enough is null ? [before] : [before, after]);
            Ledger().ShouldBeOneOf(ledgerBefore, (after.Version, items * Artefacts));
            if (isAnswered)
            {
                left.ShouldBe(after, "what was answered is kept");
            }

            await deployment.StartLaterAsync();
            await ReopenAsync(province, city);
            var again = await province.TryPostAsync($"/api/item-lists/{list}/issue", new { note = "", concurrencyStamp = stamp });
            // Where the draft had become the version, that is the answer: whoever lost the first one learns what came of it.
            again.Status.ShouldBe(200, again.Title);
            Read().ShouldBe(after);
            await deployment.SettleAsync(province);
            Ledger().ShouldBe((after.Version, items * Artefacts));
        }

        // The version in preparation, with one item more than the one in force; its stamp and how many items it has.
        async Task<(string Stamp, long Items)> NextVersionAsync()
        {
            var head = await province.GetAsync($"/api/item-lists/{list}");
            var draft = head.GetProperty("hasDraft").GetBoolean()
                ? await province.GetAsync($"/api/item-lists/{list}/draft")
                : await province.PostAsync($"/api/item-lists/{list}/revise", new { concurrencyStamp = head.GetProperty("concurrencyStamp").GetString() });
            var content = JsonNode.Parse(draft.GetProperty("content").GetRawText())!.AsObject();
            var rows = content["items"]!.AsArray();
            var added = rows[0]!.DeepClone().AsObject();
            added["id"] = null;
            added["code"] = null;
            added["batchDate"] = null;
            added["number"] = (rows.Count + 1).ToString(CultureInfo.InvariantCulture);
            added["name"] = $"补充事项第{rows.Count + 1}项";
            rows.Add(added);
            // The notice's numbers were about another list.
            (content["declaredTotal"], content["declaredOffices"]) = (null, null);
            foreach (var mode in content["modes"]!.AsArray())
            {
                mode!["declaredCount"] = null;
            }

            var saved = await province.PutAsync($"/api/item-lists/{list}/draft", new { content, concurrencyStamp = draft.GetProperty("concurrencyStamp").GetString() });
            return (saved.GetProperty("concurrencyStamp").GetString()!, rows.Count);
        }

        Issued Read() => new(
            deployment.Database.Count("SELECT Version FROM ProgrammesItemLists WHERE Id = $list COLLATE NOCASE", ("list", list)),
            deployment.Database.Count("SELECT COUNT(*) FROM ProgrammesItemListEditions WHERE ListId = $list COLLATE NOCASE", ("list", list)),
            deployment.Database.Count(
                "SELECT COUNT(*) FROM ProgrammesServiceItems i JOIN ProgrammesItemListEditions e ON e.Id = i.EditionId WHERE e.ListId = $list COLLATE NOCASE", ("list", list)),
            deployment.Database.Count("SELECT COUNT(*) FROM ProgrammesItemListDrafts WHERE ListId = $list COLLATE NOCASE", ("list", list)),
            deployment.Database.Count("SELECT COUNT(*) FROM KernelOutbox WHERE Name = 'programmes.item-list-issued.v1' AND Payload LIKE '%' || $list || '%'", ("list", list)));

        (long Version, long Slots) Ledger() => (
            deployment.Database.Count("SELECT Version FROM PilotsItemLedgers WHERE PilotId = $pilot COLLATE NOCASE AND ListId = $list COLLATE NOCASE", ("pilot", pilot), ("list", list)),
            deployment.Database.Count(
                """
                SELECT COUNT(*) FROM PilotsItemSlots s JOIN PilotsLedgerItems i ON i.Id = s.LedgerItemId JOIN PilotsItemLedgers l ON l.Id = i.LedgerId
                WHERE l.PilotId = $pilot COLLATE NOCASE AND l.ListId = $list COLLATE NOCASE AND s.ClosedInVersion IS NULL
                """,
                ("pilot", pilot), ("list", list)));
    }

    [Fact]
    public async Task ManySlots_WhenTheServerIsKilled_AreAllHandedInOrNone_AndAllConfirmedOrNone()
    {
        using var province = await Browser.SignInAsync(deployment, "js.coordinator");
        using var city = await Browser.SignInAsync(deployment, "nt.coordinator");
        var pilot = await PilotAsync(city);
        var open = (await LedgerAsync()).Where(s => s.GetProperty("status").GetString() == "Open" && s.GetProperty("draftStamp").ValueKind == JsonValueKind.Null)
            .Select(IdOf).Take(3 * SlotsInABatch).ToList();
        open.Count.ShouldBe(3 * SlotsInABatch);
        List<List<string>> batches = [.. open.Chunk(SlotsInABatch).Select(b => b.ToList())];

        await ActAsync("hand-in", "draftStamp", city, "HandedIn", "Pilots:SlotLocked", FillAsync, [null, 0.5]);
        await ActAsync("confirm", "concurrencyStamp", province, "Confirmed", "Pilots:SlotNotHandedIn", _ => Task.CompletedTask, [0.5]);

        // Once undisturbed, to learn how much it writes; then killed when such a share was written, or, for null, with half of the request.
        async Task ActAsync(string verb, string stampName, Browser actor, string done, string refusal, Func<List<string>, Task> prepareAsync, double?[] shares)
        {
            var path = $"/api/pilots/{pilot}/ledger/{verb}";
            var written = 0L;
            foreach (var (index, batch) in batches.Take(1 + shares.Length).Index())
            {
                await prepareAsync(batch);
                await deployment.SettleAsync(city);
                var slots = (await LedgerAsync()).Where(s => batch.Contains(IdOf(s))).Select(s => new { slotId = IdOf(s), concurrencyStamp = s.GetProperty(stampName).GetString() }).ToList();
                slots.Count.ShouldBe(SlotsInABatch);
                var before = Read(batch, done);
                before.Slots.ShouldBe(0);
                var after = new Changed(SlotsInABatch, SlotsInABatch, SlotsInABatch * FilesInASlot, before.History + 1, before.Requests + 1);
                deployment.Database.EmptyLog();
                if (index == 0)
                {
                    await actor.PostAsync(path, new { slots });
                    written = deployment.Database.Written;
                    Read(batch, done).ShouldBe(after);
                    continue;
                }

                long? enough = shares[index - 1] is { } share ? (long)(written * share) : null;
                var isAnswered = await PowerCut.PostAsync(deployment, actor, path, new { slots }, enough);
                var left = Read(batch, done);
                output.WriteLine($"{verb} {index}: answered {isAnswered}, left {left}");
                left.ShouldBeOneOf(enough is null ? [before] : [before, after]);
                if (isAnswered)
                {
                    left.ShouldBe(after, "what was answered is kept");
                }

                await deployment.StartLaterAsync();
                await ReopenAsync(province, city);
                var again = await actor.TryPostAsync(path, new { slots });
                if (left == before)
                {
                    again.Status.ShouldBe(200, again.Title);
                }
                else
                {
                    (again.Status, again.Code).ShouldBe((409, refusal));
                }

                Read(batch, done).ShouldBe(after);
            }
        }

        async Task FillAsync(List<string> batch)
        {
            var files = new List<object>();
            foreach (var slotId in batch)
            {
                for (var number = 1; number <= FilesInASlot; number++)
                {
                    var fileId = await Tus.UploadAsync(city, $"材料{number}.txt", Encoding.UTF8.GetBytes($"{slotId} {number}"));
                    files.Add(new { slotId, fileId, replace = false, draftStamp = (string?)null });
                }
            }

            await city.PostAsync($"/api/pilots/{pilot}/ledger/place-files", new { files });
        }

        async Task<List<JsonElement>> LedgerAsync() =>
            [.. (await city.GetAsync($"/api/pilots/{pilot}/ledger?maxResultCount=200")).GetProperty("items").EnumerateArray().SelectMany(i => i.GetProperty("slots").EnumerateArray())];

        Changed Read(List<string> batch, string status)
        {
            var ids = string.Join(',', batch.Select(id => $"'{id.ToUpperInvariant()}'"));
            var kind = $"Ledger{status}";
            return new(
                deployment.Database.Count($"SELECT COUNT(*) FROM PilotsItemSlots WHERE upper(Id) IN ({ids}) AND Status = '{status}'"),
                deployment.Database.Count($"SELECT COUNT(*) FROM PilotsSlotContents WHERE upper(SlotId) IN ({ids}) AND Status = '{status}' AND IsDraft = 0"),
                deployment.Database.Count(
                    $"""
                    SELECT COUNT(*) FROM FilesFiles f WHERE f.IsDraft = 0 AND EXISTS (
                        SELECT 1 FROM PilotsSlotContents c WHERE upper(c.SlotId) IN ({ids}) AND c.Status = '{status}' AND upper(c.Files) LIKE '%' || upper(f.Id) || '%')
                    """),
                deployment.Database.Count("SELECT COUNT(*) FROM PilotsHistory WHERE PilotId = $pilot COLLATE NOCASE AND Kind = $kind", ("pilot", pilot), ("kind", kind)),
                deployment.Database.Count(
                    "SELECT COUNT(*) FROM KernelOutbox WHERE Name = 'notifications.requested.v1' AND Payload LIKE '%Pilots.' || $kind || '%' AND Payload LIKE '%' || $pilot || '%'",
                    ("pilot", pilot), ("kind", kind)));
        }
    }

    private static string IdOf(JsonElement row) => row.GetProperty("id").GetString()!;

    /// <summary>The city's pilot of the demo's theme that has a list.</summary>
    private static async Task<string> PilotAsync(Browser city) => IdOf((await city.GetAsync("/api/pilots?maxResultCount=200")).GetProperty("items").EnumerateArray()
        .Single(p => p.GetProperty("themeTitle").GetString() == Theme));

    private async Task ReopenAsync(params Browser[] browsers)
    {
        foreach (var browser in browsers)
        {
            (await browser.OpenAsync(deployment)).GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue();
        }
    }

    /// <summary>What the database says of an issued version, each part by a table of its own.</summary>
    private sealed record Issued(long Version, long Editions, long Items, long Drafts, long Announced);

    /// <summary>What the database says of a batch of slots.</summary>
    private sealed record Changed(long Slots, long Contents, long Files, long History, long Requests);
}
