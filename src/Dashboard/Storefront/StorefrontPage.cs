using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Dashboard.Storefront;

/// <summary>A page for buyers.</summary>
/// <remarks>
/// It acts on nobody's behalf: it neither reads nor sets cookies, not even the session cookie. So its forms need no
/// antiforgery token: by submitting one, another site gains nothing that it couldn't do directly.
/// </remarks>
public abstract class StorefrontPage(PageRunner runner, IBuyerLimits limits) : FormPage
{
    public bool Livemode => HttpContext.GetEndpoint()!.Metadata.GetMetadata<StorefrontEndpoint>()!.Livemode;

    protected IBuyerLimits Limits => limits;

    /// <summary>The variables that identify the event in the URL.</summary>
    protected Dictionary<string, object?> EventVariables => new()
    {
        ["org"] = RouteData.Values["org"],
        ["slug"] = RouteData.Values["slug"],
        ["livemode"] = Livemode,
    };

    public override StringValues ValueOf(string? run, string field, StringValues given) =>
        Error is null ? given : Request.Form[field];

    /// <returns>The value of the operation's only root field.</returns>
    /// <exception cref="ApiError">The operation failed.</exception>
    protected async Task<ResultNode> ReadAsync(
        PageOperation operation, Dictionary<string, object?> variables, AnswerTerm? term = null)
    {
        await limits.CountPublicAsync(HttpContext);
        return RootOf(await runner.RunAsync(HttpContext, operation, variables, term: term));
    }

    /// <exception cref="ApiError">The operation failed. Invalid values in the URL count as not found.</exception>
    internal static ResultNode RootOf(OperationResult result) => result.Error switch
    {
        null => result.Data.Root,
        { ErrorCode: ErrorCode.ValidationError } => throw ApiError.NotFound("page"),
        var error => throw error,
    };

    protected Task<OperationResult> RunAsync(
        PageOperation operation,
        Dictionary<string, object?> variables,
        WriteClaim? claim = null) =>
        runner.RunAsync(HttpContext, operation, variables, claim);
}

/// <summary>Limits how often an IP address may open storefront pages and check out.</summary>
public interface IBuyerLimits
{
    /// <exception cref="ApiError">The client made too many requests.</exception>
    Task CountPublicAsync(HttpContext http);

    /// <exception cref="ApiError">The client made too many checkouts.</exception>
    Task CountCheckoutAsync(HttpContext http);
}
