using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Payments;

/// <summary>
/// The Stripe settings of each mode (<c>Stripe__Live__SecretKey</c>, <c>Stripe__Test__WebhookSecret</c> and so on).
/// </summary>
public sealed class StripeOptions
{
    public const string Section = "Stripe";

    public StripeKeys Live { get; set; } = new();

    public StripeKeys Test { get; set; } = new();

    /// <summary>The base URL of the API; null for Stripe's.</summary>
    public Uri? ApiBase { get; set; }

    public StripeKeys Of(bool livemode) => livemode ? Live : Test;
}

/// <summary>The platform's keys of one mode.</summary>
public sealed class StripeKeys
{
    /// <summary>The secret key, <c>sk_live_…</c> or <c>sk_test_…</c>. Without it, payments are disabled.</summary>
    public string? SecretKey { get; set; }

    /// <summary>The publishable key, <c>pk_…</c>, which the buyer's browser needs to pay.</summary>
    public string? PublishableKey { get; set; }

    /// <summary>The signing secret, <c>whsec_…</c>, of the endpoint that receives connected-account events.</summary>
    public string? WebhookSecret { get; set; }
}

/// <summary>Rejects keys that belong to the other mode.</summary>
public sealed class StripeOptionsRules : IValidateOptions<StripeOptions>
{
    public ValidateOptionsResult Validate(string? name, StripeOptions options)
    {
        string[] faults =
        [
            .. Faults("Live", options.Live, ["sk_live_", "rk_live_"], "pk_live_"),
            .. Faults("Test", options.Test, ["sk_test_", "rk_test_"], "pk_test_"),
            .. FaultsOfBase(options.ApiBase),
        ];
        return faults.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(
        string mode, StripeKeys keys, string[] secretPrefixes, string publishablePrefix)
    {
        if (keys.SecretKey is { Length: > 0 } secret
            && !Array.Exists(secretPrefixes, prefix => Begins(secret, prefix)))
        {
            yield return $"Stripe__{mode}__SecretKey must start with "
                + $"{string.Join(" or ", secretPrefixes)}.";
        }

        if (keys.PublishableKey is { Length: > 0 } publishable
            && !Begins(publishable, publishablePrefix))
            yield return $"Stripe__{mode}__PublishableKey must start with {publishablePrefix}.";
        if (keys.WebhookSecret is { Length: > 0 } webhook && !webhook.Split(',', StringSplitOptions.TrimEntries)
            .All(part => Begins(part, "whsec_")))
            yield return $"Stripe__{mode}__WebhookSecret must start with whsec_.";
    }

    private static IEnumerable<string> FaultsOfBase(Uri? address)
    {
        if (address is { IsAbsoluteUri: false }
            || (address is { Scheme: not "https" } && !address.IsLoopback))
            yield return "Stripe__ApiBase must be an https URL, or a URL on this machine.";
    }

    private static bool Begins(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal);
}
