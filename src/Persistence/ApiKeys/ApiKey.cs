using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.ApiKeys;

/// <summary>
/// An organization's secret key. The key itself is shown once and never stored; rows are looked up by its SHA-256.
/// </summary>
public sealed class ApiKey : IOrganizationOwned, IPagedRow
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    /// <summary>Whether the key works on live data (<c>sk_live_</c>) or on test data.</summary>
    public required bool Livemode { get; init; }

    /// <summary>A display name of 1–100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key's ASCII text, 32 bytes.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The start of the key, which shows its mode: <c>sk_live_</c> or <c>sk_test_</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>The last four characters, which help users recognize the key.</summary>
    public required string LastFour { get; init; }

    public required Scope[] Scopes { get; init; }

    /// <summary>When the key expires; null if it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When the owner is next notified that the key expires; null if there are no more notices.</summary>
    public DateTimeOffset? ExpiryNoticeDueAt { get; set; }

    /// <summary>When the key was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The user who created the key; null if an operator did, or if the user was deleted.</summary>
    public Guid? CreatedById { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
