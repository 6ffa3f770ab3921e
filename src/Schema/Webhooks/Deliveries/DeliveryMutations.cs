using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresScope(Scope.WebhooksWrite), RequiresRole(Role.Admin)]
    [OutputType<NonNullGraphType<WebhookDeliveryGraphType>>]
    [Description("Ping a webhook. Delivers a `webhook.ping`, so that you can test the endpoint. A disabled "
        + "webhook is a `conflict`.")]
    public static async Task<WebhookDelivery> PingWebhook(
        [Id, Description("The ID of the webhook.")] Guid id,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var webhook = await WebhookReader.LockAsync(operation, id, cancellationToken);
        DeliveryQueueing.RequireEnabled(webhook);
        return await DeliveryQueueing.PingAsync(operation, webhook, cancellationToken);
    }

    [RequiresScope(Scope.WebhooksWrite), RequiresRole(Role.Admin)]
    [OutputType<NonNullGraphType<WebhookDeliveryGraphType>>]
    [Description("Redeliver a webhook message. Sends it immediately and restarts its retry schedule. The "
        + "message keeps its ID and bytes. A disabled webhook is a `conflict`.")]
    public static async Task<WebhookDelivery> RedeliverWebhook(
        [Id, Description("The ID of the delivery.")] Guid deliveryId,
        [Id, Description("The ID of its webhook. A delivery to a different webhook is `not_found`.")]
        Guid? webhookId,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        CancellationToken cancellationToken)
    {
        var delivery = await DeliveryReader.GetAsync(
            operation, deliveryId, webhookId, cancellationToken);
        var webhook = await WebhookReader.LockAsync(
            operation, delivery.WebhookId, cancellationToken);
        write.Subject = delivery.Id;
        DeliveryQueueing.RequireEnabled(webhook);
        await DeliveryQueueing.AgainAsync(operation, delivery, cancellationToken);
        return await DeliveryReader.GetAsync(operation, deliveryId, webhookId, cancellationToken);
    }

    [RequiresScope(Scope.WebhooksWrite), RequiresRole(Role.Admin)]
    [OutputType<NonNullGraphType<RedeliveredWebhooksGraphType>>]
    [Description("Redeliver failed webhook messages. Resends the messages that have failed since a given time, "
        + "oldest first, up to 10,000 messages per request. A disabled webhook is a `conflict`.")]
    public static async Task<RedeliveredWebhooks> RedeliverFailedWebhooks(
        [Id, Description("The ID of the webhook.")] Guid id,
        [InputType<NonNullGraphType<UtcDateTimeGraphType>>]
        [Description("Only events that occurred at or after this time.")]
        DateTimeOffset since,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var webhook = await WebhookReader.LockAsync(operation, id, cancellationToken);
        DeliveryQueueing.RequireEnabled(webhook);
        return new RedeliveredWebhooks(await DeliveryQueueing.FailedAgainAsync(
            operation, webhook, since, cancellationToken));
    }
}
