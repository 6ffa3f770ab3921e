using System.Collections;
using System.Globalization;
using Equaticket.Engine.Input;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Cost;

/// <summary>The cost of a field according to the schema, read once at startup.</summary>
/// <param name="Weight">The cost of each of its values.</param>
/// <param name="IsLeaf">Whether its values are scalars or enum values.</param>
/// <param name="IsList">Whether the field itself is a list.</param>
/// <param name="AssumedSize">The length of the list, or of those below, if no slicing argument is given.</param>
/// <param name="Slicing">The arguments that set the length, each with its maximum.</param>
/// <param name="Sized">The subfields that have this length; empty if the field itself is the list.</param>
public sealed record FieldCost(
    double Weight,
    bool IsLeaf,
    bool IsList,
    int AssumedSize,
    IReadOnlyList<(string Name, int Max)> Slicing,
    IReadOnlyList<string> Sized)
{
    /// <summary>Objects that describe the schema are in memory and cost far less than a row.</summary>
    private const double IntrospectionWeight = 0.1;

    private const int IntrospectionSize = 10;

    private const int IntrospectionArguments = 3;

    public static FieldCost Read(FieldType field)
    {
        var result = field.ResolvedType!;
        var isLeaf = result.GetNamedType() is ScalarGraphType;
        var size = field.FindAppliedDirective(CostDirectives.ListSize);
        return new FieldCost(
            Explicit(field) ?? (isLeaf ? 0 : 1),
            isLeaf,
            IsListType(result) && !isLeaf,
            (int?)size?.FindArgument(CostDirectives.AssumedSize)?.Value ?? 1,
            [.. Names(size, CostDirectives.SlicingArguments).Select(name => (name, MaxOf(field, name)))],
            Names(size, CostDirectives.SizedFields));
    }

    /// <param name="field">A field of a type whose name starts with two underscores.</param>
    /// <param name="types">The number of types in the schema.</param>
    public static FieldCost ReadIntrospection(FieldType field, int types)
    {
        var declared = Read(field);
        return declared with
        {
            Weight = declared.IsLeaf ? 0 : IntrospectionWeight,
            AssumedSize = field.Name switch
            {
                "types" => types,
                "args" => IntrospectionArguments,
                _ => IntrospectionSize,
            },
        };
    }

    public static bool IsListType(IGraphType type) =>
        (type is NonNullGraphType required ? required.ResolvedType : type) is ListGraphType;

    private static double? Explicit(FieldType field) =>
        field.FindAppliedDirective(CostDirectives.Cost)?.FindArgument(CostDirectives.Weight)?.Value
            is string weight ? double.Parse(weight, CultureInfo.InvariantCulture) : null;

    private static string[] Names(AppliedDirective? directive, string argument) =>
        directive?.FindArgument(argument)?.Value is IEnumerable names
            ? [.. names.Cast<string>()]
            : [];

    /// <remarks>A larger page is rejected as invalid, and must not be reported as too expensive.</remarks>
    private static int MaxOf(FieldType field, string argument) =>
        InputDirectives.BoundsOf(field.Arguments!.Find(argument)!, InputDirectives.Range)?.Max
            ?? Paging.PageRequest.MaxLimit;
}
