using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PilotPlatform.Data;
using PilotPlatform.Permissions;

namespace PilotPlatform.Assessment.Results;

internal static class ResultEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/assessment/results").WithTags("Assessment results");
        group.MapGet("", ListAsync).RequirePermission(AssessmentPermissions.View).WithName("ListAssessmentResults")
            .WithSummary("Published results of the region and those below it.");
        group.MapGet("{id:guid}", GetAsync).RequirePermission(AssessmentPermissions.View).WithName("GetAssessmentResult")
            .WithSummary("One published result: total, means by indicator, comments without names.");
        group.MapPost("{id:guid}/objection", ObjectAsync).RequirePermission(AssessmentPermissions.RaiseObjection).WithName("RaiseObjection")
            .WithSummary("The region assessed objects to its result; once, within five working days.");
        group.MapPost("{id:guid}/ruling", RuleAsync).RequirePermission(AssessmentPermissions.Rule).WithName("RuleOnObjection")
            .WithSummary("The region that assessed rules on the objection; upheld, it gives the new points.");
        group.MapPost("{id:guid}/objection/withdraw", WithdrawAsync).RequirePermission(AssessmentPermissions.RaiseObjection).WithName("WithdrawObjection")
            .WithSummary("The region takes its objection back; the result is final.");
        routes.MapGroup("/api/assessment/objections").WithTags("Assessment results").MapGet("", ListObjectionsAsync)
            .RequirePermission(AssessmentPermissions.View).WithName("ListObjections")
            .WithSummary("Objections of the region and those below it, waiting ones first.");
    }

    private static async Task<Ok<PagedResult<ResultListItemDto>>> ListAsync(
        [AsParameters] GetResultsInput input, ResultAppService results, CancellationToken cancellationToken) =>
        TypedResults.Ok(await results.ListAsync(input, cancellationToken));

    private static async Task<Ok<ResultDto>> ObjectAsync(
        Guid id, RaiseObjectionDto input, Objections objections, ResultAppService results, CancellationToken cancellationToken)
    {
        await objections.RaiseAsync(id, input, cancellationToken);
        return TypedResults.Ok(await results.GetAsync(id, cancellationToken));
    }

    private static async Task<Ok<PagedResult<ObjectionListItemDto>>> ListObjectionsAsync(
        [AsParameters] GetObjectionsInput input, Objections objections, CancellationToken cancellationToken) =>
        TypedResults.Ok(await objections.ListAsync(input, cancellationToken));

    private static async Task<Ok<ResultDto>> WithdrawAsync(
        Guid id, ObjectionStampDto input, Objections objections, ResultAppService results, CancellationToken cancellationToken)
    {
        await objections.WithdrawAsync(id, input, cancellationToken);
        return TypedResults.Ok(await results.GetAsync(id, cancellationToken));
    }

    private static async Task<Ok<ResultDto>> RuleAsync(
        Guid id, RuleObjectionDto input, Objections objections, ResultAppService results, CancellationToken cancellationToken)
    {
        await objections.RuleAsync(id, input, cancellationToken);
        return TypedResults.Ok(await results.GetAsync(id, cancellationToken));
    }

    private static async Task<Ok<ResultDto>> GetAsync(Guid id, ResultAppService results, CancellationToken cancellationToken) =>
        TypedResults.Ok(await results.GetAsync(id, cancellationToken));
}
