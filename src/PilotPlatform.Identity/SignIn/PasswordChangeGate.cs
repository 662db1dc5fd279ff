using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PilotPlatform.Errors;
using PilotPlatform.Identity.Tokens;
using PilotPlatform.Identity.Users;

namespace PilotPlatform.Identity.SignIn;

/// <summary>Endpoint metadata: may be called while the initial password has still to be changed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BeforePasswordChangeAttribute : Attribute;

/// <summary>Endpoint metadata: for a person on the web, not for a machine with a token.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PersonOnlyAttribute : Attribute;

/// <summary>Closes every endpoint to whoever has still to change an initial password, and personal ones to API tokens.</summary>
internal sealed class PasswordChangeGate : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler standard = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var refusal = context.User.HasClaim(c => c.Type == IdentityClaims.MustChangePassword) && metadata?.GetMetadata<BeforePasswordChangeAttribute>() is null
            ? IdentityErrorCodes.PasswordChangeRequired
            : context.User.Identity?.AuthenticationType == ApiTokenHandler.SchemeName && metadata?.GetMetadata<PersonOnlyAttribute>() is not null
                ? IdentityErrorCodes.PersonRequired
                : null;
        if (refusal is not null)
        {
            await context.RequestServices.GetRequiredService<ProblemWriter>().WriteAsync(context, refusal);
            return;
        }

        await standard.HandleAsync(next, context, policy, authorizeResult);
    }
}

internal static class GateExtensions
{
    public static TBuilder BeforePasswordChange<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BeforePasswordChangeAttribute());

    public static TBuilder PersonOnly<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new PersonOnlyAttribute());
}
