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
public sealed record MoneyStep(MoneyAction Action, int Choice);
