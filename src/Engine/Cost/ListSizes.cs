using Equaticket.Engine.Paging;
using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Equaticket.Engine.Cost;

/// <summary>
/// Gives every list of objects a <c>@listSize</c>, so that none is missing from the cost: connections
/// by their arguments, lists of ids by the number of ids, other lists by an assumed size.
/// </summary>
public sealed class ListSizes : BaseSchemaNodeVisitor
{
    /// <summary>For lists without an explicit <c>@listSize</c>, such as the items of an order.</summary>
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

    /// <summary>Whether the field that leads to the connection sets the number of rows.</summary>
    private static bool IsSizedAbove(FieldType field, IObjectGraphType type) =>
        Rows.Contains(field.Name) && type.Name.EndsWith("Connection", StringComparison.Ordinal);

    private static bool IsListOfObjects(IGraphType type) =>
        FieldCost.IsListType(type) && type.GetNamedType() is not ScalarGraphType;
}
