using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Webhooks;
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
        this.Leaf("messageId", "The id shared by all deliveries of the event, `evt_…`.",
            webhookEvent => WebhookPayloads.MessageId(webhookEvent.Id));
        this.Leaf("type", "The type of the event.", webhookEvent => webhookEvent.Type);
        this.Leaf("payload", "The payload that webhooks receive.",
            webhookEvent => new RawJson(WebhookPayloads.Write(
                webhookEvent.Id, webhookEvent.Type, webhookEvent.CreatedAt, webhookEvent.Data)),
            typeof(WebhookPayloadGraphType));
        this.Leaf("createdAt", "When the event occurred.", webhookEvent => webhookEvent.CreatedAt);
    }
}
