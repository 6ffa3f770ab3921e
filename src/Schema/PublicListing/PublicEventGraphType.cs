using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using GraphQL.Types;

namespace Equaticket.Schema.PublicListing;

public sealed class PublicEventGraphType : ObjectGraphType<PublicEventRow>
{
    public PublicEventGraphType()
    {
        Name = "PublicEvent";
        Description = "The public view of an event. Its ID is that of the event itself.";
        AddIdentity();
        AddDetails();
        AddSales();
    }

    private void AddIdentity()
    {
        this.Leaf("id", "The event's ID, used to buy tickets.", row => row.Id);
        this.Leaf("orgSlug", "The slug of the event's organization.", row => row.Organization.Slug);
        this.Leaf("orgName", "The name of the event's organization.", row => row.Organization.Name);
        this.Leaf("livemode", "False for a test event; only `eventPage` and a test order's `event` return one.",
            row => row.Event.Livemode);
        this.Leaf("title", "The event's title.", row => row.Event.Title);
        this.Leaf("slug", "The event's URL slug, unique within the organization.", row => row.Event.Slug);
        this.Leaf("status", "The status; always published in the public listing.", row => row.Event.Status);
        this.Leaf("version", "The version number, from 1. Edits and status changes increment it; sales do not.",
            row => row.Event.Version);
        Field<NonNullGraphType<StringGraphType>>("url")
            .Description("The URL of the event's public page.")
            .Resolve(c => OperationContext.Of(c).Urls.Event(
                c.Source.Organization.Slug, c.Source.Event.Slug, c.Source.Event.Livemode));
    }

    private void AddDetails()
    {
        this.OptionalLeaf("description", "The description shown to buyers.", row => row.Event.Description).HasCost(20);
        this.Leaf("timezone", "The venue's IANA time zone, such as `America/Chicago`.", row => row.Event.Timezone);
        this.Leaf("startsAt", "When the event starts.", row => row.Event.StartsAt);
        this.OptionalLeaf("endsAt", "When the event ends; null if no end is set.", row => row.Event.EndsAt);
        this.Leaf("currency", "The currency of all prices, as a lowercase ISO 4217 code.", row => row.Event.Currency);
        this.OptionalLeaf("venueName", "The venue's name.", row => row.Event.VenueName);
        this.OptionalLeaf("venueAddress", "The venue's postal address.", row => row.Event.VenueAddress);
        this.OptionalLeaf("publishedAt", "When the event was published.", row => row.Event.PublishedAt);
    }

    private void AddSales()
    {
        this.Leaf("soldOut", "Whether the event is sold out: every ticket of every type is sold and confirmed.",
            row => row.Row.SoldOut);
        Field<NonNullGraphType<BooleanGraphType>>("isOver")
            .Description("Whether the event is over: it has ended or, without an end, started 24 hours ago.")
            .Resolve(c => IsOver(OperationContext.Of(c), c.Source.Event));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PublicTicketTypeGraphType>>>>("ticketTypes")
            .Description("The event's ticket types, in the organizer's order.")
            .Resolve(c => PublicEventReader.TicketTypesOf(c, c.Source.Event));
    }

    private static object IsOver(OperationContext operation, Event row)
    {
        var now = operation.Stamps.Now();
        operation.Term?.EndBy(EventLifecycle.EndOf(row), now);
        return EventLifecycle.IsOver(row, now);
    }
}

/// <summary>An event as shown to the public.</summary>
public sealed record PublicEventRow(Organization Organization, EventRow Row) : IPagedRow
{
    public Guid Id => Row.Id;

    public DateTimeOffset CreatedAt => Row.CreatedAt;

    public Event Event => Row.Event;
}
