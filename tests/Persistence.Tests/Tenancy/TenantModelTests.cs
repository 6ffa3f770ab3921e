using Equaticket.Persistence.Activity;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Emails;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Idempotency;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Payments;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Secrets;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Persistence.Webhooks;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Equaticket.Persistence.Tests.Tenancy;

/// <summary>Rules for every table, including future ones.</summary>
public sealed class TenantModelTests : PersistenceTest
{
    private const string Organization = nameof(TenantOwned.OrganizationId);
    private const string Mode = nameof(TenantOwned.Livemode);

    /// <summary>Entities that no tenant filter covers, and why none can.</summary>
    private static readonly Dictionary<Type, string> Unfiltered = new()
    {
        [typeof(Organization)] = "the tenant itself",
        [typeof(DataProtectionKey)] = "the hosts' own, which encrypts for all tenants",
        [typeof(SecretCanary)] = "the hosts' own, like the keys",
        [typeof(StripeEvent)] = "arrives before it is known whom it concerns",
        [typeof(AccountEmail)] = "goes to an address, which may have no account",
        [typeof(Passkey)] = "a person signs in to all of their organizations with it",
        [typeof(RecoveryCode)] = "a person signs in to all of their organizations with it",
        [typeof(Session)] = "a person is signed in to all of their organizations at once",
        [typeof(User)] = "a person may belong to several organizations, by memberships",
    };

    /// <summary>Rows that have a mode but are filtered only by organization, and why.</summary>
    private static readonly Dictionary<Type, string> FilteredByOrganizationAlone = new()
    {
        [typeof(ApiRequest)] = "people read the activity of both modes in one list",
        [typeof(ApiKey)] = "people manage the keys of both modes in one list",
    };

    /// <summary>A tenant's rows that have no id, and why they don't need one.</summary>
    private static readonly Dictionary<Type, string> WithoutId = new()
    {
        [typeof(IdempotencyRecord)] = "found by the caller's key alone",
        [typeof(QueuedDelivery)] = "found by its delivery, and apart from it for a while only",
        [typeof(OrderCounter)] = "one for each organization and mode, which are its key",
        [typeof(StripeAccount)] = "one for each organization and mode, which are its key",
    };

    /// <summary>Indexes of tenant tables that don't start with the tenant, and why.</summary>
    private static readonly Dictionary<(Type, string), string> ForJobs = new()
    {
        [(typeof(IdempotencyRecord), nameof(IdempotencyRecord.ExpiresAt))] =
            "one job removes expired records of all tenants",
        [(typeof(Order), nameof(Order.HoldExpiresAt))] =
            "one job releases expired checkouts of all tenants",
        [(typeof(Order), nameof(Order.CheckoutTokenHash))] =
            "a buyer has the token alone, and no key",
        [(typeof(Event), nameof(Event.Id))] =
            "a buyer names the event alone, and no organization",
        [(typeof(Event), nameof(Event.RefundsRequestedAt))] =
            "one job refunds cancelled events of all tenants",
        [(typeof(Order), nameof(Order.PaymentCheckAt))] =
            "one job polls due payments of all tenants",
        [(typeof(Order), nameof(Order.PaymentReference))] =
            "Stripe identifies a payment by its id",
        [(typeof(Refund), nameof(Refund.ProviderReference))] =
            "Stripe identifies a refund by its id",
        [(typeof(Refund), nameof(Refund.NextAttemptAt))] =
            "one job requests due refunds of all tenants",
        [(typeof(QueuedEmail), nameof(QueuedEmail.NextAttemptAt))] =
            "one job sends due items of all tenants",
        [(typeof(StripeAccount), nameof(StripeAccount.EventsCheckAt))] =
            "one job reads what Stripe could not deliver, to whomever",
        [(typeof(QueuedDelivery), nameof(QueuedDelivery.WebhookId))] =
            "one job sends due deliveries of all tenants by webhook",
        [(typeof(Webhook), nameof(Webhook.OwnerNoticeDueAt))] =
            "one job notifies owners of disabled webhooks of all tenants",
        [(typeof(ApiKey), nameof(ApiKey.ExpiryNoticeDueAt))] =
            "one job notifies owners of expiring keys of all tenants",
        [(typeof(AuditEntry), nameof(AuditEntry.RequestId))] =
            "an operator finds a request without knowing whose it is",
        [(typeof(StripeAccount), nameof(StripeAccount.AccountId))] =
            "Stripe identifies an account by its id",
    };

