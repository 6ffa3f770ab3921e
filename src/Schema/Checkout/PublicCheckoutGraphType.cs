using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Persistence.Attendees;
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
            .ResolveFrom(row => row.Tickets)
            .FieldType.HasListSize(CartReader.MaxTickets);
    }

    private void AddOrder()
    {
        this.OptionalLeaf("checkoutToken",
            "The secret token that gets or cancels the checkout. Store it: only `checkout` returns it; null otherwise.",
            row => row.Token);
        this.Leaf("status", "The status: `CONFIRMED` once paid, `FAILED` if the payment was declined.",
            row => row.Order.Status);
        this.Leaf("orderNumber", "The human-readable order number, such as `EQ-1001`.",
            row => OrderNumbers.Format(row.Order.Number));
        this.Leaf("eventId", "The id of the event.", row => row.Order.EventId);
        this.Leaf("currency", "The event's currency, as a lowercase ISO 4217 code.", row => row.Order.Currency);
        this.Leaf("totalAmount", "The amount to pay, in the currency's smallest unit.",
            row => row.Order.TotalAmount, typeof(MoneyGraphType));
        this.OptionalLeaf("expiresAt", "When the hold on the tickets expires; null if no tickets are held.",
            row => row.Order.HoldExpiresAt);
    }

    private void AddPayment()
    {
        this.OptionalLeaf("clientSecret",
            "The Stripe client secret to pay with. Only `checkout` returns it; null if there is nothing to pay.",
            row => row.ClientSecret);
        this.OptionalLeaf("stripeAccount", "The connected account to pass to Stripe.js with the client secret.",
            row => row.Order.PaymentAccount);
        this.OptionalLeaf("publishableKey", "The publishable key to pass to Stripe.js with the client secret.",
            row => row.PublishableKey);
    }
}

public sealed class PublicTicketTypeGraphType : ObjectGraphType<Attendee>
{
    public PublicTicketTypeGraphType()
    {
        Name = "PublicTicket";
        Description = "A ticket, as shown to its buyer.";
        this.Leaf("ticketCode", "The code to show at the door.", attendee => attendee.TicketCode);
        this.Leaf("ticketTypeName", "The name of the ticket type at the time of purchase.",
            attendee => attendee.TicketTypeName);
        this.Leaf("status", "The ticket's status.", attendee => attendee.Status);
        this.AddQrCode();
    }
}
