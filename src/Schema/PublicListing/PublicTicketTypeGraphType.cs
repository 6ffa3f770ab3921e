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
        Description = "The public view of a ticket type. Its id is that of the ticket type itself.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The id used to buy tickets of this type.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("The name shown to buyers, such as `General Admission`.")
            .Resolve(c => c.Source.TicketType.Name);
        Field<StringGraphType>("description")
            .Description("The description shown to buyers.")
            .Resolve(c => c.Source.TicketType.Description)
            .FieldType.HasCost(5);
        Field<NonNullGraphType<MoneyGraphType>>("price")
            .Description("The price of one ticket, in the currency's smallest unit; 0 if free.")
            .Resolve(c => c.Source.TicketType.Price);
        Field<NonNullGraphType<StringGraphType>>("currency")
            .Description("The lowercase ISO 4217 currency code.")
            .Resolve(c => c.Source.TicketType.Currency);
        Field<NonNullGraphType<WireEnumGraphType<TicketTypeStatus>>>("status")
            .Description("The ticket type's sales status.")
            .Resolve(c => c.Source.Status);
        Field<NonNullGraphType<IntGraphType>>("position")
            .Description("The position among the event's ticket types, from 0.")
            .Resolve(c => c.Source.TicketType.Position);
    }
}
