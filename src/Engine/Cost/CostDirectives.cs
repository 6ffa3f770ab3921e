using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Cost;

/// <summary>
/// The directives of the public cost specification (IBM, "GraphQL Cost Directives"), which let clients
/// compute the cost of a query in advance. <see cref="CostModel"/> reads them.
/// </summary>
public static class CostDirectives
{
    public const string Cost = "cost";
    public const string ListSize = "listSize";

    public const string Weight = "weight";
    public const string AssumedSize = "assumedSize";
    public const string SlicingArguments = "slicingArguments";
    public const string SizedFields = "sizedFields";

    private const string RequireOne = "requireOneSlicingArgument";

    public static IEnumerable<Directive> All() => [new CostDirective(), new ListSizeDirective()];

    /// <param name="field">A field that costs more than the default for its type.</param>
    /// <param name="weight">The cost of each of its values.</param>
    public static FieldType HasCost(this FieldType field, int weight) => field.ApplyDirective(
        Cost, Weight, weight.ToString(CultureInfo.InvariantCulture));

    /// <summary>Declares the length of a list, or of the named lists below it.</summary>
    /// <param name="field">The list, or the connection that contains lists.</param>
    /// <param name="assumed">The length if no slicing argument is given.</param>
    /// <param name="slicing">The arguments that set the length.</param>
    /// <param name="sized">The subfields that have this length; null if the field itself is the list.</param>
    public static FieldType HasListSize(
        this FieldType field, int assumed, string[]? slicing = null, string[]? sized = null) =>
        field.ApplyDirective(ListSize, directive =>
        {
            directive.AddArgument(new DirectiveArgument(AssumedSize) { Value = assumed });
            if (slicing is null)
                return;
            directive.AddArgument(new DirectiveArgument(RequireOne) { Value = false });
            if (sized is not null)
                directive.AddArgument(new DirectiveArgument(SizedFields) { Value = sized });
            directive.AddArgument(new DirectiveArgument(SlicingArguments) { Value = slicing });
        });

    private sealed class CostDirective : Directive
    {
        public CostDirective()
            : base(Cost, DirectiveLocation.FieldDefinition)
        {
            Description = "The cost of a field, for each time that it is returned. Without this directive, a "
                + "field that returns an object costs 1, and any other field 0.";
            Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<StringGraphType>>
            {
                Name = Weight,
                Description = "The cost: a number, written as a string.",
            });
        }

        public override bool? Introspectable => true;
    }

    private sealed class ListSizeDirective : Directive
    {
        public ListSizeDirective()
            : base(ListSize, DirectiveLocation.FieldDefinition)
        {
            Description = "The maximum length of a list, by which the cost of its subfields is "
                + "multiplied.";
            Arguments = new QueryArguments(
                new QueryArgument<IntGraphType>
                {
                    Name = AssumedSize,
                    Description = "The length if no slicing argument is given.",
                },
                new QueryArgument<ListGraphType<NonNullGraphType<StringGraphType>>>
                {
                    Name = SlicingArguments,
                    Description = "The arguments that determine the length. If an argument is itself a "
                        + "list, its length is used.",
                },
                new QueryArgument<ListGraphType<NonNullGraphType<StringGraphType>>>
                {
                    Name = SizedFields,
                    Description = "The subfields that have this length. If omitted, the field itself.",
                },
                new QueryArgument<BooleanGraphType>
                {
                    Name = RequireOne,
                    Description = "Whether exactly one slicing argument is required.",
                    DefaultValue = true,
                });
        }

        public override bool? Introspectable => true;
    }
}

/// <summary>Declares that a root field costs more than the default for its type.</summary>
/// <param name="weight">The cost of each of its values.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CostsAttribute(int weight) : GraphQLAttribute
{
    public int Weight => weight;

    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.HasCost(weight);
}
