using System.ComponentModel;

namespace Equaticket.Persistence.Events;

[Description("Where an event is in its life: draft, then published, then perhaps cancelled.")]
public enum EventStatus
{
    [Description("Not public yet, and nothing of it is for sale.")]
    Draft,

    [Description("Public, and on sale until it ends.")]
    Published,

    [Description("Called off for good; sales have stopped.")]
    Cancelled,
}
