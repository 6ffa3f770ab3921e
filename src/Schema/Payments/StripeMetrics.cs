using System.Diagnostics.Metrics;
using Equaticket.Persistence.Spelling;
using Equaticket.Schema.Payments.Inbound;

namespace Equaticket.Schema.Payments;

/// <summary>Counts events from Stripe.</summary>
public sealed class StripeMetrics
{
    public const string MeterName = "Equaticket.Stripe";

    private readonly Counter<long> _events;

    public StripeMetrics(IMeterFactory meters) =>
        _events = meters.Create(MeterName).CreateCounter<long>(
            "equaticket.stripe.events", "{event}", "Stripe events, by type and outcome.");

    internal void Count(string type, StripeEventOutcome outcome) => _events.Add(
        1,
        new("type", type),
        new("outcome", WireNames<StripeEventOutcome>.Of(outcome)));
}
