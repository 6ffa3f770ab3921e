using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Activity;

/// <summary>
/// When an API key was last used. Stored separately so that using a key does not change the key's row.
/// </summary>
public sealed class ApiKeyUse : IOrganizationOwned
{
    public Guid OrganizationId { get; set; }

    public required Guid ApiKeyId { get; init; }

    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>The IP address of the last use; null if unknown.</summary>
    public string? Address { get; set; }

    /// <summary>Truncated to 500 characters.</summary>
    public string? UserAgent { get; set; }
}

/// <summary>How often an API key used one of its scopes on a day (UTC).</summary>
public sealed class ApiKeyScopeUse : IOrganizationOwned
{
    /// <summary>The number of days before today for which uses are stored and shown.</summary>
    public const int DaysKept = 90;

    public Guid OrganizationId { get; set; }

    public required Guid ApiKeyId { get; init; }

    public required Scope Scope { get; init; }

    public required DateOnly Day { get; init; }

    public required long Requests { get; set; }

    public required DateTimeOffset LastUsedAt { get; set; }

    /// <returns>The first day that is still stored at the given time.</returns>
    public static DateOnly FirstDay(DateTimeOffset now) =>
        DateOnly.FromDateTime(now.UtcDateTime).AddDays(-DaysKept);
}
