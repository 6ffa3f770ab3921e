using System.Collections.Frozen;
using Equaticket.Engine.Nodes;
using Equaticket.Engine.Paging;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Access;

/// <summary>The access requirements of every field and type of the schema, read once at startup.</summary>
public sealed class AccessRules
{
    private readonly FrozenDictionary<FieldType, IAccess> _fields;
    private readonly FrozenDictionary<string, IAccess> _types;

    private readonly ReadAccess _read;

    /// <param name="schema">The initialized schema.</param>
    /// <param name="read">Reads the directives of a member.</param>
    /// <exception cref="InvalidOperationException">
    /// A root field, a node type or a field that leads to a node has no access directive.
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

    /// <returns>The access the argument requires, or null if it requires none.</returns>
    public IAccess? Of(QueryArgument argument) => _read(argument);

    /// <returns>The access the field requires, or null if it requires no more than its parent.</returns>
    public IAccess? Of(FieldType field) => _fields.GetValueOrDefault(field);

    /// <param name="name">The name of a node type.</param>
    /// <returns>The access <c>node</c> requires for the type.</returns>
    public IAccess OfType(string name) => _types[name];
}

/// <summary>
/// Requires an access directive on every root field, every node type, and every field that leads to a node, so that
/// none is left open by oversight.
/// </summary>
internal static class DeclaredAccess
{
    /// <param name="schema">The initialized schema.</param>
    /// <param name="read">Reads the directives of a member.</param>
    /// <exception cref="InvalidOperationException">An access directive is missing.</exception>
    public static void Require(ISchema schema, ReadAccess read)
    {
        var types = schema.AllTypes.OfType<IComplexGraphType>().Where(type => !type.IsInputType()).ToList();
        IComplexGraphType?[] roots = [schema.Query, schema.Mutation, schema.Subscription];
        var bare = types.OfType<IObjectGraphType>()
            .Where(type => IsNode(type) && read(type) is null)
            .Select(type => type.Name)
            .Concat(
                from type in types
                from field in type.Fields
                where roots.Contains(type) || (!IsPassage(type) && LeadsToNode(field.ResolvedType!.GetNamedType()))
                where read(field) is null
                select $"{type.Name}.{field.Name}")
            .ToList();
        if (bare.Count > 0)
        {
            throw new InvalidOperationException(
                "Every root field, every node type, and every field that returns a node must have one of "
                + string.Join(", ", schema.Directives.OfType<AccessDirective>().Select(d => $"@{d.Name}"))
                + $". Without one: {string.Join(", ", bare)}.");
        }
    }

    private static bool LeadsToNode(IGraphType type) => type switch
    {
        IAbstractGraphType open => open.PossibleTypes.Any(IsNode),
        IObjectGraphType passage when IsPassage(passage) =>
            passage.Fields.Any(field => LeadsToNode(field.ResolvedType!.GetNamedType())),
        IObjectGraphType other => IsNode(other),
        _ => false,
    };

    private static bool IsNode(IObjectGraphType type) =>
        type.ResolvedInterfaces.OfType<NodeInterface>().Any();

    /// <summary>
    /// Whether it is part of a connection; the field that leads to the connection declares the access.
    /// </summary>
    private static bool IsPassage(IGraphType type) =>
        type.GetType() is { IsGenericType: true } clr
        && clr.GetGenericTypeDefinition() is var generic
        && (generic == typeof(ConnectionGraphType<,>) || generic == typeof(EdgeGraphType<,>));
}
