using System.Collections;
using GraphQL.Types;

namespace Equaticket.Engine.Execution;

/// <summary>
/// Coerces the value of a variable (GraphQL specification, "Input Coercion"). Returns false instead of an error, for a
/// caller that lets GraphQL.NET report it. Parsers and validators of types throw.
/// </summary>
internal static class InputCoercion
{
    public static bool TryCoerce(IGraphType type, object? value, out object? coerced)
    {
        switch (type)
        {
            case NonNullGraphType required:
                coerced = null;
                return value is not null && TryCoerce(required.ResolvedType!, value, out coerced);
            case ScalarGraphType scalar:
                coerced = scalar.ParseValue(value);
                return true;
            case ListGraphType list:
                return TryCoerce(list.ResolvedType!, value as IList, out coerced) || value is null;
            case IInputObjectGraphType { IsOneOf: false } input:
                coerced = null;
                return value is null
                    || (value is IDictionary<string, object?> fields && TryCoerce(input, fields, out coerced));
            default:
                coerced = null;
                return false;
        }
    }

    private static bool TryCoerce(IGraphType itemType, IList? items, out object? coerced)
    {
        coerced = null;
        if (items is null)
            return false;
        var values = new object?[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryCoerce(itemType, items[i], out values[i]))
                return false;
        }

        coerced = values;
        return true;
    }

    private static bool TryCoerce(
        IInputObjectGraphType type, IDictionary<string, object?> given, out object? coerced)
    {
        coerced = null;
        var (values, known) = (new Dictionary<string, object?>(given.Count), 0);
        foreach (var field in type.Fields)
        {
            if (given.TryGetValue(field.Name, out var value))
            {
                known++;
                if (!TryCoerce(field.ResolvedType!, value, out var parsed))
                    return false;
                if (parsed is not null && field.Parser is not null)
                    parsed = field.Parser(parsed);
                if (parsed is not null)
                    field.Validator?.Invoke(parsed);
                values[field.Name] = parsed;
            }
            else if (field.DefaultValue is not null)
            {
                values[field.Name] = field.DefaultValue;
            }
            else if (field.ResolvedType is NonNullGraphType)
            {
                return false;
            }
        }

        if (known != given.Count)
            return false;
        coerced = type.ParseDictionary(values);
        return true;
    }
}
