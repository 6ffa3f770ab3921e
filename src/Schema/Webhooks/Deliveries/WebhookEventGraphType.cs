using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>The <c>WebhookEvent</c> type of the schema. <see cref="WebhookEventType"/> is the event's type.</summary>
[Name(SchemaName)]
[LongLists]
public sealed class WebhookEventGraphType : ObjectGraphType<WebhookEvent>
{
    private const string SchemaName = "WebhookEvent";

    public WebhookEventGraphType()
    {
        Name = SchemaName;
        Description = "An event that is delivered to webhooks.";
        this.Leaf("messageId", "The ID shared by all deliveries of the event, `evt_…`.",
            webhookEvent => WebhookPayloads.MessageId(webhookEvent.Id));
        this.Leaf("type", "The type of the event.", webhookEvent => webhookEvent.Type);
        this.Leaf("payload", "The payload that webhooks receive.",
            webhookEvent => new RawJson(WebhookPayloads.Write(
                webhookEvent.Id, webhookEvent.Type, webhookEvent.CreatedAt, webhookEvent.Data)),
            typeof(WebhookPayloadGraphType));
        this.OptionalLeaf("requestId",
            "The `X-Request-Id` of the request that caused the event; null if it was not caused by a request.",
            webhookEvent => webhookEvent.RequestId);
        this.Leaf("createdAt", "When the event occurred.", webhookEvent => webhookEvent.CreatedAt);
        var deliveries = Field<NonNullGraphType<ListGraphType<NonNullGraphType<WebhookDeliveryGraphType>>>>(
            "deliveries")
            .Description("The deliveries of the event, oldest first: one for each webhook that subscribed to it.")
            .Resolve(c => DeliveryLoaders.OfEvent(c, c.Source.Id));
        deliveries.FieldType.RequireScope(Scope.WebhooksRead);
        deliveries.FieldType.RequireRole(Role.Admin);
    }
}
