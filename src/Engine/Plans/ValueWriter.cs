using System.Text.Json;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Scalars;
using GraphQL.Types;

namespace Equaticket.Engine.Plans;

/// <summary>Writes a non-null value.</summary>
internal delegate void ValueWriter<in TValue>(Utf8JsonWriter json, TValue value, bool useWireNames);

/// <summary>Writes common scalars without boxing, and the rest as their types serialize them.</summary>
internal static class ValueWriters
{
    public static ValueWriter<TValue> For<TValue>(ScalarGraphType type) =>
        Typed(typeof(TValue), type) as ValueWriter<TValue> ?? type switch
        {
            IEnumSpelling<TValue> spelling => spelling.Write,
            _ => (json, value, useWireNames) =>
                new ResultJson(json, useWireNames).WriteValue(type.Serialize(value)!, type),
        };

    private static Delegate? Typed(Type clrType, ScalarGraphType type) => type switch
    {
        IdGraphType when clrType == typeof(Guid) =>
            new ValueWriter<Guid>((json, value, _) => json.WriteStringValue(value)),
        IdGraphType when clrType == typeof(Guid?) =>
            new ValueWriter<Guid?>((json, value, _) => json.WriteStringValue(value!.Value)),
        IdGraphType or StringGraphType when clrType == typeof(string) =>
            new ValueWriter<string>((json, value, _) => json.WriteStringValue(value)),
        BooleanGraphType when clrType == typeof(bool) =>
            new ValueWriter<bool>((json, value, _) => json.WriteBooleanValue(value)),
        IntGraphType when clrType == typeof(int) =>
            new ValueWriter<int>((json, value, _) => json.WriteNumberValue(value)),
        IntGraphType when clrType == typeof(int?) =>
            new ValueWriter<int?>((json, value, _) => json.WriteNumberValue(value!.Value)),
        UtcDateTimeGraphType when clrType == typeof(DateTimeOffset) =>
            new ValueWriter<DateTimeOffset>((json, value, _) => WriteTime(json, value)),
        UtcDateTimeGraphType when clrType == typeof(DateTimeOffset?) =>
            new ValueWriter<DateTimeOffset?>((json, value, _) => WriteTime(json, value!.Value)),
        _ when clrType == typeof(long) && type.Serialize(0L) is long =>
            new ValueWriter<long>((json, value, _) => json.WriteNumberValue(value)),
        _ => null,
    };

    private static void WriteTime(Utf8JsonWriter json, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[Rfc3339.MaxLength];
        json.WriteStringValue(text[..Rfc3339.Write(time, text)]);
    }
}
