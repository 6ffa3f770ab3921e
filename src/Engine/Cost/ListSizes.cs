using Equaticket.Engine.Paging;
using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Equaticket.Engine.Cost;

/// <summary>
/// Gives every list of objects its <c>@listSize</c>, so that none is left out of a cost: connections
/// by their arguments, lists of ids by the ids, others by an assumption.
/// </summary>
public sealed class ListSizes : BaseSchemaNodeVisitor
{
    /// <summary>Of a list whose own field says nothing else, such as the items of an order.</summary>
    private const int AssumedSize = 10;

    private static readonly string[] Page = ["first", "last"];
    private static readonly string[] Rows = ["edges", "nodes"];
    private static readonly string[] Ids = ["ids"];

    public override void VisitObjectFieldDefinition(
        FieldType field, IObjectGraphType type, ISchema schema)
    {
        if (type.Name.StartsWith("__", StringComparison.Ordinal)
            || field.FindAppliedDirective(CostDirectives.ListSize) is not null)
            return;
        if (Page.All(name => field.Arguments?.Find(name) is not null))
            field.HasListSize(PageRequest.DefaultLimit, Page, Rows);
        else if (field.ResolvedType is { } result && IsListOfObjects(result)
            && !IsSizedAbove(field, type))
            Assume(field);
    }

    private static void Assume(FieldType field)
    {
        if (field.Arguments?.Find(Ids[0]) is null)
            field.HasListSize(AssumedSize);
        else
            field.HasListSize(PageRequest.MaxLimit, Ids);
    }

    /// <summary>The rows of a connection are as many as the field that leads to it says.</summary>
    private static bool IsSizedAbove(FieldType field, IObjectGraphType type) =>
        Rows.Contains(field.Name) && type.Name.EndsWith("Connection", StringComparison.Ordinal);

    private static bool IsListOfObjects(IGraphType type) =>
        FieldCost.IsListType(type) && type.GetNamedType() is not ScalarGraphType;
}
