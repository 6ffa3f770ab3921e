using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using GraphQL.Builders;
using GraphQL.Types;

namespace Equaticket.Schema.Reading;

/// <summary>Fields that link a resource to others, for callers that may read those.</summary>
internal static class ConnectionFields
{
    /// <summary>Turns a field into a list of children with the four connection arguments.</summary>
    public static FieldBuilder<TSource, object> ResolveChildren<TSource, TEntity, TRow>(
        this FieldBuilder<TSource, object> field,
        ChildList<TEntity, TRow> children)
        where TSource : class, IPagedRow
        where TEntity : class, IPagedRow
        where TRow : class, IPagedRow
    {
        field.FieldType.Arguments = new QueryArguments(PageArguments.All());
        return field.ResolveBatch(parent => parent.Id, context => children.Pages(context));
    }

    public static FieldBuilder<TSource, object> ForReaders<TSource>(
        this FieldBuilder<TSource, object> field, Scope scope, Role role)
    {
        field.FieldType.RequireScope(scope);
        field.FieldType.RequireRole(role);
        return field;
    }
}
