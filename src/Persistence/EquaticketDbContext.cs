using System.Collections.Immutable;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Idempotency;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.TicketTypes;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Persistence;

/// <summary>
/// The database. Leased from <see cref="TenantContexts"/>, which sets <see cref="Tenant"/>; without
/// a scope no row of an organization is seen, and adding one throws.
/// </summary>
public sealed class EquaticketDbContext(DbContextOptions<EquaticketDbContext> options)
    : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<StripeAccount> StripeAccounts => Set<StripeAccount>();

    public DbSet<User> Users => Set<User>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Event> Events => Set<Event>();

    public DbSet<TicketType> TicketTypes => Set<TicketType>();

    public DbSet<ApiRequest> ApiRequests => Set<ApiRequest>();

    public DbSet<ApiKeyUse> ApiKeyUses => Set<ApiKeyUse>();

    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    /// <summary>The keys that encrypt what is stored, shared by all hosts.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Whose rows this context sees and makes.</summary>
    public TenantScope? Tenant { get; internal set; }

    internal Guid TenantOrganizationId => Tenant?.OrganizationId ?? Guid.Empty;

    internal bool TenantLivemode => Tenant?.Livemode ?? false;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        TenantStamp.Apply(ChangeTracker, Tenant);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        TenantStamp.Apply(ChangeTracker, Tenant);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override void Dispose()
    {
        Tenant = null;
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        Tenant = null;
        return base.DisposeAsync();
    }

    protected override void ConfigureConventions(
        ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Plan>().HaveConversion<WireNameConverter<Plan>>();
        configurationBuilder.Properties<Role>().HaveConversion<WireNameConverter<Role>>();
        configurationBuilder.Properties<AuditAction>()
            .HaveConversion<WireNameConverter<AuditAction>>();
        configurationBuilder.Properties<EventStatus>().HaveConversion<WireNameConverter<EventStatus>>();
        configurationBuilder.Properties<ImmutableSortedDictionary<string, string>>()
            .HaveConversion<MetadataConverter, MetadataComparer>().HaveColumnType("jsonb");
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(EquaticketDbContext).Assembly);
        TenantFilter.Apply(modelBuilder, this);
    }
}
