using System.Collections.Immutable;
using Equaticket.Engine.Errors;

namespace Equaticket.Engine.Scalars;

/// <summary>Merges the metadata of a request into the stored metadata.</summary>
public static class MetadataMerge
{
    private const string Param = "metadata";

    private static readonly ImmutableSortedDictionary<string, string> Empty =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <exception cref="ApiError">A value is null, although there is nothing to remove yet.</exception>
    public static ImmutableSortedDictionary<string, string> Create(
        IReadOnlyDictionary<string, string?>? given)
    {
        RequireValues(given);
        return Merge(Empty, given);
    }

    /// <exception cref="ApiError">A value is null, although there is nothing to remove yet.</exception>
    public static void RequireValues(IReadOnlyDictionary<string, string?>? given)
    {
        if (given?.FirstOrDefault(pair => pair.Value is null).Key is { } key)
            throw ApiError.Validation(Param, $"'{key}' must be a string.");
    }

    /// <summary>Adds and replaces pairs; a null value removes its key, and null instead of pairs clears all.</summary>
    /// <exception cref="ApiError">The result would have more than 50 pairs.</exception>
    public static ImmutableSortedDictionary<string, string> Merge(
        ImmutableSortedDictionary<string, string> stored,
        IReadOnlyDictionary<string, string?>? given)
    {
        if (given is null)
            return Empty;
        var merged = stored.ToBuilder();
        foreach (var (key, value) in given)
        {
            if (value is null)
                merged.Remove(key);
            else
                merged[key] = value;
        }

        return merged.Count <= MetadataGraphType.MaxPairs
            ? merged.ToImmutable()
            : throw ApiError.Validation(Param, $"Metadata can have at most {MetadataGraphType.MaxPairs} pairs.");
    }
}
