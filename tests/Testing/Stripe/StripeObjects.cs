using System.Text.Json.Nodes;
using Equaticket.Persistence;

namespace Equaticket.Testing.Stripe;

/// <summary>The objects of the fake Stripe, and changes to them that do not come from the product's requests.</summary>
public sealed class StripeObjects
{
    private readonly RowStamps _stamps = new(TimeProvider.System);
    private int _count;

    public Dictionary<string, JsonObject> Accounts { get; } = [];

    public Dictionary<string, JsonObject> Intents { get; } = [];

    public Dictionary<string, JsonObject> Refunds { get; } = [];

    /// <summary>The events that occurred, oldest first. The test must deliver them.</summary>
    public List<JsonObject> Events { get; } = [];

    /// <summary>The initial status of refunds: <c>succeeded</c> or <c>pending</c>.</summary>
    public string NewRefundStatus { get; set; } = "succeeded";

    /// <summary>The current time in seconds since 1970, Stripe's time format.</summary>
    public long Now => _stamps.Now().ToUnixTimeSeconds();

    public string NextId(string prefix) => $"{prefix}_{Interlocked.Increment(ref _count):D8}standin";

    /// <summary>The payment intent that was created for an order.</summary>
    public JsonObject IntentOf(string orderId) => Intents.Values.Single(
        intent => (string?)intent["metadata"]!["order_id"] == orderId);

    /// <summary>The buyer pays.</summary>
    public JsonObject Pay(JsonObject intent)
    {
        if (Status(intent) != "requires_payment_method")
            throw new InvalidOperationException("It can no longer be paid.");
        intent["status"] = "succeeded";
        intent["amount_received"] = (long)intent["amount"]!;
        return Tell("payment_intent.succeeded", intent);
    }

    /// <summary>The buyer's card is declined; the buyer may try another.</summary>
    public JsonObject Decline(JsonObject intent) => Tell("payment_intent.payment_failed", intent);

    /// <summary>A user refunds in Stripe's dashboard.</summary>
    public JsonObject Refund(
        JsonObject intent, long amount, Dictionary<string, string>? metadata = null)
    {
        var refund = AddRefund(intent, amount, metadata ?? []);
        Tell("refund.created", refund);
        Tell("charge.refunded", Charge(intent));
        return refund;
    }

    public JsonObject AddRefund(
        JsonObject intent, long amount, Dictionary<string, string> metadata)
    {
        var refund = new JsonObject
        {
            ["id"] = NextId("re"),
            ["object"] = "refund",
            ["amount"] = amount,
            ["currency"] = (string)intent["currency"]!,
            ["payment_intent"] = (string)intent["id"]!,
            ["charge"] = (string)Charge(intent)["id"]!,
            ["status"] = NewRefundStatus,
            ["metadata"] = Map(metadata),
            ["created"] = Now,
        };
        Refunds.Add((string)refund["id"]!, refund);
        return refund;
    }

    /// <summary>The part of a payment that is not refunded.</summary>
    public long Left(JsonObject intent) => (long)intent["amount_received"]! - Refunds.Values
        .Where(refund => (string)refund["payment_intent"]! == (string)intent["id"]!
            && Status(refund) is "succeeded" or "pending")
        .Sum(refund => (long)refund["amount"]!);

    /// <summary>The bank reports the outcome of a refund.</summary>
    public JsonObject EndRefund(JsonObject refund, string status)
    {
        refund["status"] = status;
        return Tell(status == "failed" ? "refund.failed" : "refund.updated", refund);
    }

    /// <summary>A dispute is opened and decided: <c>won</c> or <c>lost</c>.</summary>
    public JsonObject Dispute(JsonObject intent, string status)
    {
        var dispute = new JsonObject
        {
            ["id"] = NextId("dp"),
            ["object"] = "dispute",
            ["amount"] = (long)intent["amount"]!,
            ["currency"] = (string)intent["currency"]!,
            ["payment_intent"] = (string)intent["id"]!,
            ["status"] = "needs_response",
        };
        Tell("charge.dispute.created", dispute, intent);
        dispute["status"] = status;
        return Tell("charge.dispute.closed", dispute, intent);
    }

    /// <summary>Records an event with a copy of the object.</summary>
    public JsonObject Tell(string type, JsonObject subject, JsonObject? intent = null)
    {
        intent ??= (string?)subject["payment_intent"] is { } id ? Intents[id] : subject;
        var shown = subject.DeepClone().AsObject();
        shown.Remove("_account");
        var said = new JsonObject
        {
            ["id"] = NextId("evt"),
            ["object"] = "event",
            ["api_version"] = "2025-01-01",
            ["created"] = Now,
            ["livemode"] = (bool)intent["livemode"]!,
            ["pending_webhooks"] = 1,
            ["type"] = type,
            ["account"] = (string?)intent["_account"] ?? (string)subject["id"]!,
            ["data"] = new JsonObject { ["object"] = shown },
        };
        Events.Add(said);
        return said;
    }

    public static JsonObject Map(Dictionary<string, string> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    public static string Status(JsonObject node) => (string)node["status"]!;

    /// <summary>The charge of an intent. Since 2022, charges no longer contain their refunds.</summary>
    private static JsonObject Charge(JsonObject intent) => new()
    {
        ["id"] = ((string)intent["id"]!).Replace("pi_", "ch_", StringComparison.Ordinal),
        ["object"] = "charge",
        ["amount"] = (long)intent["amount"]!,
        ["currency"] = (string)intent["currency"]!,
        ["payment_intent"] = (string)intent["id"]!,
    };
}
