using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks;

/// <summary>Applies a caller's changes to a webhook, except to its URL.</summary>
internal static class WebhookEdit
{
    /// <param name="operation">The operation.</param>
    /// <param name="webhook">The webhook, tracked and locked.</param>
    /// <param name="input">The changes.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task ApplyAsync(
        OperationContext operation,
        Webhook webhook,
        UpdateWebhookInput input,
        CancellationToken cancellationToken)
    {
        webhook.Description = input.Description.Or(webhook.Description);
        if (input.Events is { IsSet: true, Value: { } events } && !events.SequenceEqual(webhook.Events))
            webhook.Events = [.. events];
        await SetStatusAsync(operation, webhook, input.Status.Or(webhook.Status), cancellationToken);
        if (operation.Database.Entry(webhook).State == EntityState.Modified)
            (webhook.Version, webhook.UpdatedAt) = (webhook.Version + 1, operation.Stamps.Now());
        await operation.Database.SaveChangesAsync(cancellationToken);
    }

    private static async Task SetStatusAsync(
        OperationContext operation,
        Webhook webhook,
        WebhookStatus wanted,
        CancellationToken cancellationToken)
    {
        if (wanted == webhook.Status)
            return;
        if (wanted == WebhookStatus.Enabled)
            WebhookLifecycle.Enable(webhook);
        else
            await WebhookLifecycle.DisableAsync(operation.Database, webhook, cancellationToken);
    }
}
