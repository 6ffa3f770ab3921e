using System.ComponentModel;

namespace Equaticket.Persistence.Events;

[Description("The status of an event: draft, then published, then possibly cancelled.")]
public enum EventStatus
{
    [Description("Not yet public and not on sale.")]
    Draft,

    [Description("Public and on sale until it ends.")]
    Published,

    [Description("Permanently cancelled; sales have stopped.")]
    Cancelled,
}
