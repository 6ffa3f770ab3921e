using Equaticket.Engine.Execution;
using Equaticket.Schema.Webhooks.Feed;
using GraphQL;

namespace Equaticket.Schema.Execution;

/// <summary>One request to run an operation, from whichever door.</summary>
/// <param name="Operation">What to run.</param>
/// <param name="Variables">The values of its variables, as they came.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Urls">Makes the public addresses that the answer shows.</param>
/// <param name="Render">
/// Makes the answer of a result. Called before the commit, and again with an error when the commit
/// is refused.
/// </param>
public sealed record OperationRequest(
    Operation Operation,
    Dictionary<string, object?> Variables,
    Caller Caller,
    PublicUrls Urls,
    Func<ExecutionResult, Answer> Render)
{
    /// <summary>Makes a mutation take effect once; null where the caller gave no key.</summary>
    public WriteClaim? Claim { get; init; }

    /// <summary>What has happened that a subscription is answered for; null for all else.</summary>
    public StreamedEvent? StreamedEvent { get; init; }

    /// <summary>Learns how long the answer holds; null where nobody keeps it.</summary>
    public AnswerTerm? Term { get; init; }
}
