using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Activity;
using Equaticket.Schema.Webhooks.Feed;
using GraphQL;

namespace Equaticket.Schema.Execution;

/// <summary>A request to run an operation, through any interface.</summary>
/// <param name="Operation">The operation to run.</param>
/// <param name="Variables">The raw values of its variables.</param>
/// <param name="Caller">The caller.</param>
/// <param name="Urls">Builds the public URLs in the response.</param>
/// <param name="Render">
/// Renders a result as a response. Called before the commit, and again with an error if the commit is refused.
/// </param>
public sealed record OperationRequest(
    Operation Operation,
    Dictionary<string, object?> Variables,
    Caller Caller,
    PublicUrls Urls,
    Func<ExecutionResult, Answer> Render)
{
    /// <summary>Makes a mutation take effect only once; null if the caller sent no key.</summary>
    public WriteClaim? Claim { get; init; }

    /// <summary>Records what a mutation writes; null if nobody needs it.</summary>
    public RequestTrace? Trace { get; init; }

    /// <summary>The event that triggered this response of a subscription; null for queries and mutations.</summary>
    public StreamedEvent? StreamedEvent { get; init; }

    /// <summary>Tracks how long the response remains valid; null if nobody caches it.</summary>
    public AnswerTerm? Term { get; init; }
}

/// <summary>
/// The rendered response to an operation. It is created before the transaction commits, so that it can be stored
/// together with the effect it describes.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Null if there is no body.</param>
/// <param name="Body">Empty if there is none.</param>
public sealed record Answer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The URL of the created resource.</summary>
    public string? Location { get; init; }

    /// <summary>The version of the resource and the hash of the body (RFC 9110, 8.8.3).</summary>
    public string? ETag { get; init; }

    /// <summary>The first error in the response; null for a success.</summary>
    public ErrorCode? Error { get; init; }

    /// <summary>The parameter that the error is about; null if there is none.</summary>
    public string? ErrorParam { get; init; }

    /// <summary>Whether this is the stored response to an earlier request with the same key.</summary>
    public bool IsReplay { get; init; }

    /// <summary>How long to wait before retrying.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The 304 response without a body, for a caller that already has it.</summary>
    public Answer NotModified() => new(304, ContentType: null, Body: default) { ETag = ETag };
}

/// <summary>Builds the absolute URLs of the web pages.</summary>
/// <param name="baseUrl">Returns the base URL, which may be known only after startup.</param>
public sealed class PublicUrls(Func<string> baseUrl)
{
    /// <param name="baseUrl">Scheme and host, such as <c>https://app.equaticket.com</c>.</param>
    public PublicUrls(string baseUrl)
        : this(() => baseUrl)
    {
    }

    /// <summary>Scheme and host, without a trailing slash.</summary>
    public string Base => baseUrl().TrimEnd('/');

    /// <summary>The public page of an event; test events have separate URLs.</summary>
    public string Event(string organizationSlug, string eventSlug, bool livemode) =>
        livemode
            ? $"{Base}/e/{organizationSlug}/{eventSlug}"
            : $"{Base}/e/{organizationSlug}/test/{eventSlug}";

    /// <summary>The dashboard page that Stripe redirects organizers to.</summary>
    /// <param name="organizationSlug">The organization that connects Stripe.</param>
    /// <param name="livemode">The mode it connects.</param>
    /// <param name="outcome">Stripe's reason for the redirect: <c>return</c> or <c>refresh</c>.</param>
    public string StripeSettings(string organizationSlug, bool livemode, string outcome) =>
        $"{Base}/dashboard/{organizationSlug}/{(livemode ? "live" : "test")}/settings/payments?stripe={outcome}";
}
