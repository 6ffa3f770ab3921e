using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Reading;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks;

/// <summary>Reads webhooks of the caller's organization and mode.</summary>
internal static class WebhookReader
{
    public static RowSource<Webhook, WebhookRow> Rows { get; } = new(
        nameof(Webhook),
        row => row.Webhook,
        async (_, webhooks, token) =>
            [.. (await webhooks.ToListAsync(token)).Select(webhook => new WebhookRow(webhook))]);

    /// <exception cref="ApiError">The caller has no such webhook.</exception>
    public static async Task<Webhook> GetAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken) =>
        await operation.Database.Webhooks
            .SingleOrDefaultAsync(webhook => webhook.Id == id, cancellationToken) ?? throw NotFound();

    /// <summary>Locks the webhook until the transaction ends, and loads it as a tracked entity.</summary>
    /// <exception cref="ApiError">The caller has no such webhook.</exception>
    public static async Task<Webhook> LockAsync(
        OperationContext operation, Guid id, CancellationToken cancellationToken)
    {
        var tenant = operation.Tenant;
        return await operation.Database.Webhooks
            .FromSql($"""
                SELECT * FROM webhooks
                WHERE organization_id = {tenant.OrganizationId} AND livemode = {tenant.Livemode}
                    AND id = {id}
                FOR NO KEY UPDATE
                """)
            .AsTracking().SingleOrDefaultAsync(cancellationToken) ?? throw NotFound();
    }

    public static ApiError NotFound() => ApiError.NotFound("webhook");
}

/// <summary>A webhook as shown to its owner.</summary>
/// <param name="Webhook">The stored webhook.</param>
/// <param name="Secret">The signing secret, present only in the response that created it.</param>
public sealed record WebhookRow(Webhook Webhook, string? Secret = null) : IPagedRow
{
    public Guid Id => Webhook.Id;

    public DateTimeOffset CreatedAt => Webhook.CreatedAt;
}
