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
        : IObjectResolver
        where TValue : class
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context) =>
            new(loader(context).Load(key((TRow)context.Source!)));

        public RowField Object(SelectionPlan plan, bool isNullable) =>
            new BatchField<TRow, TValue>(key, loader, plan, isNullable);
    }

    private sealed class BatchField<TRow, TValue>(
        Func<TRow, Guid> key,
        Func<IResolveFieldContext, BatchLoader<Guid, TValue>> loader,
        SelectionPlan plan,
        bool isNullable)
        : ObjectField(plan, isNullable), IBatchField
        where TValue : class
    {
        public async Task LoadAsync(IResolveFieldContext context, IReadOnlyList<object> rows, LoadedValues loaded) =>
            loaded.Add(this, await loader(context).LoadAllAsync(
                rows.Select(row => key((TRow)row)).ToHashSet(), context.CancellationToken));

        public override object? Value(object row, LoadedValues loaded) =>
            loaded.Of<IReadOnlyDictionary<Guid, TValue>>(this).GetValueOrDefault(key((TRow)row));
    }
}
