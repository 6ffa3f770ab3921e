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
        Func<TRow, Guid> key,
        Func<IResolveFieldContext, BatchLoader<Guid, TValue>> loader)
        where TValue : class
    {
        field.FieldType.Resolver = new BatchResolver<TRow, TValue>(key, loader);
        return field;
    }

    private sealed class BatchResolver<TRow, TValue>(
        Func<TRow, Guid> key, Func<IResolveFieldContext, BatchLoader<Guid, TValue>> loader)
        : IBatchResolver
        where TValue : class
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) =>
            new(loader(context).Load(key((TRow)context.Source!)));

        public RowField Object(SelectionPlan plan, bool isNullable) => new BatchObject(this, plan, isNullable);

        public RowField ObjectList(SelectionPlan plan) => new BatchList(this, plan);

        private async Task LoadAsync(
            RowField field, IResolveFieldContext context, IReadOnlyList<object> rows, LoadedValues loaded) =>
            loaded.Add(field, await loader(context).LoadAllAsync(
                rows.Select(row => key((TRow)row)).ToHashSet(), context.CancellationToken));

        private TValue? Value(RowField field, object row, LoadedValues loaded) =>
            loaded.Of<IReadOnlyDictionary<Guid, TValue>>(field).GetValueOrDefault(key((TRow)row));

        private sealed class BatchObject(BatchResolver<TRow, TValue> resolver, SelectionPlan plan, bool isNullable)
            : ObjectField(plan, isNullable), IBatchField
        {
            public Task LoadAsync(IResolveFieldContext context, IReadOnlyList<object> rows, LoadedValues loaded) =>
                resolver.LoadAsync(this, context, rows, loaded);

            public override object? Value(object row, LoadedValues loaded) => resolver.Value(this, row, loaded);
        }

        private sealed class BatchList(BatchResolver<TRow, TValue> resolver, SelectionPlan plan)
            : ObjectListField(plan), IBatchField
        {
            public Task LoadAsync(IResolveFieldContext context, IReadOnlyList<object> rows, LoadedValues loaded) =>
                resolver.LoadAsync(this, context, rows, loaded);

            public override object? Value(object row, LoadedValues loaded) => resolver.Value(this, row, loaded);
        }
    }
}
