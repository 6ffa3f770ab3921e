using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>An action that affects money.</summary>
public enum MoneyAction
{
    CheckOut,
    CheckOutBadly,
    Pay,
    Decline,
    Hear,
    HearNewest,
    HearForged,
    ExpireHolds,
    GiveUp,
    WorkInBackground,
    RefundTicket,
    RefundBadly,
    RefundInStripe,
    RefundSlowly,
    EndRefund,
    Dispute,
    CancelEvent,
    ReadMissed,
}

/// <param name="Action">What happens.</param>
/// <param name="Choice">Selects the order, event or refund, and the variant.</param>
public sealed record MoneyStep(MoneyAction Action, int Choice)
{
    /// <summary>The failures at Stripe, if any.</summary>
    internal StripeFault[] Faults => (Choice % 5) switch
    {
        0 => [StripeFault.DropAfterActing, StripeFault.DropAfterActing],
        1 => [StripeFault.ServerError],
        2 => [StripeFault.RateLimited],
        3 => [StripeFault.Declined],
        _ => [StripeFault.BadRequest],
    };
}
