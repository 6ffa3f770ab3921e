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
        Description = "A published event as everybody may see it. Its id is that of the event itself.";
        AddIdentity();
        AddDetails();
        AddSales();
    }

    private void AddIdentity()
    {
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The event's id, by which tickets are bought.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("orgSlug")
            .Description("The slug of the organization that holds the event.")
            .Resolve(c => c.Source.OrganizationSlug);
        Field<NonNullGraphType<StringGraphType>>("title")
            .Description("What the event is called.")
            .Resolve(c => c.Source.Event.Title);
        Field<NonNullGraphType<StringGraphType>>("slug")
            .Description("The event's name in addresses, unique in the organization.")
            .Resolve(c => c.Source.Event.Slug);
        Field<NonNullGraphType<WireEnumGraphType<EventStatus>>>("status")
            .Description("Always published.")
            .Resolve(c => c.Source.Event.Status);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("Counts edits and status changes, from 1. Sales do not move it.")
            .Resolve(c => c.Source.Event.Version);
        Field<NonNullGraphType<StringGraphType>>("url")
            .Description("The public page of the event.")
            .Resolve(c => OperationContext.Of(c).Urls.Event(
                c.Source.OrganizationSlug, c.Source.Event.Slug, livemode: true));
    }

    private void AddDetails()
    {
        Field<StringGraphType>("description")
            .Description("Free text for buyers.")
            .Resolve(c => c.Source.Event.Description)
            .FieldType.HasCost(20);
        Field<NonNullGraphType<StringGraphType>>("timezone")
            .Description("The IANA time zone of the venue, such as `America/Chicago`.")
            .Resolve(c => c.Source.Event.Timezone);
        Field<NonNullGraphType<DateTimeGraphType>>("startsAt")
            .Description("When the event starts.")
            .Resolve(c => c.Source.Event.StartsAt);
        Field<DateTimeGraphType>("endsAt")
            .Description("When the event ends; null when no end was given.")
            .Resolve(c => c.Source.Event.EndsAt);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("The currency of all prices, ISO 4217 in lower case.")
            .Resolve(c => c.Source.Event.Currency);
        Field<StringGraphType>("venueName")
            .Description("Where it takes place.")
            .Resolve(c => c.Source.Event.VenueName);
        Field<StringGraphType>("venueAddress")
            .Description("The venue's postal address.")
            .Resolve(c => c.Source.Event.VenueAddress);
        Field<DateTimeGraphType>("publishedAt")
            .Description("When the event was published.")
            .Resolve(c => c.Source.Event.PublishedAt);
    }

    private void AddSales()
    {
        Field<NonNullGraphType<BooleanGraphType>>("soldOut")
            .Description("Whether every ticket of every type is sold.")
            .Resolve(c => c.Source.Row.SoldOut);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PublicTicketTypeGraphType>>>>("ticketTypes")
            .Description("What can be bought, in the organizer's order.")
            .Resolve(c => PublicEventReader.TicketTypesOf(c, c.Source.Event));
    }
}
