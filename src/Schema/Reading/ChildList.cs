using System.Linq.Expressions;
using System.Reflection;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Reading;

/// <summary>Reads the children of many parents, one page per parent, in a single statement.</summary>
/// <param name="source">Reads the children.</param>
/// <param name="parent">The child's property with the id of its parent.</param>
internal sealed class ChildList<TEntity, TRow>(
    RowSource<TEntity, TRow> source, Expression<Func<TEntity, Guid>> parent)
    where TEntity : class, IPagedRow
    where TRow : class, IPagedRow
{
    private readonly string _name =
        $"{source.Name} rows by {((MemberExpression)parent.Body).Member.Name}";

    private static readonly MethodInfo IsOneOf =
        ((Func<IEnumerable<Guid>, Guid, bool>)Enumerable.Contains<Guid>).Method;

    private readonly Func<TEntity, Guid> _parentOf = parent.Compile();

    private readonly RowQuery<TEntity, TRow>? _newest =
        source.Query?.NewestOf(((MemberExpression)parent.Body).Member.Name);

    /// <summary>Loads, for each parent, the page of its children that the field's arguments select.</summary>
    public BatchLoader<Guid, Connection<TRow>> Pages(IResolveFieldContext context) =>
        Pages(context, NoFilter.Instance);

    /// <summary>
    /// The same, with only the children that match a filter. Lists with equal filters are read together.
    /// </summary>
    public BatchLoader<Guid, Connection<TRow>> Pages(IResolveFieldContext context, IRowFilter<TEntity> filter)
    {
        var operation = OperationContext.Of(context);
        WriteTransaction.Of(context)?.AnswerHasLists = true;
        var page = PageRequest.From(context);
        var loaders = BatchLoaders.Of(context);
        return loaders.Get<Guid, Connection<TRow>>(
            $"{_name}, {page}, {filter}",
            (ids, token) => PagesAsync(operation, loaders, page, filter, [.. ids], token));
    }

    private async Task<IReadOnlyDictionary<Guid, Connection<TRow>>> PagesAsync(
        OperationContext operation,
        BatchLoaders loaders,
        PageRequest page,
        IRowFilter<TEntity> filter,
        Guid[] parentIds,
        CancellationToken cancellationToken)
    {
        var isFirstPage = filter is NoFilter && page is { IsBackward: false, After: null, Before: null };
        var rows = await (isFirstPage && _newest is not null
            ? _newest.ReadAsync(
                operation.Database, [RowQuery.Value(parentIds), RowQuery.Value(page.Limit + 1)], cancellationToken)
            : source.ReadAsync(operation, PageOfEach(operation, page, filter, parentIds), cancellationToken));
        var ofParent = rows.ToLookup(row => _parentOf(source.Entity(row)));
        return parentIds.ToDictionary(id => id, id => ofParent[id].Ordered(page)
            .ToConnection(page, _ => Task.FromResult<object?>(CountOf(operation, loaders, filter, id))));
    }

    /// <summary>
    /// A lateral join reads each parent's page from the index, regardless of how many children there are.
    /// </summary>
    /// <remarks>
    /// EF Core would turn an equality with the parent's id into a join that numbers all rows of the tenant. It leaves
    /// an <c>IN</c> with one value in the lateral subquery, and writes it as an equality.
    /// </remarks>
    private IQueryable<TEntity> PageOfEach(
        OperationContext operation, PageRequest page, IRowFilter<TEntity> filter, Guid[] parentIds)
    {
        var database = operation.Database;
        var id = Expression.Parameter(typeof(Guid), "id");
        var children = database.Set<TEntity>().Where(Expression.Lambda<Func<TEntity, bool>>(
            Expression.Call(IsOneOf, Expression.NewArrayInit(typeof(Guid), id), parent.Body), parent.Parameters));
        var pageOfOne = Expression.Lambda<Func<Guid, IEnumerable<TEntity>>>(
            filter.Apply(children).Page(page).Expression, id);
        return database.Database.SqlQuery<Guid>($"""SELECT unnest({parentIds}) AS "Value" """)
            .SelectMany(pageOfOne);
    }

    private IDataLoaderResult CountOf(
        OperationContext operation, BatchLoaders loaders, IRowFilter<TEntity> filter, Guid parentId) =>
        loaders.Get<Guid, int>($"Number of {_name}, {filter}", async (ids, token) =>
            await filter.Apply(operation.Database.Set<TEntity>()).GroupBy(parent)
                .Where(children => ids.Contains(children.Key))
                .Select(children => new { children.Key, Count = children.Count() })
                .ToDictionaryAsync(count => count.Key, count => count.Count, token)).Load(parentId);

    private sealed record NoFilter : IRowFilter<TEntity>
    {
        public static readonly NoFilter Instance = new();

        public IQueryable<TEntity> Apply(IQueryable<TEntity> rows) => rows;
    }
}

/// <summary>
/// Filters the children of a list. Implement it as a record, so that equal filters print the same text.
/// </summary>
public interface IRowFilter<TEntity>
{
    IQueryable<TEntity> Apply(IQueryable<TEntity> rows);
}
