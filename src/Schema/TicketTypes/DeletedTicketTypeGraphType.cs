using Equaticket.Engine.Fields;
using GraphQL.Types;

namespace Equaticket.Schema.TicketTypes;

/// <summary>A deleted ticket type.</summary>
public sealed record DeletedTicketType(Guid Id);

public sealed class DeletedTicketTypeGraphType : ObjectGraphType<DeletedTicketType>
{
    public DeletedTicketTypeGraphType()
    {
        Name = "DeletedTicketType";
        Description = "A deleted ticket type. Its id is that of the ticket type.";
        this.Leaf("id", "The id of the deleted ticket type.", deleted => deleted.Id);
    }
}
