using System.Globalization;
using System.Text.Json.Nodes;

namespace Equaticket.Testing.Stripe;

/// <summary>The part of Stripe's API that the product uses.</summary>
internal sealed class StripeRoutes(StripeObjects objects)
{
    public StoredAnswer Answer(StripeRequest request)
    {
        var path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, path) switch
        {
            ("POST", ["v1", "payment_intents"]) => CreateIntent(request),
            ("GET", ["v1", "payment_intents", var id]) => Get(request, objects.Intents, id),
            ("POST", ["v1", "payment_intents", var id, "cancel"]) => CancelIntent(request, id),
            ("POST", ["v1", "refunds"]) => CreateRefund(request),
            ("GET", ["v1", "refunds"]) => ListRefunds(request),
            ("GET", ["v1", "refunds", var id]) => Get(request, objects.Refunds, id),
            ("GET", ["v1", "events"]) => ListEvents(request),
            ("POST", ["v1", "accounts"]) => CreateAccount(request),
            ("POST", ["v1", "account_links"]) => CreateLink(request),
            _ => NotFound(),
        };
    }

    private StoredAnswer CreateIntent(StripeRequest request)
    {
        if (request.Unknown(
            "amount", "currency", "automatic_payment_methods", "description", "metadata") is { } fault)
            return fault;
        var id = objects.NextId("pi");
        var intent = new JsonObject
        {
            ["id"] = id,
            ["object"] = "payment_intent",
            ["amount"] = Number(request.Field("amount")),
            ["amount_received"] = 0L,
            ["currency"] = request.Field("currency"),
            ["status"] = "requires_payment_method",
            ["client_secret"] = $"{id}_secret",
            ["livemode"] = request.Livemode,
            ["metadata"] = StripeObjects.Map(request.Map("metadata")),
            ["created"] = objects.Now,
            ["_account"] = request.Account,
        };
        objects.Intents.Add(id, intent);
        return Ok(intent);
    }

    private StoredAnswer CancelIntent(StripeRequest request, string id)
    {
        if (request.Unknown() is { } fault)
            return fault;
        if (Find(request, objects.Intents, id) is not { } intent)
            return NotFound();
        if (StripeObjects.Status(intent) != "requires_payment_method")
        {
            return StoredAnswer.Error(
                400, "invalid_request_error", "You cannot cancel this PaymentIntent.",
                "payment_intent_unexpected_state");
        }

        intent["status"] = "canceled";
        objects.Tell("payment_intent.canceled", intent);
        return Ok(intent);
    }

    private StoredAnswer CreateRefund(StripeRequest request)
    {
        if (request.Unknown("payment_intent", "amount", "metadata") is { } fault)
            return fault;
        if (Find(request, objects.Intents, request.Field("payment_intent")!) is not { } intent)
            return NotFound();
        var amount = Number(request.Field("amount"));
        if (amount <= 0 || amount > objects.Left(intent))
        {
            return StoredAnswer.Error(
                400, "invalid_request_error",
                "Refund amount is greater than unrefunded amount on charge.");
        }

        var refund = objects.AddRefund(intent, amount, request.Map("metadata"));
        objects.Tell("refund.created", refund);
        return Ok(refund);
    }

    private StoredAnswer ListRefunds(StripeRequest request)
    {
        if (request.Unknown("payment_intent", "limit", "starting_after") is { } fault)
            return fault;
        var id = request.Field("payment_intent")!;
        return Find(request, objects.Intents, id) is null
            ? NotFound()
            : List("/v1/refunds", objects.Refunds.Values
                .Where(refund => (string)refund["payment_intent"]! == id).Reverse());
    }

    private StoredAnswer ListEvents(StripeRequest request)
    {
        if (request.Unknown("created", "delivery_success", "types", "limit") is { } fault)
            return fault;
        var types = request.Map("types").Values.ToHashSet(StringComparer.Ordinal);
        return List("/v1/events", objects.Events
            .Where(said => (string)said["account"]! == request.Account
                && types.Contains((string)said["type"]!)
                && (bool)said["livemode"]! == request.Livemode)
            .Reverse());
    }

    private StoredAnswer CreateAccount(StripeRequest request)
    {
        if (request.Unknown("type", "metadata") is { } fault)
            return fault;
        var account = new JsonObject
        {
            ["id"] = objects.NextId("acct"),
            ["object"] = "account",
            ["charges_enabled"] = false,
            ["payouts_enabled"] = false,
            ["details_submitted"] = false,
            ["metadata"] = StripeObjects.Map(request.Map("metadata")),
        };
        objects.Accounts.Add((string)account["id"]!, account);
        return Ok(account);
    }

    private StoredAnswer CreateLink(StripeRequest request)
    {
        if (request.Unknown("account", "type", "return_url", "refresh_url") is { } fault)
            return fault;
        return objects.Accounts.ContainsKey(request.Field("account")!)
            ? Ok(new JsonObject
            {
                ["object"] = "account_link",
                ["url"] = $"https://connect.stripe.example/{request.Field("account")}",
                ["created"] = objects.Now,
                ["expires_at"] = objects.Now + 300,
            })
            : NotFound();
    }

    private static StoredAnswer Get(
        StripeRequest request, Dictionary<string, JsonObject> kept, string id) =>
        Find(request, kept, id) is { } found ? Ok(found) : NotFound();

    /// <summary>Finds an object, unless it belongs to another account or mode.</summary>
    private static JsonObject? Find(
        StripeRequest request, Dictionary<string, JsonObject> kept, string id) =>
        kept.TryGetValue(id, out var found)
        && ((string?)found["_account"] ?? request.Account) == request.Account
        && ((bool?)found["livemode"] ?? request.Livemode) == request.Livemode
            ? found
            : null;

    private static StoredAnswer List(string url, IEnumerable<JsonObject> items) =>
        new(200, new JsonObject
        {
            ["object"] = "list",
            ["url"] = url,
            ["has_more"] = false,
            ["data"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
        });

    private static StoredAnswer Ok(JsonObject found) => new(200, found.DeepClone());

    private static StoredAnswer NotFound() => StoredAnswer.Error(
        404, "invalid_request_error", "No such object.", "resource_missing");

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}
