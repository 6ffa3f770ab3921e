using System.Globalization;
using System.Text;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Peer;

internal sealed class PeerSchema : Schema
{
    public PeerSchema(IServiceProvider services)
        : base(services) => Query = services.GetRequiredService<QueryGraphType>();
}

internal sealed record PageInfo(bool HasNextPage, string? EndCursor);

internal sealed record Page<T>(List<T> Nodes, PageInfo? PageInfo = null);

internal sealed class PageInfoGraphType : ObjectGraphType<PageInfo>
{
    public PageInfoGraphType()
    {
        Name = "PageInfo";
        Field<NonNullGraphType<BooleanGraphType>>("hasNextPage").Resolve(c => c.Source.HasNextPage);
        Field<StringGraphType>("endCursor").Resolve(c => c.Source.EndCursor);
    }
}

internal sealed class PageGraphType<TGraph, T> : ObjectGraphType<Page<T>>
    where TGraph : IGraphType
{
    public PageGraphType()
    {
        Name = $"{typeof(T).Name}Connection";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TGraph>>>>("nodes").Resolve(c => c.Source.Nodes);
        Field<PageInfoGraphType>("pageInfo").Resolve(c => c.Source.PageInfo);
    }
}

internal sealed class QueryGraphType : ObjectGraphType
{
    private readonly IDbContextFactory<PeerDatabase> _databases;

    public QueryGraphType(IDbContextFactory<PeerDatabase> databases)
    {
        _databases = databases;
        Name = "Query";
        Field<NonNullGraphType<PageGraphType<OrderGraphType, Order>>>("orders")
            .Argument<NonNullGraphType<IntGraphType>>("first")
            .Argument<StringGraphType>("after")
            .ResolveAsync(async c => await OrdersAsync(c));
        Field<NonNullGraphType<PageGraphType<EventGraphType, Event>>>("events")
            .Argument<NonNullGraphType<IntGraphType>>("first")
            .ResolveAsync(async c => await EventsAsync(c));
    }

    private async Task<Page<Order>> OrdersAsync(IResolveFieldContext context)
    {
        var (first, after) = (context.GetArgument<int>("first"), context.GetArgument<string?>("after"));
        await using var database = await _databases.CreateDbContextAsync();
        var orders = Of(database.Orders, context);
        if (after is not null && Decode(after) is var (time, id))
        {
            orders = orders.Where(row => EF.Functions.LessThan(
                ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(time, id)));
        }

        var rows = await orders.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Take(first + 1).ToListAsync();
        var hasMore = rows.Count > first;
        if (hasMore)
            rows.RemoveAt(first);
        return new Page<Order>(rows, new PageInfo(hasMore, rows.Count > 0 ? Encode(rows[^1]) : null));
    }

    private async Task<Page<Event>> EventsAsync(IResolveFieldContext context)
    {
        await using var database = await _databases.CreateDbContextAsync();
        return new Page<Event>(await Of(database.Events, context)
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Take(context.GetArgument<int>("first")).ToListAsync());
    }

    private static IQueryable<T> Of<T>(IQueryable<T> rows, IResolveFieldContext context)
        where T : Row
    {
        var key = RequestContext.Of(context).Key;
        return rows.Where(row => row.OrganizationId == key.Organization && row.Livemode == key.Livemode);
    }

    private static string Encode(Order row) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{row.CreatedAt.Ticks} {row.Id}"));

    private static (DateTime Time, Guid Id) Decode(string cursor)
    {
        var parts = Encoding.ASCII.GetString(Convert.FromBase64String(cursor)).Split(' ');
        return (new DateTime(long.Parse(parts[0], CultureInfo.InvariantCulture), DateTimeKind.Utc),
            Guid.Parse(parts[1]));
    }
}
