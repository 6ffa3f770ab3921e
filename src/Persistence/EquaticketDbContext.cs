using System.Collections.Immutable;
using Equaticket.Persistence.Activity;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Idempotency;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Payments;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Secrets;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Persistence.Webhooks;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Equaticket.Persistence;

/// <summary>
/// The database context, leased from <see cref="TenantContexts"/>, which sets <see cref="Tenant"/>. Without a scope, it
/// sees no rows of any organization, and adding one throws.
/// </summary>
public sealed class EquaticketDbContext(DbContextOptions<EquaticketDbContext> options)
    : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<Organization> Organizations => Set<Organization>();

    public DbSet<StripeAccount> StripeAccounts => Set<StripeAccount>();

    public DbSet<User> Users => Set<User>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Event> Events => Set<Event>();

    public DbSet<TicketType> TicketTypes => Set<TicketType>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderItem> OrderItems => Set<OrderItem>();

    public DbSet<OrderCounter> OrderCounters => Set<OrderCounter>();

    public DbSet<Attendee> Attendees => Set<Attendee>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<Scan> Scans => Set<Scan>();

    public DbSet<CheckInKey> CheckInKeys => Set<CheckInKey>();

    public DbSet<StripeEvent> StripeEvents => Set<StripeEvent>();

    public DbSet<WebhookEvent> WebhookEvents => Set<WebhookEvent>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<QueuedDelivery> WebhookQueue => Set<QueuedDelivery>();

    public DbSet<QueuedEmail> QueuedEmails => Set<QueuedEmail>();

    public DbSet<AccountEmail> AccountEmails => Set<AccountEmail>();

    public DbSet<ApiRequest> ApiRequests => Set<ApiRequest>();

    public DbSet<ApiKeyUse> ApiKeyUses => Set<ApiKeyUse>();

    public DbSet<ApiKeyScopeUse> ApiKeyScopeUses => Set<ApiKeyScopeUse>();

    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    /// <summary>The keys that encrypt stored secrets, shared by all hosts.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>At most one row, which shows whether stored secrets can be decrypted.</summary>
    public DbSet<SecretCanary> SecretCanaries => Set<SecretCanary>();

    /// <summary>The tenant whose rows this context reads and adds.</summary>
    public TenantScope? Tenant { get; internal set; }

    /// <summary>Whether the context reads from a replica.</summary>
    public bool IsReplica { get; internal set; }

    /// <summary>
    /// Whether the open transaction may have queued webhook deliveries, in which case hosts must be notified after it
    /// commits.
    /// </summary>
    public bool QueuesDeliveries { get; set; }

    /// <summary>The tickets that the open transaction sells.</summary>
    public int SoldTickets { get; set; }

    /// <summary>
    /// Whether the open transaction locks rows that many others wait for, such as ticket types. These are released when
    /// the transaction commits, without waiting for the disk (<see cref="StatementBatch.CommitAsync"/>).
    /// </summary>
    public bool LocksHotRows { get; set; }

    /// <summary>Whether a statement has committed the open transaction.</summary>
    internal bool HasCommitted { get; set; }

    /// <summary>Records what the current request writes; null outside of requests.</summary>
    public RequestTrace? Trace { get; set; }

    /// <summary>Whether connections keep prepared statements.</summary>
    internal bool PreparesStatements { get; } = options.FindExtension<CoreOptionsExtension>()
        ?.Interceptors?.OfType<PreparedStatements>().Any() == true;

    internal IRowQueryObserver? QueryObserver { get; } = options.FindExtension<CoreOptionsExtension>()
        ?.Interceptors?.OfType<IRowQueryObserver>().FirstOrDefault();

    internal Guid TenantOrganizationId => Tenant?.OrganizationId ?? Guid.Empty;

    internal bool TenantLivemode => Tenant?.Livemode ?? false;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        TenantStamp.Apply(ChangeTracker, Tenant, Trace);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        TenantStamp.Apply(ChangeTracker, Tenant, Trace);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override void Dispose()
    {
        Reset();
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        Reset();
        return base.DisposeAsync();
    }

    private void Reset()
    {
        (Tenant, IsReplica, Trace) = (null, false, null);
        (QueuesDeliveries, SoldTickets, LocksHotRows, HasCommitted) = (false, 0, false, false);
    }

    protected override void ConfigureConventions(
        ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var type in typeof(EquaticketDbContext).Assembly.GetTypes().Where(type => type.IsEnum))
            configurationBuilder.Properties(type).HaveConversion(typeof(WireNameConverter<>).MakeGenericType(type));
        configurationBuilder.Properties<ImmutableSortedDictionary<string, string>>()
            .HaveConversion<MetadataConverter, MetadataComparer>().HaveColumnType("jsonb");
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(EquaticketDbContext).Assembly);
        TenantFilter.Apply(modelBuilder, this);
    }
}
