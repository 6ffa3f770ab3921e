namespace Equaticket.Persistence.Emails;

/// <summary>What an e-mail to a buyer is about.</summary>
public enum EmailKind
{
    OrderConfirmed,
    OrderRefunded,
    EventCancelled,
}
