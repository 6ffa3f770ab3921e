using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Equaticket.Persistence.Spelling;

/// <summary>The single spelling of each enum member outside GraphQL.</summary>
/// <remarks>
/// The members count up from 0, so the value is the index. Dictionaries of the enum's type would be compiled for each
/// enum at every start.
/// </remarks>
public static class WireNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly string[] Names = [.. Enum.GetNames<TEnum>().Select(Spell)];

    private static readonly Dictionary<string, int> Values = Names.Index()
        .ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);

    /// <summary>All spellings, in the order in which the members are declared.</summary>
    public static IReadOnlyList<string> All => Names;

    public static string Of(TEnum value) => Names[Unsafe.BitCast<TEnum, int>(value)];

    /// <summary>The description of the member, for the schema and the dashboard.</summary>
    public static string Meaning(TEnum value) =>
        Member($"{value}").GetCustomAttribute<DescriptionAttribute>()!.Description;

    public static bool TryParse(string name, out TEnum value)
    {
        var isKnown = Values.TryGetValue(name, out var index);
        value = Unsafe.BitCast<int, TEnum>(index);
        return isKnown;
    }

    /// <exception cref="FormatException">No member has this spelling.</exception>
    public static TEnum Parse(string name) =>
        TryParse(name, out var value)
            ? value
            : throw new FormatException($"'{name}' is not one of: {string.Join(", ", All)}.");

    private static string Spell(string member) =>
        Member(member).GetCustomAttribute<WireNameAttribute>()?.Name
        ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(member);

    private static FieldInfo Member(string name) => typeof(TEnum).GetField(name)!;
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
