using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Events;

namespace Equaticket.Schema.PublicListing;

/// <summary>An event as shown to the public.</summary>
public sealed record PublicEventRow(Organization Organization, EventRow Row) : IPagedRow
{
    public Guid Id => Row.Id;

    public DateTimeOffset CreatedAt => Row.CreatedAt;

    public Event Event => Row.Event;
}
