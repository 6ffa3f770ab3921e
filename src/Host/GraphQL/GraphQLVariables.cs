using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;

namespace Equaticket.Host.GraphQL;

/// <summary>Turns the JSON of a request's variables into the values that GraphQL.NET coerces.</summary>
internal static class GraphQLVariables
{
    /// <remarks>A path within an input object starts there.</remarks>
    /// <exception cref="ApiError">A string contains U+0000 or an unpaired surrogate.</exception>
    public static Dictionary<string, object?> Read(JsonElement json) =>
        json.EnumerateObject().ToDictionary(
            variable => Sound(variable.Name, "variables"),
            variable => variable.Value.ValueKind == JsonValueKind.Object
                ? Members(variable.Value, "")
                : Value(variable.Value, variable.Name));

    private static Dictionary<string, object?> Members(JsonElement json, string prefix) =>
        json.EnumerateObject().ToDictionary(
            member => Sound(member.Name, "variables"),
            member => Value(member.Value, prefix + member.Name));

    private static object? Value(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => Members(json, $"{path}."),
        JsonValueKind.Array => json.EnumerateArray()
            .Select((item, index) => Value(item, $"{path}[{index}]")).ToList(),
        JsonValueKind.String => Sound(json.GetString()!, path),
        JsonValueKind.Number => Number(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static string Sound(string text, string path) => TextRules.IsSound(text)
        ? text
        : throw ApiError.Validation(path, "Text must not contain U+0000 or unpaired surrogates.");

    /// <summary>A number is an integer only if written as one: 25.0 is not.</summary>
    private static object Number(JsonElement json)
    {
        if (json.TryGetInt32(out var small))
            return small;
        return json.TryGetInt64(out var large) ? (object)large : json.GetDouble();
    }
}
