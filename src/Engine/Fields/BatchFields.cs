using System.Linq.Expressions;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Plans;
using GraphQL;
using GraphQL.Builders;

namespace Equaticket.Engine.Fields;

/// <summary>
/// Fields whose values are loaded for many rows together. In a list, a plan loads them for all rows at once.
/// </summary>
public static class BatchFields
{
    /// <summary>Resolves an object, or a list of objects, by a loader.</summary>
    /// <param name="field">The field.</param>
    /// <param name="key">Returns the key under which a row's value is loaded.</param>
    /// <param name="loader">
    /// Finds the loader by the field's arguments and the operation. It is called once for many rows, so the context has
    /// no source.
    /// </param>
    public static FieldBuilder<TRow, object> ResolveBatch<TRow, TValue>(
        this FieldBuilder<TRow, object> field,
        Expression<Func<TRow, Guid>> key,
        Func<IResolveFieldContext, BatchLoader<Guid, TValue>> loader)
        where TValue : class
    {
        field.FieldType.Resolver = new BatchResolver<TRow, TValue>(key, loader);
        return field;
    }

    /// <remarks>Compiles on first use, like the resolver of a leaf.</remarks>
    private sealed class BatchResolver<TRow, TValue>(
        Expression<Func<TRow, Guid>> key, Func<IResolveFieldContext, BatchLoader<Guid, TValue>> loader)
        : IObjectResolver
        where TValue : class
    {
        private Func<TRow, Guid>? _key;

        public LambdaExpression RowExpression => key;

        private Func<TRow, Guid> Key => _key ??= key.Compile();

        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) =>
            new(loader(context).Load(Key((TRow)context.Source!)));

        public RowField Object(SelectionPlan plan, bool isNullable) =>
            new BatchField<TRow, TValue>(Key, loader, plan, isNullable);
    }

    private sealed class BatchField<TRow, TValue>(
        Func<TRow, Guid> key,
        Func<IResolveFieldContext, BatchLoader<Guid, TValue>> loader,
        SelectionPlan plan,
        bool isNullable)
        : ObjectField(plan, isNullable), IBatchField
        where TValue : class
    {
        public Func<Task> Prepare(IResolveFieldContext context, IReadOnlyList<object> rows, LoadedValues loaded)
        {
            var load = loader(context).PrepareAll(rows.Select(row => key((TRow)row)).ToHashSet());
            return async () => loaded.Add(this, await load(context.CancellationToken));
        }

        public override object? Value(object row, LoadedValues loaded) =>
            loaded.Of<IReadOnlyDictionary<Guid, TValue>>(this).GetValueOrDefault(key((TRow)row));
    }
}
