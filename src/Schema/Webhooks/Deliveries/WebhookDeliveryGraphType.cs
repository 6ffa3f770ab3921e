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
        Description = "An event on its way to one webhook. Kept for 30 days.";
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
            .Description("Its id, a UUID, the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<IdGraphType>>("webhookId")
            .Description("The webhook that it goes to.")
            .Resolve(c => c.Source.WebhookId);
        Field<NonNullGraphType<StringGraphType>>("messageId")
            .Description("The id of the event, `evt_…`: the header `webhook-id` and the `id` of the "
                + "payload. The same at each attempt and for each webhook.")
            .Resolve(c => WebhookPayloads.MessageId(c.Source.EventId));
        Field<NonNullGraphType<WireEnumGraphType<WebhookEventType>>>("type")
            .Description("What happened.")
            .Resolve(c => c.Source.Type);
        Field<WebhookPayloadGraphType>("payload")
            .Description("What is sent, the same at each attempt; null once it is no longer kept.")
            .Resolve(c => DeliveryLoaders.Payload(c, c.Source.EventId));
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt")
            .Description("When the event happened.")
            .Resolve(c => c.Source.CreatedAt);
    }

    private void AddProgress()
    {
        Field<NonNullGraphType<WireEnumGraphType<WebhookDeliveryStatus>>>("status")
            .Description("What became of it.")
            .Resolve(c => c.Source.Status);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WebhookDeliveryAttemptGraphType>>>>("attempts")
            .Description("The requests that were made, oldest first.")
            .Resolve(c => WebhookDeliveryAttempt.Read(c.Source.Attempts))
            .FieldType.HasListSize(DeliveryQueueing.MaxAttempts);
        Field<DateTimeGraphType>("nextAttemptAt")
            .Description("When it is attempted next; null when no attempt is left.")
            .Resolve(c => DeliveryLoaders.NextAttempt(c, c.Source));
    }
}

public sealed class WebhookDeliveryAttemptGraphType : ObjectGraphType<WebhookDeliveryAttempt>
{
    public WebhookDeliveryAttemptGraphType()
    {
        Name = "WebhookDeliveryAttempt";
        Description = "One request to an endpoint.";
        Field<NonNullGraphType<DateTimeGraphType>>("attemptedAt")
            .Description("When it was sent.")
            .Resolve(c => c.Source.AttemptedAt);
        Field<IntGraphType>("responseStatus")
            .Description("The HTTP status of the answer; null when none came.")
            .Resolve(c => c.Source.ResponseStatus);
        Field<NonNullGraphType<IntGraphType>>("durationMs")
            .Description("How long it took, in milliseconds.")
            .Resolve(c => c.Source.DurationMs);
        Field<StringGraphType>("error")
            .Description("Why it does not count as delivered, in words; null for a success.")
            .Resolve(c => c.Source.Error);
        Field<StringGraphType>("responseBody")
            .Description("The first 1 KiB of the answer; null when there was none.")
            .Resolve(c => c.Source.ResponseBody)
            .FieldType.HasCost(1);
    }
}
