using System.Text.RegularExpressions;

namespace Equaticket.Engine.Errors;

/// <summary>What is said of a value that does not fit its type, whether it is a literal or a variable.</summary>
public static partial class InputReasons
{
    public const string Required = "This is required.";
    public const string NoObject = "This must be an object.";
    public const string NotOneOf = "Provide exactly one of these fields.";

    private const int MaxLength = 500;

    public static string NotOfType(string type) => $"This must be a value of type {type}.";

    public static string NoneOf(IEnumerable<string> names) => $"This must be one of: {string.Join(", ", names)}.";

    /// <param name="said">GraphQL.NET's own words, in which it repeats the value, however long it is.</param>
    public static string Translate(string said) =>
        Conversion().Match(said) is { Success: true } match ? NotOfType(match.Groups["type"].Value)
        : said.StartsWith("No value provided", StringComparison.Ordinal)
            || said.StartsWith("Received a null", StringComparison.Ordinal) ? Required
        : said.StartsWith("Unable to parse input as a", StringComparison.Ordinal) ? NoObject
        : said.Contains("OneOf Input Object", StringComparison.Ordinal) ? NotOneOf
        : said.Length <= MaxLength ? said
        : "This value does not match the expected type.";

    [GeneratedRegex(
        "^Unable to convert '.*' to '(?<type>[^']+)'",
        RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Conversion();
}
