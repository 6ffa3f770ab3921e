using GraphQL.Validation;

namespace Equaticket.Engine.Errors;

/// <summary>
/// The only error that is thrown on purpose. Every API returns its code, message and
/// parameter; any other exception becomes <see cref="ErrorCode.InternalError"/>.
/// </summary>
/// <remarks>
/// Derives from <see cref="ValidationError"/> so that GraphQL.NET reports it without wrapping it,
/// even if a scalar or an input rule throws it before execution.
/// </remarks>
public sealed class ApiError : ValidationError
{
    /// <summary>The page that documents the codes (public API guide, "Error responses").</summary>
    public const string DocUrl = "https://equaticket.com/help/organizers/public-api";

    private ApiError(ErrorCode code, string message, string? param = null)
        : base(message)
    {
        ErrorCode = code;
        Param = param;
        Code = code.WireName();
    }

    public ErrorCode ErrorCode { get; }

    /// <summary>
    /// The path of the invalid input, in GraphQL names below the argument (<c>startsAt</c>,
    /// <c>items[0].quantity</c>), or null if the error is not about an input.
    /// </summary>
    public string? Param { get; }

    /// <summary>When to retry; null if retrying does not help.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public static ApiError Validation(string? param, string message) =>
        new(ErrorCode.ValidationError, message, param);

    public static ApiError Unauthorized(string message) => new(ErrorCode.Unauthorized, message);

    public static ApiError Forbidden(string message) => new(ErrorCode.Forbidden, message);

    public static ApiError ApiTermsRequired() => new(
        ErrorCode.ApiTermsRequired,
        "An owner or admin must accept the API Terms of Service before a key can be created.");

    /// <param name="resource">The requested resource, in words: <c>event</c>.</param>
    public static ApiError NotFound(string resource) =>
        new(ErrorCode.NotFound, $"No such {resource}.");

    public static ApiError NoSuchRoute(string method, string path) =>
        new(ErrorCode.NotFound, $"The route {method} {path} does not exist.");

    public static ApiError MethodNotAllowed(string method, string allowed) =>
        new(ErrorCode.MethodNotAllowed, $"{method} is not allowed here. Allowed: {allowed}.");

    public static ApiError Conflict(string message, string? param = null) =>
        new(ErrorCode.Conflict, message, param);

    /// <summary>The first request with the same idempotency key is still in progress.</summary>
    public static ApiError StillRunning() => new(
        ErrorCode.Conflict, "The first request with this idempotency key is still in progress. Retry shortly.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    /// <summary>The resource has changed since the caller read it.</summary>
    public static ApiError PreconditionFailed() => new(
        ErrorCode.PreconditionFailed,
        "The resource has changed since you read it. Read it again before you retry.");

    /// <summary>The caller sent a weak entity tag as the version that it read.</summary>
    public static ApiError WeakTag() => new(
        ErrorCode.PreconditionFailed,
        "If-Match never matches a weak tag (W/). Send the ETag without W/, as the resource returned it.");

    public static ApiError PayloadTooLarge(int limit) =>
        new(ErrorCode.PayloadTooLarge, $"The body is larger than {limit / 1024} KiB.");

    public static ApiError UnsupportedMediaType() =>
        new(ErrorCode.UnsupportedMediaType, "Send the body as uncompressed application/json in UTF-8.");

    public static ApiError UnsupportedCharset(string charset) => new(
        ErrorCode.UnsupportedMediaType, $"The charset {charset} is not supported. Send the body in UTF-8.");

    public static ApiError Unprocessable(string message, string? param = null) =>
        new(ErrorCode.Unprocessable, message, param);

    /// <param name="retryAfter">The time until the window resets.</param>
    public static ApiError RateLimited(TimeSpan retryAfter) => new(
        ErrorCode.RateLimited, "Too many requests. Retry after the window resets.")
    {
        RetryAfter = retryAfter,
    };

    /// <param name="max">The maximum number of open streams of a key or a user.</param>
    public static ApiError TooManyStreams(int max) => new(
        ErrorCode.RateLimited, $"You already have {max} open subscriptions. Close one first.")
    {
        RetryAfter = TimeSpan.FromSeconds(10),
    };

    public static ApiError Internal() => new(
        ErrorCode.InternalError,
        "Something went wrong on our side. Contact support with the request ID.");

    public static ApiError Unavailable() => new(
        ErrorCode.Unavailable, "The service is briefly unavailable. Retry in a few seconds.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    /// <summary>An error as it appears in a response.</summary>
    public static ApiError FromResponse(string code, string message, string? param) =>
        new(ErrorCodes.OfWireName(code), message, param);

    /// <summary>The same error with a different parameter.</summary>
    public ApiError WithParam(string? param) =>
        new(ErrorCode, Message, param) { RetryAfter = RetryAfter };
}
