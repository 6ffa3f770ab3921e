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
        Description = "One buyer's purchase of tickets for one event. Amounts are in the currency's "
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
            .Description("Its id, a UUID, the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<BooleanGraphType>>("livemode")
            .Description("False for test data.")
            .Resolve(c => c.Source.Livemode);
        Field<NonNullGraphType<BooleanGraphType>>("isTestData")
            .Description("True for test data, which counts in no figure and sends no e-mail.")
            .Resolve(c => !c.Source.Livemode);
        Field<NonNullGraphType<StringGraphType>>("orderNumber")
            .Description("What people call the order by, such as `EQ-1001`. Counts up; gaps are "
                + "possible.")
            .Resolve(c => OrderNumbers.Format(c.Source.Number));
        Field<NonNullGraphType<IdGraphType>>("eventId")
            .Description("The event that the tickets are for.")
            .Resolve(c => c.Source.EventId);
        Field<NonNullGraphType<WireEnumGraphType<OrderStatus>>>("status")
            .Description("Where the order is in its life.")
            .Resolve(c => c.Source.Status);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("Counts changes of status and refunds, from 1.")
            .Resolve(c => c.Source.Version);
    }

    private void AddBuyer()
    {
        Field<StringGraphType>("buyerName")
            .Description("Who bought; null once the buyer's data was removed.")
            .Resolve(c => c.Source.BuyerName);
        Field<StringGraphType>("buyerEmail")
            .Description("The buyer's address as it was given; null once the buyer's data was removed.")
            .Resolve(c => c.Source.BuyerEmail);
    }

    private void AddAmounts()
    {
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("ISO 4217 in lower case; that of the event.")
            .Resolve(c => c.Source.Currency);
        Field<NonNullGraphType<MoneyGraphType>>("subtotalAmount")
            .Description("The sum of the line items.")
            .Resolve(c => c.Source.SubtotalAmount);
        Field<NonNullGraphType<MoneyGraphType>>("discountAmount")
            .Description("What is taken off the subtotal.")
            .Resolve(c => c.Source.DiscountAmount);
        Field<NonNullGraphType<MoneyGraphType>>("taxAmount")
            .Description("Tax on top of the subtotal.")
            .Resolve(c => c.Source.TaxAmount);
        Field<NonNullGraphType<MoneyGraphType>>("feeAmount")
            .Description("Fees on top of the subtotal.")
            .Resolve(c => c.Source.FeeAmount);
        Field<NonNullGraphType<MoneyGraphType>>("totalAmount")
            .Description("What the buyer pays: subtotal less discount, plus tax and fee.")
            .Resolve(c => c.Source.TotalAmount);
        Field<NonNullGraphType<MoneyGraphType>>("refundedAmount")
            .Description("The sum of the refunds that succeeded.")
            .Resolve(c => c.Source.RefundedAmount);
    }

    private void AddParts()
    {
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<OrderLineItemGraphType>>>>("lineItems")
            .Description("What was bought, one entry for each ticket type.")
            .Resolve(c => OrderLoaders.Items(c, c.Source.Id));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<RefundGraphType>>>>("refunds")
            .Description("The refunds, oldest first, those that failed among them.")
            .Resolve(c => OrderLoaders.Refunds(c, c.Source.Id))
            .FieldType.RequireCaller();
        Field<OrderPaymentGraphType>("payment")
            .Description("How it was paid; null when there is nothing to pay.")
            .Resolve(c => c.Source.PaymentProvider is null ? null : c.Source);
    }

    private void AddTimes()
    {
        Field<DateTimeGraphType>("confirmedAt")
            .Description("When it was paid, or taken if free; null before.")
            .Resolve(c => c.Source.ConfirmedAt);
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt")
            .Description("When the checkout began.")
            .Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<DateTimeGraphType>>("updatedAt")
            .Description("When the order last changed.")
            .Resolve(c => c.Source.UpdatedAt);
    }

    private void AddLinks()
    {
        Field<NonNullGraphType<EventGraphType>>("event")
            .Description("The event that the tickets are for.")
            .Resolve(c => EventLoaders.Rows.ById(c, c.Source.EventId))
            .ForReaders(Scope.EventsRead, Role.CheckInOnly);
        Field<NonNullGraphType<ConnectionGraphType<AttendeeGraphType, Attendee>>>("attendees")
            .Description("The tickets of the order, newest first; none until it is confirmed.")
            .ResolveChildren(AttendeeLoaders.OfOrders)
            .ForReaders(Scope.AttendeesRead, Role.EventManager);
    }
}
