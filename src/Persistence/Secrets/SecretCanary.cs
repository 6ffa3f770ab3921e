using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Equaticket.Persistence.Secrets;

/// <summary>
/// A known text, encrypted like stored secrets: a host that cannot decrypt it cannot decrypt those either.
/// </summary>
public sealed class SecretCanary
{
    public const short OnlyId = 1;

    public short Id { get; init; } = OnlyId;

    public required byte[] Sealed { get; init; }
}

internal sealed class SecretCanaryConfiguration : IEntityTypeConfiguration<SecretCanary>
{
    public void Configure(EntityTypeBuilder<SecretCanary> canary)
    {
        canary.ToTable("secret_canaries", table =>
            table.HasCheckConstraint("ck_secret_canaries_only", $"id = {SecretCanary.OnlyId}"));
        canary.HasKey(c => c.Id);
        canary.Property(c => c.Id).ValueGeneratedNever();
    }
}
