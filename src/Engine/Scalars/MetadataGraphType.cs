using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Engine.Introspection;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Scalars;

/// <summary>
/// The caller's key-value pairs. CLR type of the input: a dictionary of nullable strings (null removes a
/// key); of the output: a dictionary of strings.
/// </summary>
public sealed class MetadataGraphType : ScalarGraphType
{
    public const int MaxPairs = 50;
    public const int MaxKeyLength = 40;
    public const int MaxValueLength = 500;

    public MetadataGraphType()
    {
        Name = "Metadata";
        Description = "Up to 50 custom key-value pairs, as a JSON object. Keys are a single line of 1 to 40 "
            + "characters; values are strings of up to 500 characters. An update merges the pairs, and a "
            + "null value removes its key.";
        SpecifiedByDirective.Apply(this, ApiError.DocUrl);
    }

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLObjectValue pairs => Read((pairs.Fields ?? []).Select(pair =>
            KeyValuePair.Create((string)pair.Name.Value, LiteralValue(pair.Value)))),
        _ => throw Refusal("This must be an object of strings."),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        IEnumerable<KeyValuePair<string, object?>> pairs => Read(pairs),
        IReadOnlyDictionary<string, string?> read => read,
        _ => throw Refusal("This must be an object of strings."),
    };

    public override object? Serialize(object? value) => value;

    private static object? LiteralValue(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text => (string)text.Value,
        _ => throw Refusal("Every value must be a string."),
    };

    private static Dictionary<string, string?> Read(IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        var read = new Dictionary<string, string?>();
        foreach (var (key, value) in pairs)
        {
            if (TextRules.Length(TextRules.Sound(key)) > MaxKeyLength || TextRules.IsBlank(key))
                throw Refusal($"Keys must have 1 to {MaxKeyLength} characters and not be blank.");
            if (!TextRules.IsOneLine(key))
                throw Refusal("Keys must be a single line, without control characters.");
            if (!read.TryAdd(key, Value(key, value)))
                throw Refusal($"The key '{key}' appears twice.");
        }

        return read.Count <= MaxPairs ? read : throw Refusal($"This must have at most {MaxPairs} pairs.");
    }

    private static string? Value(string key, object? value) => value switch
    {
        null => null,
        string text when TextRules.Length(TextRules.Sound(text)) <= MaxValueLength => text,
        string => throw Refusal($"'{key}' must have at most {MaxValueLength} characters."),
        _ => throw Refusal($"'{key}' must be a string."),
    };

    private static InvalidInputException Refusal(string message) => new(message);
}
