using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Equaticket.Persistence.Spelling;

/// <summary>The single spelling of each enum member outside GraphQL.</summary>
public static class WireNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names =
        Enum.GetValues<TEnum>().ToFrozenDictionary(value => value, Spell);

    private static readonly FrozenDictionary<string, TEnum> Values =
        Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>All spellings, in the order in which the members are declared.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<TEnum>().Select(Of)];

    public static string Of(TEnum value) => Names[value];

    public static bool TryParse(string name, out TEnum value) => Values.TryGetValue(name, out value);

    /// <exception cref="FormatException">No member has this spelling.</exception>
    public static TEnum Parse(string name) =>
        TryParse(name, out var value)
            ? value
            : throw new FormatException($"'{name}' is not one of: {string.Join(", ", All)}.");

    private static string Spell(TEnum value)
    {
        var member = typeof(TEnum).GetField(value.ToString())!;
        return member.GetCustomAttribute<WireNameAttribute>()?.Name
            ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
    }
}
