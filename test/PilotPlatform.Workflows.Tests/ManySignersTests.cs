using System.Text.Json;
using PilotPlatform.Testing;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>会签 and 或签.</summary>
[Collection(nameof(WorkflowsCollection))]
public sealed class ManySignersTests(WorkflowsApp app)
{
    private static readonly Persona[] Signers = [People.Jiangsu.Assessor, People.Jiangsu.SecondAssessor, People.Jiangsu.ThirdAssessor];

    private static string Xml(string? condition, bool sequential = false) => Of(
        Start() + Task("Draft", "coordinator", "Subject")
        + Task("Vote", "person", "Subject", Decision("vote", "yes", "no"), Each("people", "person", condition, sequential, """pilot:outputCollection="votes" pilot:outputItem="vote" """), kind: "Expression")
        + Task("After", "coordinator", "Issuer") + End() + Chain("Start", "Draft", "Vote", "After", "End"),
        variables: Variable("people", "List") + Variable("votes", "List") + Text("person") + Text("vote"));

    private async Task<StartedFlow> VotingAsync(string key, string? condition, bool sequential = false)
    {
        await app.EnsurePublishedAsync(key, Xml(condition, sequential));
        var flow = await app.StartAsync(key, new() { ["people"] = Signers.Select(s => s.Id).ToArray() });
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        return flow;
    }

    private Task VoteAsync(int signer, StartedFlow flow, string vote) => app.CompleteAsync(Signers[signer], flow, new { vote });

    private async Task<int> OpenVotesAsync(StartedFlow flow)
    {
        var open = 0;
        foreach (var signer in Signers)
        {
            open += (await app.TasksOfAsync(signer, flow)).Count;
        }

        return open;
    }

    private async Task<bool> WentOnAsync(StartedFlow flow) => (await app.TasksOfAsync(People.Jiangsu.Coordinator, flow)).Count == 1;

    [Fact]
    public async Task All_EachMustSign()
    {
        var flow = await VotingAsync("test.all", null);
        (await OpenVotesAsync(flow)).ShouldBe(3);
        await VoteAsync(1, flow, "yes");
        await VoteAsync(0, flow, "no");
        (await WentOnAsync(flow)).ShouldBeFalse();
        await VoteAsync(2, flow, "yes");

        (await WentOnAsync(flow)).ShouldBeTrue();
        var votes = (JsonElement)(await app.InstanceAsync(People.Jiangsu.Administrator, flow)).Variables["votes"]!;
        votes.EnumerateArray().Select(v => v.GetString()).ShouldBe(["yes", "no", "yes"]);
    }

    [Fact]
    public async Task Percent_TheRestIsTakenAway()
    {
        var flow = await VotingAsync("test.percent", "nrOfCompletedInstances / nrOfInstances >= 0.6");
        await VoteAsync(0, flow, "yes");
        (await WentOnAsync(flow)).ShouldBeFalse();
        await VoteAsync(2, flow, "yes");
        (await WentOnAsync(flow)).ShouldBeTrue();
        (await OpenVotesAsync(flow)).ShouldBe(0);
    }

    [Fact]
    public async Task Veto_OneNoEndsIt()
    {
        var flow = await VotingAsync("test.veto", "vote == 'no'");
        await VoteAsync(0, flow, "yes");
        (await WentOnAsync(flow)).ShouldBeFalse();
        await VoteAsync(1, flow, "no");
        (await WentOnAsync(flow)).ShouldBeTrue();
        (await OpenVotesAsync(flow)).ShouldBe(0);
    }

    [Fact]
    public async Task Any_TheFirstEndsIt_AndTheOthersAreTold()
    {
        var flow = await VotingAsync("test.any", "nrOfCompletedInstances >= 1");
        var other = await app.TaskOfAsync(Signers[0], flow);
        await VoteAsync(2, flow, "yes");
        (await WentOnAsync(flow)).ShouldBeTrue();
        (await app.PostAsync(Signers[0], other, "complete", new { values = new { vote = "no" }, other.ConcurrencyStamp }).RefusalAsync())
            .ShouldBe((409, WorkflowsErrorCodes.TaskNotOpen));
    }

    [Fact]
    public async Task Sequential_OneAfterTheOther()
    {
        var flow = await VotingAsync("test.sequential", "vote == 'no'", sequential: true);
        for (var i = 0; i < 3; i++)
        {
            (await OpenVotesAsync(flow)).ShouldBe(1);
            await VoteAsync(i, flow, "yes");
        }

        (await WentOnAsync(flow)).ShouldBeTrue();

        var vetoed = await VotingAsync("test.sequential", "vote == 'no'", sequential: true);
        await VoteAsync(0, vetoed, "no");
        (await WentOnAsync(vetoed)).ShouldBeTrue();
    }

    [Fact]
    public async Task Withdraw_OfOneSignatureOfSeveral_IsRejected()
    {
        var flow = await VotingAsync("test.all", null);
        await VoteAsync(0, flow, "yes");
        var done = (await app.TasksOfAsync(Signers[0], flow, "Done")).Single();
        (await app.PostAsync(Signers[0], done, "withdraw", new { done.ConcurrencyStamp }).RefusalAsync()).ShouldBe((409, WorkflowsErrorCodes.NextHasBegun));
    }

    [Fact]
    public async Task SendBack_ByOneSigner_EndsTheVote()
    {
        var flow = await VotingAsync("test.all", null);
        var task = await app.TaskOfAsync(Signers[0], flow);
        await app.DoAsync(Signers[0], task, "send-back", new { toNodeId = "Draft", reason = "材料不全", task.ConcurrencyStamp });
        (await OpenVotesAsync(flow)).ShouldBe(0);
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        (await OpenVotesAsync(flow)).ShouldBe(3);
    }

    [Fact]
    public async Task NobodyToSign_GoesOnAtOnce()
    {
        await app.EnsurePublishedAsync("test.all", Xml(null));
        var flow = await app.StartAsync("test.all", new() { ["people"] = Array.Empty<Guid>() });
        await app.CompleteAsync(People.Nantong.Coordinator, flow);
        (await WentOnAsync(flow)).ShouldBeTrue();
    }

    [Fact]
    public async Task LastTwoAtOnce_NothingIsLost()
    {
        var flow = await VotingAsync("test.all", null);
        await VoteAsync(0, flow, "yes");
        var tasks = new[] { await app.TaskOfAsync(Signers[1], flow), await app.TaskOfAsync(Signers[2], flow) };
        var answers = await System.Threading.Tasks.Task.WhenAll(
            app.PostAsync(Signers[1], tasks[0], "complete", new { values = new { vote = "yes" }, tasks[0].ConcurrencyStamp }),
            app.PostAsync(Signers[2], tasks[1], "complete", new { values = new { vote = "no" }, tasks[1].ConcurrencyStamp }));
        for (var i = 0; i < 2; i++)
        {
            if (!answers[i].IsSuccessStatusCode)
            {
                ((int)answers[i].StatusCode).ShouldBe(409);
                await VoteAsync(i + 1, flow, i == 0 ? "yes" : "no");
            }
        }

        await app.SettleAsync();
        (await WentOnAsync(flow)).ShouldBeTrue();
        ((JsonElement)(await app.InstanceAsync(People.Jiangsu.Administrator, flow)).Variables["votes"]!).GetArrayLength().ShouldBe(3);
    }
}
