using System.ComponentModel;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Team;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.CheckInOnly), Costs(100), OutputType<NonNullGraphType<CheckInStatsGraphType>>]
    [Description("Get the check-in statistics of an event as of now.")]
    public static Task<CheckInStats> CheckInStats(
        [Id, Description("The id of the event.")] Guid eventId,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        CheckInCounts.ReadAsync(operation, eventId, cancellationToken);

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
