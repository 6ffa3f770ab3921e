using Equaticket.Engine.Errors;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Execution;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema.Webhooks;

/// <summary>The rules for which organizations may have webhooks, and how many.</summary>
internal static class WebhookRules
{
    private const int MaxWebhooks = 100;

    public static bool HasWebhooks(Plan plan) => plan is Plan.Growth or Plan.Pro;

    /// <summary>
    /// Checks the plan and locks it until the transaction ends, so that a concurrent downgrade also disables the
    /// webhooks that this transaction enables.
    /// </summary>
    /// <exception cref="ApiError">The plan does not include webhooks.</exception>
    public static async Task RequirePlanAsync(
        OperationContext operation, CancellationToken cancellationToken)
    {
        var organizationId = operation.Tenant.OrganizationId;
        var organization = await operation.Database.Organizations
            .FromSql($"SELECT * FROM organizations WHERE id = {organizationId} FOR NO KEY UPDATE")
            .SingleAsync(cancellationToken);
        if (!HasWebhooks(organization.Plan))
        {
            throw ApiError.Unprocessable(
                "Webhooks require the growth or pro plan. Upgrade to use them.");
        }
    }

    /// <summary>
    /// Checks the number of webhooks. The organization must be locked, so that the number cannot change.
    /// </summary>
    /// <exception cref="ApiError">The maximum number is reached.</exception>
    public static async Task RequireRoomAsync(
        OperationContext operation, CancellationToken cancellationToken)
    {
        if (await operation.Database.Webhooks.CountAsync(cancellationToken) >= MaxWebhooks)
        {
            throw ApiError.Unprocessable(
                $"Each mode can have at most {MaxWebhooks} webhooks. Delete one first.");
        }
    }
}
