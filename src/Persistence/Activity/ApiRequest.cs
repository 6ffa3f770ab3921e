using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Activity;

/// <summary>
/// A request made with an API key. Partitioned by day, using the time in its id, and stored for 30 days.
/// </summary>
public sealed class ApiRequest : IOrganizationOwned, IPagedRow
{
    /// <summary>The maximum length of a caller's request id.</summary>
    public const int MaxRequestIdLength = 128;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; set; }

    public required bool Livemode { get; init; }

    public required Guid ApiKeyId { get; init; }

    /// <summary>The value that the caller received as <c>X-Request-Id</c>.</summary>
    public required string RequestId { get; init; }

    public required string Method { get; init; }

    /// <summary>Includes ids, but not the query string.</summary>
    public required string Path { get; init; }

    /// <summary>The path with names in place of ids; null if the path does not match a route.</summary>
    public string? Route { get; init; }

    /// <summary>The caller's <c>Idempotency-Key</c>; null if it sent none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether the response was that of an earlier request with the same key.</summary>
    public bool IsReplay { get; init; }

    /// <summary>The HTTP status of the response.</summary>
    public required int Status { get; init; }

    /// <summary>The wire name of the error; null for a success.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The parameter that the error reports; null if there is none.</summary>
    public string? ErrorParam { get; init; }

    /// <summary>The duration in milliseconds, from the first byte read to the last byte written.</summary>
    public required int DurationMs { get; init; }

    /// <summary>The caller's IP address; null if unknown.</summary>
    public string? Address { get; init; }

    /// <summary>Truncated to 500 characters.</summary>
    public string? UserAgent { get; init; }

    /// <summary>
    /// The resources that the request wrote, in the text form of <see cref="RequestWrite"/>; at most 100.
    /// </summary>
    public string[] Writes { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }
}
