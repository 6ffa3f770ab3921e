namespace Equaticket.Schema.Execution;

/// <summary>Makes the absolute addresses that people open.</summary>
/// <param name="baseUrl">Scheme and host, such as <c>https://app.equaticket.com</c>.</param>
public sealed class PublicUrls(string baseUrl)
{
    /// <summary>Scheme and host, without a slash at the end.</summary>
    public string Base { get; } = baseUrl.TrimEnd('/');

    /// <summary>The public page of an event; a test event has one of its own.</summary>
    public string Event(string organizationSlug, string eventSlug, bool livemode) =>
        livemode
            ? $"{Base}/e/{organizationSlug}/{eventSlug}"
            : $"{Base}/e/{organizationSlug}/test/{eventSlug}";

    /// <summary>The page of the dashboard that Stripe sends organizers back to.</summary>
    /// <param name="outcome">What Stripe says of it: <c>return</c> or <c>refresh</c>.</param>
    public string StripeSettings(string outcome) =>
        $"{Base}/dashboard/settings/payments?stripe={outcome}";
}
