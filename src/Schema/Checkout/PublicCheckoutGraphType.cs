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
        Description = "A checkout, as shown to its buyer.";
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
            .Description("The secret token that gets or cancels the checkout. Store it: only `checkout` "
                + "returns it; null otherwise.")
            .Resolve(c => c.Source.Token);
        Field<NonNullGraphType<WireEnumGraphType<OrderStatus>>>("status")
            .Description("The status: `CONFIRMED` once paid, `FAILED` if the payment was declined.")
            .Resolve(c => c.Source.Order.Status);
        Field<NonNullGraphType<StringGraphType>>("orderNumber")
            .Description("The human-readable order number, such as `EQ-1001`.")
            .Resolve(c => OrderNumbers.Format(c.Source.Order.Number));
        Field<NonNullGraphType<IdGraphType>>("eventId")
            .Description("The id of the event.")
            .Resolve(c => c.Source.Order.EventId);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("The event's currency, as a lowercase ISO 4217 code.")
            .Resolve(c => c.Source.Order.Currency);
        Field<NonNullGraphType<MoneyGraphType>>("totalAmount")
            .Description("The amount to pay, in the currency's smallest unit.")
            .Resolve(c => c.Source.Order.TotalAmount);
        Field<UtcDateTimeGraphType>("expiresAt")
            .Description("When the hold on the tickets expires; null if no tickets are held.")
            .Resolve(c => c.Source.Order.HoldExpiresAt);
    }

    private void AddPayment()
    {
        Field<StringGraphType>("clientSecret")
            .Description("The Stripe client secret to pay with. Only `checkout` returns it; null if there is "
                + "nothing to pay.")
            .Resolve(c => c.Source.ClientSecret);
        Field<StringGraphType>("stripeAccount")
            .Description("The connected account to pass to Stripe.js with the client secret.")
            .Resolve(c => c.Source.Order.PaymentAccount);
        Field<StringGraphType>("publishableKey")
            .Description("The publishable key to pass to Stripe.js with the client secret.")
            .Resolve(c => c.Source.PublishableKey);
    }
}

public sealed class PublicTicketTypeGraphType : ObjectGraphType<Attendee>
{
    public PublicTicketTypeGraphType()
    {
        Name = "PublicTicket";
        Description = "A ticket, as shown to its buyer.";
        Field<NonNullGraphType<StringGraphType>>("ticketCode")
            .Description("The code to show at the door.")
            .Resolve(c => c.Source.TicketCode);
        Field<NonNullGraphType<StringGraphType>>("ticketTypeName")
            .Description("The name of the ticket type at the time of purchase.")
            .Resolve(c => c.Source.TicketTypeName);
        Field<NonNullGraphType<WireEnumGraphType<AttendeeStatus>>>("status")
            .Description("The ticket's status.")
            .Resolve(c => c.Source.Status);
        this.AddQrCode();
    }
}
