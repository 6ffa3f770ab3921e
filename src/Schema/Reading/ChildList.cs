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

    private readonly Func<OperationContext, PageRequest, Guid[], ReadRows<TRow>>? _newest =
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
        return loaders.Get<Guid, Connection<TRow>>($"{_name}, {page}, {filter}", ids =>
        {
            var read = Read(operation, page, filter, [.. ids]);
            return async token => Connections(
                ids, await read(token), page, id => CountOf(operation, loaders, filter, id));
        });
    }

    private ReadRows<TRow> Read(
        OperationContext operation, PageRequest page, IRowFilter<TEntity> filter, Guid[] parentIds) =>
        filter is NoFilter && page is { IsBackward: false, After: null, Before: null } && _newest is not null
            ? _newest(operation, page, parentIds)
            : token => source.ReadAsync(operation, PageOfEach(operation, page, filter, parentIds), token);

    private Dictionary<Guid, Connection<TRow>> Connections(
        IReadOnlyCollection<Guid> parentIds, List<TRow> rows, PageRequest page, Func<Guid, IDataLoaderResult> countOf)
    {
        var ofParent = parentIds.ToDictionary(id => id, _ => new List<TRow>());
        foreach (var row in rows)
            ofParent[_parentOf(source.Entity(row))].Add(row);
        return ofParent.ToDictionary(pair => pair.Key, pair => pair.Value.Ordered(page)
            .ToConnection(page, _ => Task.FromResult<object?>(countOf(pair.Key))));
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
