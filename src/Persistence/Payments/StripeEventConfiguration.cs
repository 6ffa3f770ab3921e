using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Payments;

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
