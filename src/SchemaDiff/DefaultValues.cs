using System.Globalization;
using Equaticket.Engine.Introspection;
using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Compares the default values of a schema by meaning, according to their types, not by spelling.</summary>
internal sealed class DefaultValues(GraphQLDocument schema)
{
    private readonly Dictionary<string, GraphQLTypeDefinition> _types =
        SchemaReader.Types(schema).ToDictionary(type => type.Name.StringValue);

    private readonly Dictionary<GraphQLInputValueDefinition, string?> _known = [];

    /// <returns>
    /// A text that is equal for all spellings of a value; null if there is no default or it
    /// does not match the type.
    /// </returns>
    public string? Of(GraphQLInputValueDefinition input)
    {
        if (_known.TryGetValue(input, out var known))
            return known;

        // Registered first, so that a self-referencing default terminates.
        _known[input] = null;
        return _known[input] = input.DefaultValue is { } value ? Read(value, input.Type) : null;
    }

    private string? Read(GraphQLValue value, GraphQLType type) => (value, type) switch
    {
        (GraphQLNullValue, GraphQLNonNullType) => null,
        (_, GraphQLNonNullType required) => Read(value, required.Type),
        (GraphQLNullValue, _) => ValueTexts.Null,
        (GraphQLListValue list, GraphQLListType of) =>
            ValueTexts.List((list.Values ?? []).Select(item => Read(item, of.Type))),
        (_, GraphQLListType of) => ValueTexts.List([Read(value, of.Type)]),
        (_, GraphQLNamedType named) => Read(value, named.Name.StringValue),
        _ => null,
    };

    private string? Read(GraphQLValue value, string type) => (type, value) switch
    {
        ("Int", GraphQLIntValue number) =>
            int.TryParse(number.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
                ? ValueTexts.Of(value)
                : null,
        ("Float", GraphQLIntValue or GraphQLFloatValue)
            or ("Boolean", GraphQLBooleanValue)
            or ("String" or "ID", GraphQLStringValue) => ValueTexts.Of(value),
        ("ID", GraphQLIntValue number) => ValueTexts.Quoted(number.Value.ToString()),
        ("Int" or "Float" or "Boolean" or "String" or "ID", _) => null,
        _ => (_types.GetValueOrDefault(type), value) switch
        {
            (GraphQLInputObjectTypeDefinition input, GraphQLObjectValue given) => Object(input, given),
            (GraphQLInputObjectTypeDefinition, _) => null,
            (GraphQLEnumTypeDefinition names, GraphQLEnumValue name)
                when names.Values?.Items.Exists(known => known.Name.Value == name.Name.Value) is true =>
                ValueTexts.Of(value),
            (GraphQLEnumTypeDefinition, _) => null,
            _ => ValueTexts.Of(value),
        },
    };

    private string? Object(GraphQLInputObjectTypeDefinition type, GraphQLObjectValue given)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in type.Fields?.Items ?? [])
        {
            var value = given.Fields?.FindLast(other => other.Name.Value == field.Name.Value)?.Value;
            var text = value is null ? Of(field) : Read(value, field.Type);
            if (text is not null)
                texts[field.Name.StringValue] = text;
            else if (value is not null || field.Type is GraphQLNonNullType)
                return null;
        }

        var isOneOf = type.Directives?.Items.Exists(
            usage => usage.Name.Value == OneOfDirective.DirectiveName) is true;
        return isOneOf && (texts.Count != 1 || texts.ContainsValue(ValueTexts.Null))
            ? null
            : ValueTexts.Object(texts);
    }
}
