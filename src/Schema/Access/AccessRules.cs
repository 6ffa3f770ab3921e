using System.Collections.Frozen;
using GraphQL.Types;

namespace Equaticket.Schema.Access;

/// <summary>The access of every field and type of the schema, read once at start.</summary>
public sealed class AccessRules
{
    private readonly FrozenDictionary<FieldType, FieldAccess> _fields;
    private readonly FrozenDictionary<string, FieldAccess> _types;

    /// <param name="schema">The schema, initialized.</param>
    /// <exception cref="InvalidOperationException">A root field does not say who may use it.</exception>
    public AccessRules(ISchema schema)
    {
        RequireDirectiveOnRootFields(schema);
        var types = schema.AllTypes.OfType<IObjectGraphType>().ToList();
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

    /// <returns>What <c>node</c> asks for the type, or null when any caller may see it.</returns>
    public FieldAccess? OfType(string name) => _types.GetValueOrDefault(name);

    private static void RequireDirectiveOnRootFields(ISchema schema)
    {
        var bare = new[] { schema.Query, schema.Mutation, schema.Subscription }
            .OfType<IObjectGraphType>()
            .SelectMany(root => root.Fields.Select(field => (Root: root, Field: field)))
            .Where(pair => FieldAccess.Read(pair.Field) is null)
            .Select(pair => $"{pair.Root.Name}.{pair.Field.Name}")
            .ToList();
        if (bare.Count > 0)
        {
            throw new InvalidOperationException(
                "Every root field must carry @requiresScope, @requiresRole, @authenticated or "
                + $"@public. Without one: {string.Join(", ", bare)}.");
        }
    }
}
