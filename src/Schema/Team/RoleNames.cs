using Equaticket.Persistence.Team;

namespace Equaticket.Schema.Team;

/// <summary>Role names for use in sentences.</summary>
public static class RoleNames
{
    /// <returns>The role with its article: <c>an event manager</c>.</returns>
    public static string Of(Role role) => role switch
    {
        Role.Owner => "the owner",
        Role.Admin => "an admin",
        Role.EventManager => "an event manager",
        _ => "check-in staff",
    };
}
