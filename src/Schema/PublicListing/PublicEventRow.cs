using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Schema.Events;

namespace Equaticket.Schema.PublicListing;

/// <summary>A published live event as shown to the public.</summary>
public sealed record PublicEventRow(string OrganizationSlug, EventRow Row) : IPagedRow
{
    public Guid Id => Row.Id;

    public DateTimeOffset CreatedAt => Row.CreatedAt;

    public Event Event => Row.Event;
}
