using System.Globalization;
using System.Text.Json;
using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Writes values as canonical text: <c>1.50</c> and <c>15e-1</c> become equal.</summary>
internal static class ValueTexts
{
    public const string Null = "null";

    /// <summary>The value as a custom scalar parses it: an enum value becomes a string.</summary>
    public static string Of(GraphQLValue value) => value switch
    {
        GraphQLIntValue number => Number(number.Value),
        GraphQLFloatValue number => Number(number.Value),
        GraphQLBooleanValue flag => flag.Value.ToString(),
        GraphQLStringValue text => Quoted(text.Value.ToString()),
        GraphQLEnumValue name => Quoted(name.Name.StringValue),
        GraphQLListValue list => List((list.Values ?? []).Select(Of))!,
        GraphQLObjectValue given => Object((given.Fields ?? [])
            .OrderBy(field => field.Name.StringValue, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Name.StringValue, Of(field.Value)))),
        _ => Null,
    };

    /// <returns>Null if an item is null.</returns>
    public static string? List(IEnumerable<string?> items)
    {
        var texts = items.ToList();
        return texts.Contains(null) ? null : $"[{string.Join(',', texts)}]";
    }

    public static string Object(IEnumerable<KeyValuePair<string, string>> fields) =>
        $"{{{string.Join(',', fields.Select(field => $"{field.Key}:{field.Value}"))}}}";

    public static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Number(ReadOnlySpan<char> digits) =>
        double.Parse(digits, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
}
