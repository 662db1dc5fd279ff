using System.Text.Json;

namespace PilotPlatform.Bpmn.Expressions;

/// <summary>A node of an expression's tree; nodes never change.</summary>
internal abstract class Node(int position)
{
    public int Position { get; } = position;

    public abstract Value Evaluate(Func<string, JsonElement?> variable);
}

internal sealed class Literal(int position, Value value) : Node(position)
{
    public override Value Evaluate(Func<string, JsonElement?> variable) => value;
}

internal sealed class Variable(int position, string name) : Node(position)
{
    public override Value Evaluate(Func<string, JsonElement?> variable) => Value.Of(variable(name), Position, name);
}

internal sealed class ListOf(int position, IReadOnlyList<Node> items) : Node(position)
{
    public override Value Evaluate(Func<string, JsonElement?> variable) => Value.Of([.. items.Select(i => i.Evaluate(variable))]);
}

internal sealed class Not(int position, Node operand) : Node(position)
{
    public override Value Evaluate(Func<string, JsonElement?> variable) =>
        Value.Of(!Operators.Boolean(operand.Evaluate(variable), operand.Position));
}

internal sealed class Negative(int position, Node operand) : Node(position)
{
    public override Value Evaluate(Func<string, JsonElement?> variable) =>
        Value.Of(-Operators.Number(operand.Evaluate(variable), operand.Position));
}

internal sealed class Logic(int position, bool isAnd, Node left, Node right) : Node(position)
{
    public override Value Evaluate(Func<string, JsonElement?> variable) =>
        Operators.Boolean(left.Evaluate(variable), left.Position) == isAnd
            ? Value.Of(Operators.Boolean(right.Evaluate(variable), right.Position))
            : Value.Of(!isAnd);
}

internal sealed class Binary(int position, Func<Value, Value, int, Value> operation, Node left, Node right) : Node(position)
{
    public override Value Evaluate(Func<string, JsonElement?> variable) =>
        operation(left.Evaluate(variable), right.Evaluate(variable), Position);
}

internal sealed class Call(int position, Func<IReadOnlyList<Value>, int, Value> function, IReadOnlyList<Node> arguments) : Node(position)
{
    public override Value Evaluate(Func<string, JsonElement?> variable) =>
        function([.. arguments.Select(a => a.Evaluate(variable))], Position);
}
