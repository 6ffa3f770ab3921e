using Equaticket.Engine.Access;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Federation;
using Equaticket.Engine.Fields;
using Equaticket.Engine.Nodes;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Buyers;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Consistency;
using Equaticket.Schema.Emails;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Payments;
using Equaticket.Schema.Payments.Inbound;
using Equaticket.Schema.Reading;
using Equaticket.Schema.Refunds;
using Equaticket.Schema.Team;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Feed;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema;

/// <summary>Registers the schema and the services that execute it.</summary>
public static class SchemaServices
{
    public static IServiceCollection AddEquaticketSchema(this IServiceCollection services)
    {
        services.AddOptions<SubgraphOptions>();
        services.AddSingleton(provider => new SubgraphText(
            () => new EquaticketSchema(provider, isSubgraph: false)));
        services.AddSingleton<ISchema>(provider =>
        {
            var schema = new EquaticketSchema(
                provider, provider.GetRequiredService<IOptions<SubgraphOptions>>().Value.Federation);
            schema.Initialize();
            return schema;
        });
        services.AddSingleton<IGraphTypeMappingProvider>(new LeafTypes(typeof(WireEnumGraphType<>)));
        services.AddSingleton(provider =>
            new AccessRules(provider.GetRequiredService<ISchema>(), FieldAccess.Read));
        services.AddSingleton<OperationAccess>();
        services.AddSingleton<CostModel>();
        services.AddSingleton<DocumentCheck>();
        services.AddSingleton<OperationRunner>();
        services.AddSingleton<SchemaEngine>();
        services.AddSingleton<IdempotencyStore>();
        services.AddOptions<ReadOptions>().BindConfiguration(ReadOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ReadLimiter>();
        services.AddSingleton<QueryExecutor>();
        services.AddSingleton<MutationExecutor>();
        services.AddSingleton<Rehearsal>();
        services.AddSingleton<OperationTelemetry>();
        services.AddSingleton<OperationExecutor>();
        services.AddSingleton<WebhookEventReader>();
        services.AddSingleton<WebhookEventFeed>();
        services.AddSingleton<SubscriptionExecutor>();
        services.AddSingleton<KnownCallers>();
        services.AddSingleton<ApiKeyDirectory>();
        services.AddSingleton<NodeReader>();
        services.AddSingleton(new NodeGraphTypes([.. NodeKind.All.Select(kind => kind.GraphType)]));
        services.AddSingleton<INodeReader>(provider => provider.GetRequiredService<NodeReader>());
        services.AddSingleton<OrderNumbers>();
        services.AddSingleton<OrderPlacing>();
        services.AddSingleton<PaymentChoice>();
        services.AddSingleton<CheckoutProcess>();
        services.AddSingleton<StripeGateway>();
        services.AddSingleton<ConsistencyCheck>();
        services.AddSingleton<StripeClients>();
        services.AddSingleton<StripeCheckout>();
        services.AddSingleton<StripeRefunds>();
        services.AddSingleton<StripeConnect>();
        services.AddSingleton<StripeSubjects>();
        services.AddSingleton<StripeAccountSync>();
        services.AddSingleton<StripeInbox>();
        services.AddSingleton<StripeMetrics>();
        services.AddSingleton<RefundProcess>();
        services.AddSingleton<EventRefundOrders>();
        services.AddSingleton<BackgroundWrites>();
        services.AddSingleton<Claims>();
        services.AddSingleton<TicketSigner>();
        services.AddSingleton<TicketScans>();
        services.AddEmails();
        services.AddSingleton<BuyerRedaction>();
        services.AddSingleton<ApiKeyRegistry>();
        services.AddSingleton<OrganizationRegistry>();
        services.AddWebhooks();
        services.AddTeam();
        return services;
    }
}