    private IReadOnlyList<IEntityType> _entities = [];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using var database = Contexts.Lease(null);
        _entities = [.. database.GetService<IDesignTimeModel>().Model.GetEntityTypes()];
    }

    [Fact]
    public void Every_entity_has_the_filter_of_its_owner() =>
        Assert.All(_entities.Where(entity => !Unfiltered.ContainsKey(entity.ClrType)), entity =>
        {
            Assert.True(
                entity.ClrType.IsAssignableTo(typeof(IOrganizationOwned)),
                $"{entity.Name} must be owned by an organization, or be listed here with a reason.");
            var filter = Assert.Single(entity.GetDeclaredQueryFilters()).Expression!.ToString();
            Assert.Contains("TenantOrganizationId", filter, StringComparison.Ordinal);
            Assert.Equal(
                entity.ClrType.IsAssignableTo(typeof(TenantOwned)),
                filter.Contains("TenantLivemode", StringComparison.Ordinal));
        });

    [Fact]
    public void A_row_with_a_mode_is_filtered_by_it() =>
        Assert.All(
            _entities.Where(entity => entity.FindProperty(Mode) is not null
                && !Unfiltered.ContainsKey(entity.ClrType)
                && !FilteredByOrganizationAlone.ContainsKey(entity.ClrType)),
            entity => Assert.True(entity.ClrType.IsAssignableTo(typeof(TenantOwned)), entity.Name));

    [Fact]
    public void Tables_of_a_tenant_are_keyed_tenant_first() =>
        Assert.All(OfTenants().Where(entity => !WithoutId.ContainsKey(entity.ClrType)), entity =>
        {
            var primary = Names(entity.FindPrimaryKey()!.Properties).ToList();
            Assert.Equal([Organization, "Id"], primary.Except([Mode]));
            if (entity.GetReferencingForeignKeys().Any())
            {
                Assert.Contains(entity.GetKeys(), key =>
                    Names(key.Properties).SequenceEqual([Organization, Mode, "Id"]));
            }
        });

    [Fact]
    public void Every_key_and_index_of_a_tenants_table_starts_with_the_tenant() =>
        Assert.All(OfTenants(), entity => Assert.All(
            entity.GetKeys().Select(key => key.Properties)
                .Concat(entity.GetIndexes().Select(index => index.Properties))
                .Where(properties => !ForJobs.ContainsKey((entity.ClrType, properties[0].Name))),
            properties => Assert.Equal(Organization, properties[0].Name)));

    [Fact]
    public void A_foreign_key_between_tables_of_a_tenant_contains_organization_and_mode()
    {
        var keys = OfTenants().SelectMany(entity => entity.GetForeignKeys())
            .Where(key => key.PrincipalEntityType.ClrType.IsAssignableTo(typeof(TenantOwned)))
            .ToList();
        Assert.NotEmpty(keys);
        Assert.All(keys, key =>
        {
            Assert.Equal([Organization, Mode], Names(key.Properties).Take(2));
            Assert.Equal([Organization, Mode], Names(key.PrincipalKey.Properties).Take(2));
        });
    }

    [Fact]
    public void The_lists_of_exceptions_contain_only_existing_entries() =>
        Assert.All(
            [.. Unfiltered.Keys, .. FilteredByOrganizationAlone.Keys, .. WithoutId.Keys],
            type => Assert.Contains(_entities, entity => entity.ClrType == type));

    private IEnumerable<IEntityType> OfTenants() =>
        _entities.Where(entity => entity.ClrType.IsAssignableTo(typeof(TenantOwned)));

    private static IEnumerable<string> Names(IEnumerable<IReadOnlyProperty> properties) =>
        properties.Select(property => property.Name);
}
