using System.Text.Json;
using PilotPlatform.Bpmn.Expressions;

namespace PilotPlatform.Bpmn.Tests.Expressions;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 2 - 3", "5")]
    [InlineData("7 % 4", "3")]
    [InlineData("-2 * -3", "6")]
    [InlineData("--2", "2")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1 / 8", "0.125")]
    [InlineData("'a'", "\"a\"")]
    [InlineData("\"it's\"", "\"it's\"")]
    [InlineData("null", "null")]
    [InlineData("[1, 'a', [true]]", "[1,\"a\",[true]]")]
    [InlineData("[]", "[]")]
    [InlineData("score", "75.5")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(-2.5)", "-3")]
    [InlineData("round(1.005, 2)", "1.01")]
    [InlineData("abs(-3)", "3")]
    [InlineData("min(3, 1, 2)", "1")]
    [InlineData("max(numbers)", "5")]
    [InlineData("sum(numbers)", "9")]
    [InlineData("sum([])", "0")]
    [InlineData("count(votes)", "3")]
    [InlineData("countOf(votes, 'agree')", "2")]
    [InlineData("max(numbers) - min(numbers)", "4")]
    [InlineData("得分 + 1", "61")]
    [InlineData("missing", "null")]
    public void Evaluate_GivesTheValue(string text, string json) => Evaluate(text).GetRawText().ShouldBe(json);

    [Theory]
    [InlineData("score >= 60", true)]
    [InlineData("score < 60", false)]
    [InlineData("score = 75.50", true)]
    [InlineData("score == 75.5", true)]
    [InlineData("score != 75.5", false)]
    [InlineData("decision = 'accept'", true)]
    [InlineData("decision = \"return\"", false)]
    [InlineData("due < '2026-02-10'", true)]
    [InlineData("due <= '2026-02-01'", true)]
    [InlineData("due > '2025-12-31'", true)]
    [InlineData("true and false", false)]
    [InlineData("true or false", true)]
    [InlineData("true && !false", true)]
    [InlineData("false || true", true)]
    [InlineData("not true or true", true)]
    [InlineData("not (true or true)", false)]
    [InlineData("not score = 1", true)]
    [InlineData("!(score > 1)", false)]
    [InlineData("true or false and false", true)]
    [InlineData("1 + 1 = 2 and 2 * 2 > 3", true)]
    [InlineData("decision in ['accept', 'return']", true)]
    [InlineData("decision not in ['accept', 'return']", false)]
    [InlineData("decision in []", false)]
    [InlineData("contains(votes, 'oppose')", true)]
    [InlineData("contains(decision, 'cc')", true)]
    [InlineData("contains(decision, 'CC')", false)]
    [InlineData("missing = null", true)]
    [InlineData("missing != null", false)]
    [InlineData("missing = 'x'", false)]
    [InlineData("score = null", false)]
    [InlineData("missing in ['x', null]", true)]
    [InlineData("missing != null and missing >= 60", false)]
    [InlineData("missing = null or missing >= 60", true)]
    [InlineData("votes != null and contains(votes, 'oppose')", true)]
    [InlineData("missing != null and contains(missing, 'oppose')", false)]
    [InlineData("missing = null or not contains(missing, 'oppose')", true)]
    [InlineData("votes = null or not contains(votes, 'oppose')", false)]
    [InlineData("votes = ['agree', 'oppose', 'agree']", true)]
    [InlineData("votes = ['agree']", false)]
    [InlineData("flag", true)]
    [InlineData("countOf(votes, 'agree') * 3 >= count(votes) * 2", true)]
    [InlineData("nothing", true)]
    [InlineData("android", true)]
    public void IsTrue_GivesTheAnswer(string text, bool expected) => Expression.Parse(text).IsTrue(Lookup).ShouldBe(expected);

    [Theory]
    [InlineData("score = '75.5'", "different-kinds")]
    [InlineData("flag = 1", "different-kinds")]
    [InlineData("decision in [1]", "different-kinds")]
    [InlineData("countOf(votes, 1)", "different-kinds")]
    [InlineData("contains(decision, 1)", "different-kinds")]
    [InlineData("score > 'a'", "cannot-be-ordered")]
    [InlineData("missing > 1", "cannot-be-ordered")]
    [InlineData("flag < true", "cannot-be-ordered")]
    [InlineData("missing + 1", "expected-number")]
    [InlineData("'a' + 'b'", "expected-number")]
    [InlineData("-decision", "expected-number")]
    [InlineData("sum(votes)", "expected-number")]
    [InlineData("not missing", "expected-boolean")]
    [InlineData("score and true", "expected-boolean")]
    [InlineData("true and score", "expected-boolean")]
    [InlineData("score", "expected-boolean")]
    [InlineData("missing", "expected-boolean")]
    [InlineData("count(decision) = 1", "expected-list")]
    [InlineData("count(missing) = 1", "expected-list")]
    [InlineData("1 in 1", "expected-list")]
    [InlineData("min([]) = 1", "list-is-empty")]
    [InlineData("round(1, 0.5) = 1", "expected-digits")]
    [InlineData("round(1, 99) = 1", "expected-digits")]
    [InlineData("1 / 0 = 1", "division-by-zero")]
    [InlineData("1 % 0 = 1", "division-by-zero")]
    [InlineData("huge = 1", "number-too-large")]
    [InlineData("79228162514264337593543950335 + 1 = 1", "number-too-large")]
    [InlineData("sum([79228162514264337593543950335, 1]) = 1", "number-too-large")]
    [InlineData("person = null", "objects-not-supported")]
    public void IsTrue_WhenValuesDoNotFit_IsAnErrorAndNeverFalse(string text, string code) =>
        Should.Throw<ExpressionException>(() => Expression.Parse(text).IsTrue(Lookup)).Code.ShouldBe(code);

    [Theory]
    [InlineData("", "ends-too-early", 0)]
    [InlineData("1 +", "ends-too-early", 3)]
    [InlineData("1 2", "not-expected", 2)]
    [InlineData("(1", "expected-symbol", 2)]
    [InlineData("[1, 2", "expected-symbol", 5)]
    [InlineData("1)", "not-expected", 1)]
    [InlineData("and", "not-expected", 0)]
    [InlineData("1 < 2 < 3", "not-expected", 6)]
    [InlineData("a not b", "not-expected", 6)]
    [InlineData("'abc", "text-not-closed", 0)]
    [InlineData("a; b", "not-expected", 1)]
    [InlineData("a.b", "not-expected", 1)]
    [InlineData("${a}", "not-expected", 0)]
    [InlineData("a & b", "not-expected", 2)]
    [InlineData("_a", "not-expected", 0)]
    [InlineData("3x", "not-expected", 1)]
    [InlineData("1.2.3", "not-expected", 3)]
    [InlineData("eval('x')", "unknown-function", 0)]
    [InlineData("count()", "wrong-number-of-arguments", 0)]
    [InlineData("abs(1, 2)", "wrong-number-of-arguments", 0)]
    [InlineData("79228162514264337593543950336", "number-too-large", 0)]
    public void Parse_WhenMalformed_SaysWhere(string text, string code, int position)
    {
        var problem = Should.Throw<ExpressionException>(() => Expression.Parse(text));
        (problem.Code, problem.Position).ShouldBe((code, position));
    }

    [Fact]
    public void Parse_IsBounded()
    {
        Should.Throw<ExpressionException>(() => Expression.Parse(new string('(', 500))).Code.ShouldBe("too-deep");
        Should.Throw<ExpressionException>(() => Expression.Parse(new string('!', 500))).Code.ShouldBe("too-deep");
        Should.Throw<ExpressionException>(() => Expression.Parse(new string('-', 500))).Code.ShouldBe("too-deep");
        Should.Throw<ExpressionException>(() => Expression.Parse(string.Concat(Enumerable.Repeat("[", 500)))).Code.ShouldBe("too-deep");
        Should.Throw<ExpressionException>(() => Expression.Parse(new string(' ', Expression.MaxLength + 1))).Code.ShouldBe("too-long");
        var long1 = string.Join("+", Enumerable.Repeat("1", Expression.MaxLength / 2));
        Evaluate(long1).GetRawText().ShouldBe("1000");
    }

    [Fact]
    public void Parse_IsCached() => Expression.Parse("cached = 1").ShouldBeSameAs(Expression.Parse("cached = 1"));

    [Fact]
    public void Variables_AreNamedOnceInOrder() =>
        Expression.Parse("b > a and count(list) > b or true and 'text' = c and null = d")
            .Variables.ShouldBe(["b", "a", "list", "c", "d"]);

    private static JsonElement Evaluate(string text) => Expression.Parse(text).Evaluate(Lookup);

    private static JsonElement? Lookup(string name) => name switch
    {
        "score" => Json("75.5"),
        "decision" => Json("\"accept\""),
        "due" => Json("\"2026-02-01\""),
        "votes" => Json("""["agree","oppose","agree"]"""),
        "numbers" => Json("[1,5,3]"),
        "flag" or "nothing" or "android" => Json("true"),
        "得分" => Json("60"),
        "huge" => Json("1e400"),
        "person" => Json("{}"),
        _ => null,
    };

    private static JsonElement Json(string json) => JsonElement.Parse(json);
}
