using System.Reflection;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Paging;

/// <summary>A connection per the Relay specification, with <c>nodes</c> and <c>totalCount</c>.</summary>
public sealed class ConnectionGraphType<TNodeType, TRow> : ObjectGraphType<Connection<TRow>>
    where TNodeType : IObjectGraphType
{
    /// <summary>Counting a list costs about as much as reading this many of its rows.</summary>
    private static int CountWeight => NodeName.IsOfLongLists<TNodeType>() ? 100 : 10;

    public ConnectionGraphType()
    {
        var node = NodeName.Of<TNodeType>();
        Name = $"{node}Connection";
        Description = $"A page of {node} objects, newest first.";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TNodeType>>>>("nodes")
            .Description("The items on the page.")
            .ResolveFrom(page => page.Nodes);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EdgeGraphType<TNodeType, TRow>>>>>("edges")
            .Description("The items on the page, each with its cursor.")
            .ResolveFrom(page => page.Edges);
        Field<NonNullGraphType<PageInfoGraphType>>("pageInfo")
            .Description("Pagination information.")
            .ResolveFrom<Connection<TRow>, IPageInfo>(page => page);
        Field<NonNullGraphType<IntGraphType>>("totalCount")
            .Description("The total number of items in the list. Computed only if requested.")
            .ResolveAsync(context => context.Source.CountAsync(context.CancellationToken))
            .FieldType.HasCost(CountWeight);
    }
}

/// <summary>A row of a connection with its cursor.</summary>
public sealed class EdgeGraphType<TNodeType, TRow> : ObjectGraphType<Edge<TRow>>
    where TNodeType : IObjectGraphType
{
    public EdgeGraphType()
    {
        var node = NodeName.Of<TNodeType>();
        Name = $"{node}Edge";
        Description = $"An item of a list of `{node}` objects, with its cursor.";
        Field<NonNullGraphType<TNodeType>>("node")
            .Description("The item.")
            .ResolveFrom(edge => edge.Node);
        this.Leaf("cursor", "The cursor of the item, to pass as `after` or `before`.", edge => edge.Cursor.Encode());
    }
}

/// <summary><c>PageInfo</c> per the Relay specification.</summary>
public sealed class PageInfoGraphType : ObjectGraphType<IPageInfo>
{
    public PageInfoGraphType()
    {
        Name = "PageInfo";
        Description = "Pagination information of a connection.";
        this.Leaf("hasNextPage", "Whether more items follow this page.", page => page.HasNextPage);
        this.Leaf("hasPreviousPage", "Whether more items precede this page.", page => page.HasPreviousPage);
        this.OptionalLeaf("startCursor", "The cursor of the first item; null if the page is empty.",
            page => page.StartCursor);
        this.OptionalLeaf("endCursor", "The cursor of the last item; null if the page is empty.",
            page => page.EndCursor);
    }
}

/// <summary>
/// Marks a node type of which an organization may have millions. Counting them reads millions of index
/// entries, so the cost is high enough that one operation can't do it often.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LongListsAttribute : Attribute;

public static class NodeName
{
    public static bool IsOfLongLists<TNodeType>() =>
        typeof(TNodeType).IsDefined(typeof(LongListsAttribute), inherit: false);

    /// <summary>
    /// The name of a node in the schema: <c>TicketType</c> for <c>TicketTypeGraphType</c>, unless
    /// <see cref="NameAttribute"/> sets another.
    /// </summary>
    public static string Of<TNodeType>() =>
        typeof(TNodeType).GetCustomAttribute<NameAttribute>()?.Name
        ?? typeof(TNodeType).Name[..^"GraphType".Length];
}
