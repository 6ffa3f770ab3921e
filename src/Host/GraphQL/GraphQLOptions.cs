using System.ComponentModel.DataAnnotations;

namespace Equaticket.Host.GraphQL;

/// <summary>Settings of <c>/graphql</c>.</summary>
internal sealed class GraphQLOptions
{
    public const string Section = "GraphQL";

    /// <summary>
    /// The maximum cost of one operation, by the <c>@cost</c> and <c>@listSize</c> of the schema.
    /// The default allows a page of 100 rows, each with 100 child rows, as edges and nodes.
    /// Introspection has a separate limit.
    /// </summary>
    [Range(100, int.MaxValue)]
    public int MaxCost { get; init; } = 25_000;

    /// <summary>
    /// A folder with documents to register by their SHA-256; null for none.
    /// </summary>
    public string? Manifest { get; init; }

    /// <summary>Whether only documents in the manifest are executed.</summary>
    public bool TrustedOnly { get; init; }

    /// <summary>The maximum number of open subscriptions on this host.</summary>
    [Range(1, int.MaxValue)]
    public int MaxStreams { get; init; } = 2_000;

    /// <summary>The maximum number per API key or person.</summary>
    [Range(1, int.MaxValue)]
    public int MaxStreamsPerCaller { get; init; } = 100;
}
