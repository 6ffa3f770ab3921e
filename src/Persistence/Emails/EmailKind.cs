namespace Equaticket.Persistence.Emails;

/// <summary>What an e-mail to a buyer tells.</summary>
public enum EmailKind
{
    OrderConfirmed,
    OrderRefunded,
    EventCancelled,
}
