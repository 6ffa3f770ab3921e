using System.Globalization;
using System.Text.Json;

namespace Equaticket.Dashboard.Operations;

/// <summary>
/// A node of a result, for views: <c>@row["name"]</c> renders the value as text. Reading a field that the operation
/// does not select throws.
/// </summary>
public readonly record struct ResultNode(JsonElement Json)
{
    public ResultNode this[string name] =>
        IsNull ? this
        : Json.TryGetProperty(name, out var value) ? new ResultNode(value)
        : throw new InvalidOperationException($"The operation does not select {name}.");

    /// <summary>The first selected field.</summary>
    public ResultNode Root => new(Json.EnumerateObject().First().Value);

    /// <summary>Whether this node or one of its parents is null.</summary>
    public bool IsNull => Json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    public bool IsTrue => Json.ValueKind == JsonValueKind.True;

    public long Number => Json.GetInt64();

    public string Text => ToString();

    /// <returns>The text, or the fallback if null.</returns>
    public string Or(string text) => IsNull ? text : ToString();

    public DateTimeOffset? Time => IsNull ? null : Json.GetDateTimeOffset();

    /// <summary>The items of a list; empty if null.</summary>
    public IEnumerable<ResultNode> Items =>
        IsNull ? [] : Json.EnumerateArray().Select(item => new ResultNode(item));

    public override string ToString() => Json.ValueKind switch
    {
        JsonValueKind.String => Json.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.Number => Json.GetInt64().ToString("N0", CultureInfo.InvariantCulture),
        _ => Json.GetRawText(),
    };
}
