using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Webhooks;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary><c>WebhookEvent</c> of the schema. <see cref="WebhookEventType"/> is the type of event.</summary>
[Name(SchemaName)]
[LongLists]
public sealed class WebhookEventGraphType : ObjectGraphType<WebhookEvent>
{
    private const string SchemaName = "WebhookEvent";

    public WebhookEventGraphType()
    {
        Name = SchemaName;
        Description = "An event that is delivered to webhooks.";
        Field<NonNullGraphType<StringGraphType>>("messageId")
            .Description("The id shared by all deliveries of the event, `evt_…`.")
            .Resolve(c => WebhookPayloads.MessageId(c.Source.Id));
        Field<NonNullGraphType<WireEnumGraphType<WebhookEventType>>>("type")
            .Description("The type of the event.")
            .Resolve(c => c.Source.Type);
        Field<NonNullGraphType<WebhookPayloadGraphType>>("payload")
            .Description("The payload that webhooks receive.")
            .Resolve(c => new RawJson(WebhookPayloads.Write(
                c.Source.Id, c.Source.Type, c.Source.CreatedAt, c.Source.Data)));
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the event occurred.")
            .Resolve(c => c.Source.CreatedAt);
    }
}
