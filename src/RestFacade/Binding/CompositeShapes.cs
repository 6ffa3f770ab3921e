using System.Collections.Frozen;
using System.Text.Json;
using GraphQL.Types;

namespace Equaticket.RestFacade.Binding;

internal sealed class ListShape(IGraphType item) : InputShape
{
    private readonly InputShape _item = Of(item);
    private readonly bool _isRequired = item is NonNullGraphType;

    public override object Read(JsonElement json, string param)
    {
        if (json.ValueKind != JsonValueKind.Array)
            throw Refusal(param, "This must be an array.");
        return json.EnumerateArray()
            .Select((value, index) => _item.Read(value, $"{param}[{index}]", _isRequired)).ToList();
    }

    public override object Read(IReadOnlyList<string> texts, string param) =>
        texts.Select(text => (object?)_item.Read(text, param)).ToList();
}

/// <summary>An input object: reads snake_case members and returns camelCase members.</summary>
internal sealed class ObjectShape : InputShape
{
    private readonly FrozenDictionary<string, Member> _members;

    public ObjectShape(IInputObjectGraphType type) =>
        _members = type.Fields.ToFrozenDictionary(
            field => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name),
            field => new Member(
                field.Name, Of(field.ResolvedType!), field.ResolvedType is NonNullGraphType));

    public override object Read(JsonElement json, string param)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Refusal(param, "This must be an object.");
        var values = new Dictionary<string, object?>();
        foreach (var property in json.EnumerateObject())
        {
            var path = $"{param}.{property.Name}";
            if (!_members.TryGetValue(property.Name, out var member))
                throw Refusal(path, "This field does not exist.");
            values.Add(member.Name, member.Shape.Read(property.Value, path, member.IsRequired));
        }

        var missing = _members.FirstOrDefault(m =>
            m.Value.IsRequired && !values.ContainsKey(m.Value.Name));
        return missing.Key is null
            ? values
            : throw Refusal($"{param}.{missing.Key}", "This is required.");
    }

    private sealed record Member(string Name, InputShape Shape, bool IsRequired);
}
