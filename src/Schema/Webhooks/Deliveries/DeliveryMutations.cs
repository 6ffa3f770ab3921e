using System.ComponentModel;
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
    [OutputType<NonNullGraphType<WebhookDeliveryType>>]
    [Description("Delivers a `webhook.ping` to a webhook, to try it out. One that is disabled is a "
        + "`conflict`.")]
    public static async Task<WebhookDelivery> PingWebhook(
        [Id, Description("The id of the webhook.")] string id,
        [FromUserContext] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var webhook = await WebhookReader.LockAsync(operation, id, cancellationToken);
        DeliveryQueueing.RequireEnabled(webhook);
        return await DeliveryQueueing.PingAsync(operation, webhook, cancellationToken);
    }

    [RequiresScope(Scope.WebhooksWrite), RequiresRole(Role.Admin)]
    [OutputType<NonNullGraphType<WebhookDeliveryType>>]
    [Description("Delivers something again at once, and then by the retry schedule from its start. The "
        + "message keeps its id and bytes. A webhook that is disabled is a `conflict`.")]
    public static async Task<WebhookDelivery> RedeliverWebhook(
        [Id, Description("The id of the delivery.")] string deliveryId,
        [Id, Description("The id of its webhook. A delivery to another one is `not_found`.")]
        string? webhookId,
        [FromUserContext] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var delivery = await DeliveryReader.GetAsync(
            operation, deliveryId, webhookId, cancellationToken);
        var webhook = await WebhookReader.LockAsync(
            operation, $"{delivery.WebhookId}", cancellationToken);
        operation.Subject = delivery.Id;
        DeliveryQueueing.RequireEnabled(webhook);
        await DeliveryQueueing.AgainAsync(operation, delivery, cancellationToken);
        return await DeliveryReader.GetAsync(operation, deliveryId, webhookId, cancellationToken);
    }

    [RequiresScope(Scope.WebhooksWrite), RequiresRole(Role.Admin)]
    [OutputType<NonNullGraphType<RedeliveredWebhooksType>>]
    [Description("Delivers again what has failed since a time, oldest first, up to 10,000 in one "
        + "request. A webhook that is disabled is a `conflict`.")]
    public static async Task<RedeliveredWebhooks> RedeliverFailedWebhooks(
        [Id, Description("The id of the webhook.")] string id,
        [InputType<NonNullGraphType<DateTimeType>>]
        [Description("Events that happened then or later.")]
        DateTimeOffset since,
        [FromUserContext] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var webhook = await WebhookReader.LockAsync(operation, id, cancellationToken);
        DeliveryQueueing.RequireEnabled(webhook);
        return new RedeliveredWebhooks(await DeliveryQueueing.FailedAgainAsync(
            operation, webhook, since, cancellationToken));
    }
}
