using Equaticket.Engine.Cost;
using Equaticket.Engine.Nodes;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks.Deliveries;

[LongLists]
public sealed class WebhookDeliveryGraphType : ObjectGraphType<WebhookDelivery>
{
    public WebhookDeliveryGraphType()
    {
        Name = "WebhookDelivery";
        Description = "The delivery of an event to one webhook. Kept for 30 days.";
        this.RequireScope(Scope.WebhooksRead);
        this.RequireRole(Role.Admin);
        Interface<NodeInterface>();
        IsTypeOf = row => row is WebhookDelivery;
        AddIdentity();
        AddProgress();
    }

    private void AddIdentity()
    {
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The unique identifier (UUID), the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<IdGraphType>>("webhookId")
            .Description("The id of the webhook.")
            .Resolve(c => c.Source.WebhookId);
        Field<NonNullGraphType<StringGraphType>>("messageId")
            .Description("The id of the event, `evt_…`, sent as the header `webhook-id` and the payload's "
                + "`id`. The same for every attempt and every webhook.")
            .Resolve(c => WebhookPayloads.MessageId(c.Source.EventId));
        Field<NonNullGraphType<WireEnumGraphType<WebhookEventType>>>("type")
            .Description("The type of the event.")
            .Resolve(c => c.Source.Type);
        Field<WebhookPayloadGraphType>("payload")
            .Description("The payload, the same for every attempt; null once it is no longer stored.")
            .Resolve(c => DeliveryLoaders.Payload(c, c.Source.EventId));
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the event occurred.")
            .Resolve(c => c.Source.CreatedAt);
    }

    private void AddProgress()
    {
        Field<NonNullGraphType<WireEnumGraphType<WebhookDeliveryStatus>>>("status")
            .Description("The status of the delivery.")
            .Resolve(c => c.Source.Status);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WebhookDeliveryAttemptGraphType>>>>("attempts")
            .Description("The requests made to the endpoint, oldest first.")
            .Resolve(c => WebhookDeliveryAttempt.Read(c.Source.Attempts))
            .FieldType.HasListSize(DeliveryQueueing.MaxAttempts);
        Field<UtcDateTimeGraphType>("nextAttemptAt")
            .Description("When the next attempt is due; null if no attempts remain.")
            .Resolve(c => DeliveryLoaders.NextAttempt(c, c.Source));
    }
}

public sealed class WebhookDeliveryAttemptGraphType : ObjectGraphType<WebhookDeliveryAttempt>
{
    public WebhookDeliveryAttemptGraphType()
    {
        Name = "WebhookDeliveryAttempt";
        Description = "A single request to a webhook endpoint.";
        Field<NonNullGraphType<UtcDateTimeGraphType>>("attemptedAt")
            .Description("When the request was sent.")
            .Resolve(c => c.Source.AttemptedAt);
        Field<IntGraphType>("responseStatus")
            .Description("The HTTP status of the response; null if there was none.")
            .Resolve(c => c.Source.ResponseStatus);
        Field<NonNullGraphType<IntGraphType>>("durationMs")
            .Description("The duration in milliseconds.")
            .Resolve(c => c.Source.DurationMs);
        Field<StringGraphType>("error")
            .Description("A human-readable reason why the attempt failed; null if it succeeded.")
            .Resolve(c => c.Source.Error);
        Field<StringGraphType>("responseBody")
            .Description("The first 1 KiB of the response body; null if there was none.")
            .Resolve(c => c.Source.ResponseBody)
            .FieldType.HasCost(1);
    }
}
