using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Addresses;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    [RequiresScope(Scope.WebhooksWrite), RequiresRole(Role.Admin)]
    [OutputType<NonNullGraphType<WebhookGraphType>>]
    [Description("Create a webhook. The signing secret is shown only in this response. Requires the growth "
        + "or pro plan, and each mode can have 100 webhooks; otherwise the error is "
        + "`unprocessable`.")]
    public static async Task<WebhookRow> CreateWebhook(
        [InputType<NonNullGraphType<CreateWebhookInputGraphType>>, Description("The new webhook.")]
        CreateWebhookInput input,
        [FromOperation] OperationContext operation,
        [FromServices] EndpointGuard guard,
        [FromServices] WebhookSecrets secrets,
        CancellationToken cancellationToken)
    {
        var url = await guard.RequireAsync(input.Url, cancellationToken);
        await WebhookRules.RequirePlanAsync(operation, cancellationToken);
        await WebhookRules.RequireRoomAsync(operation, cancellationToken);
        var (stamp, secret) = (operation.Stamps.Next(), WebhookSecrets.Create());
        var webhook = new Webhook
        {
            Id = stamp.Id,
            Url = url,
            Description = input.Description,
            Events = [.. input.Events],
            Secret = secrets.Protect(secret),
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };
        operation.Database.Add(webhook);
        AuditLog.Record(operation, AuditAction.WebhookCreated, webhook.Id);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return new WebhookRow(webhook, secret);
    }

    [RequiresScope(Scope.WebhooksWrite), RequiresRole(Role.Admin)]
    [OutputType<NonNullGraphType<WebhookGraphType>>]
    [Description("Update a webhook. Set `status` to enable or disable it. Enabling requires the growth or "
        + "pro plan; otherwise the error is `unprocessable`.")]
    public static async Task<WebhookRow> UpdateWebhook(
        [Id, Description("The ID of the webhook.")] Guid id,
        [InputType<NonNullGraphType<UpdateWebhookInputGraphType>>, Description("The changes to make.")]
        UpdateWebhookInput input,
        [ExpectedVersions] IReadOnlyList<int>? expectedVersions,
        [FromOperation] OperationContext operation,
        [FromServices] EndpointGuard guard,
        CancellationToken cancellationToken)
    {
        var url = input.Url.IsSet ? await guard.RequireAsync(input.Url.Value!, cancellationToken) : null;
        if (input.Status is { IsSet: true, Value: WebhookStatus.Enabled })
        {
            // Check existence and version before the plan, but without a lock: a downgrade locks the organization
            // before its webhooks.
            var current = await WebhookReader.GetAsync(operation, id, cancellationToken);
            ExpectedVersionsAttribute.Require(expectedVersions, current.Version);
            await WebhookRules.RequirePlanAsync(operation, cancellationToken);
        }

        var webhook = await WebhookReader.LockAsync(operation, id, cancellationToken);
        ExpectedVersionsAttribute.Require(expectedVersions, webhook.Version);
        webhook.Url = url ?? webhook.Url;
        await WebhookEdit.ApplyAsync(operation, webhook, input, cancellationToken);
        return new WebhookRow(webhook);
    }

    [RequiresScope(Scope.WebhooksWrite), RequiresRole(Role.Admin)]
    [OutputType<NonNullGraphType<DeletedWebhookGraphType>>]
    [Description("Delete a webhook. Its delivery history is deleted too, and nothing more is delivered to "
        + "it.")]
    public static async Task<DeletedWebhook> DeleteWebhook(
        [Id, Description("The ID of the webhook.")] Guid id,
        [ExpectedVersions] IReadOnlyList<int>? expectedVersions,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var webhook = await WebhookReader.LockAsync(operation, id, cancellationToken);
        ExpectedVersionsAttribute.Require(expectedVersions, webhook.Version);
        await WebhookLifecycle.EndDeliveriesAsync(operation.Database, webhook, cancellationToken);
        operation.Database.Remove(webhook);
        AuditLog.Record(operation, AuditAction.WebhookDeleted, webhook.Id);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return new DeletedWebhook(webhook.Id);
    }

    [RequiresScope(Scope.WebhooksWrite), RequiresRole(Role.Owner)]
    [OutputType<NonNullGraphType<WebhookGraphType>>]
    [Description("Rotate the signing secret of a webhook. The new secret is shown only in this response. "
        + "For 24 hours, messages are also signed with the old one.")]
    public static async Task<WebhookRow> RotateWebhookSecret(
        [Id, Description("The ID of the webhook.")] Guid id,
        [FromOperation] OperationContext operation,
        [FromServices] WebhookSecrets secrets,
        CancellationToken cancellationToken)
    {
        var webhook = await WebhookReader.LockAsync(operation, id, cancellationToken);
        var (secret, now) = (WebhookSecrets.Create(), operation.Stamps.Now());
        webhook.PreviousSecret = webhook.Secret;
        webhook.PreviousSecretExpiresAt = now + WebhookSecrets.Overlap;
        webhook.Secret = secrets.Protect(secret);
        (webhook.Version, webhook.UpdatedAt) = (webhook.Version + 1, now);
        AuditLog.Record(operation, AuditAction.WebhookSecretRotated, webhook.Id);
        await operation.Database.SaveChangesAsync(cancellationToken);
        return new WebhookRow(webhook, secret);
    }
}
