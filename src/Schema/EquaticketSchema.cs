using Equaticket.Schema.Access;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Events;
using Equaticket.Schema.Input;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Refunds;
using Equaticket.Schema.TicketTypes;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;
using GraphQL.MicrosoftDI;
using GraphQL.Types;

namespace Equaticket.Schema;

/// <summary>
/// The GraphQL schema. Root fields are the static methods of <see cref="Query"/> and
/// <see cref="Mutation"/>; object types are explicit, so that no column shows by accident.
/// </summary>
public sealed class EquaticketSchema : GraphQL.Types.Schema
{
    public EquaticketSchema(IServiceProvider services)
        : base(new SelfActivatingServiceProvider(services))
    {
        Description = "Equaticket: events, ticket types, orders and attendees. Every REST route is "
            + "one operation on this schema.";
        Query = new AutoRegisteringObjectGraphType<Query>();
        Mutation = new AutoRegisteringObjectGraphType<Mutation>();
        this.RegisterTypes(
            typeof(EventType), typeof(TicketTypeType), typeof(OrderType), typeof(RefundType),
            typeof(AttendeeType), typeof(WebhookType), typeof(WebhookDeliveryType));
        foreach (var directive in AccessDirectives.All().Concat(InputDirectives.All()))
            Directives.Register(directive);
        this.RegisterVisitor(new InputRules());
    }
}
