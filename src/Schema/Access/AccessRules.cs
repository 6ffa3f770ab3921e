using System.Collections.Frozen;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Access;

/// <summary>The access of every field and type of the schema, read once at start.</summary>
public sealed class AccessRules
{
    private readonly FrozenDictionary<FieldType, FieldAccess> _fields;
    private readonly FrozenDictionary<string, FieldAccess> _types;

    /// <param name="schema">The schema, initialized.</param>
    /// <exception cref="InvalidOperationException">
    /// A root field, a node type or a field that leads to a node does not say who may use it.
    /// </exception>
    public AccessRules(ISchema schema)
    {
        DeclaredAccess.Require(schema);
        var types = schema.AllTypes.OfType<IComplexGraphType>().Where(type => !type.IsInputType()).ToList();
        _fields = types.SelectMany(type => type.Fields)
            .Select(field => (Field: field, Access: FieldAccess.Read(field)))
            .Where(pair => pair.Access is not null)
            .ToFrozenDictionary(pair => pair.Field, pair => pair.Access!);
        _types = types
            .Select(type => (type.Name, Access: FieldAccess.Read(type)))
            .Where(pair => pair.Access is not null)
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Access!);
    }

    /// <returns>What the field asks for, or null when it asks no more than its parent did.</returns>
    public FieldAccess? Of(FieldType field) => _fields.GetValueOrDefault(field);

    /// <param name="name">The name of a node type.</param>
    /// <returns>What <c>node</c> asks for the type.</returns>
    public FieldAccess OfType(string name) => _types[name];
}
