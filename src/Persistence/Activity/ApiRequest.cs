using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Activity;

/// <summary>
/// A request that was made with an API key. Partitioned by day through the time in its id, and kept
/// for 30 days.
/// </summary>
public sealed class ApiRequest : IOrganizationOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; set; }

    public required bool Livemode { get; init; }

    public required Guid ApiKeyId { get; init; }

    /// <summary>The value that the caller received as <c>X-Request-Id</c>.</summary>
    public required string RequestId { get; init; }

    public required string Method { get; init; }

    /// <summary>Includes ids, but not the query string.</summary>
    public required string Path { get; init; }

    /// <summary>The path with names in place of ids; null where the path is no route.</summary>
    public string? Route { get; init; }

    /// <summary>The caller's <c>Idempotency-Key</c>; null where it sent none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether the answer was that of an earlier request with the same key.</summary>
    public bool IsReplay { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>The wire name of the error; null for a success.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The parameter that the error blames; null where there is none.</summary>
    public string? ErrorParam { get; init; }

    /// <summary>In milliseconds, from the first byte read to the last byte written.</summary>
    public required int DurationMs { get; init; }

    /// <summary>The caller's address; null when it is not known.</summary>
    public string? Address { get; init; }

    /// <summary>Truncated to 500 characters.</summary>
    public string? UserAgent { get; init; }

    /// <summary>What it wrote, as <see cref="RequestWrite"/> is stored; at most 100.</summary>
    public string[] Writes { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }
}
