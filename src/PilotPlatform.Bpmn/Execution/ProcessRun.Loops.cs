using System.Text.Json;
using PilotPlatform.Bpmn.Expressions;

namespace PilotPlatform.Bpmn.Execution;

/// <summary>Multi-instance activities.</summary>
internal sealed partial class ProcessRun
{
    private void BeginLoop(Place place, MultiInstance loop, Execution token)
    {
        var (total, items) = Count(loop, surroundings.Of(token));
        if (total > ProcessMachine.MaxInstances)
        {
            throw new StuckException(StuckCodes.TooManyInstances, $"{total} > {ProcessMachine.MaxInstances}");
        }

        var timers = BoundaryTimers(place, token);
        if (loop.OutputCollection is { } collection)
        {
            surroundings.Write(token, [new(collection, Surroundings.ListOf([]))]);
        }

        if (total == 0)
        {
            Pass(place, token.Parent);
            return;
        }

        Rest(token, ExecutionKind.Loop);
        token.Loop = new LoopProgress { Total = total, Items = loop.IsSequential ? items : null };
        SetTimers(token, timers);
        if (loop.IsSequential)
        {
            BeginInstance(token, loop, 0, items);
            return;
        }

        for (var index = total - 1; index >= 0; index--)
        {
            BeginInstance(token, loop, index, items);
        }
    }

    private void BeginInstance(Execution body, MultiInstance loop, int index, JsonElement? items)
    {
        body.Loop!.Started++;
        var instance = new Execution { NodeId = body.NodeId, Parent = body.Id, LoopCounter = index };
        if (loop.ItemVariable is { } name && items is { } list)
        {
            instance.Variables = new(StringComparer.Ordinal) { [name] = list[index].Clone() };
        }

        moving.Add(new Move(instance, chain + 1));
    }

    private void InstanceDone(Execution body, Execution instance)
    {
        var loop = ((Activity)Graph[body.NodeId].Node).Loop!;
        body.Loop!.Completed++;
        var written = instance.Variables ?? [];
        var collected = loop.OutputCollection is null ? null : loop.OutputItem;
        surroundings.Write(body, written.Where(v => v.Key != loop.ItemVariable && v.Key != collected));
        if (collected is not null)
        {
            var sofar = surroundings.Of(body)(loop.OutputCollection!);
            List<JsonElement> list = sofar is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];
            list.Add(written.TryGetValue(collected, out var item) ? item : Surroundings.NullValue);
            surroundings.Write(body, [new(loop.OutputCollection!, Surroundings.ListOf(list))]);
        }

        GoOn(body, instance);
    }

    /// <summary>After an instance completed: all is done, or the rest is not needed, or the next one begins.</summary>
    private void GoOn(Execution body, Execution seenFrom)
    {
        var loop = ((Activity)Graph[body.NodeId].Node).Loop!;
        var progress = body.Loop!;
        bool isEnough;
        try
        {
            isEnough = loop.CompletionCondition is not null
                && Expression.Parse(loop.CompletionCondition).IsTrue(surroundings.Of(seenFrom));
        }
        catch (ExpressionException problem)
        {
            MarkStuck(body, StuckCodes.ExpressionFailed, problem.Message);
            return;
        }

        (body.StuckCode, body.StuckDetail) = (null, null);
        if (isEnough || progress.Completed == progress.Total)
        {
            FinishLoop(body, flowId: null);
        }
        else if (loop.IsSequential && progress.Started == progress.Completed)
        {
            BeginInstance(body, loop, progress.Started, progress.Items);
        }
    }

    private void FinishLoop(Execution body, string? flowId)
    {
        CancelAllIn(body.Id, CancelReason.NotNeeded);
        Completed(body, flowId);
    }

    private static (int Total, JsonElement? Items) Count(MultiInstance loop, Func<string, JsonElement?> variable)
    {
        if (loop.Collection is { } collection)
        {
            var items = Expression.Parse(collection).Evaluate(variable);
            return items.ValueKind == JsonValueKind.Array
                ? (items.GetArrayLength(), items)
                : throw new StuckException(StuckCodes.CountInvalid, $"{collection} = {items.GetRawText()}");
        }

        if (loop.Cardinality is not { } cardinality)
        {
            throw new StuckException(StuckCodes.CountInvalid, "");
        }

        var count = Expression.Parse(cardinality).Evaluate(variable);
        return count.ValueKind == JsonValueKind.Number && count.TryGetDecimal(out var number) && number >= 0 && number == decimal.Truncate(number)
            ? ((int)Math.Min(number, int.MaxValue), null)
            : throw new StuckException(StuckCodes.CountInvalid, $"{cardinality} = {count.GetRawText()}");
    }
}
