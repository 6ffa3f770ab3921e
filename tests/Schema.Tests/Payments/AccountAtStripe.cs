using System.Text.Json.Nodes;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>The Stripe stand-in's data for one connected account.</summary>
/// <param name="stripe">All data of the stand-in.</param>
/// <param name="account">The account's id, <c>acct_…</c>.</param>
internal sealed class AccountAtStripe(StripeObjects stripe, string account)
{
    public List<JsonObject> Intents =>
        [.. stripe.Intents.Values.Where(intent => (string?)intent["_account"] == account)];

    public List<JsonObject> Unpaid =>
        Intents.FindAll(i => StripeObjects.Status(i) == "requires_payment_method");

    public List<JsonObject> Paid => Intents.FindAll(i => StripeObjects.Status(i) == "succeeded");

    public List<JsonObject> Refunds => [.. stripe.Refunds.Values.Where(refund =>
        Intents.Exists(i => (string)i["id"]! == (string)refund["payment_intent"]!))];

    public List<JsonObject> PendingRefunds =>
        Refunds.FindAll(refund => StripeObjects.Status(refund) == "pending");

    /// <summary>The events, oldest first.</summary>
    public List<JsonObject> Told =>
        [.. stripe.Events.Where(said => (string?)said["account"] == account)];

    /// <returns>The total of the payment's successful refunds, in the currency's smallest unit.</returns>
    public long Refunded(JsonObject intent) => Refunds
        .Where(refund => (string)refund["payment_intent"]! == (string)intent["id"]!
            && StripeObjects.Status(refund) == "succeeded")
        .Sum(refund => (long)refund["amount"]!);
}
