using System.Collections;
using System.Globalization;
using Equaticket.Engine.Input;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Cost;

/// <summary>What the schema says of the cost of a field, read once at start.</summary>
/// <param name="Weight">What each of its values costs.</param>
/// <param name="IsLeaf">Whether its values are scalars or enum values.</param>
/// <param name="IsList">Whether it is a list itself.</param>
/// <param name="AssumedSize">How long its list, or those below, are when no argument tells.</param>
/// <param name="Slicing">The arguments that tell, each with the most that it may ask for.</param>
/// <param name="Sized">The fields below that are so long; empty where the field is the list.</param>
public sealed record FieldCost(
    double Weight,
    bool IsLeaf,
    bool IsList,
    int AssumedSize,
    IReadOnlyList<(string Name, int Max)> Slicing,
    IReadOnlyList<string> Sized)
{
    /// <summary>An object that describes the schema lies in memory, and costs far less than a row.</summary>
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

    /// <param name="field">A field of a type whose name begins with two underscores.</param>
    /// <param name="types">How many types the schema has.</param>
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

    /// <remarks>More than a page holds is refused for itself, and must not be called too dear.</remarks>
    private static int MaxOf(FieldType field, string argument) =>
        InputDirectives.BoundsOf(field.Arguments!.Find(argument)!, InputDirectives.Range)?.Max
            ?? Paging.PageRequest.MaxLimit;
}
