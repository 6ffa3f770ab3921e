using System.Collections.Frozen;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using GraphQL.Types;

namespace Equaticket.Engine.Cost;

/// <summary>Estimates the cost of operations from the directives of the schema.</summary>
public sealed class CostModel
{
    private readonly ISchema _schema;
    private readonly FrozenDictionary<FieldType, FieldCost> _fields;

    /// <param name="schema">The initialized schema.</param>
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
    /// <param name="variables">The request's variables.</param>
    /// <returns>The estimate, and whether it is independent of the variables.</returns>
    public (CostEstimate Cost, bool IsFixed) Estimate(
        Operation operation, IReadOnlyDictionary<string, object?> variables)
    {
        var walk = new CostWalk(_schema, _fields, operation, variables);
        return (walk.Run(), walk.IsFixed && !operation.HasConditions);
    }

    private static bool IsOfLanguage(IGraphType type) =>
        type.Name.StartsWith("__", StringComparison.Ordinal);
}

/// <summary>The maximum cost of an operation.</summary>
/// <param name="Requested">The cost according to the schema's directives.</param>
/// <param name="Values">The maximum number of scalars and enum values in the response.</param>
/// <param name="Dearest">The path and cost of the most expensive field.</param>
/// <param name="Widest">The path of the object with the most values, and their number.</param>
public sealed record CostEstimate(
    double Requested, double Values, (string Path, double Cost) Dearest, (string Path, double Values) Widest)
{
    private const int ValuesPerCost = 20;

    /// <summary>The requested cost, rounded as in responses.</summary>
    public long Rounded => Round(Requested);

    /// <param name="limit">The maximum cost of an operation.</param>
    /// <returns>Why the operation is rejected, or null if it is not.</returns>
    public ApiError? Refusal(int limit)
    {
        if (Requested > limit)
        {
            return ApiError.Validation(
                Dearest.Path,
                $"This operation would cost up to {Rounded}; the limit is {limit}. Most of the cost, "
                + $"{Round(Dearest.Cost)}, comes from {Dearest.Path}. Request fewer rows, or split the request.");
        }

        var most = (long)limit * ValuesPerCost;
        return Values > most
            ? ApiError.Validation(
                Widest.Path,
                $"The response could contain {Round(Values)} values; the limit is {most}. Most of them "
                + $"are in {Widest.Path}. Request fewer rows or fields.")
            : null;
    }

    private static long Round(double cost) => (long)Math.Min(Math.Ceiling(cost), long.MaxValue / 2);
}
