using Equaticket.Engine.Cost;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Money;
using Equaticket.Schema.Orders;
using GraphQL.Types;

namespace Equaticket.Schema.Checkout;

public sealed class PublicCheckoutGraphType : ObjectGraphType<CheckoutRow>
{
    public PublicCheckoutGraphType()
    {
        Name = "PublicCheckout";
        Description = "A checkout as its buyer sees it.";
        AddOrder();
        AddPayment();
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PublicTicketTypeGraphType>>>>("tickets")
            .Description("The tickets; empty until the checkout is confirmed.")
            .Resolve(c => c.Source.Tickets)
            .FieldType.HasListSize(CartReader.MaxTickets);
    }

    private void AddOrder()
    {
        Field<StringGraphType>("checkoutToken")
            .Description("What lets its holder follow or cancel the checkout. Keep it; it is shown only "
                + "in the answer to `checkout`.")
            .Resolve(c => c.Source.Token);
        Field<NonNullGraphType<WireEnumGraphType<OrderStatus>>>("status")
            .Description("`CONFIRMED` once it is paid; `FAILED` when the payment was declined.")
            .Resolve(c => c.Source.Order.Status);
        Field<NonNullGraphType<StringGraphType>>("orderNumber")
            .Description("The number that the organizer knows the order by, such as `EQ-1001`.")
            .Resolve(c => OrderNumbers.Format(c.Source.Order.Number));
        Field<NonNullGraphType<IdGraphType>>("eventId")
            .Description("The event.")
            .Resolve(c => c.Source.Order.EventId);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("ISO 4217 in lower case.")
            .Resolve(c => c.Source.Order.Currency);
        Field<NonNullGraphType<MoneyGraphType>>("totalAmount")
            .Description("What there is to pay.")
            .Resolve(c => c.Source.Order.TotalAmount);
        Field<UtcDateTimeGraphType>("expiresAt")
            .Description("Until then the tickets are set aside; null when nothing is.")
            .Resolve(c => c.Source.Order.HoldExpiresAt);
    }

    private void AddPayment()
    {
        Field<StringGraphType>("clientSecret")
            .Description("Stripe's client secret to pay with, in the answer to `checkout`; null where "
                + "there is nothing to pay.")
            .Resolve(c => c.Source.ClientSecret);
        Field<StringGraphType>("stripeAccount")
            .Description("The connected account that Stripe.js is to use with the client secret.")
            .Resolve(c => c.Source.Order.PaymentAccount);
        Field<StringGraphType>("publishableKey")
            .Description("The key that Stripe.js is to use with the client secret.")
            .Resolve(c => c.Source.PublishableKey);
    }
}

public sealed class PublicTicketTypeGraphType : ObjectGraphType<Attendee>
{
    public PublicTicketTypeGraphType()
    {
        Name = "PublicTicket";
        Description = "A ticket as its buyer sees it.";
        Field<NonNullGraphType<StringGraphType>>("ticketCode")
            .Description("The code that is shown at the door.")
            .Resolve(c => c.Source.TicketCode);
        Field<NonNullGraphType<StringGraphType>>("ticketTypeName")
            .Description("What was bought.")
            .Resolve(c => c.Source.TicketTypeName);
        Field<NonNullGraphType<WireEnumGraphType<AttendeeStatus>>>("status")
            .Description("Whether the ticket lets its holder in.")
            .Resolve(c => c.Source.Status);
        this.AddQrCode();
    }
}
