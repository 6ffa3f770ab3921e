using System.ComponentModel.DataAnnotations;

namespace Equaticket.Host.GraphQL;

/// <summary>Settings of <c>/graphql</c>.</summary>
internal sealed class GraphQLOptions
{
    public const string Section = "GraphQL";

    /// <summary>
    /// The maximum cost of an operation, computed from <c>@cost</c> and <c>@listSize</c> in the schema.
    /// The default allows a page of 100 rows, each with 100 child rows, as edges and nodes.
    /// Introspection has a separate limit.
    /// </summary>
    [Range(100, int.MaxValue, ErrorMessage = "GraphQL__MaxCost must be 100 or more.")]
    public int MaxCost { get; init; } = 25_000;

    /// <summary>
    /// A folder of documents to register by SHA-256; null for none.
    /// </summary>
    public string? Manifest { get; init; }

    /// <summary>Whether to execute only documents in the manifest.</summary>
    public bool TrustedOnly { get; init; }

    /// <summary>The maximum number of open subscriptions on this host.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "GraphQL__MaxStreams must be 1 or more.")]
    public int MaxStreams { get; init; } = 2_000;

    /// <summary>The maximum number of open subscriptions per API key or user.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "GraphQL__MaxStreamsPerCaller must be 1 or more.")]
    public int MaxStreamsPerCaller { get; init; } = 100;
}
