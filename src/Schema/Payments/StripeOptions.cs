namespace Equaticket.Schema.Payments;

/// <summary>
/// How to access Stripe, per mode (<c>Stripe__Live__SecretKey</c>,
/// <c>Stripe__Test__WebhookSecret</c> and so on).
/// </summary>
public sealed class StripeOptions
{
    public const string Section = "Stripe";

    public StripeKeys Live { get; set; } = new();

    public StripeKeys Test { get; set; } = new();

    /// <summary>The base URL of the API; Stripe's own if null.</summary>
    public Uri? ApiBase { get; set; }

    public StripeKeys Of(bool livemode) => livemode ? Live : Test;
}

/// <summary>The platform's keys of one mode.</summary>
public sealed class StripeKeys
{
    /// <summary><c>sk_live_…</c> or <c>sk_test_…</c> of Stripe; without it, payments are disabled.</summary>
    public string? SecretKey { get; set; }

    /// <summary><c>pk_…</c>, which a buyer's browser needs to pay.</summary>
    public string? PublishableKey { get; set; }

    /// <summary><c>whsec_…</c> of the endpoint that receives events of connected accounts.</summary>
    public string? WebhookSecret { get; set; }
}
