namespace Equaticket.Schema.Payments;

/// <summary>
/// How Stripe is reached, for each mode (<c>Stripe__Live__SecretKey</c>,
/// <c>Stripe__Test__WebhookSecret</c> and so on).
/// </summary>
public sealed class StripeOptions
{
    public const string Section = "Stripe";

    public StripeKeys Live { get; set; } = new();

    public StripeKeys Test { get; set; } = new();

    /// <summary>Where the API is; Stripe's own address when null.</summary>
    public Uri? ApiBase { get; set; }

    public StripeKeys Of(bool livemode) => livemode ? Live : Test;
}

/// <summary>The platform's keys of one mode.</summary>
public sealed class StripeKeys
{
    /// <summary><c>sk_live_…</c> or <c>sk_test_…</c> of Stripe; payments are off without it.</summary>
    public string? SecretKey { get; set; }

    /// <summary><c>pk_…</c>, which a buyer's browser needs to pay.</summary>
    public string? PublishableKey { get; set; }

    /// <summary><c>whsec_…</c> of the endpoint that receives events of connected accounts.</summary>
    public string? WebhookSecret { get; set; }
}
