using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>The <c>webhooks</c> of the document: the requests that we make, one for each type.</summary>
internal static class WebhookObjects
{
    public static JsonObject All(SchemaComponents components) =>
        new(PayloadData.All.Select(payload => KeyValuePair.Create<string, JsonNode?>(
            payload.Type, new JsonObject { ["post"] = Post(payload, components) })));

    private static JsonObject Post(PayloadData payload, SchemaComponents components) => new()
    {
        ["operationId"] = $"On{payload.EventType}",
        ["tags"] = new JsonArray("Webhooks"),
        ["summary"] = Meaning(payload.EventType).TrimEnd('.'),
        ["description"] = Meaning(payload.EventType) + " Answer 2xx within 10 seconds; anything else is "
            + "retried. The same message may come more than once: tell it by `webhook-id`.",
        ["security"] = new JsonArray(),
        ["parameters"] = new JsonArray(
            Header("webhook-id", "The id of the message, the `id` of the body.", "string"),
            Header("webhook-timestamp", "When it was sent, in seconds since 1970.", "integer"),
            Header(
                "webhook-signature",
                "Signatures by the Standard Webhooks scheme, `v1,…`, separated by spaces: two for 24 "
                + "hours after the secret was rotated.",
                "string")),
        ["requestBody"] = new JsonObject
        {
            ["required"] = true,
            ["content"] = MediaTypes.Json(PayloadSchemas.Of(payload, components)),
        },
        ["responses"] = new JsonObject
        {
            ["2XX"] = new JsonObject { ["description"] = "You have it." },
            ["410"] = new JsonObject { ["description"] = "You want no more: the webhook is disabled." },
        },
    };

    private static JsonObject Header(string name, string description, string type) => new()
    {
        ["name"] = name,
        ["in"] = "header",
        ["required"] = true,
        ["description"] = description,
        ["schema"] = TypeSchemas.Typed(type),
    };

    private static string Meaning(WebhookEventType type) => typeof(WebhookEventType)
        .GetField($"{type}")!.GetCustomAttribute<DescriptionAttribute>()!.Description;
}
