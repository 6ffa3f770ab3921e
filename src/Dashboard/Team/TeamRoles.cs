using Equaticket.Dashboard.Forms;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;

namespace Equaticket.Dashboard.Team;

/// <summary>Display names of the roles.</summary>
public static class TeamRoles
{
    private static readonly Dictionary<string, Choice> ByName = Enum.GetValues<Role>()
        .ToDictionary(WireNames<Role>.Of, role => new Choice(
            WireNames<Role>.Of(role), Label(role), WireNames<Role>.Meaning(role)));

    /// <summary>The roles that can be assigned: all but owner.</summary>
    public static IReadOnlyList<Choice> Choices { get; } =
        [.. ByName.Values.Where(choice => choice.Value != WireNames<Role>.Of(Role.Owner))];

    /// <param name="name">The wire name: <c>event_manager</c>.</param>
    public static string LabelOf(string name) => ByName[name].Label;

    private static string Label(Role role) => role switch
    {
        Role.EventManager => "Event manager",
        Role.CheckInOnly => "Check-in only",
        _ => $"{role}",
    };
}
