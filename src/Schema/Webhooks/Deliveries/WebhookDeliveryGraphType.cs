using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks.Deliveries;

[LongLists]
public sealed class WebhookDeliveryGraphType : ObjectGraphType<WebhookDelivery>
{
    public WebhookDeliveryGraphType()
    {
        Name = "WebhookDelivery";
        Description = "The delivery of an event to one webhook. Kept for 30 days.";
        this.IsNode(Scope.WebhooksRead, Role.Admin);
        AddIdentity();
        AddProgress();
    }

    private void AddIdentity()
    {
        this.Leaf("id", "The unique identifier (UUID), the same in every API.", delivery => delivery.Id);
        this.Leaf("webhookId", "The ID of the webhook.", delivery => delivery.WebhookId);
        this.Leaf("messageId",
            "The ID of the event, `evt_…`, sent as the header `webhook-id` and the payload's `id`. The same for "
                + "every attempt and every webhook.",
            delivery => WebhookPayloads.MessageId(delivery.EventId));
        this.Leaf("type", "The type of the event.", delivery => delivery.Type);
        Field<WebhookPayloadGraphType>("payload")
            .Description("The payload, the same for every attempt; null once it is no longer stored.")
            .Resolve(c => DeliveryLoaders.Payload(c, c.Source.EventId));
        Field<StringGraphType>("requestId")
            .Description("The `X-Request-Id` of the request that caused the event; null if it was not caused by a "
                + "request or is no longer stored.")
            .Resolve(c => DeliveryLoaders.RequestId(c, c.Source.EventId));
        this.Leaf("createdAt", "When the event occurred.", delivery => delivery.CreatedAt);
    }

    private void AddProgress()
    {
        this.Leaf("status", "The status of the delivery.", delivery => delivery.Status);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WebhookDeliveryAttemptGraphType>>>>("attempts")
            .Description("The requests made to the endpoint, oldest first.")
            .ResolveFrom(delivery => WebhookDeliveryAttempt.Read(delivery.Attempts))
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
        this.Leaf("attemptedAt", "When the request was sent.", attempt => attempt.AttemptedAt);
        this.OptionalLeaf("responseStatus", "The HTTP status of the response; null if there was none.",
            attempt => attempt.ResponseStatus);
        this.Leaf("durationMs", "The duration in milliseconds.", attempt => attempt.DurationMs);
        this.OptionalLeaf("outcome",
            "The outcome of the attempt; null for attempts that got no response and were made by an older version.",
            attempt => attempt.Ending);
        this.OptionalLeaf("error", "A human-readable reason why the attempt failed; null if it succeeded.",
            attempt => attempt.Error);
        this.OptionalLeaf("responseBody", "The first 1 KiB of the response body; null if there was none.",
            attempt => attempt.ResponseBody).HasCost(1);
    }
}

/// <summary>The number of requeued deliveries.</summary>
public sealed record RedeliveredWebhooks(int Count);

public sealed class RedeliveredWebhooksGraphType : ObjectGraphType<RedeliveredWebhooks>
{
    public RedeliveredWebhooksGraphType()
    {
        Name = "RedeliveredWebhooks";
        Description = "The result of redelivering failed webhook messages.";
        this.Leaf("count", "The number of messages to redeliver. If it is 10,000, more may remain: repeat the request.",
            redelivered => redelivered.Count);
    }
}
