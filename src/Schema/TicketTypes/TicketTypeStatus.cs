using System.ComponentModel;

namespace Equaticket.Schema.TicketTypes;

[Description("Whether a ticket type can be bought now.")]
public enum TicketTypeStatus
{
    [Description("Not yet: the event is a draft, or the sales window has not opened.")]
    Scheduled,

    [Description("Can be bought now.")]
    OnSale,

    [Description("All of its tickets are sold and confirmed.")]
    SoldOut,

    [Description("No longer: the sales window has closed, or the event is over or cancelled.")]
    Ended,
}
