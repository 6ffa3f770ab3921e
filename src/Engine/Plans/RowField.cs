using System.Collections;
using System.Linq.Expressions;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Scalars;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace Equaticket.Engine.Plans;

/// <summary>
/// A selected field whose value depends only on its row and on values loaded for all rows of its list, so that it needs
/// no execution node.
/// </summary>
internal abstract class RowField
{
    /// <summary>
    /// Whether the value in this row can be written. If not, the field is resolved as usual, which reports the error.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="loaded">The values loaded for the row's list.</param>
    public abstract bool Accepts(object row, LoadedValues loaded);

    public abstract void Write(ResultJson result, object row);

    /// <returns>A scalar, serialized by its type, or the row of an object; null if there is none.</returns>
    public abstract object? Value(object row, LoadedValues loaded);

    /// <summary>The selection on an object; null for scalars and lists.</summary>
    public virtual SelectionPlan? Plan => null;
}

/// <summary>The name of the object's type.</summary>
internal sealed class TypeNameField(string type) : RowField
{
    public override bool Accepts(object row, LoadedValues loaded) => true;

    public override void Write(ResultJson result, object row) => result.Json.WriteStringValue(type);

    public override object Value(object row, LoadedValues loaded) => type;
}

/// <summary>A scalar or enum.</summary>
internal sealed class ScalarField<TRow, TValue>(Func<TRow, TValue> read, ScalarGraphType type, bool isNullable)
    : RowField
{
    private readonly ValueWriter<TValue> _write = ValueWriters.For<TValue>(type);
    private readonly IEnumSpelling<TValue>? _spelling = type as IEnumSpelling<TValue>;

    public override bool Accepts(object row, LoadedValues loaded) => read((TRow)row) switch
    {
        null => isNullable,
        var value when _spelling is not null => _spelling.Knows(value),
        Enum value => type.Serialize(value) is not null,
        _ => true,
    };

    public override void Write(ResultJson result, object row)
    {
        if (read((TRow)row) is { } value)
            _write(result.Json, value, result.UseWireNames);
        else
            result.Json.WriteNullValue();
    }

    public override object? Value(object row, LoadedValues loaded) => type.Serialize(read((TRow)row));
}

/// <summary>A list of scalars or enums.</summary>
internal sealed class ScalarListField<TRow>(Func<TRow, IEnumerable?> read, ScalarGraphType type, bool isNullable)
    : RowField
{
    public override bool Accepts(object row, LoadedValues loaded) =>
        read((TRow)row)?.Cast<object?>().All(item => item is not null && type.Serialize(item) is not null) ?? isNullable;

    public override void Write(ResultJson result, object row) => result.WriteList(Items(row), type);

    public override object? Value(object row, LoadedValues loaded) => Items(row);

    private List<object?>? Items(object row) => read((TRow)row) is { } items
        ? [.. items.Cast<object?>().Select(type.Serialize)]
        : null;
}

/// <summary>An object, or a list of objects, with only such fields selected.</summary>
internal abstract class ObjectField(SelectionPlan plan, bool isNullable) : RowField
{
    public sealed override SelectionPlan Plan => plan;

    public sealed override bool Accepts(object row, LoadedValues loaded) => Value(row, loaded) switch
    {
        null => isNullable,
        IEnumerable<object?> items => plan.AcceptsAll(items, loaded),
        { } value => plan.Accepts(value, loaded),
    };

    public sealed override void Write(ResultJson result, object row)
    {
        switch (Value(row, result.Loaded))
        {
            case null:
                result.Json.WriteNullValue();
                break;
            case IEnumerable<object> items:
                plan.WriteAll(result, items);
                break;
            case { } value:
                plan.Write(result, value);
                break;
        }
    }
}

/// <summary>A resolver of objects that are found in the row, or loaded for many rows together.</summary>
internal interface IObjectResolver : IFieldResolver
{
    /// <summary>Reads the value, or the key under which it is loaded, from the row.</summary>
    LambdaExpression RowExpression { get; }

    /// <summary>An object, or a list of objects.</summary>
    RowField Object(SelectionPlan plan, bool isNullable);
}

/// <summary>A resolver that needs only the row.</summary>
internal interface IRowResolver : IObjectResolver
{
    RowField Scalar(ScalarGraphType type, bool isNullable);

    RowField ScalarList(ScalarGraphType itemType, bool isNullable);
}

/// <summary>A field whose values are loaded for all rows of a list before any of them is written.</summary>
internal interface IBatchField
{
    /// <summary>Prepares to load the values. All fields of a list are prepared before the first is loaded.</summary>
    /// <param name="context">The field's context, without a source.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="loaded">Receives the values.</param>
    /// <returns>Loads the values.</returns>
    Func<Task> Prepare(IResolveFieldContext context, IReadOnlyList<object> rows, LoadedValues loaded);
}

/// <summary>The values that the fields of a list have loaded.</summary>
internal sealed class LoadedValues
{
    private readonly Dictionary<RowField, object> _values = [];

    /// <summary>Nothing is loaded for an object outside a list.</summary>
    public static LoadedValues None { get; } = new();

    /// <remarks>A fragment used by two fields of a row has the same fields in both.</remarks>
    public void Add(RowField field, object values) => _values[field] = values;

    public TValues Of<TValues>(RowField field) => (TValues)_values[field];
}
