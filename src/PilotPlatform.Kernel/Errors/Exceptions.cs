namespace PilotPlatform.Errors;

/// <summary>A broken rule. The code is <c>Module:Rule</c> and has a text in every language; clients switch on it.</summary>
/// <param name="code">The error code, a constant of the module's <c>…ErrorCodes</c>.</param>
public class BusinessException(string code) : Exception(code)
{
    /// <summary>The error code.</summary>
    public string Code { get; } = code;

    /// <summary>Values for the text's placeholders and for the client.</summary>
    public Dictionary<string, object?> Values { get; } = [];

    /// <summary>Adds a value for the text's placeholder <paramref name="name"/>.</summary>
    public BusinessException WithData(string name, object? value)
    {
        Values[name] = value;
        return this;
    }
}

/// <summary>The row does not exist, or is another tenant's: the caller cannot tell which.</summary>
public sealed class NotFoundException(string what, object? id) : Exception($"{what} {id} was not found.")
{
    /// <summary>The kind of row.</summary>
    public string What { get; } = what;

    /// <summary>The id asked for.</summary>
    public object? Id { get; } = id;
}

/// <summary>The form was filled in against an older state of the row.</summary>
public sealed class StaleStampException(string what, Guid id) : Exception($"{what} {id} was changed meanwhile.")
{
    /// <summary>The row's id.</summary>
    public Guid Id { get; } = id;
}

/// <summary>A write outside the caller's tenant scope reached SaveChanges: a defect or an attack. Nothing was written.</summary>
public sealed class TenantWriteRefusedException(string message) : Exception(message);

/// <summary>Input that is wrong field by field.</summary>
public sealed class InputException : Exception
{
    /// <summary>Creates it for one field.</summary>
    /// <param name="field">The field's JSON name (camelCase; nested: <c>tasks[2].dueDate</c>).</param>
    /// <param name="code">The key of the text that says what is wrong and how to mend it.</param>
    /// <param name="values">Values for the text's placeholders.</param>
    public InputException(string field, string code, params (string Name, object? Value)[] values)
        : this([new FieldError(field, code, values.ToDictionary(v => v.Name, v => v.Value))])
    {
    }

    /// <summary>Creates it for several fields.</summary>
    public InputException(IReadOnlyList<FieldError> errors)
        : base(string.Join("; ", errors.Select(e => $"{e.Field}: {e.Code}"))) => Errors = errors;

    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<FieldError> Errors { get; }
}

/// <summary>One field's error.</summary>
/// <param name="Field">The field's JSON name.</param>
/// <param name="Code">The text key.</param>
/// <param name="Values">Values for the text's placeholders.</param>
public sealed record FieldError(string Field, string Code, IReadOnlyDictionary<string, object?> Values);

/// <summary>Collects field errors, then throws them together.</summary>
public sealed class InputCheck
{
    private readonly List<FieldError> errors = [];

    /// <summary>Adds an error when <paramref name="ok"/> is false.</summary>
    public InputCheck That(bool ok, string field, string code, params (string Name, object? Value)[] values)
    {
        if (!ok)
        {
            errors.Add(new FieldError(field, code, values.ToDictionary(v => v.Name, v => v.Value)));
        }

        return this;
    }

    /// <summary>Requires a text of at most <paramref name="maxLength"/> characters.</summary>
    public InputCheck Text(string? value, string field, int maxLength, bool required = true) =>
        That(!required || !string.IsNullOrWhiteSpace(value), field, PlatformErrorCodes.Required)
            .That(value is null || value.Length <= maxLength, field, PlatformErrorCodes.TooLong, ("max", maxLength))
            // No person types it, and PostgreSQL cannot keep it.
            .That(value is null || !value.Contains('\0', StringComparison.Ordinal), field, PlatformErrorCodes.InvalidInput);

    /// <summary>Throws when anything was wrong.</summary>
    public void ThrowIfAny()
    {
        if (errors.Count > 0)
        {
            throw new InputException(errors);
        }
    }
}

/// <summary>Error codes of the platform itself.</summary>
public static class PlatformErrorCodes
{
    /// <summary>404.</summary>
    public const string NotFound = "Platform:NotFound";

    /// <summary>400 with field errors.</summary>
    public const string InvalidInput = "Platform:InvalidInput";

    /// <summary>400: the request's body or parameters could not be read.</summary>
    public const string MalformedRequest = "Platform:MalformedRequest";

    /// <summary>409: changed meanwhile.</summary>
    public const string StaleStamp = "Platform:StaleStamp";

    /// <summary>409: the same thing exists already (a unique index refused it).</summary>
    public const string Duplicate = "Platform:Duplicate";

    /// <summary>401.</summary>
    public const string NotSignedIn = "Platform:NotSignedIn";

    /// <summary>403.</summary>
    public const string Forbidden = "Platform:Forbidden";

    /// <summary>400: the antiforgery token is missing or wrong.</summary>
    public const string Antiforgery = "Platform:Antiforgery";

    /// <summary>413.</summary>
    public const string BodyTooLarge = "Platform:BodyTooLarge";

    /// <summary>429.</summary>
    public const string TooManyRequests = "Platform:TooManyRequests";

    /// <summary>500.</summary>
    public const string Unexpected = "Platform:Unexpected";

    /// <summary>A field's error: a value is needed.</summary>
    public const string Required = "Platform:Required";

    /// <summary>A field's error: longer than {max} characters.</summary>
    public const string TooLong = "Platform:TooLong";

    /// <summary>A field's error: outside {min} to {max}.</summary>
    public const string OutOfRange = "Platform:OutOfRange";
}
