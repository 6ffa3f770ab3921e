using Equaticket.Schema.Access;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Cost;
using Equaticket.Schema.Events;
using Equaticket.Schema.Input;
using Equaticket.Schema.Introspection;
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
        Features.DeprecationOfInputValues = true;
        Features.RepeatableDirectives = true;
        Filter = new OpenIntrospection();
        Query = new AutoRegisteringObjectGraphType<Query>();
        Mutation = new AutoRegisteringObjectGraphType<Mutation>();
        this.RegisterTypes(
            typeof(EventType), typeof(TicketTypeType), typeof(OrderType), typeof(RefundType),
            typeof(AttendeeType), typeof(WebhookType), typeof(WebhookDeliveryType));
        Directives.Register(
            [
                .. AccessDirectives.All(), .. InputDirectives.All(), .. CostDirectives.All(),
                new SpecifiedByDirective(),
            ]);
        this.RegisterVisitor(new InputRules());
        this.RegisterVisitor(new ListSizes());
    }

    protected override void OnBeforeInitializeType(IGraphType graphType)
    {
        IntrospectionTypes.Complete(graphType);
        base.OnBeforeInitializeType(graphType);
    }
}
