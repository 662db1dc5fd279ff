using System.Globalization;

namespace PilotPlatform.Bpmn.Expressions;

/// <summary>Reads an expression by recursive descent; bounded in length and depth.</summary>
internal sealed class Parser
{
    private readonly string text;
    private readonly List<string> variables = [];
    private int position;
    private int depth;

    // The current token: its kind, where it starts and its text (for text literals, the content).
    private TokenKind kind;
    private int start;
    private string content = "";

    public Parser(string text)
    {
        this.text = text;
        if (text.Length > Expression.MaxLength)
        {
            throw new ExpressionException("too-long", Expression.MaxLength, $"{text.Length}");
        }
    }

    private enum TokenKind
    {
        End,
        Number,
        Text,
        Name,
        Symbol,
    }

    public IReadOnlyList<string> Variables => variables;

    public Node Parse()
    {
        Next();
        var node = Or();
        return kind == TokenKind.End ? node : throw Unexpected();
    }

    private Node Or()
    {
        var left = And();
        while (IsName("or") || IsSymbol("||"))
        {
            var at = start;
            Next();
            left = new Logic(at, isAnd: false, left, And());
        }

        return left;
    }

    private Node And()
    {
        var left = Negation();
        while (IsName("and") || IsSymbol("&&"))
        {
            var at = start;
            Next();
            left = new Logic(at, isAnd: true, left, Negation());
        }

        return left;
    }

    private Node Negation()
    {
        if (!IsName("not") && !IsSymbol("!"))
        {
            return Comparison();
        }

        var at = start;
        Next();
        return new Not(at, Deeper(Negation));
    }

    private Node Comparison()
    {
        var left = Sum();
        var at = start;
        var isNotIn = false;
        if (IsName("not"))
        {
            Next();
            isNotIn = IsName("in") ? true : throw Unexpected();
        }

        Func<Value, Value, int, Value>? operation = kind == TokenKind.Symbol
            ? content switch
            {
                "=" or "==" => Operators.Equal,
                "!=" => Operators.NotEqual,
                "<" => Operators.Less,
                "<=" => Operators.LessOrEqual,
                ">" => Operators.Greater,
                ">=" => Operators.GreaterOrEqual,
                _ => null,
            }
            : !IsName("in") ? null : isNotIn ? Operators.NotIn : Operators.In;
        if (operation is null)
        {
            return left;
        }

        Next();
        return new Binary(at, operation, left, Sum());
    }

    private Node Sum()
    {
        var left = Product();
        while (IsSymbol("+") || IsSymbol("-"))
        {
            var at = start;
            Func<Value, Value, int, Value> operation = content == "+" ? Operators.Add : Operators.Subtract;
            Next();
            left = new Binary(at, operation, left, Product());
        }

        return left;
    }

    private Node Product()
    {
        var left = Sign();
        while (IsSymbol("*") || IsSymbol("/") || IsSymbol("%"))
        {
            var at = start;
            Func<Value, Value, int, Value> operation = content switch
            {
                "*" => Operators.Multiply,
                "/" => Operators.Divide,
                _ => Operators.Remainder,
            };
            Next();
            left = new Binary(at, operation, left, Sign());
        }

        return left;
    }

    private Node Sign()
    {
        if (!IsSymbol("-"))
        {
            return Primary();
        }

        var at = start;
        Next();
        return new Negative(at, Deeper(Sign));
    }

