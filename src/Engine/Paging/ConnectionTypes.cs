using System.Reflection;
using Equaticket.Engine.Cost;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Paging;

/// <summary>A connection by the Relay specification, with <c>nodes</c> and <c>totalCount</c>.</summary>
public sealed class ConnectionGraphType<TNodeType, TRow> : ObjectGraphType<Connection<TRow>>
    where TNodeType : IObjectGraphType
{
    /// <summary>Counting a whole list costs about as much as reading some of its rows.</summary>
    private static int CountWeight => NodeName.IsOfLongLists<TNodeType>() ? 100 : 10;

    public ConnectionGraphType()
    {
        var node = NodeName.Of<TNodeType>();
        Name = $"{node}Connection";
        Description = $"One page of a list of {node} objects, newest first.";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TNodeType>>>>("nodes")
            .Description("The rows of the page.")
            .Resolve(context => context.Source.Nodes);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EdgeGraphType<TNodeType, TRow>>>>>("edges")
            .Description("The rows of the page, each with its cursor.")
            .Resolve(context => context.Source.Edges);
        Field<NonNullGraphType<PageInfoGraphType>>("pageInfo")
            .Description("Where the page stands in the list.")
            .Resolve(context => context.Source);
        Field<NonNullGraphType<IntGraphType>>("totalCount")
            .Description("How many rows the whole list has. Counted only when asked for.")
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
        Description = $"One {node} of a list, with its cursor.";
        Field<NonNullGraphType<TNodeType>>("node")
            .Description("The row.")
            .Resolve(context => context.Source.Node);
        Field<NonNullGraphType<StringGraphType>>("cursor")
            .Description("Pass it as `after` or `before` to page from this row.")
            .Resolve(context => context.Source.Cursor.Encode());
    }
}

/// <summary><c>PageInfo</c> by the Relay specification.</summary>
public sealed class PageInfoGraphType : ObjectGraphType<IPageInfo>
{
    public PageInfoGraphType()
    {
        Name = "PageInfo";
        Description = "Where a page stands in its list.";
        Field<NonNullGraphType<BooleanGraphType>>("hasNextPage")
            .Description("Whether rows follow this page.")
            .Resolve(context => context.Source.HasNextPage);
        Field<NonNullGraphType<BooleanGraphType>>("hasPreviousPage")
            .Description("Whether rows come before this page.")
            .Resolve(context => context.Source.HasPreviousPage);
        Field<StringGraphType>("startCursor")
            .Description("The cursor of the first row; null on an empty page.")
            .Resolve(context => context.Source.StartCursor);
        Field<StringGraphType>("endCursor")
            .Description("The cursor of the last row; null on an empty page.")
            .Resolve(context => context.Source.EndCursor);
    }
}

/// <summary>
/// Marks a node type of which an organization may have millions. Counting those reads millions of index
/// entries, and is priced so that one operation can't ask for it often.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LongListsAttribute : Attribute;

public static class NodeName
{
    public static bool IsOfLongLists<TNodeType>() =>
        typeof(TNodeType).IsDefined(typeof(LongListsAttribute), inherit: false);

    /// <summary>
    /// The schema's name of a node: <c>TicketType</c> for <c>TicketTypeGraphType</c>, unless it is given.
    /// </summary>
    public static string Of<TNodeType>() =>
        typeof(TNodeType).GetCustomAttribute<NameAttribute>()?.Name
        ?? typeof(TNodeType).Name[..^"GraphType".Length];
}
