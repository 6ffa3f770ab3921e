using Equaticket.Engine.Errors;

namespace Equaticket.Schema.Execution;

/// <summary>
/// The answer to an operation as a door sends it. It is made before the transaction commits, so that
/// it can be stored with the effect it tells of.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Null where there is no body.</param>
/// <param name="Body">Empty where there is none.</param>
public sealed record Answer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The address of the resource that was made.</summary>
    public string? Location { get; init; }

    /// <summary>The version of the resource and the hash of the body (RFC 9110, 8.8.3).</summary>
    public string? ETag { get; init; }

    /// <summary>The first error that it tells of; null for a success.</summary>
    public ErrorCode? Error { get; init; }

    /// <summary>The parameter that the error blames; null where there is none.</summary>
    public string? ErrorParam { get; init; }

    /// <summary>Whether this is the stored answer to an earlier request with the same key.</summary>
    public bool IsReplay { get; init; }

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same without its body, for a caller that has it already.</summary>
    public Answer NotModified() => new(304, ContentType: null, Body: default) { ETag = ETag };
}
