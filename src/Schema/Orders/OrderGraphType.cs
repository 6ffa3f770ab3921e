using Equaticket.Engine.Nodes;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Money;
using Equaticket.Schema.Reading;
using Equaticket.Schema.Refunds;
using GraphQL.Types;

namespace Equaticket.Schema.Orders;

[LongLists]
public sealed class OrderGraphType : ObjectGraphType<Order>
{
    public OrderGraphType()
    {
        Name = "Order";
        Description = "A buyer's purchase of tickets for one event. Amounts are in the currency's "
            + "smallest unit.";
        this.RequireScope(Scope.OrdersRead);
        this.RequireRole(Role.EventManager);
        Interface<NodeInterface>();
        IsTypeOf = row => row is Order;
        AddIdentity();
        AddBuyer();
        AddAmounts();
        AddParts();
        AddTimes();
        AddLinks();
    }

    private void AddIdentity()
    {
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The unique identifier (UUID), the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<BooleanGraphType>>("livemode")
            .Description("False for test data.")
            .Resolve(c => c.Source.Livemode);
        Field<NonNullGraphType<BooleanGraphType>>("isTestData")
            .Description("True for test data, which is excluded from all statistics and sends no e-mail.")
            .Resolve(c => !c.Source.Livemode);
        Field<NonNullGraphType<StringGraphType>>("orderNumber")
            .Description("The human-readable order number, such as `EQ-1001`. Numbers increase; gaps are "
                + "possible.")
            .Resolve(c => OrderNumbers.Format(c.Source.Number));
        Field<NonNullGraphType<IdGraphType>>("eventId")
            .Description("The id of the event that the tickets are for.")
            .Resolve(c => c.Source.EventId);
        Field<NonNullGraphType<WireEnumGraphType<OrderStatus>>>("status")
            .Description("The order's status.")
            .Resolve(c => c.Source.Status);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("The version number, from 1. Status changes and refunds increment it.")
            .Resolve(c => c.Source.Version);
    }

    private void AddBuyer()
    {
        Field<StringGraphType>("buyerName")
            .Description("The buyer's name; null once the buyer's data is removed.")
            .Resolve(c => c.Source.BuyerName);
        Field<StringGraphType>("buyerEmail")
            .Description("The buyer's e-mail address as entered; null once the buyer's data is removed.")
            .Resolve(c => c.Source.BuyerEmail);
    }

    private void AddAmounts()
    {
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("The event's currency, as a lowercase ISO 4217 code.")
            .Resolve(c => c.Source.Currency);
        Field<NonNullGraphType<MoneyGraphType>>("subtotalAmount")
            .Description("The sum of the line items.")
            .Resolve(c => c.Source.SubtotalAmount);
        Field<NonNullGraphType<MoneyGraphType>>("discountAmount")
            .Description("The discount subtracted from the subtotal.")
            .Resolve(c => c.Source.DiscountAmount);
        Field<NonNullGraphType<MoneyGraphType>>("taxAmount")
            .Description("The tax added to the subtotal.")
            .Resolve(c => c.Source.TaxAmount);
        Field<NonNullGraphType<MoneyGraphType>>("feeAmount")
            .Description("The fees added to the subtotal.")
            .Resolve(c => c.Source.FeeAmount);
        Field<NonNullGraphType<MoneyGraphType>>("totalAmount")
            .Description("The amount the buyer pays: subtotal minus discount, plus tax and fees.")
            .Resolve(c => c.Source.TotalAmount);
        Field<NonNullGraphType<MoneyGraphType>>("refundedAmount")
            .Description("The sum of all succeeded refunds.")
            .Resolve(c => c.Source.RefundedAmount);
    }

    private void AddParts()
    {
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OrderLineItemGraphType>>>>("lineItems")
            .Description("The line items, one per ticket type.")
            .Resolve(c => OrderLoaders.Items(c, c.Source.Id));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<RefundGraphType>>>>("refunds")
            .Description("The refunds, including failed ones, oldest first.")
            .Resolve(c => OrderLoaders.Refunds(c, c.Source.Id))
            .FieldType.RequireCaller();
        Field<OrderPaymentGraphType>("payment")
            .Description("The payment; null if there is nothing to pay.")
            .Resolve(c => c.Source.PaymentProvider is null ? null : c.Source);
    }

    private void AddTimes()
    {
        Field<UtcDateTimeGraphType>("confirmedAt")
            .Description("When the order was confirmed; null before.")
            .Resolve(c => c.Source.ConfirmedAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the order was created, at the start of checkout.")
            .Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("updatedAt")
            .Description("When the order was last updated.")
            .Resolve(c => c.Source.UpdatedAt);
    }

    private void AddLinks()
    {
        Field<NonNullGraphType<EventGraphType>>("event")
            .Description("The event that the tickets are for.")
            .Resolve(c => EventLoaders.Rows.ById(c, c.Source.EventId))
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<ConnectionGraphType<AttendeeGraphType, Attendee>>>("attendees")
            .Description("The order's tickets, newest first; empty until the order is confirmed.")
            .ResolveChildren(AttendeeLoaders.OfOrders)
            .ForReaders(Scope.AttendeesRead, Role.EventManager);
    }
}
