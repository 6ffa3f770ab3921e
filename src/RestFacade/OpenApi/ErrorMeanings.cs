using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>What each error code tells an integrator.</summary>
internal static class ErrorMeanings
{
    public static string Of(ErrorCode code) => code switch
    {
        ErrorCode.ValidationError =>
            "The body is no JSON, or a field or parameter is unknown, missing, of the wrong type or "
            + "out of range. `param` names it.",
        ErrorCode.Unauthorized => "The API key is missing, malformed, unknown, expired or revoked.",
        ErrorCode.Forbidden =>
            "The key lacks the scope, or is a live key where only test keys may.",
        ErrorCode.ApiTermsRequired =>
            "An owner or admin must accept the API Terms of Service first.",
        ErrorCode.NotFound =>
            "There is no such resource in your organization and mode.",
        ErrorCode.MethodNotAllowed => "The path has no such method; `Allow` lists those it has.",
        ErrorCode.Conflict =>
            "The resource's state does not allow it, or a request with the same idempotency key is "
            + "still running (then with `Retry-After`).",
        ErrorCode.PreconditionFailed => "The resource is no longer the one that `If-Match` names.",
        ErrorCode.PayloadTooLarge => "The body is larger than 256 KiB.",
        ErrorCode.UnsupportedMediaType => "The body is not `application/json` in UTF-8.",
        ErrorCode.Unprocessable =>
            "A business rule forbids it, as the message says; or the idempotency key was used with "
            + "other parameters (`param` is `Idempotency-Key`).",
        ErrorCode.RateLimited => "Too many requests; wait for `Retry-After` seconds.",
        ErrorCode.InternalError =>
            "Something went wrong on our side. Contact support with the request id.",
        ErrorCode.Unavailable =>
            "The service is briefly unavailable; retry after `Retry-After` seconds.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No meaning is given."),
    };
}
