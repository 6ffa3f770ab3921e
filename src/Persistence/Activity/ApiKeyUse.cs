using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Activity;

/// <summary>When an API key was last used. Separate from the key, so that use does not change the key's row.</summary>
public sealed class ApiKeyUse : IOrganizationOwned
{
    public Guid OrganizationId { get; set; }

    public required Guid ApiKeyId { get; init; }

    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>Where the last use came from; null when it is not known.</summary>
    public string? Address { get; set; }

    /// <summary>At most 500 characters of it.</summary>
    public string? UserAgent { get; set; }
}

/// <summary>How often an API key used one of its scopes on one day, in UTC.</summary>
public sealed class ApiKeyScopeUse : IOrganizationOwned
{
    /// <summary>For how many days before today uses are kept and shown.</summary>
    public const int DaysKept = 90;

    public Guid OrganizationId { get; set; }

    public required Guid ApiKeyId { get; init; }

    public required Scope Scope { get; init; }

    public required DateOnly Day { get; init; }

    public required long Requests { get; set; }

    public required DateTimeOffset LastUsedAt { get; set; }

    /// <returns>The first day that is kept at a time.</returns>
    public static DateOnly FirstDay(DateTimeOffset now) =>
        DateOnly.FromDateTime(now.UtcDateTime).AddDays(-DaysKept);
}
