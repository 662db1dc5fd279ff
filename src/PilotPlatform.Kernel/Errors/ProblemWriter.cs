using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PilotPlatform.Data;
using PilotPlatform.Localization;
using PilotPlatform.Modules;

namespace PilotPlatform.Errors;

/// <summary>The body of every error answer (RFC 9457, <c>application/problem+json</c>).</summary>
/// <param name="Type">A reference for the kind of problem.</param>
/// <param name="Title">What is wrong and what to do, in the caller's language.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">What clients switch on, such as <c>Pilots:ProgrammeNotPublished</c>.</param>
/// <param name="Data">Values that belong to the code.</param>
/// <param name="Errors">Texts per field.</param>
/// <param name="TraceId">What to name to an administrator.</param>
public sealed record ApiProblem(
    string Type,
    string Title,
    int Status,
    string Code,
    IReadOnlyDictionary<string, object?>? Data,
    IReadOnlyDictionary<string, string[]>? Errors,
    string TraceId);

/// <summary>Writes problems. The domain knows no status codes: the mapping from code to status is here and in the modules' lists.</summary>
public sealed class ProblemWriter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Texts texts;
    private readonly Dictionary<string, int> statusOf = new()
    {
        [PlatformErrorCodes.NotFound] = StatusCodes.Status404NotFound,
        [PlatformErrorCodes.InvalidInput] = StatusCodes.Status400BadRequest,
        [PlatformErrorCodes.MalformedRequest] = StatusCodes.Status400BadRequest,
        [PlatformErrorCodes.Antiforgery] = StatusCodes.Status400BadRequest,
        [PlatformErrorCodes.NotSignedIn] = StatusCodes.Status401Unauthorized,
        [PlatformErrorCodes.Forbidden] = StatusCodes.Status403Forbidden,
        [PlatformErrorCodes.BodyTooLarge] = StatusCodes.Status413PayloadTooLarge,
        [PlatformErrorCodes.TooManyRequests] = StatusCodes.Status429TooManyRequests,
        [PlatformErrorCodes.Unexpected] = StatusCodes.Status500InternalServerError,
    };

    /// <summary>Collects the modules' status codes.</summary>
    public ProblemWriter(Texts texts, IEnumerable<PlatformModule> modules)
    {
        this.texts = texts;
        foreach (var (code, status) in modules.SelectMany(m => m.StatusCodes))
        {
            statusOf.Add(code, status);
        }
    }

    /// <summary>The problem for a code; 409 unless a list says otherwise.</summary>
    public ApiProblem For(HttpContext context, string code, IReadOnlyDictionary<string, object?>? values = null, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var status = statusOf.GetValueOrDefault(code, StatusCodes.Status409Conflict);
        return new ApiProblem(
            $"urn:pilotplatform:problem:{code}", texts.Get(code, values), status, code,
            values is { Count: > 0 } ? values : null, errors, Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
    }

    /// <summary>Answers the request with the problem for a code.</summary>
    public async Task WriteAsync(
        HttpContext context, string code, IReadOnlyDictionary<string, object?>? values = null, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var problem = For(context, code, values, errors);
        context.Response.StatusCode = problem.Status;
        await context.Response.WriteAsJsonAsync(problem, Json, "application/problem+json", context.RequestAborted);
    }

    internal IReadOnlyDictionary<string, string[]> Describe(InputException input) =>
        input.Errors.GroupBy(e => e.Field).ToDictionary(g => g.Key, g => g.Select(e => texts.Get(e.Code, e.Values)).ToArray());
}

internal sealed class PlatformExceptionHandler(ProblemWriter problems, IDatabaseProvider database, ILogger<PlatformExceptionHandler> logger)
    : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody reads an answer.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var (code, values, errors) = Translate(exception);
        if (code is PlatformErrorCodes.Unexpected)
        {
            logger.LogError(exception, "Unexpected error in {Method} {Path}.", httpContext.Request.Method, httpContext.Request.Path);
        }
        else if (exception is TenantWriteRefusedException)
        {
            logger.LogCritical(exception, "A write outside the caller's region was refused in {Method} {Path}.", httpContext.Request.Method, httpContext.Request.Path);
        }

        await problems.WriteAsync(httpContext, code, values, errors);
        return true;
    }

    private (string Code, IReadOnlyDictionary<string, object?>? Values, IReadOnlyDictionary<string, string[]>? Errors) Translate(Exception exception) =>
        exception switch
        {
            BusinessException e => (e.Code, e.Values, null),
            InputException e => (PlatformErrorCodes.InvalidInput, null, problems.Describe(e)),
            NotFoundException or TenantWriteRefusedException => (PlatformErrorCodes.NotFound, null, null),
            StaleStampException or DbUpdateConcurrencyException => (PlatformErrorCodes.StaleStamp, null, null),
            DbUpdateException { InnerException: System.Data.Common.DbException e } update when database.IsUniqueViolation(e) =>
                (CameSecond(update, e) ? PlatformErrorCodes.StaleStamp : PlatformErrorCodes.Duplicate, null, null),
            _ when exception.IsRolledBackForAnother() => (PlatformErrorCodes.StaleStamp, null, null),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (PlatformErrorCodes.BodyTooLarge, null, null),
            BadHttpRequestException => (PlatformErrorCodes.MalformedRequest, null, null),
            _ => (PlatformErrorCodes.Unexpected, null, null),
        };

    // A provider that sends several rows at once names all of them; the message names the table.
    private static bool CameSecond(DbUpdateException update, System.Data.Common.DbException error) => update.Entries.Any(entry =>
        entry.Metadata.ClrType.IsDefined(typeof(Data.TakesTurnsAttribute), false)
        && entry.Metadata.GetTableName() is { } table && error.Message.Contains(table, StringComparison.Ordinal));
}
