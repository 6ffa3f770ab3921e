using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;
using Microsoft.OpenApi;

namespace Equaticket.RestFacade.OpenApi;

/// <summary>The <c>webhooks</c> of the document: the requests that Equaticket sends, one per event type.</summary>
internal static class WebhookObjects
{
    public static Dictionary<string, IOpenApiPathItem> All(OpenApiDocument document)
    {
        var components = new SchemaComponents(document);
        return PayloadData.All.ToDictionary(payload => payload.Type, IOpenApiPathItem (payload) =>
        {
            var path = new OpenApiPathItem();
            path.AddOperation(HttpMethod.Post, Post(payload, document, components));
            return path;
        });
    }

    private static OpenApiOperation Post(
        PayloadData payload, OpenApiDocument document, SchemaComponents components) => new()
        {
            OperationId = $"On{payload.EventType}",
            Tags = new HashSet<OpenApiTagReference> { new(Tags.Webhooks, document) },
            Summary = WireNames<WebhookEventType>.Meaning(payload.EventType).TrimEnd('.'),
            Description = $"{WireNames<WebhookEventType>.Meaning(payload.EventType)} Respond with a 2xx status within "
                + "10 seconds; any other outcome is retried. The same message can arrive more than once: recognize it "
                + "by `webhook-id`.",
            Security = [],
            Parameters =
            [
                Header("webhook-id", "The ID of the message, equal to the `id` in the body.", Schemas.Text()),
                Header(
                    "webhook-timestamp", "When it was sent, as a Unix timestamp in seconds.", Schemas.Integer()),
                Header(
                    "webhook-signature",
                    "Signatures according to the Standard Webhooks scheme, `v1,…`, separated by spaces. There are two "
                    + "for 24 hours after the secret is rotated.",
                    Schemas.Text()),
            ],
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = Media.Json(PayloadSchemas.Of(payload, components)),
            },
            Responses = new OpenApiResponses
            {
                ["2XX"] = new OpenApiResponse { Description = "You have received the message." },
                ["410"] = new OpenApiResponse
                {
                    Description = "You want no further messages: the webhook is disabled.",
                },
            },
        };

    private static OpenApiParameter Header(string name, string description, OpenApiSchema schema) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = true,
        Description = description,
        Schema = schema,
    };
}

/// <summary>Describes webhook payloads.</summary>
internal static class PayloadSchemas
{
    /// <returns>A schema that accepts the payload of any event type.</returns>
    public static IOpenApiSchema Any(SchemaComponents components) =>
        components.Add("WebhookPayload", new OpenApiSchema
        {
            Description = "What a webhook receives.",
            AnyOf = [.. PayloadData.All.Select(data => Of(data, components))],
        });

    /// <returns>A reference to the payload of one event type.</returns>
    public static IOpenApiSchema Of(PayloadData payload, SchemaComponents components)
    {
        var id = Schemas.Text().Described(
            "The ID of the event, the same in each attempt and for each webhook.");
        id.Pattern = "^evt_[0-9a-f]{32}$";
        return components.Add($"{payload.EventType}Payload", Schemas.Open(
            $"The payload of `{payload.Type}`.",
            new Dictionary<string, IOpenApiSchema>
            {
                ["id"] = id,
                ["type"] = Schemas.Choice([payload.Type]).Described("The type of the event."),
                ["created_at"] = Schemas.Text("date-time").Described("When it happened."),
                ["data"] = Schemas.Open("The data of the event.", payload.Members.ToDictionary(
                    member => member.Name, member => Value(member).Described(member.Meaning))),
            }));
    }

    private static IOpenApiSchema Value(PayloadMember member) => member.IsBuyerData
        ? Schemas.OrNull(Form(member.Form))
        : Form(member.Form);

    private static OpenApiSchema Form(PayloadForm form) => form switch
    {
        PayloadForm.Id => Schemas.Text("uuid"),
        PayloadForm.Money => Schemas.Integer("int64"),
        PayloadForm.Time => Schemas.Text("date-time"),
        _ => Schemas.Text(),
    };
}
