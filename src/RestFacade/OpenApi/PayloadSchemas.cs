using System.Text.Json.Nodes;
using Equaticket.Engine.Input;
using Equaticket.Schema.Webhooks.Deliveries;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>Says in JSON Schema what a webhook receives.</summary>
internal static class PayloadSchemas
{
    private const string Suffix = "Payload";

    /// <returns>A schema that takes the payload of any type.</returns>
    public static JsonObject Any(SchemaComponents components) =>
        components.Add("WebhookPayload", new JsonObject
        {
            ["description"] = "What a webhook receives.",
            ["anyOf"] = new JsonArray([.. PayloadData.All.Select(data => Of(data, components))]),
        });

    /// <returns>A reference to the payload of one type.</returns>
    public static JsonObject Of(PayloadData payload, SchemaComponents components) =>
        components.Add($"{payload.EventType}{Suffix}", Open(
            $"The payload of `{payload.Type}`.",
            new JsonObject
            {
                ["id"] = Described(Pattern("^evt_[0-9a-f]{32}$"),
                    "The id of the event, the same at each attempt and for each webhook."),
                ["type"] = new JsonObject
                {
                    ["type"] = "string",
                    ["enum"] = new JsonArray(payload.Type),
                    ["description"] = "What happened.",
                },
                ["created_at"] = Described(TypeSchemas.Typed("string", "date-time"), "When it happened."),
                ["data"] = Data(payload),
            }));

    private static JsonObject Data(PayloadData payload) => Open(
        "What it happened to.",
        new JsonObject(payload.Members.Select(member => KeyValuePair.Create<string, JsonNode?>(
            member.Name, Described(Value(member), member.Meaning)))));

    /// <summary>
    /// An object that may get further members: receivers that validate what they get shall not refuse
    /// them.
    /// </summary>
    private static JsonObject Open(string description, JsonObject properties)
    {
        var schema = ObjectSchemas.Full(description, properties);
        schema.Remove("additionalProperties");
        return schema;
    }

    private static JsonObject Value(PayloadMember member) => member.IsBuyerData
        ? TypeSchemas.OrNull(Form(member.Form))
        : Form(member.Form);

    private static JsonObject Form(PayloadForm form) => form switch
    {
        PayloadForm.Id => TypeSchemas.Typed("string", "uuid"),
        PayloadForm.Money => TypeSchemas.Typed("integer", "int64"),
        PayloadForm.Time => TypeSchemas.Typed("string", "date-time"),
        _ => TypeSchemas.Typed("string"),
    };

    private static JsonObject Pattern(string pattern)
    {
        var schema = TypeSchemas.Typed("string");
        schema["pattern"] = pattern;
        return schema;
    }

    private static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }
}
