namespace Equaticket.Persistence.Team;

/// <summary>A browser in which a user is signed in. Deleting the row signs the browser out.</summary>
public sealed class Session
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of the key in the cookie, 32 bytes. The key itself is never stored.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>
    /// The organization whose data <c>/graphql</c> and <c>/api/settings</c> show; null until the user opens one.
    /// </summary>
    public Guid? OrganizationId { get; set; }

    /// <summary>The IP address of the sign-in; null if unknown.</summary>
    public string? Address { get; init; }

    /// <summary>Truncated to 500 characters.</summary>
    public string? UserAgent { get; init; }

    /// <summary>When the user last confirmed their identity. Sensitive changes require that to be recent.</summary>
    public required DateTimeOffset VerifiedAt { get; set; }

    /// <summary>Accurate to a few minutes.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
