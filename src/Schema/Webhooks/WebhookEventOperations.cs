using System.ComponentModel;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Deliveries;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresScope(Scope.WebhooksRead), RequiresRole(Role.Admin), Paged]
    [OutputType<NonNullGraphType<ConnectionGraphType<WebhookEventGraphType, WebhookEvent>>>]
    [Description("List webhook events. Returns the events of the last 30 days, newest first, whether or "
        + "not you have webhooks.")]
    public static Task<Connection<WebhookEvent>> WebhookEvents(
        [InputType<UtcDateTimeGraphType>, Description("Only events that occurred at or after this time.")]
        DateTimeOffset? createdAfter,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var start = createdAfter ?? DateTimeOffset.MinValue;
        return new ListedRows<WebhookEvent>(operation.Database.WebhookEvents).Where(e => e.CreatedAt >= start)
            .ToPageAsync(operation, page, cancellationToken);
    }
}

public partial class Mutation
{
    [RequiresScope(Scope.WebhooksWrite, TestKeysOnly = true)]
    [OutputType<NonNullGraphType<WebhookEventGraphType>>]
    [Description("Trigger a webhook event. Sends sample data to your test webhooks, so that you can try "
        + "an integration. A `webhook.ping` goes to a single webhook: use `pingWebhook`; here it is "
        + "a `validation_error`.")]
    public static async Task<WebhookEvent> TriggerWebhookEvent(
        [InputType<NonNullGraphType<WireEnumGraphType<WebhookEventType>>>]
        [Description("The type of event to trigger.")]
        WebhookEventType type,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        if (type == WebhookEventType.WebhookPing)
            throw ApiError.Validation("type", "A ping goes to one webhook: use `pingWebhook`.");
        var stamp = operation.Stamps.Next();
        Outbox.Add(
            operation.Database, stamp, type, eventId: null, orderId: null,
            PayloadExamples.Of(type, operation.Stamps));
        await operation.Database.SaveChangesAsync(cancellationToken);
        return operation.Database.ChangeTracker.Entries<WebhookEvent>().Single().Entity;
    }
}
