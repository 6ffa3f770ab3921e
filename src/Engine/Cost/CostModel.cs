using System.Collections.Frozen;
using Equaticket.Engine.Execution;
using GraphQL.Types;

namespace Equaticket.Engine.Cost;

/// <summary>Works out what operations cost, by the directives of the schema.</summary>
public sealed class CostModel
{
    private readonly ISchema _schema;
    private readonly FrozenDictionary<FieldType, FieldCost> _fields;

    /// <param name="schema">The schema, initialized.</param>
    public CostModel(ISchema schema)
    {
        _schema = schema;
        _fields = schema.AllTypes.OfType<IComplexGraphType>()
            .Where(type => type is not IInputObjectGraphType)
            .SelectMany(type => type.Fields.Select(field => (Field: field, IsOwn: !IsOfLanguage(type))))
            .Concat([
                (Field: schema.SchemaMetaFieldType, IsOwn: false),
                (Field: schema.TypeMetaFieldType, IsOwn: false),
            ])
            .DistinctBy(pair => pair.Field)
            .ToFrozenDictionary(
                pair => pair.Field,
                pair => pair.IsOwn
                    ? FieldCost.Read(pair.Field)
                    : FieldCost.ReadIntrospection(pair.Field, schema.AllTypes.Count));
    }

    /// <param name="operation">An operation that has passed validation.</param>
    /// <param name="variables">The values that came with the request.</param>
    /// <returns>The estimate, and whether it is the same whatever the variables are.</returns>
    public (CostEstimate Cost, bool IsFixed) Estimate(
        Operation operation, IReadOnlyDictionary<string, object?> variables)
    {
        var walk = new CostWalk(_schema, _fields, operation, variables);
        return (walk.Run(), walk.IsFixed && !operation.HasConditions);
    }

    private static bool IsOfLanguage(IGraphType type) =>
        type.Name.StartsWith("__", StringComparison.Ordinal);
}
