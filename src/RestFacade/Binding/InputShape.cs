using System.Text.Json;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Schema.Money;
using GraphQL.Types;

namespace Equaticket.RestFacade.Binding;

/// <summary>
/// The values that a variable accepts, compiled from its GraphQL type. REST is stricter than GraphQL, which would
/// coerce a single value to a list and a number to an id.
/// </summary>
public abstract class InputShape
{
    public static InputShape Of(IGraphType type) => type switch
    {
        NonNullGraphType required => Of(required.ResolvedType!),
        ListGraphType list => new ListShape(list.ResolvedType!),
        IWireSpelling spelling => new EnumShape(spelling),
        IInputObjectGraphType input => new ObjectShape(input),
        BooleanGraphType => new BooleanShape(),
        IntGraphType => new IntegerShape(int.MinValue, int.MaxValue),
        MoneyGraphType => new IntegerShape(long.MinValue, long.MaxValue),
        MetadataGraphType => new MetadataShape(),
        StringGraphType or IdGraphType or UtcDateTimeGraphType => new TextShape(),
        _ => throw new NotSupportedException($"REST cannot represent the type {type}."),
    };

    /// <summary>Reads a value from a JSON body.</summary>
    /// <exception cref="ApiError">The value has another type.</exception>
    public abstract object? Read(JsonElement json, string param);

    /// <summary>Reads a value, or null unless it is required.</summary>
    /// <exception cref="ApiError">The value has another type, or must not be null.</exception>
    public object? Read(JsonElement json, string param, bool isRequired)
    {
        if (json.ValueKind != JsonValueKind.Null)
            return Read(json, param);
        return isRequired ? throw Refusal(param, "This must not be null.") : null;
    }

    /// <summary>Reads a value from the query string.</summary>
    /// <exception cref="ApiError">The value has another type.</exception>
    public virtual object Read(string text, string param) =>
        throw new NotSupportedException($"{GetType().Name} cannot be represented in a query string.");

    /// <summary>Reads a value from a form, where a field may occur more than once.</summary>
    /// <exception cref="ApiError">The value has another type, or occurs more than once.</exception>
    public virtual object Read(IReadOnlyList<string> texts, string param) => texts is [var text]
        ? Read(text, param)
        : throw Refusal(param, "Send this only once.");

    protected static ApiError Refusal(string param, string message) =>
        ApiError.Validation(param, message);

    protected static string Text(JsonElement json, string param)
    {
        if (json.ValueKind != JsonValueKind.String)
            throw Refusal(param, "This must be a string.");
        try
        {
            return Sound(json.GetString()!, param);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json detects unpaired surrogates only when a string is read.
            throw Refusal(param, TextRules.Unsound);
        }
    }

    protected static string Sound(string text, string param) =>
        TextRules.IsSound(text)
            ? text
            : throw Refusal(param, TextRules.Unsound);
}
