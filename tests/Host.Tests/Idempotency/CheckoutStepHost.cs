using Equaticket.Testing.Stripe;

namespace Equaticket.Host.Tests.Idempotency;

/// <summary>The host that each test kills and replaces, with a stand-in for Stripe.</summary>
public sealed class CheckoutStepHost : IAsyncLifetime
{
    internal StripeStandIn Stripe { get; private set; } = null!;

    internal KillableHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Stripe = await StripeStandIn.StartAsync();
        Host = await KillableHost.StartAsync([.. Stripe.Settings.Select(setting =>
            (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!))]);
        await using var connect = Host.Database.CreateCommand(
            """
            INSERT INTO stripe_accounts (organization_id, livemode, account_id, charges_enabled,
                payouts_enabled, details_submitted, events_check_at, updated_at)
            SELECT id, false, 'acct_demo', true, true, true, now(), now() FROM organizations
            ON CONFLICT (organization_id, livemode) DO UPDATE SET account_id = excluded.account_id
            """);
        await connect.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Stripe.DisposeAsync();
    }
}