    private Node Primary()
    {
        var at = start;
        var word = content;
        switch (kind)
        {
            case TokenKind.Number:
                var number = decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new ExpressionException("number-too-large", at, word);
                Next();
                return new Literal(at, Value.Of(number));
            case TokenKind.Text:
                Next();
                return new Literal(at, Value.Of(word));
            case TokenKind.Symbol when word == "(":
                Next();
                var inner = Deeper(Or);
                Expect(")");
                return inner;
            case TokenKind.Symbol when word == "[":
                Next();
                return new ListOf(at, Deeper(() => Items("]")));
            case TokenKind.Name when word is "and" or "or" or "not" or "in":
                throw Unexpected();
            case TokenKind.Name:
                Next();
                return word switch
                {
                    "true" => new Literal(at, Value.True),
                    "false" => new Literal(at, Value.False),
                    "null" => new Literal(at, Value.Null),
                    _ => IsSymbol("(") ? Function(word, at) : Named(word, at),
                };
            default:
                throw Unexpected();
        }
    }

    private Variable Named(string name, int at)
    {
        if (!variables.Contains(name))
        {
            variables.Add(name);
        }

        return new Variable(at, name);
    }

    private Call Function(string name, int at)
    {
        if (!Operators.Functions.TryGetValue(name, out var function))
        {
            throw new ExpressionException("unknown-function", at, name);
        }

        Next();
        var arguments = Deeper(() => Items(")"));
        return arguments.Count >= function.Least && arguments.Count <= function.Most
            ? new Call(at, function.Run, arguments)
            : throw new ExpressionException("wrong-number-of-arguments", at, name);
    }

    private List<Node> Items(string end)
    {
        List<Node> items = [];
        if (!IsSymbol(end))
        {
            items.Add(Or());
            while (IsSymbol(","))
            {
                Next();
                items.Add(Or());
            }
        }

        Expect(end);
        return items;
    }

    private T Deeper<T>(Func<T> read)
    {
        if (++depth > Expression.MaxDepth)
        {
            throw new ExpressionException("too-deep", start, content);
        }

        var result = read();
        depth--;
        return result;
    }

    private bool IsName(string name) => kind == TokenKind.Name && content == name;

    private bool IsSymbol(string symbol) => kind == TokenKind.Symbol && content == symbol;

    private void Expect(string symbol)
    {
        if (!IsSymbol(symbol))
        {
            throw kind == TokenKind.End ? new ExpressionException("expected-symbol", start, symbol) : Unexpected();
        }

        Next();
    }

    private ExpressionException Unexpected() =>
        kind == TokenKind.End ? new("ends-too-early", start, "") : new("not-expected", start, content);

    private void Next()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        start = position;
        if (position == text.Length)
        {
            (kind, content) = (TokenKind.End, "");
            return;
        }

        var first = text[position];
        if (char.IsAsciiDigit(first))
        {
            var hasPoint = false;
            while (position < text.Length && (char.IsAsciiDigit(text[position])
                || (!hasPoint && text[position] == '.' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1]))))
            {
                hasPoint |= text[position++] == '.';
            }

            // 3x and 1.2.3 are slips, not a number followed by something.
            if (position < text.Length && (char.IsLetter(text[position]) || text[position] is '_' or '.'))
            {
                throw new ExpressionException("not-expected", position, text[position].ToString());
            }

            (kind, content) = (TokenKind.Number, text[start..position]);
        }
        else if (char.IsLetter(first))
        {
            while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_'))
            {
                position++;
            }

            (kind, content) = (TokenKind.Name, text[start..position]);
        }
        else if (first is '\'' or '"')
        {
            // There are two quotes to choose from; there is no escape.
            var end = text.IndexOf(first, position + 1);
            if (end < 0)
            {
                throw new ExpressionException("text-not-closed", start, text[start..]);
            }

            (kind, content, position) = (TokenKind.Text, text[(start + 1)..end], end + 1);
        }
        else
        {
            var pair = position + 1 < text.Length ? text.Substring(position, 2) : "";
            content = pair is "==" or "!=" or "<=" or ">=" or "&&" or "||" ? pair : first.ToString();
            kind = TokenKind.Symbol;
            position += content.Length;
            if (content.Length == 1 && !"=<>!+-*/%()[],".Contains(first, StringComparison.Ordinal))
            {
                throw new ExpressionException("not-expected", start, content);
            }
        }
    }
}
