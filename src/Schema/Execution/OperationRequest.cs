using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Activity;
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

    /// <summary>Follows what a mutation writes; null where no request asks for it.</summary>
    public RequestTrace? Trace { get; init; }

    /// <summary>What has happened that a subscription is answered for; null for all else.</summary>
    public StreamedEvent? StreamedEvent { get; init; }

    /// <summary>Learns how long the answer holds; null where nobody keeps it.</summary>
    public AnswerTerm? Term { get; init; }
}

/// <summary>
/// The answer to an operation as a door sends it. It is made before the transaction commits, so that
/// it can be stored with the effect it tells of.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Null where there is no body.</param>
/// <param name="Body">Empty where there is none.</param>
public sealed record Answer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The address of the resource that was made.</summary>
    public string? Location { get; init; }

    /// <summary>The version of the resource and the hash of the body (RFC 9110, 8.8.3).</summary>
    public string? ETag { get; init; }

    /// <summary>The first error that it tells of; null for a success.</summary>
    public ErrorCode? Error { get; init; }

    /// <summary>The parameter that the error blames; null where there is none.</summary>
    public string? ErrorParam { get; init; }

    /// <summary>Whether this is the stored answer to an earlier request with the same key.</summary>
    public bool IsReplay { get; init; }

    /// <summary>How long to wait before trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same without its body, for a caller that has it already.</summary>
    public Answer NotModified() => new(304, ContentType: null, Body: default) { ETag = ETag };
}

/// <summary>Makes the absolute addresses that people open.</summary>
/// <param name="baseUrl">Reads what may be known only after the start.</param>
public sealed class PublicUrls(Func<string> baseUrl)
{
    /// <param name="baseUrl">Scheme and host, such as <c>https://app.equaticket.com</c>.</param>
    public PublicUrls(string baseUrl)
        : this(() => baseUrl)
    {
    }

    /// <summary>Scheme and host, without a slash at the end.</summary>
    public string Base => baseUrl().TrimEnd('/');

    /// <summary>The public page of an event; a test event has one of its own.</summary>
    public string Event(string organizationSlug, string eventSlug, bool livemode) =>
        livemode
            ? $"{Base}/e/{organizationSlug}/{eventSlug}"
            : $"{Base}/e/{organizationSlug}/test/{eventSlug}";

    /// <summary>The page of the dashboard that Stripe sends organizers back to.</summary>
    /// <param name="organizationSlug">The organization that connects Stripe.</param>
    /// <param name="livemode">The mode that it connects.</param>
    /// <param name="outcome">What Stripe says of it: <c>return</c> or <c>refresh</c>.</param>
    public string StripeSettings(string organizationSlug, bool livemode, string outcome) =>
        $"{Base}/dashboard/{organizationSlug}/{(livemode ? "live" : "test")}/settings/payments?stripe={outcome}";
}
