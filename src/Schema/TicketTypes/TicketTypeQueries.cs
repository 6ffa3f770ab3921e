using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.TicketTypes;
using GraphQL;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresScope(Scope.EventsRead), RequiresRole(Role.CheckInOnly), OutputType<TicketTypeGraphType>]
    [Description("Get a ticket type. An unknown ID is `not_found`.")]
    public static Task<TicketTypeRow> TicketType(
        [Id, Description("The ID of the ticket type.")] Guid id,
        [Id, Description("The ID of the ticket type's event. A ticket type of another event is `not_found`.")]
        Guid? eventId,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        TicketTypeReader.GetAsync(operation, id, eventId, cancellationToken);
}
