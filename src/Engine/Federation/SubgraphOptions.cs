namespace Equaticket.Engine.Federation;

/// <summary>Whether the schema is a subgraph (<c>GraphQL__Federation</c>).</summary>
public sealed class SubgraphOptions
{
    /// <summary>
    /// Adds <c>_service</c> and <c>_entities</c> of Apollo Federation 2, by which a gateway joins this
    /// schema to others.
    /// </summary>
    public bool Federation { get; init; }
}
