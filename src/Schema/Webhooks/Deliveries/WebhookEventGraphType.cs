using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Webhooks;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary><c>WebhookEvent</c> of the schema. <see cref="WebhookEventType"/> is what kind of event it is.</summary>
[Name(SchemaName)]
[LongLists]
public sealed class WebhookEventGraphType : ObjectGraphType<WebhookEvent>
{
    private const string SchemaName = "WebhookEvent";

    public WebhookEventGraphType()
    {
        Name = SchemaName;
        Description = "Something that happened and that webhooks are told of.";
        Field<NonNullGraphType<StringGraphType>>("messageId")
            .Description("The id that all deliveries of it share, `evt_…`.")
            .Resolve(c => WebhookPayloads.MessageId(c.Source.Id));
        Field<NonNullGraphType<WireEnumGraphType<WebhookEventType>>>("type")
            .Description("What happened.")
            .Resolve(c => c.Source.Type);
        Field<NonNullGraphType<WebhookPayloadGraphType>>("payload")
            .Description("What webhooks receive of it.")
            .Resolve(c => new RawJson(WebhookPayloads.Write(
                c.Source.Id, c.Source.Type, c.Source.CreatedAt, c.Source.Data)));
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt")
            .Description("When it happened.")
            .Resolve(c => c.Source.CreatedAt);
    }
}
