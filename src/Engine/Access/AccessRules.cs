using System.Collections.Frozen;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Access;

/// <summary>The access of every field and type of the schema, read once at start.</summary>
public sealed class AccessRules
{
    private readonly FrozenDictionary<FieldType, IAccess> _fields;
    private readonly FrozenDictionary<string, IAccess> _types;

    private readonly ReadAccess _read;

    /// <param name="schema">The schema, initialized.</param>
    /// <param name="read">Reads the directives of a member.</param>
    /// <exception cref="InvalidOperationException">
    /// A root field, a node type or a field that leads to a node does not say who may use it.
    /// </exception>
    public AccessRules(ISchema schema, ReadAccess read)
    {
        _read = read;
        DeclaredAccess.Require(schema, read);
        var types = schema.AllTypes.OfType<IComplexGraphType>().Where(type => !type.IsInputType()).ToList();
        _fields = types.SelectMany(type => type.Fields)
            .Select(field => (Field: field, Access: read(field)))
            .Where(pair => pair.Access is not null)
            .ToFrozenDictionary(pair => pair.Field, pair => pair.Access!);
        _types = types
            .Select(type => (type.Name, Access: read(type)))
            .Where(pair => pair.Access is not null)
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Access!);
    }

    /// <returns>What the argument asks for, or null when giving it asks for nothing.</returns>
    public IAccess? Of(QueryArgument argument) => _read(argument);

    /// <returns>What the field asks for, or null when it asks no more than its parent did.</returns>
    public IAccess? Of(FieldType field) => _fields.GetValueOrDefault(field);

    /// <param name="name">The name of a node type.</param>
    /// <returns>What <c>node</c> asks for the type.</returns>
    public IAccess OfType(string name) => _types[name];
}
