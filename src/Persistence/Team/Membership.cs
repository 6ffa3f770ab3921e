using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Team;

/// <summary>A user's role in an organization.</summary>
public sealed class Membership : IOrganizationOwned
{
    public Guid OrganizationId { get; set; }

    public required Guid UserId { get; init; }

    public required Role Role { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
