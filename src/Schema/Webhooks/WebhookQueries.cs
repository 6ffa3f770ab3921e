using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresScope(Scope.WebhooksRead), RequiresRole(Role.Admin), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<WebhookGraphType, WebhookRow>>>]
    [Description("List webhooks. Returns them newest first.")]
    public static Task<Connection<WebhookRow>> Webhooks(
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        WebhookReader.Rows.PageAsync(operation, new(operation.Database.Webhooks), page, cancellationToken);

    [RequiresScope(Scope.WebhooksRead), RequiresRole(Role.Admin), OutputType<WebhookGraphType>]
    [Description("Get a webhook. An unknown ID is `not_found`.")]
    public static async Task<WebhookRow> Webhook(
        [Id, Description("The ID of the webhook.")] Guid id,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        new(await WebhookReader.GetAsync(operation, id, cancellationToken));

    [RequiresScope(Scope.WebhooksRead), RequiresRole(Role.Admin), OutputType<WebhookDeliveryGraphType>]
    [Description("Get a webhook delivery. An unknown ID is `not_found`.")]
    public static Task<WebhookDelivery> WebhookDelivery(
        [Id, Description("The ID of the delivery.")] Guid id,
        [Id, Description("The ID of its webhook. A delivery to a different webhook is `not_found`.")]
        Guid? webhookId,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        DeliveryReader.GetAsync(operation, id, webhookId, cancellationToken);
}
