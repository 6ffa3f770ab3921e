using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
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
        this.IsNode(Scope.OrdersRead, Role.EventManager);
        AddIdentity();
        AddBuyer();
        AddAmounts();
        AddParts();
        AddTimes();
        AddLinks();
    }

    private void AddIdentity()
    {
        this.Leaf("id", "The unique identifier (UUID), the same in every API.", order => order.Id);
        this.Leaf("livemode", "False for test data.", order => order.Livemode);
        this.Leaf("isTestData", "True for test data, which is excluded from all statistics and sends no email.",
            order => !order.Livemode);
        this.Leaf("orderNumber",
            "The human-readable order number, such as `EQ-1001`. Numbers increase; gaps are possible.",
            order => OrderNumbers.Format(order.Number));
        this.Leaf("eventId", "The ID of the event that the tickets are for.", order => order.EventId);
        this.Leaf("status", "The order's status.", order => order.Status);
        this.Leaf("version", "The version number, from 1. Status changes and refunds increment it.",
            order => order.Version);
    }

    private void AddBuyer()
    {
        this.OptionalLeaf("buyerName", "The buyer's name; null once the buyer's data is removed.",
            order => order.BuyerName);
        this.OptionalLeaf("buyerEmail", "The buyer's email address as entered; null once the buyer's data is removed.",
            order => order.BuyerEmail);
    }

    private void AddAmounts()
    {
        this.Leaf("currency", "The event's currency, as a lowercase ISO 4217 code.", order => order.Currency);
        this.Leaf("subtotalAmount", "The sum of the line items.",
            order => order.SubtotalAmount, typeof(MoneyGraphType));
        this.Leaf("discountAmount", "The discount subtracted from the subtotal.",
            order => order.DiscountAmount, typeof(MoneyGraphType));
        this.Leaf("taxAmount", "The tax added to the subtotal.", order => order.TaxAmount, typeof(MoneyGraphType));
        this.Leaf("feeAmount", "The fees added to the subtotal.", order => order.FeeAmount, typeof(MoneyGraphType));
        this.Leaf("totalAmount", "The amount the buyer pays: subtotal minus discount, plus tax and fees.",
            order => order.TotalAmount, typeof(MoneyGraphType));
        this.Leaf("refundedAmount", "The sum of all succeeded refunds.",
            order => order.RefundedAmount, typeof(MoneyGraphType));
    }

    private void AddParts()
    {
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OrderLineItemGraphType>>>>("lineItems")
            .Description("The line items, one per ticket type.")
            .ResolveBatch(order => order.Id, OrderLoaders.Items);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<RefundGraphType>>>>("refunds")
            .Description("The refunds, including failed ones, oldest first.")
            .ResolveBatch(order => order.Id, OrderLoaders.Refunds)
            .FieldType.RequireCaller();
        Field<OrderPaymentGraphType>("payment")
            .Description("The payment; null if there is nothing to pay.")
            .ResolveFrom(order => order.PaymentProvider == null ? null : order);
    }

    private void AddTimes()
    {
        Field<StringGraphType>("requestId")
            .Description("The `X-Request-Id` of the request that confirmed the order; null before, if no request did, "
                + "and after 35 days.")
            .Resolve(c => OrderLoaders.RequestId(c, c.Source.Id))
            .FieldType.RequireCaller();
        this.OptionalLeaf("confirmedAt", "When the order was confirmed; null until it is.", order => order.ConfirmedAt);
        this.Leaf("createdAt", "When the order was created, at the start of checkout.", order => order.CreatedAt);
        this.Leaf("updatedAt", "When the order was last updated.", order => order.UpdatedAt);
    }

    private void AddLinks()
    {
        Field<NonNullGraphType<EventGraphType>>("event")
            .Description("The event that the tickets are for.")
            .ResolveBatch(order => order.EventId, EventReader.Rows.ById)
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<ConnectionGraphType<AttendeeGraphType, Attendee>>>("attendees")
            .Description("The order's tickets, newest first; empty until the order is confirmed.")
            .ResolveChildren(AttendeeReader.OfOrders)
            .ForReaders(Scope.AttendeesRead, Role.EventManager);
    }
}

public sealed class OrderLineItemGraphType : ObjectGraphType<OrderItem>
{
    public OrderLineItemGraphType()
    {
        Name = "OrderLineItem";
        Description = "The tickets of one type in an order, as they were at the time of purchase.";
        this.Leaf("ticketTypeId",
            "The ticket type's ID. The ticket type may have been deleted if the order was never paid.",
            item => item.TicketTypeId);
        this.Leaf("name", "The ticket type's name at the time of purchase.", item => item.Name);
        this.Leaf("quantity", "The number of tickets.", item => item.Quantity);
        this.Leaf("unitPrice", "The price of one ticket at the time of purchase.",
            item => item.UnitPrice, typeof(MoneyGraphType));
        this.Leaf("amount", "The quantity multiplied by the unit price.",
            item => item.Quantity * item.UnitPrice, typeof(MoneyGraphType));
    }
}

public sealed class OrderPaymentGraphType : ObjectGraphType<Order>
{
    public OrderPaymentGraphType()
    {
        Name = "OrderPayment";
        Description = "The payment of an order.";
        this.Leaf("provider", "The payment provider.", order => order.PaymentProvider!.Value);
        this.OptionalLeaf("reference",
            "The provider's ID for the payment, such as Stripe's `pi_…`; null until one is assigned.",
            order => order.PaymentReference);
        this.Leaf("status", "The payment's status.", order => order.PaymentStatus!.Value);
    }
}
