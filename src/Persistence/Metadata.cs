using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Equaticket.Persistence;

/// <summary>
/// A resource's custom key-value pairs, in ordinal order of their keys so that a resource always has the same
/// representation.
/// </summary>
public static class Metadata
{
    public static ImmutableSortedDictionary<string, string> Empty { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    internal static string Write(ImmutableSortedDictionary<string, string> pairs) =>
        JsonSerializer.Serialize(pairs);

    internal static ImmutableSortedDictionary<string, string> Read(string json) =>
        json == "{}"
            ? Empty
            : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!
                .ToImmutableSortedDictionary(StringComparer.Ordinal);
}

internal sealed class MetadataConverter()
    : ValueConverter<ImmutableSortedDictionary<string, string>, string>(
        pairs => Metadata.Write(pairs),
        json => Metadata.Read(json));

internal sealed class MetadataComparer()
    : ValueComparer<ImmutableSortedDictionary<string, string>>(
        (left, right) => ReferenceEquals(left, right) || left!.SequenceEqual(right!),
        pairs => pairs.Count,
        pairs => pairs);
