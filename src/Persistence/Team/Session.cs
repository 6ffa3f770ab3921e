namespace Equaticket.Persistence.Team;

/// <summary>A browser in which a person is signed in. Deleting the row signs it out.</summary>
public sealed class Session
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of the key in the cookie, 32 bytes. The key itself is never stored.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>Whose data <c>/graphql</c> and <c>/api/settings</c> show; null until one was opened.</summary>
    public Guid? OrganizationId { get; set; }

    /// <summary>The address that signed in; null when it is not known.</summary>
    public string? Address { get; init; }

    /// <summary>At most 500 characters of it.</summary>
    public string? UserAgent { get; init; }

    /// <summary>When the person last proved who they are; sensitive changes require that to be recent.</summary>
    public required DateTimeOffset VerifiedAt { get; set; }

    /// <summary>Accurate to a few minutes.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
