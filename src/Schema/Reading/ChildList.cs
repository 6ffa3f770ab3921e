using System.Linq.Expressions;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Equaticket.Schema.Reading;

/// <summary>The lists of children of many parents: a page of each, all in one statement.</summary>
/// <param name="source">Reads the children.</param>
/// <param name="parent">The property of a child that holds the id of its parent.</param>
internal sealed class ChildList<TEntity, TRow>(
    RowSource<TEntity, TRow> source, Expression<Func<TEntity, Guid>> parent)
    where TEntity : class, IPagedRow
    where TRow : class, IPagedRow
{
    private readonly string _name =
        $"{source.Name} rows by {((MemberExpression)parent.Body).Member.Name}";

    private readonly Func<TEntity, Guid> _parentOf = parent.Compile();

    /// <summary>The page of one parent's children that the field's arguments ask for.</summary>
    public IDataLoaderResult Page(IResolveFieldContext context, Guid parentId)
    {
        var operation = OperationContext.Of(context);
        WriteTransaction.Of(context)?.AnswerHasLists = true;
        var page = PageRequest.From(context);
        var loaders = BatchLoaders.Of(context);
        return loaders.Get<Guid, Connection<TRow>>(
            $"{_name}, {page}",
            (ids, token) => PagesAsync(operation, loaders, page, ids, token)).Load(parentId);
    }

    private async Task<IReadOnlyDictionary<Guid, Connection<TRow>>> PagesAsync(
        OperationContext operation,
        BatchLoaders loaders,
        PageRequest page,
        IReadOnlyCollection<Guid> parentIds,
        CancellationToken cancellationToken)
    {
        var rows = await source.ReadAsync(
            operation, PageOfEach(operation, page, parentIds), cancellationToken);
        var ofParent = rows.ToLookup(row => _parentOf(source.Entity(row)));
        return parentIds.ToDictionary(id => id, id => ManyPages.Order(ofParent[id], page)
            .ToConnection(page, _ => Task.FromResult<object?>(CountOf(operation, loaders, id))));
    }

    /// <summary>A lateral join takes the page of each parent from the index, however many there are.</summary>
    private IQueryable<TEntity> PageOfEach(
        OperationContext operation, PageRequest page, IReadOnlyCollection<Guid> parentIds)
    {
        var tenant = operation.Tenant;
        List<object> values =
            [parentIds.ToArray(), tenant.OrganizationId, tenant.Livemode, page.Limit + 1];
        var bounds = ManyPages.Bounds(page, values);
        var (table, column) = Columns(operation.Database.Model);
        var sql = $$"""
            SELECT child.* FROM unnest({0}) AS parent (id) CROSS JOIN LATERAL (
                SELECT * FROM {{table}}
                WHERE organization_id = {1} AND livemode = {2} AND {{column}} = parent.id{{bounds}}
                {{ManyPages.Order(page)}} LIMIT {3}) AS child
            """;
        return operation.Database.Set<TEntity>().FromSqlRaw(sql, [.. values]);
    }

    private (string Table, string Column) Columns(IModel model)
    {
        var entity = model.FindEntityType(typeof(TEntity))!;
        var property = ((MemberExpression)parent.Body).Member.Name;
        return (entity.GetTableName()!, entity.FindProperty(property)!.GetColumnName());
    }

    private IDataLoaderResult CountOf(OperationContext operation, BatchLoaders loaders, Guid parentId) =>
        loaders.Get<Guid, int>($"Number of {_name}", async (ids, token) =>
            await operation.Database.Set<TEntity>().GroupBy(parent)
                .Where(children => ids.Contains(children.Key))
                .Select(children => new { children.Key, Count = children.Count() })
                .ToDictionaryAsync(count => count.Key, count => count.Count, token)).Load(parentId);
}
