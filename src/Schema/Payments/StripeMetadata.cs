namespace Equaticket.Schema.Payments;

/// <summary>What we write on Stripe's objects, to know them again.</summary>
public static class StripeMetadata
{
    /// <summary>On a connected account: the organization.</summary>
    public const string OrganizationId = "organization_id";

    /// <summary>On a PaymentIntent: the order.</summary>
    public const string OrderId = "order_id";

    /// <summary>On a refund: our record of it.</summary>
    public const string RefundId = "refund_id";

    /// <summary>On a refund made in Stripe: the tickets that it is for, with commas between.</summary>
    public const string AttendeeIds = "attendee_ids";
}
