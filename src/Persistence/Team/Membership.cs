using System.ComponentModel;
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

/// <summary>A user's permissions in an organization. Each role includes the roles after it.</summary>
[Description("A user's role in an organization. Each role includes the permissions of those listed after it.")]
public enum Role
{
    [Description("Creates and revokes API keys and rotates webhook secrets. One per organization.")]
    Owner,

    [Description("Accepts the API terms, connects Stripe, issues refunds, resets test data and manages the team.")]
    Admin,

    [Description("Creates and manages events and ticket types; views orders and attendees.")]
    EventManager,

    [Description("Scans tickets at the door.")]
    CheckInOnly,
}
