namespace Equaticket.Schema.Execution;

/// <summary>Makes the absolute addresses that people open.</summary>
/// <param name="baseUrl">Scheme and host, such as <c>https://app.equaticket.com</c>.</param>
public sealed class PublicUrls(string baseUrl)
{
    private readonly string _base = baseUrl.TrimEnd('/');

    /// <summary>The public page of an event; a test event has one of its own.</summary>
    public string Event(string organizationSlug, string eventSlug, bool livemode) =>
        livemode
            ? $"{_base}/e/{organizationSlug}/{eventSlug}"
            : $"{_base}/e/{organizationSlug}/test/{eventSlug}";

    /// <summary>The page of the dashboard that Stripe sends organizers back to.</summary>
    /// <param name="outcome">What Stripe says of it: <c>return</c> or <c>refresh</c>.</param>
    public string StripeSettings(string outcome) =>
        $"{_base}/dashboard/settings/payments?stripe={outcome}";
}
