using System.ComponentModel.DataAnnotations;

namespace Equaticket.Host.GraphQL;

/// <summary>Settings of <c>/graphql</c>.</summary>
internal sealed class GraphQLOptions
{
    public const string Section = "GraphQL";

    /// <summary>
    /// The most that one operation may cost, by the <c>@cost</c> and <c>@listSize</c> of the schema.
    /// The default lets through a page of 100 rows, each with 100 rows below it, as edges and nodes.
    /// Introspection is limited apart from it.
    /// </summary>
    [Range(100, int.MaxValue)]
    public int MaxCost { get; init; } = 25_000;

    /// <summary>
    /// A folder with documents that are known by their SHA-256 from the start; null for none.
    /// </summary>
    public string? Manifest { get; init; }

    /// <summary>Whether only the documents of the manifest are executed.</summary>
    public bool TrustedOnly { get; init; }

    /// <summary>How many subscriptions this host keeps open.</summary>
    [Range(1, int.MaxValue)]
    public int MaxStreams { get; init; } = 2_000;

    /// <summary>How many of them one API key or person may have.</summary>
    [Range(1, int.MaxValue)]
    public int MaxStreamsPerCaller { get; init; } = 100;
}
