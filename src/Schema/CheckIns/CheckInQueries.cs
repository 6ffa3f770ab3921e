using System.ComponentModel;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Attendees;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Events;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.CheckInOnly), Costs(100), OutputType<NonNullGraphType<CheckInStatsGraphType>>]
    [Description("Get the current check-in statistics of an event.")]
    public static Task<CheckInStats> CheckInStats(
        [Id, Description("The ID of the event.")] Guid eventId,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        CheckInCounts.ReadAsync(operation, eventId, cancellationToken);

    [RequiresRole(Role.CheckInOnly), Costs(100)]
    [OutputType<NonNullGraphType<ListGraphType<NonNullGraphType<AttendeeGraphType>>>>]
    [Description("Find tickets of an event by their holders' names, for holders who cannot show a code. Returns at "
        + "most 20 tickets, in the order of the names. An unknown event is `not_found`.")]
    public static async Task<List<Attendee>> FindTickets(
        [Id, Description("The ID of the event.")] Guid eventId,
        [InputLength(1, 100)]
        [Description("Only holders whose name contains this (case-insensitive).")]
        string? name,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var id = await EventReader.RequireAsync(operation, eventId, cancellationToken);
        var tickets = operation.Database.Attendees.Where(ticket => ticket.EventId == id);
        if (name is not null)
        {
            var literal = name.Replace(@"\", @"\\", StringComparison.Ordinal)
                .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
            var pattern = $"%{literal}%";
            tickets = tickets.Where(ticket => EF.Functions.ILike(ticket.Name!, pattern, @"\"));
        }

        return await tickets.OrderBy(ticket => ticket.Name).ThenBy(ticket => ticket.Id).Take(20)
            .ToListAsync(cancellationToken);
    }

    [RequiresRole(Role.CheckInOnly)]
    [OutputType<NonNullGraphType<ListGraphType<NonNullGraphType<CheckInKeyGraphType>>>>]
    [Description("List the public keys that verify the QR codes of your tickets, so that scanners can work "
        + "offline. See \"Check-in\" in the documentation.")]
    public static async Task<IReadOnlyList<CheckInKey>> CheckInKeys(
        [FromOperation] OperationContext operation,
        [FromServices] TicketSigner signer,
        CancellationToken cancellationToken) =>
        [await signer.StoredKeyAsync(operation.Tenant, cancellationToken)];
}
