using Equaticket.Engine.Cost;
using Equaticket.Schema.Money;
using Equaticket.Schema.TicketTypes;
using GraphQL.Types;

namespace Equaticket.Schema.PublicListing;

public sealed class PublicTicketTypeGraphType : ObjectGraphType<TicketTypeRow>
{
    public PublicTicketTypeGraphType()
    {
        Name = "PublicTicketType";
        Description = "A kind of ticket as everybody may see it. Its id is that of the ticket type itself.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The id by which tickets of this type are bought.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("What buyers see, such as `General Admission`.")
            .Resolve(c => c.Source.TicketType.Name);
        Field<StringGraphType>("description")
            .Description("Free text for buyers.")
            .Resolve(c => c.Source.TicketType.Description)
            .FieldType.HasCost(5);
        Field<NonNullGraphType<MoneyGraphType>>("price")
            .Description("The price of one ticket; 0 is free.")
            .Resolve(c => c.Source.TicketType.Price);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("ISO 4217 in lower case.")
            .Resolve(c => c.Source.TicketType.Currency);
        Field<NonNullGraphType<WireEnumGraphType<TicketTypeStatus>>>("status")
            .Description("Whether it can be bought now.")
            .Resolve(c => c.Source.Status);
        Field<NonNullGraphType<IntGraphType>>("position")
            .Description("Where it stands among the event's ticket types, from 0.")
            .Resolve(c => c.Source.TicketType.Position);
    }
}
