using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Orders;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Money;
using Equaticket.Schema.Orders;
using Equaticket.Schema.PublicListing;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Schema.Checkout;

public sealed class PublicCheckoutGraphType : ObjectGraphType<CheckoutRow>
{
    /// <summary>For <c>checkoutStatus</c>, the secret is fetched from Stripe.</summary>
    private const int SecretWeight = 20;

    public PublicCheckoutGraphType()
    {
        Name = "PublicCheckout";
        Description = "A checkout, as shown to its buyer.";
        AddOrder();
        AddBuyer();
        AddPayment();
        Field<NonNullGraphType<PublicEventGraphType>>("event")
            .Description("The event.")
            .ResolveAsync(async c => await PublicEventReader.OfOrderAsync(
                OperationContext.Of(c), c.Source.Order, c.CancellationToken));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PublicLineItemGraphType>>>>("lineItems")
            .Description("What was bought, by ticket type.")
            .ResolveFrom(row => row.LineItems)
            .FieldType.HasListSize(CartReader.MaxItems);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PublicTicketGraphType>>>>("tickets")
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
        this.Leaf("eventId", "The ID of the event.", row => row.Order.EventId);
        this.Leaf("currency", "The event's currency, as a lowercase ISO 4217 code.", row => row.Order.Currency);
        this.Leaf("totalAmount", "The amount to pay, in the currency's smallest unit.",
            row => row.Order.TotalAmount, typeof(MoneyGraphType));
        this.OptionalLeaf("expiresAt", "When the hold on the tickets expires; null if no tickets are held.",
            row => row.Order.HoldExpiresAt);
    }

    private void AddBuyer()
    {
        this.Leaf("livemode", "False for a test order.", row => row.Order.Livemode);
        this.OptionalLeaf("buyerName", "The buyer's name; null once the buyer's data is removed.",
            row => row.Order.BuyerName);
        this.OptionalLeaf("buyerEmail",
            "The email address that the tickets are sent to; null once the buyer's data is removed.",
            row => row.Order.BuyerEmail);
        this.Leaf("refundedAmount", "The amount refunded so far, in the currency's smallest unit.",
            row => row.Order.RefundedAmount, typeof(MoneyGraphType));
    }

    private void AddPayment()
    {
        Field<StringGraphType>("clientSecret")
            .Description("The Stripe client secret to pay with; null if no payment is due.")
            .ResolveAsync(async c => c.Source.ClientSecret ?? await StripeOf(c)
                .SecretAsync(OperationContext.Of(c), c.Source, c.CancellationToken))
            .FieldType.HasCost(SecretWeight);
        this.OptionalLeaf("stripeAccount", "The connected account to pass to Stripe.js with the client secret.",
            row => row.Order.PaymentAccount);
        Field<StringGraphType>("publishableKey")
            .Description("The publishable key to pass to Stripe.js with the client secret.")
            .Resolve(c => c.Source.PublishableKey ?? StripeOf(c).KeyOf(c.Source));
    }

    private static StripeCheckout StripeOf(IResolveFieldContext<CheckoutRow> context) =>
        context.RequestServices!.GetRequiredService<StripeCheckout>();
}

public sealed class PublicTicketGraphType : ObjectGraphType<Attendee>
{
    public PublicTicketGraphType()
    {
        Name = "PublicTicket";
        Description = "A ticket, as shown to its buyer.";
        this.Leaf("ticketCode", "The code to show at the door.", attendee => attendee.TicketCode);
        this.Leaf("ticketTypeName", "The name of the ticket type at the time of purchase.",
            attendee => attendee.TicketTypeName);
        this.OptionalLeaf("name", "The name on the ticket; null once the buyer's data is removed.",
            attendee => attendee.Name);
        this.Leaf("status", "The ticket's status.", attendee => attendee.Status);
        this.AddQrCode();
    }
}

public sealed class PublicLineItemGraphType : ObjectGraphType<OrderItem>
{
    public PublicLineItemGraphType()
    {
        Name = "PublicLineItem";
        Description = "The tickets of one type in an order, as shown to its buyer.";
        this.Leaf("name", "The ticket type's name at the time of purchase.", item => item.Name);
        this.Leaf("quantity", "The number of tickets.", item => item.Quantity);
        this.Leaf("unitPrice", "The price of one ticket at the time of purchase.",
            item => item.UnitPrice, typeof(MoneyGraphType));
        this.Leaf("amount", "The quantity multiplied by the unit price.",
            item => item.Quantity * item.UnitPrice, typeof(MoneyGraphType));
    }
}
