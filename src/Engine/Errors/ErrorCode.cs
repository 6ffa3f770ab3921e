using System.Text.Json;

namespace Equaticket.Engine.Errors;

/// <summary>
/// The machine-readable reason of an error, the same in REST and GraphQL (public API guide, "Error
/// responses"). Callers see the wire name: <c>validation_error</c>.
/// </summary>
public enum ErrorCode
{
    ValidationError,
    Unauthorized,
    Forbidden,
    ApiTermsRequired,
    NotFound,
    MethodNotAllowed,
    Conflict,
    PreconditionFailed,
    PayloadTooLarge,
    UnsupportedMediaType,
    Unprocessable,
    RateLimited,
    InternalError,
    Unavailable,
}

/// <summary>The wire name and HTTP status of each code.</summary>
public static class ErrorCodes
{
    private static readonly string[] WireNames =
        [.. Enum.GetNames<ErrorCode>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>The code with a wire name.</summary>
    /// <exception cref="FormatException">There is no such code.</exception>
    public static ErrorCode OfWireName(string name) =>
        Array.IndexOf(WireNames, name) is >= 0 and var code
            ? (ErrorCode)code
            : throw new FormatException($"'{name}' is not an error code.");

    /// <summary>The code as callers see it: <c>validation_error</c>.</summary>
    public static string WireName(this ErrorCode code) => WireNames[(int)code];

    public static int HttpStatus(this ErrorCode code) => code switch
    {
        ErrorCode.ValidationError => 400,
        ErrorCode.Unauthorized => 401,
        ErrorCode.Forbidden => 403,
        ErrorCode.ApiTermsRequired => 403,
        ErrorCode.NotFound => 404,
        ErrorCode.MethodNotAllowed => 405,
        ErrorCode.Conflict => 409,
        ErrorCode.PreconditionFailed => 412,
        ErrorCode.PayloadTooLarge => 413,
        ErrorCode.UnsupportedMediaType => 415,
        ErrorCode.Unprocessable => 422,
        ErrorCode.RateLimited => 429,
        ErrorCode.InternalError => 500,
        ErrorCode.Unavailable => 503,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No status is defined."),
    };

    /// <summary>
    /// Whether a retry with the same idempotency key returns the same error. Errors that occur before
    /// execution, and transient ones, let the retry run again.
    /// </summary>
    public static bool IsFinal(this ErrorCode code) => code
        is ErrorCode.NotFound or ErrorCode.Conflict
        or ErrorCode.PreconditionFailed or ErrorCode.Unprocessable;
}
