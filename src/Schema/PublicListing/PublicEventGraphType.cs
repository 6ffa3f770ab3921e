using Equaticket.Engine.Cost;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Events;
using Equaticket.Schema.Execution;
using GraphQL.Types;

namespace Equaticket.Schema.PublicListing;

public sealed class PublicEventGraphType : ObjectGraphType<PublicEventRow>
{
    public PublicEventGraphType()
    {
        Name = "PublicEvent";
        Description = "The public view of a published event. Its id is that of the event itself.";
        AddIdentity();
        AddDetails();
        AddSales();
    }

    private void AddIdentity()
    {
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The event's id, used to buy tickets.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("orgSlug")
            .Description("The slug of the event's organization.")
            .Resolve(c => c.Source.OrganizationSlug);
        Field<NonNullGraphType<StringGraphType>>("title")
            .Description("The event's title.")
            .Resolve(c => c.Source.Event.Title);
        Field<NonNullGraphType<StringGraphType>>("slug")
            .Description("The event's URL slug, unique within the organization.")
            .Resolve(c => c.Source.Event.Slug);
        Field<NonNullGraphType<WireEnumGraphType<EventStatus>>>("status")
            .Description("Always published.")
            .Resolve(c => c.Source.Event.Status);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("The version number, from 1. Edits and status changes increment it; sales do not.")
            .Resolve(c => c.Source.Event.Version);
        Field<NonNullGraphType<StringGraphType>>("url")
            .Description("The URL of the event's public page.")
            .Resolve(c => OperationContext.Of(c).Urls.Event(
                c.Source.OrganizationSlug, c.Source.Event.Slug, livemode: true));
    }

    private void AddDetails()
    {
        Field<StringGraphType>("description")
            .Description("The description shown to buyers.")
            .Resolve(c => c.Source.Event.Description)
            .FieldType.HasCost(20);
        Field<NonNullGraphType<StringGraphType>>("timezone")
            .Description("The venue's IANA time zone, such as `America/Chicago`.")
            .Resolve(c => c.Source.Event.Timezone);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("startsAt")
            .Description("When the event starts.")
            .Resolve(c => c.Source.Event.StartsAt);
        Field<UtcDateTimeGraphType>("endsAt")
            .Description("When the event ends; null if no end is set.")
            .Resolve(c => c.Source.Event.EndsAt);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("The currency of all prices, as a lowercase ISO 4217 code.")
            .Resolve(c => c.Source.Event.Currency);
        Field<StringGraphType>("venueName")
            .Description("The venue's name.")
            .Resolve(c => c.Source.Event.VenueName);
        Field<StringGraphType>("venueAddress")
            .Description("The venue's postal address.")
            .Resolve(c => c.Source.Event.VenueAddress);
        Field<UtcDateTimeGraphType>("publishedAt")
            .Description("When the event was published.")
            .Resolve(c => c.Source.Event.PublishedAt);
    }

    private void AddSales()
    {
        Field<NonNullGraphType<BooleanGraphType>>("soldOut")
            .Description("Whether the event is sold out: every ticket of every type is sold and confirmed.")
            .Resolve(c => c.Source.Row.SoldOut);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PublicTicketTypeGraphType>>>>("ticketTypes")
            .Description("The event's ticket types, in the organizer's order.")
            .Resolve(c => PublicEventReader.TicketTypesOf(c, c.Source.Event));
    }
}
