using Equaticket.Persistence.Team;
using Equaticket.Schema.Access;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Buyers;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Consistency;
using Equaticket.Schema.Cost;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Federation;
using Equaticket.Schema.Idempotency;
using Equaticket.Schema.Nodes;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Payments;
using Equaticket.Schema.Payments.Inbound;
using Equaticket.Schema.Refunds;
using Equaticket.Schema.Subscriptions;
using Equaticket.Schema.Team;
using Equaticket.Schema.Validation;
using Equaticket.Schema.Webhooks;
using GraphQL.Types;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema;

/// <summary>Wires the schema and its execution into a host.</summary>
public static class SchemaServices
{
    public static IServiceCollection AddEquaticketSchema(this IServiceCollection services)
    {
        services.AddOptions<SubgraphOptions>();
        services.AddSingleton<SubgraphText>();
        services.AddSingleton<ISchema>(provider =>
        {
            var schema = new EquaticketSchema(
                provider, provider.GetRequiredService<IOptions<SubgraphOptions>>().Value.Federation);
            schema.Initialize();
            return schema;
        });
        services.AddSingleton<AccessRules>();
        services.AddSingleton<OperationAccess>();
        services.AddSingleton<CostModel>();
        services.AddSingleton<DocumentCheck>();
        services.AddSingleton<SchemaEngine>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<MutationExecutor>();
        services.AddSingleton<OperationExecutor>();
        services.AddSingleton<OccurrenceReader>();
        services.AddSingleton<OccurrenceFeed>();
        services.AddSingleton<SubscriptionExecutor>();
        services.AddSingleton<KnownCallers>();
        services.AddSingleton<ApiKeyDirectory>();
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton<NodeReader>();
        services.AddSingleton<OrderNumbers>();
        services.AddSingleton<HoldSweep>();
        services.AddSingleton<OrderPlacing>();
        services.AddSingleton<PaymentChoice>();
        services.AddSingleton<CheckoutProcess>();
        services.AddSingleton<OrderSimulation>();
        services.AddSingleton<StripeGateway>();
        services.AddSingleton<ConsistencyCheck>();
        services.AddSingleton<StripeClients>();
        services.AddSingleton<StripeCheckout>();
        services.AddSingleton<StripeRefunds>();
        services.AddSingleton<StripeConnect>();
        services.AddSingleton<StripeSubjects>();
        services.AddSingleton<StripeAccountNews>();
        services.AddSingleton<StripeInbox>();
        services.AddSingleton<StripeMetrics>();
        services.AddSingleton<MissedStripeEvents>();
        services.AddSingleton<PaymentReconciliation>();
        services.AddSingleton<RefundProcess>();
        services.AddSingleton<RefundWork>();
        services.AddSingleton<EventRefundOrders>();
        services.AddSingleton<EventRefunds>();
        services.AddSingleton<BackgroundWrites>();
        services.AddSingleton<TicketSigner>();
        services.AddSingleton<TicketScans>();
        services.AddEmails();
        services.AddSingleton<BuyerRedaction>();
        services.AddSingleton<ApiKeyRegistry>();
        services.AddSingleton<OrganizationRegistry>();
        services.AddWebhooks();
        services.AddSingleton<UserRegistry>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        return services;
    }
}
