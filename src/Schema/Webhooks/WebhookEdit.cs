using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks.Addresses;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Equaticket.Schema.Webhooks;

/// <summary>
/// Applies a caller's changes to a webhook, except to its URL, and records all of them in the audit log.
/// </summary>
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
        var entry = operation.Database.Entry(webhook);
        if (entry.State == EntityState.Modified)
        {
            (webhook.Version, webhook.UpdatedAt) = (webhook.Version + 1, operation.Stamps.Now());
            AuditLog.Record(operation, AuditAction.WebhookUpdated, webhook.Id, DetailOf(entry));
        }

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

    /// <remarks>Names only the hosts, because the rest of a URL may contain a secret.</remarks>
    private static string? DetailOf(EntityEntry<Webhook> webhook)
    {
        var detail = string.Join(", ", new[]
        {
            Change(webhook.Property(w => w.Url), url => EndpointUrl.HostOf(new Uri(url))),
            Change(webhook.Property(w => w.Status), WireNames<WebhookStatus>.Of),
        }.OfType<string>());
        return detail.Length switch
        {
            0 => null,
            > AuditEntry.MaxDetail => detail[..AuditEntry.MaxDetail],
            _ => detail,
        };
    }

    private static string? Change<T>(PropertyEntry<Webhook, T> property, Func<T, string> show)
    {
        var (old, current) = (show(property.OriginalValue), show(property.CurrentValue));
        return old == current ? null : $"{old} → {current}";
    }
}
