using System.CommandLine;
using Equaticket.Persistence.Spelling;

namespace Equaticket.Host.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommandOptions
{
    public static Option<bool> Json() => new("--json")
    {
        Description = "Print one line of JSON, for scripts.",
    };

    public static Option<string> Organization() => new("--org")
    {
        Description = "The slug of the organization.",
        Required = true,
    };

    public static Option<string> Text(string name, string description, bool required = true) =>
        new(name) { Description = description, Required = required };

    /// <summary>An option with the values of an enum, spelled as in the API.</summary>
    public static Option<string> OneOf<TEnum>(string name, string description)
        where TEnum : struct, Enum
    {
        var option = Text(name, $"{description} One of: {string.Join(", ", WireNames<TEnum>.All)}.");
        option.AcceptOnlyFromAmong([.. WireNames<TEnum>.All]);
        return option;
    }
}
