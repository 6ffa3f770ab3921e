using Equaticket.Engine.Errors;

namespace Equaticket.Engine.Input;

/// <summary>Reads the members of a patch, and distinguishes absent from null.</summary>
public sealed class PatchValues(IDictionary<string, object?> values)
{
    /// <summary>A member that can be cleared.</summary>
    public Optional<T> Optional<T>(string name) =>
        values.TryGetValue(name, out var value)
            ? new Optional<T>(true, (T?)value)
            : default;

    /// <summary>A member that can be changed, but not cleared.</summary>
    /// <exception cref="ApiError">It is null.</exception>
    public Optional<T> Required<T>(string name)
        where T : notnull
    {
        var member = Optional<object>(name);
        return member is { IsSet: true, Value: null }
            ? throw ApiError.Validation(name, "This cannot be cleared.")
            : new Optional<T>(member.IsSet, member.IsSet ? (T?)member.Value : default);
    }
}

/// <summary>A member of a patch: absent (keep), null (clear) or a value (set).</summary>
public readonly record struct Optional<T>(bool IsSet, T? Value)
{
    /// <returns>The new value if set; otherwise <paramref name="current"/>.</returns>
    public T? Or(T? current) => IsSet ? Value : current;
}
