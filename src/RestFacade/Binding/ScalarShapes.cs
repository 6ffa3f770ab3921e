using System.Globalization;
using System.Text.Json;
using Equaticket.Engine.Scalars;

namespace Equaticket.RestFacade.Binding;

/// <summary>Strings, ids, and times; the schema parses them further.</summary>
internal sealed class TextShape : InputShape
{
    public override object Read(JsonElement json, string param) => Text(json, param);

    public override object Read(string text, string param) => Sound(text, param);
}

/// <summary>Integers, written without a decimal point or exponent.</summary>
internal sealed class IntegerShape(long min, long max) : InputShape
{
    private const string Message = "This must be a whole number.";

    public override object Read(JsonElement json, string param) =>
        json.ValueKind == JsonValueKind.Number
            ? Read(json.GetRawText(), param)
            : throw Refusal(param, Message);

    public override object Read(string text, string param)
    {
        // TryParse accepts U+0000 after a number.
        if (!long.TryParse(
            text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || text[0] == '+' || !char.IsAsciiDigit(text[^1]))
            throw Refusal(param, Message);
        if (number < min || number > max)
            throw Refusal(param, $"This must be between {min} and {max}.");
        return max == int.MaxValue ? (int)number : number;
    }
}

internal sealed class BooleanShape : InputShape
{
    private const string Message = "This must be true or false.";

    public override object Read(JsonElement json, string param) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refusal(param, Message),
    };

    public override object Read(string text, string param) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw Refusal(param, Message),
    };
}

/// <summary>Enum values by their REST names.</summary>
internal sealed class EnumShape(IWireSpelling spelling) : InputShape
{
    public override object Read(JsonElement json, string param) =>
        Read(Text(json, param), param);

    public override object Read(string text, string param) =>
        spelling.TryFromWireName(text, out var name)
            ? name
            : throw Refusal(param, $"This must be one of: {string.Join(", ", spelling.WireNames)}.");
}

/// <summary>The caller's key-value pairs; the schema parses them further.</summary>
internal sealed class MetadataShape : InputShape
{
    public override object Read(JsonElement json, string param)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Refusal(param, "This must be an object of strings.");
        return json.EnumerateObject().ToDictionary(
            pair => Sound(pair.Name, param), pair => Value(pair, param));
    }

    private static object? Value(JsonProperty pair, string param) => pair.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Text(pair.Value, param),
        _ => throw Refusal(param, $"'{pair.Name}' must be a string."),
    };
}
