using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Idempotency;

/// <summary>
/// The answer to a write that was sent with an idempotency key, kept so that a retry gets the same.
/// Committed in the transaction of the effect.
/// </summary>
public sealed class IdempotencyRecord : ITenantOwned
{
    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    /// <summary>SHA-256 of the caller's key, 32 bytes; the key itself is not kept.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>SHA-256 of what was asked for, 32 bytes: the same key must ask for the same.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>HTTP status of the answer; null while the write is not done.</summary>
    public int? Status { get; init; }

    /// <summary>Null where there is no body.</summary>
    public string? ContentType { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }

    /// <summary>
    /// The answer's bytes, encrypted: they may hold a secret that is shown only once. Null while the
    /// write is not done.
    /// </summary>
    public byte[]? Body { get; init; }

    /// <summary>
    /// What the first step of a write with several steps made, such as the order: a retry goes on from
    /// there. Also what the answer tells of, by which buyer data is found.
    /// </summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Until then the write is being done; null once it is done.</summary>
    public DateTimeOffset? LeaseExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on the key may be used anew.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
