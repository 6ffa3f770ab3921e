using System.Text.Json;
using Equaticket.Engine.Scalars;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace Equaticket.Engine.Plans;

/// <summary>A selected field whose value depends only on its row, so that it needs no execution node.</summary>
internal abstract class RowField
{
    /// <summary>
    /// Whether the value in this row can be written. If not, the field is resolved as usual, which reports the error.
    /// </summary>
    public abstract bool Accepts(object row);

    public abstract void Write(Utf8JsonWriter json, object row, bool useWireNames);

    /// <returns>A scalar, serialized by its type, or the row of an object; null if there is none.</returns>
    public abstract object? Value(object row);

    /// <summary>The selection on an object; null for scalars and lists.</summary>
    public virtual SelectionPlan? Plan => null;
}

/// <summary>The name of the object's type.</summary>
internal sealed class TypeNameField(string type) : RowField
{
    public override bool Accepts(object row) => true;

    public override void Write(Utf8JsonWriter json, object row, bool useWireNames) => json.WriteStringValue(type);

    public override object Value(object row) => type;
}

/// <summary>A scalar or enum.</summary>
internal sealed class ScalarField<TRow, TValue>(Func<TRow, TValue> read, ScalarGraphType type, bool isNullable)
    : RowField
{
    private readonly ValueWriter<TValue> _write = ValueWriters.For<TValue>(type);
    private readonly IEnumSpelling<TValue>? _spelling = type as IEnumSpelling<TValue>;

    public override bool Accepts(object row) => read((TRow)row) switch
    {
        null => isNullable,
        var value when _spelling is not null => _spelling.Knows(value),
        Enum value => type.Serialize(value) is not null,
        _ => true,
    };

    public override void Write(Utf8JsonWriter json, object row, bool useWireNames)
    {
        if (read((TRow)row) is { } value)
            _write(json, value, useWireNames);
        else
            json.WriteNullValue();
    }

    public override object? Value(object row) => type.Serialize(read((TRow)row));
}

/// <summary>An object with only row fields selected.</summary>
internal sealed class ObjectField<TRow, TValue>(Func<TRow, TValue> read, SelectionPlan plan, bool isNullable)
    : RowField
{
    public override SelectionPlan Plan => plan;

    public override bool Accepts(object row) => Value(row) is { } value ? plan.Accepts(value) : isNullable;

    public override void Write(Utf8JsonWriter json, object row, bool useWireNames)
    {
        if (Value(row) is { } value)
            plan.Write(json, value, useWireNames);
        else
            json.WriteNullValue();
    }

    public override object? Value(object row) => read((TRow)row);
}

/// <summary>A list of objects with only row fields selected.</summary>
internal sealed class ObjectListField<TRow, TValue>(Func<TRow, TValue> read, SelectionPlan plan) : RowField
{
    public override bool Accepts(object row) => Value(row) is IEnumerable<object?> items && plan.AcceptsAll(items);

    public override void Write(Utf8JsonWriter json, object row, bool useWireNames) =>
        plan.WriteAll(json, (IEnumerable<object>)Value(row)!, useWireNames);

    public override object? Value(object row) => read((TRow)row);
}

/// <summary>A resolver that needs only the row.</summary>
internal interface IRowResolver : IFieldResolver
{
    RowField Scalar(ScalarGraphType type, bool isNullable);

    RowField Object(SelectionPlan plan, bool isNullable);

    RowField ObjectList(SelectionPlan plan);
}
