using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Team;

/// <summary>An offer of a role to an email address. Deleted when it is accepted or cancelled.</summary>
public sealed class Invitation : IOrganizationOwned
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public required string Email { get; init; }

    /// <summary><see cref="Email"/> in lower case; unique in the organization.</summary>
    public required string EmailNormalized { get; init; }

    public required Role Role { get; init; }

    /// <summary>SHA-256 of the token in the link, which is not stored itself; null until the email is sent.</summary>
    public byte[]? TokenHash { get; set; }

    /// <summary>The member who sent the invitation.</summary>
    public required Guid InvitedById { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
