namespace Equaticket.Engine.Input;

/// <summary>A member of a patch: absent (keep), null (clear) or a value (set).</summary>
public readonly record struct Optional<T>(bool IsSet, T? Value)
{
    /// <returns>The new value when one is given, else <paramref name="current"/>.</returns>
    public T? Or(T? current) => IsSet ? Value : current;
}
