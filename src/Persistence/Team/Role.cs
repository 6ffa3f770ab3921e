using System.ComponentModel;

namespace Equaticket.Persistence.Team;

/// <summary>What a person may do in an organization. Each role includes the ones after it.</summary>
[Description("What a person may do in an organization. Each role includes the ones after it.")]
public enum Role
{
    [Description("One per organization: creates and revokes keys, rotates webhook secrets.")]
    Owner,

    [Description("Accepts the API terms, connects Stripe, refunds, resets test data, runs the team.")]
    Admin,

    [Description("Creates and runs events and ticket types, views orders and attendees.")]
    EventManager,

    [Description("Scans tickets at the door.")]
    CheckInOnly,
}
