using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Dashboard.Storefront;

/// <summary>A page for buyers.</summary>
/// <remarks>
/// It acts on nobody's behalf: it neither reads nor sets cookies, not even the session cookie. So its forms need no
/// antiforgery token: by submitting one, another site gains nothing that it couldn't do directly.
/// </remarks>
public abstract class StorefrontPage(PageRunner runner, IBuyerLimits limits) : PageModel, IFormPage
{
    public bool Livemode => HttpContext.GetEndpoint()!.Metadata.GetMetadata<StorefrontEndpoint>()!.Livemode;

    /// <summary>The error of the submitted form.</summary>
    public ApiError? Error { get; protected set; }

    /// <remarks>A buyer's key is a UUID, since all buyers of an event share one key space.</remarks>
    public string IdempotencyKey { get; } = Guid.Parse(Ids.Next()).ToString("D");

    protected IBuyerLimits Limits => limits;

    /// <summary>The variables that identify the event in the URL.</summary>
    protected Dictionary<string, object?> EventVariables => new()
    {
        ["org"] = RouteData.Values["org"],
        ["slug"] = RouteData.Values["slug"],
        ["livemode"] = Livemode,
    };

    public virtual StringValues ValueOf(string? run, string field, StringValues given) =>
        Error is null ? given : Request.Form[field];

    public string? FaultOf(string? run, string field) => Error?.Param == field ? Error.Message : null;

    public string? Refusal(string run) => null;

    /// <returns>The value of the operation's only root field.</returns>
    /// <exception cref="ApiError">The operation failed.</exception>
    protected async Task<ResultNode> ReadAsync(
        PageOperation operation, Dictionary<string, object?> variables)
    {
        await limits.CountPublicAsync(HttpContext);
        return RootOf(await RunAsync(operation, variables));
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
        Schema.Execution.WriteClaim? claim = null) =>
        runner.RunAsync(HttpContext, operation, variables, claim);

    protected StatusCodeResult See(string path)
    {
        Response.Headers.Location = path;
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
