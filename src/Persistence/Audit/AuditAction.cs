using Equaticket.Persistence.Spelling;

namespace Equaticket.Persistence.Audit;

/// <summary>What was done.</summary>
public enum AuditAction
{
    [WireName("api_key.created")]
    ApiKeyCreated,

    [WireName("api_key.rolled")]
    ApiKeyRolled,

    [WireName("api_key.revoked")]
    ApiKeyRevoked,

    [WireName("api_terms.accepted")]
    ApiTermsAccepted,

    [WireName("buyer.redacted")]
    BuyerRedacted,

    [WireName("order.refunded")]
    OrderRefunded,

    [WireName("event.refunds_requested")]
    EventRefundsRequested,

    [WireName("stripe.connected")]
    StripeConnected,

    [WireName("role.granted")]
    RoleGranted,

    [WireName("test_data.reset")]
    TestDataReset,

    [WireName("webhook.created")]
    WebhookCreated,

    [WireName("webhook.deleted")]
    WebhookDeleted,

    [WireName("webhook.secret_rotated")]
    WebhookSecretRotated,
}
