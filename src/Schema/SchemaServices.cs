using Equaticket.Persistence.Team;
using Equaticket.Schema.Access;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Idempotency;
using Equaticket.Schema.Nodes;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Payments;
using Equaticket.Schema.Team;
using Equaticket.Schema.Webhooks;
using GraphQL.Types;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Schema;

/// <summary>Wires the schema and its execution into a host.</summary>
public static class SchemaServices
{
    public static IServiceCollection AddEquaticketSchema(this IServiceCollection services)
    {
        services.AddSingleton<ISchema>(provider =>
        {
            var schema = new EquaticketSchema(provider);
            schema.Initialize();
            return schema;
        });
        services.AddSingleton<AccessRules>();
        services.AddSingleton<OperationAccess>();
        services.AddSingleton<DocumentCheck>();
        services.AddSingleton<SchemaEngine>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<MutationExecutor>();
        services.AddSingleton<OperationExecutor>();
        services.AddSingleton<KnownCallers>();
        services.AddSingleton<ApiKeyDirectory>();
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton<NodeReader>();
        services.AddSingleton<OrderNumbers>();
        services.AddSingleton<HoldSweep>();
        services.AddSingleton<OrderPlacing>();
        services.AddSingleton<PaymentChoice>();
        services.AddSingleton<CheckoutProcess>();
        services.AddSingleton<StripeGateway>();
        services.AddSingleton<ApiKeyRegistry>();
        services.AddSingleton<OrganizationRegistry>();
        services.AddWebhooks();
        services.AddSingleton<UserRegistry>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        return services;
    }
}
