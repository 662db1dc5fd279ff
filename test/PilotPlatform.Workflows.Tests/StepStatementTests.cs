using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Testing;
using PilotPlatform.Workflows.Jobs;
using PilotPlatform.Workflows.Tasks;
using static PilotPlatform.Workflows.Tests.FlowXml;

namespace PilotPlatform.Workflows.Tests;

/// <summary>How many statements a step takes. How long it takes is measured by etc/bench.sh.</summary>
public sealed class StepStatementTests(WorkflowsApp app) : IClassFixture<WorkflowsApp>
{
    private const int Most = 6;

    [Fact]
    public async Task Step_OfAPersonOrTheEngine_NeedsAtMostSixStatements()
    {
        await app.EnsurePublishedAsync("test.statements", Of(
            Start() + Task("Draft", "coordinator", "Subject") + Task("Sign", "leader", "Subject") + Service("Submit")
            + Task("Check", "coordinator", "Issuer") + Boundary("Late", "Check", Timer("Duration", "P30D"), interrupts: false) + End("Told") + End()
            + Chain("Start", "Draft", "Sign", "Submit", "Check", "End") + Flow("Late", "Told")));
        // Once, so that the flow and who holds which role are known.
        await StepsAsync();
        var steps = await StepsAsync();

        var all = string.Join("\n\n", steps.SelectMany(s => s.Statements.Prepend(s.Node)));
        // A timer that the step sets is one row more.
        steps.ShouldAllBe(s => s.Statements.Count(sql => !sql.StartsWith("INSERT INTO \"WorkflowsJobs\"", StringComparison.Ordinal)) <= Most, all);
        // A step reads once, also the one that ends the flow and clears a timer.
        steps.ShouldAllBe(s => s.Statements.Count(sql => sql.StartsWith("SELECT", StringComparison.Ordinal)) == 1, all);
        steps[^1].Statements.ShouldContain(sql => sql.StartsWith("DELETE", StringComparison.Ordinal), "the timer is cleared");
    }

    private async Task<List<(string Node, IReadOnlyList<string> Statements)>> StepsAsync()
    {
        var flow = await app.StartAsync("test.statements");
        var draft = await CompleteAsync(People.Nantong.Coordinator, flow);
        var sign = await CompleteAsync(People.Nantong.Leader, flow);
        app.Sql.Reset();
        await app.Services.GetRequiredService<IWorkflowJobRunner>().RunDueAsync(default);
        // Before it the engine leases what is due, after it looks once more; the step begins where it reads its instance.
        var submit = ("Submit", (IReadOnlyList<string>)[.. Statements().SkipWhile(s => !s.Contains("WorkflowsIncidents", StringComparison.Ordinal)).SkipLast(1)]);
        var check = await CompleteAsync(People.Jiangsu.Coordinator, flow);
        (await app.InstanceAsync(People.Nantong.Coordinator, flow)).Instance.Status.ShouldBe("Completed");
        return [draft, sign, submit, check];
    }

    private async Task<(string Node, IReadOnlyList<string> Statements)> CompleteAsync(Persona persona, StartedFlow flow)
    {
        var task = await app.TaskOfAsync(persona, flow);
        app.Sql.Reset();
        await app.AsAsync(persona, async services =>
        {
            await services.GetRequiredService<TaskVerbs>().CompleteAsync(task.Id, new CompleteWorkflowTaskDto([], null, task.ConcurrencyStamp), default);
            return true;
        });
        return (task.NodeId, [.. Statements()]);
    }

    /// <summary>Statement by statement: PostgreSQL gets several in one command.</summary>
    private IEnumerable<string> Statements() =>
        app.Sql.Statements.SelectMany(command => command.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
