namespace Equaticket.Schema.Tests.Validation.Generated;

/// <summary>A value of a generated document, which can be written more than once.</summary>
internal abstract record Value
{
    /// <summary>The value as GraphQL or, with quoted names, as JSON.</summary>
    /// <param name="isJson">Whether enum values and member names are quoted.</param>
    /// <param name="order">Shuffles the members of objects, which are unordered.</param>
    public abstract string Write(bool isJson, Random order);
}

/// <summary>A scalar, a variable, or null.</summary>
/// <param name="Literal">The value in GraphQL.</param>
/// <param name="Json">The value in JSON; null if it is the same.</param>
internal sealed record Leaf(string Literal, string? Json = null) : Value
{
    public static Leaf Null { get; } = new("null");

    public static Leaf Enum(string name) => new(name, $"\"{name}\"");

    public override string Write(bool isJson, Random order) => isJson ? Json ?? Literal : Literal;
}

/// <summary>A list.</summary>
internal sealed record Items(IReadOnlyList<Value> Values) : Value
{
    public override string Write(bool isJson, Random order) =>
        $"[{string.Join(", ", Values.Select(value => value.Write(isJson, order)))}]";
}

/// <summary>An input object; duplicates appear only once in JSON, which the parser would otherwise refuse.</summary>
internal sealed record Members(IReadOnlyList<(string Name, Value Value)> Fields) : Value
{
    public override string Write(bool isJson, Random order)
    {
        var fields = (isJson ? Fields.DistinctBy(field => field.Name) : Fields).ToArray();
        order.Shuffle(fields);
        var quote = isJson ? "\"" : "";
        return $"{{{string.Join(", ", fields.Select(field =>
            $"{quote}{field.Name}{quote}: {field.Value.Write(isJson, order)}"))}}}";
    }
}
