using System.Collections.Frozen;
using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

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

    /// <summary>The description of the member, for the schema and the dashboard.</summary>
    public static string Meaning(TEnum value) =>
        Member(value).GetCustomAttribute<DescriptionAttribute>()!.Description;

    public static bool TryParse(string name, out TEnum value) => Values.TryGetValue(name, out value);

    /// <exception cref="FormatException">No member has this spelling.</exception>
    public static TEnum Parse(string name) =>
        TryParse(name, out var value)
            ? value
            : throw new FormatException($"'{name}' is not one of: {string.Join(", ", All)}.");

    private static string Spell(TEnum value) =>
        Member(value).GetCustomAttribute<WireNameAttribute>()?.Name
        ?? JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}");

    private static FieldInfo Member(TEnum value) => typeof(TEnum).GetField($"{value}")!;
}

/// <summary>
/// The spelling of an enum member in REST, in the database and in webhooks, if it differs from the member's name in
/// lowercase snake case, such as <c>events:read</c> for <c>EventsRead</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WireNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

internal static class WireNameConstraint
{
    /// <summary>Adds a constraint that rejects spellings the enum does not have.</summary>
    public static void HasWireNames<TEnum>(this TableBuilder table, string column)
        where TEnum : struct, Enum
    {
        var names = string.Join(", ", WireNames<TEnum>.All.Select(name => $"'{name}'"));
        table.HasCheckConstraint($"ck_{table.Name}_{column}", $"{column} IN ({names})");
    }
}

/// <summary>Stores an enum as its wire name, so that the database uses the same spelling as the API.</summary>
public sealed class WireNameConverter<TEnum>()
    : ValueConverter<TEnum, string>(
        value => WireNames<TEnum>.Of(value),
        name => WireNames<TEnum>.Parse(name))
    where TEnum : struct, Enum;
