using System.ComponentModel;
using Equaticket.Engine.Cost;
using Equaticket.Persistence.CheckIns;
using Equaticket.Persistence.Team;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [RequiresRole(Role.CheckInOnly), Costs(100), OutputType<NonNullGraphType<CheckInStatsType>>]
    [Description("How many of an event's tickets were scanned, as of now.")]
    public static Task<CheckInStats> CheckInStats(
        [Id, Description("The id of the event.")] string eventId,
        [FromUserContext] OperationContext operation,
        CancellationToken cancellationToken) =>
        CheckInCounts.ReadAsync(operation, eventId, cancellationToken);

    [RequiresRole(Role.CheckInOnly)]
    [OutputType<NonNullGraphType<ListGraphType<NonNullGraphType<CheckInKeyType>>>>]
    [Description("The keys that the QR codes of your tickets are signed with, to verify them without a "
        + "connection. See the page \"Check-in\" of the documentation.")]
    public static async Task<IReadOnlyList<CheckInKey>> CheckInKeys(
        [FromUserContext] OperationContext operation,
        [FromServices] TicketSigner signer,
        CancellationToken cancellationToken) =>
        [await signer.StoredKeyAsync(operation.Tenant, cancellationToken)];
}
