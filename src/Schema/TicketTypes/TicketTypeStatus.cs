using System.ComponentModel;

namespace Equaticket.Schema.TicketTypes;

[Description("The sales status of a ticket type.")]
public enum TicketTypeStatus
{
    [Description("Not on sale yet: the event is a draft, or the sales window has not opened.")]
    Scheduled,

    [Description("On sale now.")]
    OnSale,

    [Description("All tickets are sold and confirmed.")]
    SoldOut,

    [Description("No longer on sale: the sales window has closed, or the event has ended or was cancelled.")]
    Ended,
}
