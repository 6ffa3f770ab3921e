using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Payments;

/// <summary>An event received from Stripe, stored so that each is applied once.</summary>
public sealed class StripeEvent
{
    /// <summary>Stripe's id, <c>evt_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The event type at Stripe, such as <c>payment_intent.succeeded</c>.</summary>
    public required string Type { get; init; }

    public required bool Livemode { get; init; }

    /// <summary>The connected account that the event is about, <c>acct_…</c>.</summary>
    public string? Account { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class StripeEventConfiguration : IEntityTypeConfiguration<StripeEvent>
{
    public void Configure(EntityTypeBuilder<StripeEvent> received)
    {
        received.ToTable("stripe_events");
        received.HasKey(e => e.Id);
        received.Property(e => e.Id).HasMaxLength(255);
        received.HasIndex(e => e.ReceivedAt);
    }
}
