using System.ComponentModel;

namespace Equaticket.Persistence.Team;

/// <summary>What a person may do in an organization. Each role includes the ones after it.</summary>
[Description("A person's role in an organization. Each role includes the permissions of those listed after it.")]
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
