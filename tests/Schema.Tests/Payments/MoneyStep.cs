using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>What may happen to money.</summary>
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
/// <param name="Choice">To which order, event or refund, and how.</param>
public sealed record MoneyStep(MoneyAction Action, int Choice)
{
    /// <summary>What goes wrong at Stripe, where the action goes badly.</summary>
    internal StripeFault[] Faults => (Choice % 5) switch
    {
        0 => [StripeFault.DropAfterActing, StripeFault.DropAfterActing],
        1 => [StripeFault.ServerError],
        2 => [StripeFault.RateLimited],
        3 => [StripeFault.Declined],
        _ => [StripeFault.BadRequest],
    };
}
