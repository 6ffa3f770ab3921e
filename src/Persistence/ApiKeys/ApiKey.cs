using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.ApiKeys;

/// <summary>
/// A secret key of an organization. The key itself is shown once and never stored; rows are found
/// by its SHA-256.
/// </summary>
public sealed class ApiKey : IOrganizationOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    /// <summary>Whether the key works on live data (<c>sk_live_</c>) or on test data.</summary>
    public required bool Livemode { get; init; }

    /// <summary>1–100 characters, for people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key's ASCII text, 32 bytes.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The start of the key, which shows its mode: <c>sk_live_</c> or <c>sk_test_</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>The last four characters, which help people recognize the key.</summary>
    public required string LastFour { get; init; }

    public required Scope[] Scopes { get; init; }

    /// <summary>The key is refused from this time; null if it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When the owner is next told that the key expires; null if no more.</summary>
    public DateTimeOffset? ExpiryNoticeDueAt { get; set; }

    /// <summary>When the key was revoked; from then on it is refused.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The person who made it; null for an operator, or when the person is gone.</summary>
    public Guid? CreatedById { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
