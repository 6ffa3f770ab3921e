namespace Equaticket.Persistence.Spelling;

/// <summary>
/// The spelling of an enum member in REST, in the database and in webhooks, where it is not the
/// member's name in lower-case snake case: <c>events:read</c> for <c>EventsRead</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WireNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
