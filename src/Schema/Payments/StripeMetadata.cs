namespace Equaticket.Schema.Payments;

/// <summary>The metadata we set on Stripe objects to identify them.</summary>
public static class StripeMetadata
{
    /// <summary>On a connected account: the organization.</summary>
    public const string OrganizationId = "organization_id";

    /// <summary>On a PaymentIntent: the order.</summary>
    public const string OrderId = "order_id";

    /// <summary>On a refund: our refund.</summary>
    public const string RefundId = "refund_id";

    /// <summary>On a refund made in Stripe: its tickets, separated by commas.</summary>
    public const string AttendeeIds = "attendee_ids";
}
