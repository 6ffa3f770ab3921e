using Equaticket.Engine.Errors;
using Equaticket.Persistence.Tenancy;
using Stripe;

namespace Equaticket.Schema.Payments;

/// <summary>Stripe calls for connected accounts.</summary>
public sealed class StripeConnect(StripeClients clients)
{
    private const string Standard = "standard";
    private const string Onboarding = "account_onboarding";

    /// <exception cref="ApiError">The platform has no Stripe keys for this mode.</exception>
    internal void RequireConfigured(bool livemode)
    {
        if (!clients.IsConfigured(livemode))
        {
            throw ApiError.Unprocessable(
                "Stripe is not configured on this server for this mode. Contact its operator.");
        }
    }

    /// <summary>Creates an organization's account. A retry returns the same account.</summary>
    /// <exception cref="ApiError">Stripe rejects the request (422) or is unavailable (503).</exception>
    internal Task<Account> CreateAccountAsync(
        TenantScope tenant, CancellationToken cancellationToken) =>
        clients.AskAsync(() => new AccountService(clients.Of(tenant.Livemode)).CreateAsync(
            new AccountCreateOptions
            {
                Type = Standard,
                Metadata = new()
                {
                    [StripeMetadata.OrganizationId] = tenant.OrganizationId.ToString(),
                },
            },
            new RequestOptions { IdempotencyKey = $"account-{tenant.OrganizationId}" },
            cancellationToken));

    /// <summary>Creates a link to Stripe's onboarding form, which expires within minutes.</summary>
    /// <param name="accountId">The connected account.</param>
    /// <param name="livemode">Its mode.</param>
    /// <param name="pageFor">Returns the URL of the page to which Stripe redirects the user, by outcome.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">Stripe rejects the request (422) or is unavailable (503).</exception>
    internal Task<AccountLink> CreateLinkAsync(
        string accountId, bool livemode, Func<string, string> pageFor, CancellationToken cancellationToken) =>
        clients.AskAsync(() => new AccountLinkService(clients.Of(livemode)).CreateAsync(
            new AccountLinkCreateOptions
            {
                Account = accountId,
                Type = Onboarding,
                ReturnUrl = pageFor("return"),
                RefreshUrl = pageFor("refresh"),
            },
            requestOptions: null,
            cancellationToken));
}
